package sheet

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"lede/app/theme"
	"lede/app/widgets"
)

// Sheet is a panel over the window. Set the fields before Open.
type Sheet struct {
	widget.BaseWidget
	Content fyne.CanvasObject
	Room    fyne.Size // at most; a zero side is that of the content

	At    *fyne.Position // the panel's corner; nil = the middle of the window
	Light bool           // the window is not dimmed, and a click beside the panel closes
	// Clear leaves the window undimmed: what the sheet is about is seen behind it. A
	// click beside it does nothing.
	Clear bool
	// OnDone is Enter, where the focused part has no use for it, and Ctrl+Enter in a
	// field; may be nil.
	OnDone func()
	// OnCancel is Esc, and a click beside a light sheet; nil = Close. A sheet that
	// must not go yet does not call Close.
	OnCancel func()
	OnClose  func() // after it is gone

	canvas fyne.Canvas
	shown  bool
	keys   func(*fyne.KeyEvent) // of the canvas before
	escape func()               // of the widgets before
	done   func()
	other  func(*fyne.KeyEvent)
	focus  func(fyne.CanvasObject)
}

// margin is how near to the window's edge a panel may come.
const margin = 3 * theme.Unit

// Room is the largest panel, up to the wanted size, that a canvas has room for.
func Room(c fyne.Canvas, wanted fyne.Size) fyne.Size {
	return wanted.Min(c.Size().SubtractWidthHeight(2*margin, 2*margin))
}

// New makes a sheet that is not shown yet.
func New(c fyne.Canvas, content fyne.CanvasObject) *Sheet {
	s := &Sheet{Content: content, canvas: c}
	s.ExtendBaseWidget(s)
	return s
}

// Open puts the sheet on top of all else and gives the focus to a part of it
// (nil: to none).
func (s *Sheet) Open(focus fyne.Focusable) {
	if !s.shown {
		s.shown = true
		s.keys, s.escape, s.done, s.other, s.focus = s.canvas.OnTypedKey(), widgets.OnEscape, widgets.OnDone, widgets.OnKey, widgets.OnFocus
		s.canvas.SetOnTypedKey(s.key)
		widgets.OnEscape, widgets.OnDone, widgets.OnKey, widgets.OnFocus = s.Cancel, s.Done, s.key, s.reveal
		s.canvas.Overlays().Add(s)
	}
	if focus != nil {
		s.canvas.Focus(focus)
	}
}

// Shown says whether the sheet is there.
func (s *Sheet) Shown() bool { return s.shown }

// Canvas is where the sheet is shown.
func (s *Sheet) Canvas() fyne.Canvas { return s.canvas }

// Close takes the sheet away, and with it all that lies above it.
func (s *Sheet) Close() {
	if !s.shown {
		return
	}
	s.shown = false
	s.canvas.Overlays().Remove(s)
	s.canvas.SetOnTypedKey(s.keys)
	widgets.OnEscape, widgets.OnDone, widgets.OnKey, widgets.OnFocus = s.escape, s.done, s.other, s.focus
	if s.OnClose != nil {
		s.OnClose()
	}
}

// Cancel does what Esc does.
func (s *Sheet) Cancel() {
	if s.OnCancel != nil {
		s.OnCancel()
		return
	}
	s.Close()
}

// Done does what Enter does.
func (s *Sheet) Done() {
	if s.OnDone != nil {
		s.OnDone()
	}
}

func (s *Sheet) key(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyEscape:
		s.Cancel()
	case fyne.KeyReturn, fyne.KeyEnter:
		s.Done()
	case fyne.KeyTab:
		s.canvas.FocusNext()
	default:
	}
}

// Tapped is for Fyne: nothing goes through to the window below.
func (s *Sheet) Tapped(e *fyne.PointEvent) {
	if s.Light && !s.inPanel(e.Position) {
		s.Cancel()
	}
}

// TappedSecondary is for Fyne.
func (s *Sheet) TappedSecondary(e *fyne.PointEvent) { s.Tapped(e) }

// Scrolled is for Fyne.
func (s *Sheet) Scrolled(*fyne.ScrollEvent) {}

// MouseIn is for Fyne.
func (s *Sheet) MouseIn(*desktop.MouseEvent) {}

// MouseMoved is for Fyne.
func (s *Sheet) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (s *Sheet) MouseOut() {}

func (s *Sheet) inPanel(p fyne.Position) bool {
	at, size := s.panel(s.Size())
	return p.X >= at.X && p.Y >= at.Y && p.X < at.X+size.Width && p.Y < at.Y+size.Height
}

// panel is where the panel lies in a window of the given size.
func (s *Sheet) panel(window fyne.Size) (fyne.Position, fyne.Size) {
	size := s.Room
	least := s.Content.MinSize()
	if size.Width == 0 {
		size.Width = least.Width
	}
	if size.Height == 0 {
		size.Height = least.Height
	}
	size.Width = max(0, min(size.Width, window.Width-2*margin))
	size.Height = max(0, min(size.Height, window.Height-2*margin))
	if s.At == nil {
		return fyne.NewPos((window.Width-size.Width)/2, (window.Height-size.Height)/2), size
	}
	at := *s.At
	at.X = max(theme.Unit, min(at.X, window.Width-size.Width-theme.Unit))
	at.Y = max(theme.Unit, min(at.Y, window.Height-size.Height-theme.Unit))
	return at, size
}

// Fit lays the panel out anew after its content grew or shrank.
func (s *Sheet) Fit() { s.Refresh() }

// CreateRenderer is for Fyne.
func (s *Sheet) CreateRenderer() fyne.WidgetRenderer {
	r := &sheetRenderer{s: s, veil: &canvas.Rectangle{}, back: widgets.NewFill(theme.Page)}
	r.room = container.NewScroll(s.Content)
	r.room.Resize(fyne.NewSize(1, 1)) // renders it: Fyne gives the focus to nothing that is not
	r.back.Radius, r.back.Floats, r.back.Stroke = theme.BigRadius, true, theme.Hairline
	r.colour()
	if !s.Size().IsZero() { // made anew: nobody will tell the size again
		r.Layout(s.Size())
	}
	return r
}

type sheetRenderer struct {
	s    *Sheet
	veil *canvas.Rectangle
	back *widgets.Fill
	room *container.Scroll // for a window smaller than the content
}

func (r *sheetRenderer) Destroy()           {}
func (r *sheetRenderer) MinSize() fyne.Size { return fyne.Size{} }

func (r *sheetRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.veil, r.back, r.room}
}

func (r *sheetRenderer) Layout(size fyne.Size) {
	at, panel := r.s.panel(size)
	r.veil.Resize(size)
	for _, o := range []fyne.CanvasObject{r.back, r.room} {
		o.Move(at)
		o.Resize(panel)
	}
}

func (r *sheetRenderer) Refresh() {
	r.colour()
	r.room.Content = r.s.Content
	r.Layout(r.s.Size())
	r.back.Refresh()
	r.room.Refresh()
	canvas.Refresh(r.s)
}

func (r *sheetRenderer) colour() {
	r.veil.FillColor = color.Transparent
	r.back.Color = theme.Page
	if r.s.Light { // what is below is not dimmed: the panel must stand off by itself
		r.back.Color = theme.Raised
		return
	}
	if r.s.Clear {
		return
	}
	r.veil.FillColor = color.NRGBA{A: 0x33}
	if theme.Dark() {
		r.veil.FillColor = color.NRGBA{A: 0x80}
	}
}
