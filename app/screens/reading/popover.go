package reading

import (
	"fyne.io/fyne/v2"

	"lede/app/screens/sheet"
	"lede/app/settings"
	"lede/app/theme"
	"lede/app/widgets"
)

// Options is what the popover needs.
type Options struct {
	Canvas fyne.Canvas
	At     fyne.Position // of its upper right corner
	Store  *settings.Store
	// Change alters the settings and makes them true.
	Change func(func(*settings.Settings))
	Gone   func() // after it is closed; may be nil
}

const (
	popoverWidth float32 = 332
	nameWidth    float32 = 84
)

// Open shows the popover. The keyboard is in its first control; Esc and a click
// beside it close it.
func Open(o Options) *Controls {
	s := sheet.New(o.Canvas, nil)
	c := NewControls(o.Store, o.Change)
	row := func(title string, control fyne.CanvasObject) fyne.CanvasObject {
		name := widgets.NewAtLeast(fyne.NewSize(nameWidth, 0), widgets.NewElastic(title, theme.TextSize, theme.Dim))
		return widgets.NewStretch(8, 1, name, control)
	}
	reset := widgets.NewLink("Reset", func() {
		o.Change(Reset)
		c.Show()
	})
	s.Content = widgets.NewPadded(widgets.Pad{Left: 16, Top: 12, Right: 16, Bottom: 12}, widgets.NewColumn(8,
		row("Text size", c.With(c.Size)),
		row("Line spacing", c.With(c.Spacing)),
		row("Line length", c.With(c.Length)),
		row("Article text", widgets.NewRow(0, c.Face.Container)),
		row("Colours", widgets.NewRow(0, c.Colours.Container)),
		widgets.NewRow(0, widgets.NewPadded(widgets.Pad{Left: -6}, c.Numbers.Surface), nil, reset),
	))
	s.Light, s.Room.Width = true, popoverWidth
	at := o.At.AddXY(-popoverWidth, 0)
	s.At, s.OnDone, s.OnClose = &at, s.Close, o.Gone
	s.Open(c.Size)
	return c
}
