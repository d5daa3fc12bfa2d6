package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"lede/app/theme"
)

// Mark is the look of a label: its colour, as #rrggbb for light and dark, and
// the pattern of its line (solid, dashed, double, dotted).
type Mark struct {
	Light, Dark string
	Pattern     string
}

// Ink is the colour of the mark as the window shows it now.
func (m Mark) Ink() color.Color { return theme.LabelColor(m.Light, m.Dark) }

// Pattern is a short line in the pattern of a label, or a small square in its
// colour.
type Pattern struct {
	widget.BaseWidget
	Mark   Mark
	Square bool
}

// NewPattern makes the line of a mark.
func NewPattern(m Mark) *Pattern {
	p := &Pattern{Mark: m}
	p.ExtendBaseWidget(p)
	return p
}

// NewSwatch makes the square of a mark.
func NewSwatch(m Mark) *Pattern {
	p := NewPattern(m)
	p.Square = true
	return p
}

const (
	patternWidth  float32 = 16
	patternHeight float32 = 7
	swatchSide    float32 = 8
)

// CreateRenderer is for Fyne.
func (p *Pattern) CreateRenderer() fyne.WidgetRenderer {
	p.ExtendBaseWidget(p)
	r := &patternRenderer{p: p}
	r.build(p.Size())
	return r
}

type patternRenderer struct {
	p    *Pattern
	objs []fyne.CanvasObject
}

func (r *patternRenderer) Destroy()                     {}
func (r *patternRenderer) Objects() []fyne.CanvasObject { return r.objs }
func (r *patternRenderer) Layout(s fyne.Size)           { r.build(s) }

func (r *patternRenderer) MinSize() fyne.Size {
	if r.p.Square {
		return fyne.NewSquareSize(swatchSide)
	}
	return fyne.NewSize(patternWidth, patternHeight)
}

func (r *patternRenderer) Refresh() {
	r.build(r.p.Size())
	canvas.Refresh(r.p)
}

func (r *patternRenderer) build(s fyne.Size) {
	ink := r.p.Mark.Ink()
	r.objs = r.objs[:0]
	bar := func(x, y, w, h float32) {
		b := canvas.NewRectangle(ink)
		place(b, x, y, w, h)
		r.objs = append(r.objs, b)
	}
	middle := s.Height / 2
	switch {
	case r.p.Square:
		bar(0, (s.Height-swatchSide)/2, swatchSide, swatchSide)
		r.objs[0].(*canvas.Rectangle).CornerRadius = 2
	case r.p.Mark.Pattern == "dashed":
		bar(0, middle-1.5, 7, 3)
		bar(9, middle-1.5, 7, 3)
	case r.p.Mark.Pattern == "double":
		bar(0, middle-3, patternWidth, 2)
		bar(0, middle+1, patternWidth, 2)
	case r.p.Mark.Pattern == "dotted":
		for x := float32(0); x < patternWidth; x += 4.5 {
			bar(x, middle-1.25, 2.5, 2.5)
		}
	default:
		bar(0, middle-1.5, patternWidth, 3)
	}
}
