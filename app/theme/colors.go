package theme

import (
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
)

// Name is the role of a colour.
type Name string

// The colours, by role.
const (
	Page      Name = "page"      // where the article is
	Panel     Name = "panel"     // the sides, and the bar at the bottom
	Raised    Name = "raised"    // fields, cards, the chosen row
	Text      Name = "text"      // what is read
	Dim       Name = "dim"       // what stands back
	Faint     Name = "faint"     // place holders and key caps
	Hairline  Name = "hairline"  // borders
	Accent    Name = "accent"    // the one colour that says "here"
	OnAccent  Name = "onAccent"  // text on the accent colour
	Tint      Name = "tint"      // the accent colour, washed out: icon tiles, chosen chips
	Selection Name = "selection" // selected text
	Hover     Name = "hover"     // under the pointer
	Pressed   Name = "pressed"   // while a button is held
	Shadow    Name = "shadow"    // under what floats
	Flag      Name = "flag"      // a flagged article
	Warning   Name = "warning"   // a calm warning
	Danger    Name = "danger"    // what did not work
	Success   Name = "success"   // what is done
	Track     Name = "track"     // under a progress line
	Found     Name = "found"     // what was looked for
)

type pair struct{ light, dark color.NRGBA }

var palette = map[Name]pair{
	Page:      {hex(0xfcfbf8), hex(0x1c1d20)},
	Panel:     {hex(0xf5f3ee), hex(0x17181a)},
	Raised:    {hex(0xffffff), hex(0x24262a)},
	Text:      {hex(0x202124), hex(0xe7e5df)},
	Dim:       {hex(0x6b6d72), hex(0x9a9ca2)},
	Faint:     {hex(0x8d8f94), hex(0x74767c)},
	Hairline:  {hex(0xe3e0d8), hex(0x2c2e33)},
	Accent:    {hex(0x2f5da8), hex(0x8ab4f8)},
	OnAccent:  {hex(0xffffff), hex(0x17181a)},
	Tint:      {hex(0xe3eaf5), hex(0x273246)},
	Selection: {hex(0xcfe0f7), hex(0x2d4467)},
	Hover:     {alpha(0x202124, 0x0d), alpha(0xe7e5df, 0x10)},
	Pressed:   {alpha(0x202124, 0x1a), alpha(0xe7e5df, 0x1c)},
	Shadow:    {alpha(0x2b2620, 0x2e), alpha(0x000000, 0x80)},
	Flag:      {hex(0xd55e00), hex(0xff9a57)},
	Warning:   {hex(0x9a6a00), hex(0xe6b450)},
	Danger:    {hex(0xb3261e), hex(0xf2857b)},
	Success:   {hex(0x00805d), hex(0x3fd0a4)},
	Track:     {hex(0xe3e0d8), hex(0x2c2e33)},
	Found:     {hex(0xe0a800), hex(0xe8b92e)},
}

func hex(rgb uint32) color.NRGBA {
	return color.NRGBA{R: uint8(rgb >> 16), G: uint8(rgb >> 8), B: uint8(rgb), A: 0xff}
}

func alpha(rgb uint32, a uint8) color.NRGBA {
	c := hex(rgb)
	c.A = a
	return c
}

// Color is a colour as the window shows it now.
func Color(n Name) color.Color {
	if Dark() {
		return palette[n].dark
	}
	return palette[n].light
}

// Fade is a colour at an opacity from 0 to 1.
func Fade(c color.Color, opacity float32) color.Color {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	n.A = uint8(float32(n.A) * opacity)
	return n
}

// Parse reads #rrggbb; ok is false for anything else.
func Parse(s string) (c color.NRGBA, ok bool) {
	if len(s) != 7 || s[0] != '#' {
		return c, false
	}
	v, err := strconv.ParseUint(s[1:], 16, 32)
	if err != nil {
		return c, false
	}
	return hex(uint32(v)), true
}

// LabelColor is the colour of a label, given as #rrggbb for a light and for a
// dark page. A label without a dark colour gets a lighter shade of its own.
func LabelColor(light, dark string) color.Color {
	l, ok := Parse(light)
	if !ok {
		return Color(Dim)
	}
	if !Dark() {
		return l
	}
	if d, ok := Parse(dark); ok {
		return d
	}
	return lighter(l)
}

func lighter(c color.NRGBA) color.NRGBA {
	up := func(v uint8) uint8 { return v + uint8((255-int(v))*45/100) }
	return color.NRGBA{R: up(c.R), G: up(c.G), B: up(c.B), A: c.A}
}

// fyneColors says which of our colours Fyne's own widgets get.
var fyneColors = map[fyne.ThemeColorName]Name{
	base.ColorNameBackground:        Page,
	base.ColorNameButton:            Raised,
	base.ColorNameDisabledButton:    Panel,
	base.ColorNameDisabled:          Faint,
	base.ColorNameError:             Danger,
	base.ColorNameFocus:             Tint,
	base.ColorNameForeground:        Text,
	base.ColorNameHeaderBackground:  Panel,
	base.ColorNameHover:             Hover,
	base.ColorNameHyperlink:         Accent,
	base.ColorNameInputBackground:   Raised,
	base.ColorNameMenuBackground:    Raised,
	base.ColorNameOverlayBackground: Raised,
	base.ColorNamePlaceHolder:       Faint,
	base.ColorNamePressed:           Pressed,
	base.ColorNamePrimary:           Accent,
	base.ColorNameSelection:         Selection,
	base.ColorNameSeparator:         Hairline,
	base.ColorNameShadow:            Shadow,
	base.ColorNameSuccess:           Success,
	base.ColorNameWarning:           Warning,

	base.ColorNameForegroundOnPrimary: OnAccent,
	base.ColorNameForegroundOnError:   OnAccent,
	base.ColorNameForegroundOnSuccess: OnAccent,
	base.ColorNameForegroundOnWarning: OnAccent,
}
