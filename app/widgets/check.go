package widgets

import (
	"fyne.io/fyne/v2"

	"lede/app/theme"
)

// Check is something that is so or not.
type Check struct {
	*Surface
	OnChanged func(bool)
	on        bool
	box       *Fill
	tick      *Icon
}

// NewCheck makes a box with a title beside it, which may be "".
func NewCheck(title string, on bool, changed func(bool)) *Check {
	c := &Check{OnChanged: changed, box: NewFill(theme.Raised), tick: NewIcon(IconCheck, 12, theme.OnAccent)}
	c.box.Radius, c.box.Least = 4, fyne.NewSquareSize(16)
	inside := []fyne.CanvasObject{overlay(c.box, c.tick)}
	if title != "" {
		inside = append(inside, NewLine(title, theme.TextSize, theme.Text))
	}
	c.Surface = NewSurface(NewRow(8, inside...), func() {
		c.Set(!c.on)
		if c.OnChanged != nil {
			c.OnChanged(c.on)
		}
	})
	c.Pad, c.Radius = Even(6, 6), 5
	c.Set(on)
	return c
}

// Set says whether it is so, without telling OnChanged.
func (c *Check) Set(on bool) {
	c.on = on
	c.box.Color, c.box.Stroke = theme.Raised, theme.Faint
	c.tick.Hidden = !on
	if on {
		c.box.Color, c.box.Stroke = theme.Accent, theme.Accent
	}
	c.Refresh()
}
