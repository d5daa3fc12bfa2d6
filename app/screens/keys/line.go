package keys

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"lede/app/theme"
	"lede/app/widgets"
)

const lineHeight float32 = 32

// line is a row of the list: the head of a group, or a command with its keys.
type line struct {
	widget.BaseWidget
	editor *Editor
	row    int
	head   *widgets.Words
	title  *widgets.Words
	caps   *fyne.Container
	shown  entry
	keys   string // of caps, so that they are made anew only when they differ
}

func newLine(e *Editor) *line {
	l := &line{
		editor: e, head: widgets.NewHead(""), title: widgets.NewElastic("", theme.TextSize, theme.Text),
		caps: widgets.NewRow(4),
	}
	l.ExtendBaseWidget(l)
	return l
}

func (l *line) show(row int) {
	l.row, l.shown = row, l.editor.entries[row]
	l.head.SetText(l.shown.group)
	l.title.Color = theme.Text
	if l.shown.fixed {
		l.title.Color = theme.Dim
	}
	l.title.Text = l.shown.title
	l.title.Refresh()
	if l.keys != l.shown.spelt() {
		l.keys = l.shown.spelt()
		l.caps.Objects = nil
		for _, k := range l.shown.keys {
			l.caps.Add(widgets.NewKeyCap(k))
		}
	}
	l.Refresh()
}

// Tapped is for Fyne.
func (l *line) Tapped(*fyne.PointEvent) { l.editor.choose(l.row) }

// Cursor is for Fyne.
func (l *line) Cursor() desktop.Cursor {
	if l.shown.id == "" {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// CreateRenderer is for Fyne.
func (l *line) CreateRenderer() fyne.WidgetRenderer {
	r := &lineRenderer{l: l, back: &canvas.Rectangle{CornerRadius: theme.SmallRadius}, dot: &canvas.Circle{}, rule: widgets.NewHairline()}
	r.Layout(l.Size())
	r.colour()
	return r
}

type lineRenderer struct {
	l    *line
	back *canvas.Rectangle
	dot  *canvas.Circle // other keys than in the set
	rule fyne.CanvasObject
}

func (r *lineRenderer) Destroy()           {}
func (r *lineRenderer) MinSize() fyne.Size { return fyne.NewSize(120, lineHeight) }

func (r *lineRenderer) Objects() []fyne.CanvasObject {
	if r.l.shown.id == "" {
		return []fyne.CanvasObject{r.l.head, r.rule}
	}
	return []fyne.CanvasObject{r.back, r.dot, r.l.title, r.l.caps}
}

func (r *lineRenderer) Layout(s fyne.Size) {
	put := func(o fyne.CanvasObject, x, w, h float32) {
		o.Move(fyne.NewPos(x, (s.Height-h)/2))
		o.Resize(fyne.NewSize(max(0, w), h))
	}
	caps := r.l.caps.MinSize()
	put(r.l.head, 12, s.Width-24, r.l.head.MinSize().Height)
	r.l.head.Move(fyne.NewPos(12, s.Height-r.l.head.MinSize().Height-5))
	r.rule.Move(fyne.NewPos(12, s.Height-1))
	r.rule.Resize(fyne.NewSize(max(0, s.Width-24), 1))
	put(r.back, 4, s.Width-16, s.Height-2)
	put(r.dot, 9, 5, 5)
	put(r.l.title, 20, s.Width-caps.Width-52, r.l.title.MinSize().Height)
	put(r.l.caps, s.Width-caps.Width-22, caps.Width, caps.Height)
}

func (r *lineRenderer) Refresh() {
	r.colour()
	r.Layout(r.l.Size())
	canvas.Refresh(r.l)
}

func (r *lineRenderer) colour() {
	e := r.l.editor
	r.back.FillColor, r.dot.FillColor = nil, nil
	if r.l.row == e.at {
		r.back.FillColor = theme.Color(theme.Hover)
		if e.rows.HasFocus() || e.catcher.waiting {
			r.back.FillColor = theme.Color(theme.Tint)
		}
	}
	if r.l.shown.changed {
		r.dot.FillColor = theme.Color(theme.Accent)
	}
}
