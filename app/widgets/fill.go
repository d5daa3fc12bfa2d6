package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"lede/app/theme"
)

// Fill is a rectangle in named colours.
type Fill struct {
	widget.BaseWidget
	Color  theme.Name // "" = nothing
	Stroke theme.Name // "" = no border
	Radius float32
	Floats bool // throws the one shadow
	Least  fyne.Size
}

// NewFill makes a plain rectangle.
func NewFill(c theme.Name) *Fill {
	f := &Fill{Color: c}
	f.ExtendBaseWidget(f)
	return f
}

// NewHairline makes a line of one pixel, as long as it is laid out.
func NewHairline() *Fill {
	f := NewFill(theme.Hairline)
	f.Least = fyne.NewSize(1, 1)
	return f
}

// NewSpace makes nothing, of a size.
func NewSpace(width, height float32) *Fill {
	f := NewFill("")
	f.Least = fyne.NewSize(width, height)
	return f
}

// CreateRenderer is for Fyne.
func (f *Fill) CreateRenderer() fyne.WidgetRenderer {
	f.ExtendBaseWidget(f)
	r := &fillRenderer{f: f, rect: &canvas.Rectangle{}}
	r.colour()
	return laidOut(r, f.Size())
}

type fillRenderer struct {
	f    *Fill
	rect *canvas.Rectangle
}

func (r *fillRenderer) Destroy()                     {}
func (r *fillRenderer) Layout(s fyne.Size)           { r.rect.Resize(s) }
func (r *fillRenderer) MinSize() fyne.Size           { return r.f.Least }
func (r *fillRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.rect} }

func (r *fillRenderer) Refresh() {
	r.colour()
	r.rect.Refresh()
}

func (r *fillRenderer) colour() {
	paint(r.rect, r.f.Color, r.f.Stroke, r.f.Radius)
	if r.f.Floats {
		r.rect.Shadow = shadow()
	}
}

func paint(r *canvas.Rectangle, fill, stroke theme.Name, radius float32) {
	r.FillColor, r.StrokeColor, r.StrokeWidth, r.CornerRadius = nil, nil, 0, radius
	if fill != "" {
		r.FillColor = theme.Color(fill)
	}
	if stroke != "" {
		r.StrokeColor, r.StrokeWidth = theme.Color(stroke), 1
		if fill == "" {
			r.FillColor = glass(r.StrokeColor)
		}
	}
}

// glass is a fill that is not seen, in the colour of the border around it: Fyne
// mixes the two where they meet, and without any colour that is a dark edge.
func glass(c color.Color) color.Color {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	n.A = 1
	return n
}

// shadow is the one shadow of the program.
func shadow() canvas.Shadow {
	return canvas.Shadow{
		Color: theme.Color(theme.Shadow), BlurRadius: 16, Offset: fyne.NewPos(0, 4), Variant: canvas.DropShadow,
	}
}

// place moves and resizes in one go.
func place(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// laidOut is a renderer as Fyne wants it from CreateRenderer. Fyne throws the
// renderer of a widget away that was out of sight for a minute, makes another when
// it is back, and lays that out only if the widget's size changes: what has a size
// already is laid out here, or it would stay blank.
func laidOut(r fyne.WidgetRenderer, size fyne.Size) fyne.WidgetRenderer {
	if !size.IsZero() {
		r.Layout(size)
	}
	return r
}
