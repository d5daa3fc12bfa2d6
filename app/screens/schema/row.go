package schema

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"lede/app/theme"
	"lede/app/widgets"
)

const (
	rowHeight float32 = 44
	rowLeft   float32 = 14
)

// line is a row of the list.
type line struct {
	widgets.Hovering
	list    *outline
	index   int
	shown   item
	title   *widgets.Words
	below   *widgets.Words
	facts   *widgets.Words
	pattern *widgets.Pattern
	squares *fyne.Container
	keycap  fyne.CanvasObject
}

func newLine(l *outline) *line {
	r := &line{
		list: l, title: widgets.NewElastic("", theme.TextSize, theme.Text), below: widgets.NewElastic("", theme.SmallSize, theme.Dim),
		facts: widgets.NewLine("", theme.SmallSize, theme.Dim), pattern: widgets.NewPattern(widgets.Mark{}), squares: widgets.NewRow(3),
	}
	r.ExtendBaseWidget(r)
	return r
}

func (r *line) show(i int) {
	it := r.list.lines[i]
	r.index = i
	r.title.Text, r.title.Color = it.title, theme.Text
	if it.id == draftID {
		r.title.Color = theme.Dim
	}
	r.below.Text, r.facts.Text = it.below, it.facts
	if it.mark != nil {
		r.pattern.Mark = *it.mark
	}
	r.squares.Objects = nil
	const most = 6
	for k, m := range it.marks {
		if k == most {
			break
		}
		r.squares.Add(widgets.NewSwatch(m))
	}
	if r.keycap == nil || r.shown.key != it.key {
		r.keycap = nil
		if it.key != "" {
			r.keycap = widgets.NewKeyCap(it.key)
		}
	}
	r.shown = it
	for _, o := range []fyne.CanvasObject{r.title, r.below, r.facts, r.pattern} {
		o.Refresh()
	}
	r.Refresh()
}

// Tapped is for Fyne.
func (r *line) Tapped(*fyne.PointEvent) {
	r.list.e.o.Canvas.Focus(r.list)
	r.list.e.choose(r.shown.id)
}

// TappedSecondary is for Fyne.
func (r *line) TappedSecondary(e *fyne.PointEvent) {
	r.Tapped(e)
	r.list.menu(e.AbsolutePosition)
}

// Dragged is for Fyne.
func (r *line) Dragged(e *fyne.DragEvent) {
	r.list.drag(r.list.draggedOr(r.shown.id), r.index+int(math.Round(float64(e.Position.Y/rowHeight))))
}

// DragEnd is for Fyne.
func (r *line) DragEnd() { r.list.dropped() }

// CreateRenderer is for Fyne.
func (r *line) CreateRenderer() fyne.WidgetRenderer {
	x := &lineRenderer{r: r, back: &canvas.Rectangle{}, bar: &canvas.Rectangle{}, gap: &canvas.Rectangle{CornerRadius: 1}}
	x.colour()
	x.Layout(r.Size())
	return x
}

type lineRenderer struct {
	r              *line
	back, bar, gap *canvas.Rectangle
}

func (x *lineRenderer) Destroy()           {}
func (x *lineRenderer) MinSize() fyne.Size { return fyne.NewSize(80, rowHeight) }

func (x *lineRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{x.back, x.bar, x.r.title}
	if x.r.shown.below != "" {
		objects = append(objects, x.r.below)
	}
	if x.r.shown.facts != "" {
		objects = append(objects, x.r.facts)
	}
	if x.r.shown.mark != nil {
		objects = append(objects, x.r.pattern)
	}
	if len(x.r.squares.Objects) > 0 {
		objects = append(objects, x.r.squares)
	}
	if x.r.keycap != nil {
		objects = append(objects, x.r.keycap)
	}
	return append(objects, x.gap)
}

// Layout is for Fyne.
func (x *lineRenderer) Layout(s fyne.Size) {
	put := func(o fyne.CanvasObject, left, top, w, h float32) {
		o.Move(fyne.NewPos(left, top))
		o.Resize(fyne.NewSize(max(0, w), h))
	}
	put(x.back, 0, 0, s.Width, s.Height)
	put(x.bar, 0, 0, 3, s.Height)
	left, right := rowLeft+14*float32(x.r.shown.depth), s.Width-14
	if x.r.shown.mark != nil {
		put(x.r.pattern, left, s.Height/2-4, 16, 8)
		left += 26
	}
	if x.r.keycap != nil {
		m := x.r.keycap.MinSize()
		right -= max(m.Width, 20)
		put(x.r.keycap, right, (s.Height-m.Height)/2, m.Width, m.Height)
		right -= 8
	}
	if n := len(x.r.squares.Objects); n > 0 {
		m := x.r.squares.MinSize()
		right -= m.Width
		put(x.r.squares, right, (s.Height-m.Height)/2, m.Width, m.Height)
		right -= 8
	}
	if x.r.shown.facts != "" {
		m := x.r.facts.MinSize()
		right -= m.Width
		put(x.r.facts, right, (s.Height-m.Height)/2, m.Width, m.Height)
		right -= 8
	}
	th, bh := x.r.title.MinSize().Height, x.r.below.MinSize().Height
	if x.r.shown.below == "" {
		put(x.r.title, left, (s.Height-th)/2, right-left, th)
	} else {
		top := (s.Height - th - bh - 1) / 2
		put(x.r.title, left, top, right-left, th)
		put(x.r.below, left, top+th+1, right-left, bh)
	}
	x.gap.Hide()
	switch l := x.r.list; {
	case l.dragged == "":
	case l.target == x.r.index:
		x.gap.Show()
		put(x.gap, 8, 0, s.Width-16, 2)
	case l.target == len(l.lines) && x.r.index == l.target-1:
		x.gap.Show()
		put(x.gap, 8, s.Height-2, s.Width-16, 2)
	}
}

// Refresh is for Fyne.
func (x *lineRenderer) Refresh() {
	x.colour()
	x.Layout(x.r.Size())
	canvas.Refresh(x.r)
}

func (x *lineRenderer) colour() {
	l := x.r.list
	x.back.FillColor, x.bar.FillColor = nil, nil
	x.gap.FillColor = theme.Color(theme.Accent)
	chosen := x.r.shown.id != "" && x.r.shown.id == l.e.chosen[l.e.now]
	switch {
	case l.dragged != "" && x.r.shown.id == l.dragged:
		x.back.FillColor = theme.Color(theme.Pressed)
	case chosen && l.HasFocus():
		x.back.FillColor, x.bar.FillColor = theme.Color(theme.Tint), theme.Color(theme.Accent)
	case chosen:
		x.back.FillColor, x.bar.FillColor = theme.Color(theme.Raised), theme.Color(theme.Accent)
	case x.r.Hovered:
		x.back.FillColor = theme.Color(theme.Hover)
	}
}
