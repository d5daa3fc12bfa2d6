package widgets

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"lede/app/theme"
)

// Slider chooses one of evenly spaced numbers: by dragging, by a click on the
// track, by the arrow keys, Home and End when it has the focus.
type Slider struct {
	widget.BaseWidget
	Least, Most, Step float64
	OnChanged         func(float64)

	value            float64
	hovered, focused bool
}

const (
	sliderHeight float32 = 26
	sliderKnob   float32 = 14
)

// NewSlider makes a slider at a value.
func NewSlider(least, most, step, value float64, changed func(float64)) *Slider {
	s := &Slider{Least: least, Most: most, Step: step, OnChanged: changed}
	s.value = s.near(value)
	s.ExtendBaseWidget(s)
	return s
}

// Value is the number that is chosen.
func (s *Slider) Value() float64 { return s.value }

// Set chooses the number nearest to v, without telling OnChanged.
func (s *Slider) Set(v float64) {
	if v = s.near(v); v != s.value {
		s.value = v
		s.Refresh()
	}
}

func (s *Slider) near(v float64) float64 {
	steps := math.Round((v - s.Least) / s.Step)
	return math.Round(1e6*max(s.Least, min(s.Least+steps*s.Step, s.Most))) / 1e6 // without crumbs of binary fractions
}

func (s *Slider) choose(v float64) {
	was := s.value
	if s.Set(v); s.value != was && s.OnChanged != nil {
		s.OnChanged(s.value)
	}
}

// x is the middle of the knob for a value.
func (s *Slider) x(width float32) float32 {
	return sliderKnob/2 + (width-sliderKnob)*float32((s.value-s.Least)/(s.Most-s.Least))
}

func (s *Slider) to(x float32) {
	if room := s.Size().Width - sliderKnob; room > 0 {
		s.choose(s.Least + (s.Most-s.Least)*float64((x-sliderKnob/2)/room))
	}
}

// MouseDown is for Fyne.
func (s *Slider) MouseDown(e *desktop.MouseEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(s); c != nil {
		c.Focus(s)
	}
	s.to(e.Position.X)
}

// MouseUp is for Fyne.
func (s *Slider) MouseUp(*desktop.MouseEvent) {}

// Dragged is for Fyne.
func (s *Slider) Dragged(e *fyne.DragEvent) { s.to(e.Position.X) }

// DragEnd is for Fyne.
func (s *Slider) DragEnd() {}

// MouseIn is for Fyne.
func (s *Slider) MouseIn(*desktop.MouseEvent) { s.hovered = true; s.Refresh() }

// MouseMoved is for Fyne.
func (s *Slider) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (s *Slider) MouseOut() { s.hovered = false; s.Refresh() }

// Cursor is for Fyne.
func (s *Slider) Cursor() desktop.Cursor { return desktop.PointerCursor }

// FocusGained is for Fyne.
func (s *Slider) FocusGained() {
	s.focused = true
	s.Refresh()
	if OnFocus != nil {
		OnFocus(s)
	}
}

// FocusLost is for Fyne.
func (s *Slider) FocusLost() { s.focused = false; s.Refresh() }

// KeyDown is for Fyne.
func (s *Slider) KeyDown(e *fyne.KeyEvent) { down(e) }

// KeyUp is for Fyne.
func (s *Slider) KeyUp(e *fyne.KeyEvent) { up(e) }

// TypedRune is for Fyne.
func (s *Slider) TypedRune(rune) {}

// TypedKey is for Fyne.
func (s *Slider) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft, fyne.KeyDown:
		s.choose(s.value - s.Step)
	case fyne.KeyRight, fyne.KeyUp:
		s.choose(s.value + s.Step)
	case fyne.KeyHome:
		s.choose(s.Least)
	case fyne.KeyEnd:
		s.choose(s.Most)
	default:
		leftover(e)
	}
}

// CreateRenderer is for Fyne.
func (s *Slider) CreateRenderer() fyne.WidgetRenderer {
	s.ExtendBaseWidget(s)
	r := &sliderRenderer{s: s, track: &canvas.Rectangle{}, done: &canvas.Rectangle{}, knob: &canvas.Rectangle{}}
	r.colour()
	return laidOut(r, s.Size())
}

type sliderRenderer struct {
	s                 *Slider
	track, done, knob *canvas.Rectangle
}

func (r *sliderRenderer) Destroy()           {}
func (r *sliderRenderer) MinSize() fyne.Size { return fyne.NewSize(80, sliderHeight) }

func (r *sliderRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.track, r.done, r.knob}
}

func (r *sliderRenderer) Layout(size fyne.Size) {
	x, mid := r.s.x(size.Width), size.Height/2
	place(r.track, sliderKnob/2, mid-1.5, size.Width-sliderKnob, 3)
	place(r.done, sliderKnob/2, mid-1.5, max(0, x-sliderKnob/2), 3)
	place(r.knob, x-sliderKnob/2, mid-sliderKnob/2, sliderKnob, sliderKnob)
}

func (r *sliderRenderer) Refresh() {
	r.colour()
	r.Layout(r.s.Size())
	canvas.Refresh(r.s)
}

func (r *sliderRenderer) colour() {
	paint(r.track, theme.Hairline, "", 1.5)
	paint(r.done, theme.Accent, "", 1.5)
	paint(r.knob, theme.Raised, theme.Accent, sliderKnob/2)
	r.knob.StrokeWidth = 1.5
	switch {
	case r.s.focused:
		r.knob.FillColor = theme.Color(theme.Accent)
	case r.s.hovered:
		r.knob.StrokeWidth = 2.5
	}
}
