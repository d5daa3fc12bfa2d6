package textview

import (
	"image/color"

	"lede/app/textview/look"
)

// Style is every colour and measure of the view.
type Style = look.Style

// LightStyle is the view on light paper.
func LightStyle() Style { return look.Light() }

// DarkStyle is the view at night.
func DarkStyle() Style { return look.Dark() }

func faded(c color.Color, a float32) color.NRGBA { return look.Faded(c, a) }

const (
	chipPush   = look.ChipPush
	chipSpace  = look.ChipSpace
	deepest    = look.Deepest
	handleWide = 8 // of the knob
	handleGrab = 5
)
