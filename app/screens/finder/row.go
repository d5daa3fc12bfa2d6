package finder

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

const (
	rowHeight float32 = 28
	boxLeft   float32 = 20
	lineLeft  float32 = 46
	noteWidth float32 = 210
)

// row is a place with its tick box, its words and what is there; or the head of an
// article.
type row struct {
	widgets.Hovering
	a     *All
	index int

	box         *widgets.Fill
	tick        *widgets.Icon
	line        *widgets.Concord
	title, note *widgets.Words
}

func newRow(a *All) *row {
	r := &row{a: a, box: widgets.NewFill(theme.Raised), tick: widgets.NewIcon(widgets.IconCheck, 12, theme.OnAccent)}
	r.box.Radius = 4
	r.line = widgets.NewConcord()
	r.title = widgets.NewElastic("", theme.TextSize, theme.Text)
	r.title.Face = widgets.SansBold
	r.note = widgets.NewElastic("", theme.SmallSize, theme.Dim)
	r.ExtendBaseWidget(r)
	return r
}

func (r *row) show(index int) {
	a := r.a
	r.index = index
	i := a.rows[index]
	on, can := false, true
	if i < 0 {
		article := a.found.Articles[^i]
		n := a.tickedOf(article)
		on = n > 0
		title := article.Title
		if title == "" {
			title = article.Ref
		}
		r.title.SetText(title)
		r.note.SetText(sheet.Number(n) + " of " + sheet.Number(article.Count) + " ticked")
	} else {
		st := a.state(i)
		on, can = a.ticks[i], st.can
		tone := theme.Text
		if !on {
			tone = theme.Dim
		}
		l := a.found.Places[i].Line
		r.line.Set(l.Text, l.At.Start, l.At.End, tone)
		r.note.SetText(st.words)
	}
	r.title.Hidden, r.line.Hidden = i >= 0, i < 0
	r.box.Color, r.box.Stroke, r.tick.Hidden = theme.Raised, theme.Faint, !on
	switch {
	case on:
		r.box.Color, r.box.Stroke = theme.Accent, theme.Accent
	case !can:
		r.box.Color, r.box.Stroke = theme.Panel, theme.Hairline
	}
	r.Refresh()
}

// Tapped is for Fyne: the box ticks, the rest shows the place.
func (r *row) Tapped(e *fyne.PointEvent) {
	r.a.o.Canvas.Focus(r.a.list)
	if e.Position.X < lineLeft-4 || r.a.rows[r.index] < 0 {
		r.a.current = r.index
		r.a.toggle(r.index)
		return
	}
	r.a.visit(r.index)
}

// CreateRenderer is for Fyne.
func (r *row) CreateRenderer() fyne.WidgetRenderer {
	x := &rowRenderer{r: r, back: &canvas.Rectangle{}, bar: &canvas.Rectangle{}}
	x.colour()
	return x
}

type rowRenderer struct {
	r         *row
	back, bar *canvas.Rectangle
}

func (x *rowRenderer) Destroy()           {}
func (x *rowRenderer) MinSize() fyne.Size { return fyne.NewSize(320, rowHeight) }

func (x *rowRenderer) Objects() []fyne.CanvasObject {
	r := x.r
	return []fyne.CanvasObject{x.back, x.bar, r.box, r.tick, r.line, r.title, r.note}
}

func (x *rowRenderer) Layout(s fyne.Size) {
	put := func(o fyne.CanvasObject, left, width, height float32) {
		o.Move(fyne.NewPos(left, (s.Height-height)/2))
		o.Resize(fyne.NewSize(width, height))
	}
	r := x.r
	x.back.Resize(s)
	x.bar.Resize(fyne.NewSize(3, s.Height))
	put(r.box, boxLeft, 16, 16)
	put(r.tick, boxLeft, 16, 16)
	wide := s.Width - lineLeft - noteWidth - 28
	put(r.line, lineLeft, wide, s.Height)
	put(r.title, lineLeft, wide, r.title.MinSize().Height)
	put(r.note, lineLeft+wide+12, noteWidth, r.note.MinSize().Height)
}

func (x *rowRenderer) Refresh() {
	x.colour()
	x.r.box.Refresh()
	x.r.tick.Refresh()
	canvas.Refresh(x.r)
}

func (x *rowRenderer) colour() {
	r := x.r
	x.back.FillColor, x.bar.FillColor = nil, nil
	switch {
	case r.index == r.a.current:
		x.back.FillColor, x.bar.FillColor = theme.Color(theme.Raised), theme.Color(theme.Accent)
		if r.a.list.HasFocus() {
			x.back.FillColor = theme.Color(theme.Tint)
		}
	case r.index < len(r.a.rows) && r.a.rows[r.index] < 0:
		x.back.FillColor = theme.Color(theme.Panel)
	case r.Hovered:
		x.back.FillColor = theme.Color(theme.Hover)
	}
}
