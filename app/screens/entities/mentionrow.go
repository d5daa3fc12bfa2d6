package entities

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"lede/app/screens/reader"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

const (
	mentionHeight float32 = 28
	boxLeft       float32 = 20
	textLeft      float32 = 46
)

// mentionList is the list of mentions. Arrow keys go through them, Space ticks, Enter
// shows one in its article, the left arrow goes back to the entities.
type mentionList struct {
	widgets.Rows
	m *mentions
}

func newMentionList(m *mentions) *mentionList {
	l := &mentionList{m: m}
	l.Height, l.Quiet = mentionHeight, true
	l.Count = func() int { return len(m.rows) }
	l.Make = func() fyne.CanvasObject { return newMentionRow(m) }
	l.Fill = func(i int, o fyne.CanvasObject) { o.(*mentionRow).show(i) }
	l.OnStep = m.step
	l.OnEnter = func() { m.visit(m.at) }
	l.OnSpace = func() { m.tick(m.at) }
	l.ExtendBaseWidget(l)
	return l
}

// TypedKey is for Fyne.
func (l *mentionList) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyLeft {
		l.m.p.canvas.Focus(l.m.p.list)
		return
	}
	l.Rows.TypedKey(k)
}

// TypedRune is for Fyne.
func (l *mentionList) TypedRune(r rune) {
	if widgets.Consumed == nil || !widgets.Consumed() {
		l.m.p.letter(r)
	}
}

// mentionRow is a mention with its tick box and the words around it; or the head of
// an article.
type mentionRow struct {
	widgets.Hovering
	m     *mentions
	index int

	box         *widgets.Fill
	tick        *widgets.Icon
	line        *widgets.Concord
	swatch      *widgets.Pattern
	title, note *widgets.Words
}

func newMentionRow(m *mentions) *mentionRow {
	r := &mentionRow{
		m: m, box: widgets.NewFill(theme.Raised), tick: widgets.NewIcon(widgets.IconCheck, 12, theme.OnAccent), line: widgets.NewConcord(),
		title: widgets.NewElastic("", theme.TextSize, theme.Text), note: widgets.NewElastic("", theme.SmallSize, theme.Dim),
		swatch: widgets.NewSwatch(widgets.Mark{}),
	}
	r.box.Radius, r.title.Face, r.note.Right, r.note.Forward = 4, widgets.SansBold, true, true
	r.ExtendBaseWidget(r)
	return r
}

func (r *mentionRow) show(index int) {
	m := r.m
	r.index = index
	i := m.rows[index]
	on := false
	if i < 0 {
		title, facts := titleOf(m.found[^i].Article)
		r.title.SetText(title)
		r.note.SetText(widgets.Facts(facts, sheet.Number(m.count[^i])))
		on = true
		for k := ^i; k < ^i+m.count[^i]; k++ {
			on = on && m.ticked[m.found[k].Span.ID]
		}
	} else {
		f := m.found[i]
		on = m.ticked[f.Span.ID]
		words, from, to := line1(f)
		r.line.Set(words, from, to, theme.Text)
		note := ""
		if len(m.people) > 1 {
			note = f.Annotator.Name
		}
		r.note.SetText(note)
		if l, ok := m.p.o.Session.Schema().Label(f.Span.Label); ok {
			r.swatch.Mark = reader.MarkOf(l)
			r.swatch.Refresh()
		}
	}
	r.title.Hidden, r.line.Hidden, r.swatch.Hidden = i >= 0, i < 0, i < 0
	r.box.Color, r.box.Stroke, r.tick.Hidden = theme.Raised, theme.Faint, !on
	if on {
		r.box.Color, r.box.Stroke = theme.Accent, theme.Accent
	}
	r.Refresh()
}

// Tapped is for Fyne: the box ticks, the rest shows the mention.
func (r *mentionRow) Tapped(e *fyne.PointEvent) {
	r.m.at = r.index
	r.m.p.canvas.Focus(r.m.list)
	if e.Position.X < textLeft-4 {
		r.m.tick(r.index)
		return
	}
	r.m.visit(r.index)
}

// CreateRenderer is for Fyne.
func (r *mentionRow) CreateRenderer() fyne.WidgetRenderer {
	x := &mentionRenderer{r: r, back: &canvas.Rectangle{}, bar: &canvas.Rectangle{}}
	x.colour()
	x.Layout(r.Size()) // Fyne drops the renderer of what is out of sight for a minute
	return x
}

type mentionRenderer struct {
	r         *mentionRow
	back, bar *canvas.Rectangle
}

func (x *mentionRenderer) Destroy()           {}
func (x *mentionRenderer) MinSize() fyne.Size { return fyne.NewSize(240, mentionHeight) }

func (x *mentionRenderer) Objects() []fyne.CanvasObject {
	r := x.r
	return []fyne.CanvasObject{x.back, x.bar, r.box, r.tick, r.swatch, r.line, r.title, r.note}
}

// Layout is for Fyne.
func (x *mentionRenderer) Layout(s fyne.Size) {
	put := func(o fyne.CanvasObject, left, width, height float32) {
		o.Move(fyne.NewPos(left, (s.Height-height)/2))
		o.Resize(fyne.NewSize(max(0, width), height))
	}
	r := x.r
	x.back.Resize(s)
	x.bar.Resize(fyne.NewSize(3, s.Height))
	put(r.box, boxLeft, 16, 16)
	put(r.tick, boxLeft, 16, 16)
	put(r.swatch, textLeft, 8, 8)
	note := float32(0)
	if r.note.Text != "" {
		note = min(s.Width*0.42, 190)
		if r.title.Hidden {
			note = 74
		}
	}
	put(r.note, s.Width-14-note, note, r.note.MinSize().Height)
	put(r.title, textLeft, s.Width-textLeft-note-26, r.title.MinSize().Height)
	put(r.line, textLeft+14, s.Width-textLeft-14-note-26, s.Height)
}

// Refresh is for Fyne.
func (x *mentionRenderer) Refresh() {
	x.colour()
	x.Layout(x.r.Size())
	x.r.box.Refresh()
	x.r.tick.Refresh()
	canvas.Refresh(x.r)
}

func (x *mentionRenderer) colour() {
	r := x.r
	x.back.FillColor, x.bar.FillColor = nil, nil
	switch {
	case r.index == r.m.at && r.m.list.HasFocus():
		x.back.FillColor, x.bar.FillColor = theme.Color(theme.Tint), theme.Color(theme.Accent)
	case r.index < len(r.m.rows) && r.m.rows[r.index] < 0:
		x.back.FillColor = theme.Color(theme.Panel)
	case r.Hovered:
		x.back.FillColor = theme.Color(theme.Hover)
	}
}
