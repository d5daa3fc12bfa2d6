package widgets

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"lede/app/theme"
)

// Rows is a list of rows of one height, of which only those in sight exist. The
// offset is a float64, so that the last of a million rows stands where it should.
type Rows struct {
	widget.BaseWidget
	Height float32
	Count  func() int
	Make   func() fyne.CanvasObject
	Fill   func(i int, row fyne.CanvasObject)

	// OnStep is asked by arrow keys to go from the current row by steps, OnEnter by
	// Enter.
	OnStep  func(steps int)
	OnEnter func()
	// OnRune hears what is typed.
	OnRune func(rune)
	// OnTyped hears keys first; true says that one was of use.
	OnTyped func(*fyne.KeyEvent) bool
	OnSpace func() // nil: Space does what Enter does
	Quiet   bool   // no ring around the list that has the focus: Fill shows it

	offset  float64
	focused bool
	r       *rowsRenderer
}

// NewRows makes an empty list; set the fields before it is shown.
func NewRows(height float32) *Rows {
	l := &Rows{Height: height}
	l.ExtendBaseWidget(l)
	return l
}

func (l *Rows) total() float64 { return float64(l.Count()) * float64(l.Height) }

func (l *Rows) furthest() float64 { return math.Max(0, l.total()-float64(l.BaseWidget.Size().Height)) }

// ScrollTo brings a row into sight, with some room around it.
func (l *Rows) ScrollTo(i int) {
	if i < 0 {
		return
	}
	top, bottom := float64(i)*float64(l.Height), float64(i+1)*float64(l.Height)
	view := float64(l.BaseWidget.Size().Height)
	switch {
	case top < l.offset:
		l.offset = top
	case bottom > l.offset+view:
		l.offset = bottom - view
	default:
		return
	}
	l.Refresh()
}

// Sight is the first row in sight, and how many are, in whole or in part.
func (l *Rows) Sight() (first, n int) {
	first = int(l.offset / float64(l.Height))
	last := int(math.Ceil((l.offset + float64(l.BaseWidget.Size().Height)) / float64(l.Height)))
	return first, max(0, min(last, l.Count())-first)
}

// Shift goes down by rows that came in above what is in sight, so that it stays there.
func (l *Rows) Shift(rows int) { l.offset = math.Max(0, l.offset+float64(rows)*float64(l.Height)) }

// Top goes to the first row.
func (l *Rows) Top() { l.offset = 0 }

// Scrolled is for Fyne.
func (l *Rows) Scrolled(e *fyne.ScrollEvent) { l.move(-float64(e.Scrolled.DY)) }

func (l *Rows) move(dy float64) {
	was := l.offset
	l.offset = math.Max(0, math.Min(l.offset+dy, l.furthest()))
	if l.offset != was {
		l.Refresh()
	}
}

// FocusGained is for Fyne.
func (l *Rows) FocusGained() { l.focus(true) }

// FocusLost is for Fyne.
func (l *Rows) FocusLost() { l.focus(false) }

// HasFocus says whether the list has the focus.
func (l *Rows) HasFocus() bool { return l.focused }

func (l *Rows) focus(on bool) {
	l.focused = on
	l.Refresh()
}

// KeyDown is for Fyne.
func (l *Rows) KeyDown(e *fyne.KeyEvent) { down(e) }

// KeyUp is for Fyne.
func (l *Rows) KeyUp(e *fyne.KeyEvent) { up(e) }

// TypedRune is for Fyne.
func (l *Rows) TypedRune(r rune) {
	if l.OnRune != nil {
		l.OnRune(r)
	}
}

// TypedKey is for Fyne.
func (l *Rows) TypedKey(e *fyne.KeyEvent) {
	page := max(1, int(l.BaseWidget.Size().Height/l.Height)-1)
	step := map[fyne.KeyName]int{
		fyne.KeyUp: -1, fyne.KeyDown: 1, fyne.KeyPageUp: -page, fyne.KeyPageDown: page,
		fyne.KeyHome: -math.MaxInt32, fyne.KeyEnd: math.MaxInt32,
	}[e.Name]
	switch {
	case l.OnTyped != nil && l.OnTyped(e):
	case step != 0 && l.OnStep != nil:
		l.OnStep(step)
	case e.Name == fyne.KeySpace && l.OnSpace != nil:
		l.OnSpace()
	case (e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter || e.Name == fyne.KeySpace) && l.OnEnter != nil:
		l.OnEnter()
	case step == 0:
		leftover(e)
	}
}

// CreateRenderer is for Fyne.
func (l *Rows) CreateRenderer() fyne.WidgetRenderer {
	l.ExtendBaseWidget(l)
	l.r = &rowsRenderer{l: l, ring: &canvas.Rectangle{}, thumb: newThumb(l)}
	return laidOut(l.r, l.BaseWidget.Size())
}

type rowsRenderer struct {
	l     *Rows
	rows  []fyne.CanvasObject // in the order of the screen
	dark  bool                // the colours that rows were made in
	ring  *canvas.Rectangle
	thumb *thumb
	objs  []fyne.CanvasObject
}

func (r *rowsRenderer) Destroy()                     {}
func (r *rowsRenderer) MinSize() fyne.Size           { return fyne.NewSize(80, r.l.Height) }
func (r *rowsRenderer) Objects() []fyne.CanvasObject { return r.objs }
func (r *rowsRenderer) Layout(fyne.Size)             { r.build() }

func (r *rowsRenderer) Refresh() {
	r.build()
	canvas.Refresh(r.l)
}

func (r *rowsRenderer) build() {
	l := r.l
	if dark := theme.Dark(); dark != r.dark { // Fill changes only what is another row's
		r.rows, r.dark = nil, dark
	}
	size := l.BaseWidget.Size()
	l.offset = math.Max(0, math.Min(l.offset, l.furthest()))
	first := int(l.offset / float64(l.Height))
	last := min(l.Count(), int(math.Ceil((l.offset+float64(size.Height))/float64(l.Height))))
	r.objs = r.objs[:0]
	for i := first; i < last; i++ {
		if i-first == len(r.rows) {
			r.rows = append(r.rows, l.Make())
		}
		row := r.rows[i-first]
		l.Fill(i, row)
		place(row, 0, float32(float64(i)*float64(l.Height)-l.offset), size.Width, l.Height)
		r.objs = append(r.objs, row)
	}
	if total := l.total(); total > float64(size.Height) && size.Height > 0 {
		height := max(24, size.Height*float32(float64(size.Height)/total))
		y := float32(l.offset/l.furthest()) * (size.Height - height)
		place(r.thumb, size.Width-8, y, 8, height)
		r.objs = append(r.objs, r.thumb)
	}
	if l.focused && !l.Quiet {
		r.ring.StrokeColor, r.ring.StrokeWidth = theme.Color(theme.Accent), 1.5
		place(r.ring, 0, 0, size.Width, size.Height)
		r.objs = append(r.objs, r.ring)
	}
}

// thumb is the handle of the scroll bar.
type thumb struct {
	Hovering
	rows *Rows
	rect *canvas.Rectangle
}

func newThumb(l *Rows) *thumb {
	t := &thumb{rows: l, rect: &canvas.Rectangle{CornerRadius: 2}}
	t.ExtendBaseWidget(t)
	return t
}

// Dragged is for Fyne.
func (t *thumb) Dragged(e *fyne.DragEvent) {
	if room := float64(t.rows.BaseWidget.Size().Height - t.Size().Height); room > 0 {
		t.rows.move(float64(e.Dragged.DY) * t.rows.furthest() / room)
	}
}

// DragEnd is for Fyne.
func (t *thumb) DragEnd() {}

// Cursor is for Fyne.
func (t *thumb) Cursor() desktop.Cursor { return desktop.DefaultCursor }

// CreateRenderer is for Fyne.
func (t *thumb) CreateRenderer() fyne.WidgetRenderer {
	return laidOut(&thumbRenderer{t}, t.Size())
}

type thumbRenderer struct{ t *thumb }

func (r *thumbRenderer) Destroy()                     {}
func (r *thumbRenderer) MinSize() fyne.Size           { return fyne.NewSize(8, 24) }
func (r *thumbRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.t.rect} }

func (r *thumbRenderer) Layout(s fyne.Size) {
	place(r.t.rect, s.Width-6, 1, 4, s.Height-2)
	r.colour()
}

func (r *thumbRenderer) Refresh() {
	r.colour()
	r.t.rect.Refresh()
}

func (r *thumbRenderer) colour() {
	r.t.rect.FillColor = theme.Fade(theme.Color(theme.Text), 0.16)
	if r.t.Hovered {
		r.t.rect.FillColor = theme.Fade(theme.Color(theme.Text), 0.34)
	}
}
