package form

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"lede/app/theme"
	"lede/app/widgets"
)

// typing is the line of an editor. Its arrow keys go through what is offered.
type typing struct {
	widgets.Field
	e       *editor
	swallow bool // the blank of the key that opened the editor
	last    fyne.KeyName
}

// TypedRune is for Fyne. The digit row counts by its keys, which type other
// characters on some layouts.
func (t *typing) TypedRune(r rune) {
	if t.swallow && r == ' ' {
		t.swallow = false
		return
	}
	if t.e.digit(r) || len(t.last) == 1 && t.e.digit(rune(t.last[0])) {
		return
	}
	t.Field.TypedRune(r)
}

// TypedKey is for Fyne.
func (t *typing) TypedKey(k *fyne.KeyEvent) {
	t.last = k.Name
	t.swallow = t.swallow && k.Name == fyne.KeySpace
	switch k.Name {
	case fyne.KeyDown:
		t.e.step(1)
	case fyne.KeyUp:
		t.e.step(-1)
	case fyne.KeyPageDown:
		t.e.step(mostOptions - 1)
	case fyne.KeyPageUp:
		t.e.step(1 - mostOptions)
	case fyne.KeyReturn, fyne.KeyEnter:
		t.e.enter()
	case fyne.KeyTab:
		if shifted() {
			t.e.tab(-1)
		} else {
			t.e.tab(1)
		}
	default:
		t.Field.TypedKey(k)
	}
}

func shifted() bool {
	d, ok := fyne.CurrentApp().Driver().(desktop.Driver)
	return ok && d.CurrentKeyModifiers()&fyne.KeyModifierShift != 0
}

// AcceptsTab is for Fyne: Tab goes to the next field of the form.
func (t *typing) AcceptsTab() bool { return true }

// optionLine is something offered, on the screen.
type optionLine struct {
	widget.BaseWidget
	e           *editor
	row         int
	tick        *widgets.Icon
	title, note *widgets.Words
}

func newOptionLine(e *editor) *optionLine {
	l := &optionLine{
		e: e, tick: widgets.NewIcon(widgets.IconCheck, 13, theme.Accent),
		title: widgets.NewElastic("", theme.TextSize, theme.Text), note: widgets.NewLine("", theme.SmallSize, theme.Faint),
	}
	l.ExtendBaseWidget(l)
	return l
}

func (l *optionLine) show(row int) {
	l.row = row
	o := l.e.all[l.e.found[row]]
	l.title.Color = theme.Text
	if o.none {
		l.title.Color = theme.Dim
	}
	l.tick.Hidden = !o.on && !o.some
	if l.tick.Color = theme.Accent; o.some {
		l.tick.Color = theme.Faint
	}
	l.title.Text, l.note.Text = o.title, o.note
	if typed := l.e.entry.Text; l.e.field.choosing() && !o.none && typed == "" && row < len(digits) && l.e.field.counted() {
		l.note.Text = digits[row : row+1]
	}
	l.tick.Refresh()
	l.title.Refresh()
	l.note.Refresh()
	l.Refresh()
}

// Tapped is for Fyne.
func (l *optionLine) Tapped(*fyne.PointEvent) {
	widgets.ByKey = false
	l.e.take(l.row, false)
}

// MouseIn is for Fyne.
func (l *optionLine) MouseIn(*desktop.MouseEvent) {}

// MouseMoved is for Fyne. Only a pointer that moves marks a line: one that scrolls
// below a resting pointer is not.
func (l *optionLine) MouseMoved(*desktop.MouseEvent) {
	if l.e.at != l.row && l.row < len(l.e.found) {
		l.e.at = l.row
		l.e.rows.Refresh()
	}
}

// MouseOut is for Fyne.
func (l *optionLine) MouseOut() {}

// Cursor is for Fyne.
func (l *optionLine) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer is for Fyne.
func (l *optionLine) CreateRenderer() fyne.WidgetRenderer {
	r := &optionRenderer{l: l, back: &canvas.Rectangle{CornerRadius: theme.SmallRadius}}
	r.Refresh()
	return r
}

type optionRenderer struct {
	l    *optionLine
	back *canvas.Rectangle
}

func (r *optionRenderer) Destroy()           {}
func (r *optionRenderer) MinSize() fyne.Size { return fyne.NewSize(60, optionRow) }

func (r *optionRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.back, r.l.tick, r.l.title, r.l.note}
}

func (r *optionRenderer) Layout(s fyne.Size) {
	const side, tick, room = 6, 13, 12
	put := func(o fyne.CanvasObject, x, w float32) {
		h := o.MinSize().Height
		o.Move(fyne.NewPos(x, (s.Height-h)/2))
		o.Resize(fyne.NewSize(max(0, w), h))
	}
	r.back.Move(fyne.NewPos(side, 1))
	r.back.Resize(fyne.NewSize(s.Width-2*side, s.Height-2))
	left := float32(2*side + 2)
	if r.l.e.field.choosing() {
		put(r.l.tick, left, tick)
		left += tick + 5
	}
	note := r.l.note.MinSize().Width
	put(r.l.note, s.Width-note-2*side-4, note)
	put(r.l.title, left, s.Width-left-note-2*side-room)
}

func (r *optionRenderer) Refresh() {
	r.back.FillColor = nil
	if r.l.row == r.l.e.at && r.l.row < len(r.l.e.found) {
		r.back.FillColor = theme.Color(theme.Tint)
	}
	r.Layout(r.l.Size())
	canvas.Refresh(r.l)
}
