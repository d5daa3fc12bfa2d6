package sheet

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"lede/app/theme"
	"lede/app/widgets"
)

// finderLine is a line of a Finder on the screen.
type finderLine struct {
	widget.BaseWidget
	finder     *Finder
	row        int
	mark       *widgets.Pattern
	dot        *widgets.Dot
	title, key *widgets.Words
	marked     bool
	dotted     bool
}

func newFinderLine(f *Finder) *finderLine {
	l := &finderLine{
		finder: f, mark: widgets.NewPattern(widgets.Mark{}), dot: widgets.NewDot(widgets.StateNew),
		title: widgets.NewElastic("", theme.TextSize, theme.Text), key: widgets.NewLine("", theme.SmallSize+0.5, theme.Dim),
	}
	l.key.Right, l.key.Forward = true, true
	l.ExtendBaseWidget(l)
	return l
}

func (l *finderLine) show(row int) {
	l.row, l.marked, l.dotted = row, false, false
	if row >= len(l.finder.found) {
		l.title.Color = theme.Dim
		l.title.SetText(l.finder.none)
		if l.finder.waiting {
			l.title.SetText("")
		}
		l.key.SetText("")
		l.Refresh()
		return
	}
	item := l.finder.items[l.finder.found[row].Index]
	l.title.Color = theme.Text
	if item.Off {
		l.title.Color = theme.Dim
	}
	if l.marked = item.Mark != nil; l.marked {
		l.mark.Mark = *item.Mark
		l.mark.Refresh()
	}
	if l.dotted = item.Dot != nil && !l.marked; l.dotted {
		l.dot.State = *item.Dot
		l.dot.Refresh()
	}
	l.title.Text, l.key.Text = item.Title, item.Key
	l.title.Refresh()
	l.key.Refresh()
	l.Refresh()
}

// Tapped is for Fyne.
func (l *finderLine) Tapped(*fyne.PointEvent) { l.finder.choose(l.row) }

// MouseIn is for Fyne: the line under the pointer is the chosen one.
func (l *finderLine) MouseIn(*desktop.MouseEvent) {}

// MouseMoved is for Fyne. Only a pointer that moves chooses: lines that scroll
// below a resting one do not.
func (l *finderLine) MouseMoved(*desktop.MouseEvent) {
	if l.finder.at != l.row && l.row < len(l.finder.found) {
		l.finder.at = l.row
		l.finder.rows.Refresh()
	}
}

// MouseOut is for Fyne.
func (l *finderLine) MouseOut() {}

// Cursor is for Fyne.
func (l *finderLine) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer is for Fyne.
func (l *finderLine) CreateRenderer() fyne.WidgetRenderer {
	r := &finderLineRenderer{l: l, back: &canvas.Rectangle{CornerRadius: theme.SmallRadius}}
	r.colour()
	r.Layout(l.Size()) // Fyne drops the renderer of what is out of sight for a minute
	return r
}

type finderLineRenderer struct {
	l    *finderLine
	back *canvas.Rectangle
}

func (r *finderLineRenderer) Destroy()           {}
func (r *finderLineRenderer) MinSize() fyne.Size { return fyne.NewSize(80, finderRow) }

func (r *finderLineRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.back, r.l.title, r.l.key}
	if r.l.marked {
		objects = append(objects, r.l.mark)
	}
	if r.l.dotted {
		objects = append(objects, r.l.dot)
	}
	return objects
}

func (r *finderLineRenderer) Layout(s fyne.Size) {
	put := func(o fyne.CanvasObject, x, w float32) {
		h := o.MinSize().Height
		o.Move(fyne.NewPos(x, (s.Height-h)/2))
		o.Resize(fyne.NewSize(max(0, w), h))
	}
	r.back.Move(fyne.NewPos(6, 1))
	r.back.Resize(fyne.NewSize(s.Width-12, s.Height-2))
	left := float32(18)
	if r.l.marked {
		put(r.l.mark, left, r.l.mark.MinSize().Width)
		left += 26
	}
	if r.l.dotted {
		put(r.l.dot, left, r.l.dot.MinSize().Width)
		left += 22
	}
	key := r.l.key.MinSize().Width
	put(r.l.title, left, s.Width-left-key-34)
	put(r.l.key, s.Width-key-20, key)
}

func (r *finderLineRenderer) Refresh() {
	r.colour()
	r.Layout(r.l.Size())
	canvas.Refresh(r.l)
}

func (r *finderLineRenderer) colour() {
	r.back.FillColor = nil
	if r.l.row == r.l.finder.at && r.l.row < len(r.l.finder.found) {
		r.back.FillColor = theme.Color(theme.Tint)
	}
}
