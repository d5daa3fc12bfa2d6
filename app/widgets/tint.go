package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lede/app/theme"
)

// tint is a label's colour, light, with an outline in full: what is armed.
type tint struct {
	widget.BaseWidget
	mark Mark
	on   bool
}

func newTint(m Mark) *tint {
	t := &tint{mark: m}
	t.ExtendBaseWidget(t)
	return t
}

// CreateRenderer is for Fyne.
func (t *tint) CreateRenderer() fyne.WidgetRenderer {
	r := &tintRenderer{t: t, rect: &canvas.Rectangle{CornerRadius: theme.Radius}}
	r.colour()
	return laidOut(r, t.Size())
}

type tintRenderer struct {
	t    *tint
	rect *canvas.Rectangle
}

func (r *tintRenderer) Destroy()                     {}
func (r *tintRenderer) Layout(s fyne.Size)           { r.rect.Resize(s) }
func (r *tintRenderer) MinSize() fyne.Size           { return fyne.Size{} }
func (r *tintRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.rect} }

func (r *tintRenderer) Refresh() {
	r.colour()
	r.rect.Refresh()
}

func (r *tintRenderer) colour() {
	r.rect.FillColor, r.rect.StrokeColor, r.rect.StrokeWidth = nil, nil, 0
	if r.t.on {
		r.rect.FillColor, r.rect.StrokeColor, r.rect.StrokeWidth = theme.Fade(r.t.mark.Ink(), 0.16), r.t.mark.Ink(), 2
	}
}

// overlay puts objects on top of each other.
func overlay(objects ...fyne.CanvasObject) *fyne.Container { return container.NewStack(objects...) }
