package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lede/app/theme"
)

// Progress is a thin line of which a part is in the accent colour.
type Progress struct {
	widget.BaseWidget
	part float64
}

// NewProgress makes the line.
func NewProgress() *Progress {
	p := &Progress{}
	p.ExtendBaseWidget(p)
	return p
}

// Set says how much is done, from 0 to 1.
func (p *Progress) Set(part float64) {
	if p.part != part {
		p.part = max(0, min(part, 1))
		p.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (p *Progress) CreateRenderer() fyne.WidgetRenderer {
	r := &progressRenderer{p: p, track: &canvas.Rectangle{}, bar: &canvas.Rectangle{}}
	r.colour()
	return laidOut(r, p.Size())
}

type progressRenderer struct {
	p          *Progress
	track, bar *canvas.Rectangle
}

func (r *progressRenderer) Destroy()                     {}
func (r *progressRenderer) MinSize() fyne.Size           { return fyne.NewSize(24, 4) }
func (r *progressRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.track, r.bar} }

func (r *progressRenderer) Layout(s fyne.Size) {
	r.track.Resize(s)
	r.bar.Resize(fyne.NewSize(s.Width*float32(r.p.part), s.Height))
}

func (r *progressRenderer) Refresh() {
	r.colour()
	r.Layout(r.p.Size())
	canvas.Refresh(r.p)
}

func (r *progressRenderer) colour() {
	paint(r.track, theme.Track, "", 2)
	paint(r.bar, theme.Accent, "", 2)
	r.bar.Hidden = r.p.part == 0
}

// State is how far an article is, as a Dot shows it.
type State int

// The states: a ring, half a disc, a full disc, a square in the flag's colour, a
// ring with a bar.
const (
	StateNew State = iota
	StateHalf
	StateDone
	StateFlagged
	StateSkipped
)

// Dot shows a state by form and by colour.
type Dot struct {
	widget.BaseWidget
	State State
}

// NewDot makes a dot.
func NewDot(s State) *Dot {
	d := &Dot{State: s}
	d.ExtendBaseWidget(d)
	return d
}

const dotSide float32 = 10

// CreateRenderer is for Fyne.
func (d *Dot) CreateRenderer() fyne.WidgetRenderer {
	r := &dotRenderer{
		d: d, ring: &canvas.Circle{}, half: canvas.NewPieArc(180, 360, color.Transparent),
		square: &canvas.Rectangle{}, bar: &canvas.Rectangle{},
	}
	r.build()
	return laidOut(r, d.Size())
}

type dotRenderer struct {
	d           *Dot
	ring        *canvas.Circle
	half        *canvas.Arc
	square, bar *canvas.Rectangle
	objs        []fyne.CanvasObject
}

func (r *dotRenderer) Destroy()                     {}
func (r *dotRenderer) Objects() []fyne.CanvasObject { return r.objs }
func (r *dotRenderer) MinSize() fyne.Size           { return fyne.NewSquareSize(dotSide) }

func (r *dotRenderer) Layout(s fyne.Size) {
	x, y := (s.Width-dotSide)/2, (s.Height-dotSide)/2
	place(r.ring, x, y, dotSide, dotSide)
	place(r.half, x+1, y+1, dotSide-2, dotSide-2)
	place(r.square, x, y, dotSide, dotSide)
	place(r.bar, x+2.5, s.Height/2-0.75, dotSide-5, 1.5)
}

func (r *dotRenderer) Refresh() {
	r.build()
	r.Layout(r.d.Size())
	canvas.Refresh(r.d)
}

func (r *dotRenderer) build() {
	accent, dim := theme.Color(theme.Accent), theme.Color(theme.Dim)
	r.ring.FillColor, r.ring.StrokeColor, r.ring.StrokeWidth = glass(dim), dim, 1
	r.objs = []fyne.CanvasObject{r.ring}
	switch r.d.State {
	case StateHalf:
		r.ring.FillColor, r.ring.StrokeColor, r.half.FillColor = glass(accent), accent, accent
		r.objs = append(r.objs, r.half)
	case StateDone:
		r.ring.FillColor, r.ring.StrokeColor = accent, accent
	case StateFlagged:
		paint(r.square, theme.Flag, "", 2)
		r.objs = []fyne.CanvasObject{r.square}
	case StateSkipped:
		paint(r.bar, theme.Dim, "", 0)
		r.objs = append(r.objs, r.bar)
	default: // the ring alone
	}
}

// NewCard makes a surface with a border on which things are offered.
func NewCard(content fyne.CanvasObject, tapped func()) *Surface {
	s := NewSurface(content, tapped)
	s.Color, s.Stroke, s.Radius, s.Pad = theme.Raised, theme.Hairline, theme.BigRadius, Even(14, 14)
	return s
}

// NewPanel makes what floats: rounded, raised, with the one shadow.
func NewPanel(content fyne.CanvasObject) *fyne.Container {
	back := NewFill(theme.Raised)
	back.Stroke, back.Radius, back.Floats = theme.Hairline, theme.BigRadius, true
	return container.NewStack(back, NewPadded(Even(16, 14), content))
}
