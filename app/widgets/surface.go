package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"lede/app/theme"
)

// Surface is a rectangle with content that may be pressed, by pointer or, when
// it has the focus, by Space and Enter. Buttons, chips, cards and rows are
// surfaces.
type Surface struct {
	widget.BaseWidget
	Content fyne.CanvasObject
	Color   theme.Name // "" = nothing
	Stroke  theme.Name // "" = no border
	Radius  float32
	Pad     Pad
	Least   fyne.Size
	Still   bool // no answer to the pointer
	Off     bool // cannot be pressed

	OnTapped    func()
	OnSecondary func(fyne.Position) // the absolute position
	OnHover     func(bool)
	// OnTyped hears keys first while the surface has the keyboard; true says that one
	// was of use. OnRune hears what is typed.
	OnTyped func(*fyne.KeyEvent) bool
	OnRune  func(rune)

	hovered, pressed, focused, byPointer bool
}

// Pad is the room around content.
type Pad struct{ Left, Top, Right, Bottom float32 }

// Even is the same room at both sides, and above and below.
func Even(x, y float32) Pad { return Pad{x, y, x, y} }

// NewSurface makes a surface around content.
func NewSurface(content fyne.CanvasObject, tapped func()) *Surface {
	s := &Surface{Content: content, Radius: theme.SmallRadius, OnTapped: tapped}
	s.ExtendBaseWidget(s)
	return s
}

// OnEscape is what Esc does in any surface or field: the window gives the focus
// back to the text.
var OnEscape func()

// OnDone is what Ctrl+Enter does in any field, after it was committed: the sheet
// that is open presses its primary button. nil = what Esc does.
var OnDone func()

// OnKey hears keys that a focused surface or field has no use for, F1 above all.
var OnKey func(*fyne.KeyEvent)

// OnFocus hears what got the keyboard, so that it can be brought into sight.
var OnFocus func(fyne.CanvasObject)

// ByKey says whether the surface that was pressed last was pressed by a key.
var ByKey bool

// Keys hears which keys go down and up while a surface, a field or a list has the
// focus, so that the window can tell a held key.
var Keys interface {
	Down(*fyne.KeyEvent)
	Up(*fyne.KeyEvent)
}

// OnShortcut hears keys with Ctrl or Command that a field has no use for.
var OnShortcut func(fyne.Shortcut) bool

func down(e *fyne.KeyEvent) {
	if Keys != nil {
		Keys.Down(e)
	}
}

func up(e *fyne.KeyEvent) {
	if Keys != nil {
		Keys.Up(e)
	}
}

func leftover(e *fyne.KeyEvent) {
	switch {
	case e.Name == fyne.KeyEscape && OnEscape != nil:
		OnEscape()
	case e.Name != fyne.KeyEscape && OnKey != nil:
		OnKey(e)
	}
}

// Tapped is for Fyne.
func (s *Surface) Tapped(e *fyne.PointEvent) {
	if s.OnTapped != nil && !s.Off {
		ByKey = e == nil
		s.OnTapped()
	}
}

// TappedSecondary is for Fyne.
func (s *Surface) TappedSecondary(e *fyne.PointEvent) {
	if s.OnSecondary != nil && !s.Off {
		s.OnSecondary(e.AbsolutePosition)
	}
}

// MouseDown is for Fyne.
func (s *Surface) MouseDown(*desktop.MouseEvent) {
	s.pressed, s.byPointer = true, true
	s.Refresh()
}

// MouseUp is for Fyne.
func (s *Surface) MouseUp(*desktop.MouseEvent) {
	s.pressed = false
	s.Refresh()
}

// MouseIn is for Fyne.
func (s *Surface) MouseIn(*desktop.MouseEvent) { s.hover(true) }

// MouseMoved is for Fyne.
func (s *Surface) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (s *Surface) MouseOut() {
	s.pressed = false
	s.hover(false)
}

func (s *Surface) hover(on bool) {
	s.hovered = on
	if s.OnHover != nil {
		s.OnHover(on)
	}
	s.Refresh()
}

// Cursor is for Fyne.
func (s *Surface) Cursor() desktop.Cursor {
	if s.OnTapped == nil || s.Off {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// FocusGained is for Fyne.
func (s *Surface) FocusGained() {
	s.focused = !s.byPointer
	s.byPointer = false
	s.Refresh()
	if OnFocus != nil {
		OnFocus(s)
	}
}

// FocusLost is for Fyne.
func (s *Surface) FocusLost() {
	s.focused, s.byPointer = false, false
	s.Refresh()
}

// KeyDown is for Fyne.
func (s *Surface) KeyDown(e *fyne.KeyEvent) { down(e) }

// KeyUp is for Fyne.
func (s *Surface) KeyUp(e *fyne.KeyEvent) { up(e) }

// TypedRune is for Fyne.
func (s *Surface) TypedRune(r rune) {
	if s.OnRune != nil && !s.Off && (Consumed == nil || !Consumed()) {
		s.OnRune(r)
	}
}

// TypedKey is for Fyne.
func (s *Surface) TypedKey(e *fyne.KeyEvent) {
	if s.OnTyped != nil && !s.Off && s.OnTyped(e) {
		return
	}
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		s.Tapped(nil)
	default:
		leftover(e)
	}
}

// Disabled, Enable and Disable keep what cannot be pressed out of the Tab order.
func (s *Surface) Disabled() bool { return s.Off || s.OnTapped == nil }

// Enable is for Fyne.
func (s *Surface) Enable() { s.SetOff(false) }

// Disable is for Fyne.
func (s *Surface) Disable() { s.SetOff(true) }

// SetOff says whether the surface cannot be pressed now.
func (s *Surface) SetOff(off bool) {
	if s.Off != off {
		s.Off = off
		s.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (s *Surface) CreateRenderer() fyne.WidgetRenderer {
	s.ExtendBaseWidget(s)
	r := &surfaceRenderer{s: s, back: &canvas.Rectangle{}, veil: &canvas.Rectangle{}}
	r.colour()
	return laidOut(r, s.Size())
}

type surfaceRenderer struct {
	s    *Surface
	back *canvas.Rectangle
	veil *canvas.Rectangle // hover and press
	laid fyne.CanvasObject // the content that Layout has seen
}

func (r *surfaceRenderer) Destroy() {}

func (r *surfaceRenderer) Objects() []fyne.CanvasObject {
	if r.s.Content == nil {
		return []fyne.CanvasObject{r.back, r.veil}
	}
	return []fyne.CanvasObject{r.back, r.veil, r.s.Content}
}

func (r *surfaceRenderer) MinSize() fyne.Size {
	p := r.s.Pad
	size := fyne.NewSize(p.Left+p.Right, p.Top+p.Bottom)
	if r.s.Content != nil {
		size = size.Add(r.s.Content.MinSize())
	}
	return size.Max(r.s.Least)
}

func (r *surfaceRenderer) Layout(size fyne.Size) {
	r.back.Resize(size)
	r.veil.Resize(size)
	r.laid = r.s.Content
	if p := r.s.Pad; r.s.Content != nil {
		place(r.s.Content, p.Left, p.Top, size.Width-p.Left-p.Right, size.Height-p.Top-p.Bottom)
	}
}

func (r *surfaceRenderer) Refresh() {
	r.colour()
	r.back.Refresh()
	r.veil.Refresh()
	if r.laid != r.s.Content {
		r.Layout(r.s.Size())
	}
	if r.s.Content != nil {
		r.s.Content.Refresh()
	}
}

func (r *surfaceRenderer) colour() {
	s := r.s
	stroke := s.Stroke
	paint(r.back, s.Color, stroke, s.Radius)
	if s.focused {
		r.back.StrokeColor, r.back.StrokeWidth = theme.Color(theme.Accent), 2
	}
	veil := theme.Name("")
	switch {
	case s.Still || s.Off:
	case s.pressed:
		veil = theme.Pressed
	case s.hovered && s.OnTapped != nil:
		veil = theme.Hover
	}
	paint(r.veil, veil, "", s.Radius)
}
