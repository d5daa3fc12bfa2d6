package copies

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"lede/app/theme"
	"lede/app/widgets"
)

const (
	lineHeight float32 = 30
	indent     float32 = 16
	boxRoom    float32 = 28
)

// content is what a line shows.
type content struct {
	title, note string
	head        bool // stands for what follows
	base        bool // a bar marks it as the base
	chosen      bool
	box         bool // it can be ticked, or could be if it were not off
	on, off     bool
	mark        *widgets.Mark // of a label
	dim         bool
}

// line is a row of a list: a tick box or the mark of a label, words, and a note.
type line struct {
	widgets.Hovering
	rows   *widgets.Rows
	tapped func(i int, box bool)
	index  int
	shown  content

	box         *widgets.Fill
	tick        *widgets.Icon
	swatch      *widgets.Pattern
	title, note *widgets.Words
}

func newLine(rows *widgets.Rows, tapped func(int, bool)) *line {
	l := &line{rows: rows, tapped: tapped, box: widgets.NewFill(theme.Raised), tick: widgets.NewIcon(widgets.IconCheck, 12, theme.OnAccent)}
	l.box.Radius = 4
	l.swatch = widgets.NewSwatch(widgets.Mark{})
	l.title = widgets.NewElastic("", theme.TextSize, theme.Text)
	l.note = widgets.NewElastic("", theme.SmallSize, theme.Dim)
	l.note.Right = true
	l.ExtendBaseWidget(l)
	return l
}

func (l *line) show(i int, c content) {
	l.index, l.shown = i, c
	l.title.Face, l.title.Color = widgets.Sans, theme.Text
	if c.head {
		l.title.Face = widgets.SansBold
	}
	if c.dim {
		l.title.Color = theme.Dim
	}
	l.title.SetText(c.title)
	l.note.SetText(c.note)
	l.box.Hidden, l.tick.Hidden = !c.box, !c.box || !c.on
	l.box.Color, l.box.Stroke = theme.Raised, theme.Faint
	switch {
	case c.on:
		l.box.Color, l.box.Stroke = theme.Accent, theme.Accent
	case c.off:
		l.box.Color, l.box.Stroke = theme.Panel, theme.Hairline
	}
	l.swatch.Hidden = c.mark == nil
	if c.mark != nil {
		l.swatch.Mark = *c.mark
	}
	l.Refresh()
}

// Tapped is for Fyne.
func (l *line) Tapped(e *fyne.PointEvent) {
	l.tapped(l.index, l.shown.box && e.Position.X < indent+boxRoom)
}

// CreateRenderer is for Fyne.
func (l *line) CreateRenderer() fyne.WidgetRenderer {
	x := &lineRenderer{l: l, back: &canvas.Rectangle{}, bar: &canvas.Rectangle{}, dot: &canvas.Circle{}}
	x.colour()
	return x
}

type lineRenderer struct {
	l         *line
	back, bar *canvas.Rectangle
	dot       *canvas.Circle
}

func (x *lineRenderer) Destroy()           {}
func (x *lineRenderer) MinSize() fyne.Size { return fyne.NewSize(200, lineHeight) }

func (x *lineRenderer) Objects() []fyne.CanvasObject {
	l := x.l
	return []fyne.CanvasObject{x.back, x.bar, x.dot, l.box, l.tick, l.swatch, l.title, l.note}
}

func (x *lineRenderer) Layout(s fyne.Size) {
	put := func(o fyne.CanvasObject, left, width, height float32) {
		o.Move(fyne.NewPos(left, (s.Height-height)/2))
		o.Resize(fyne.NewSize(width, height))
	}
	l := x.l
	x.back.Resize(s)
	x.bar.Resize(fyne.NewSize(3, s.Height))
	left := indent
	if !l.shown.head {
		left += 14
	}
	put(x.dot, left-13, 6, 6)
	if l.shown.box {
		put(l.box, indent, 16, 16)
		put(l.tick, indent, 16, 16)
		left = indent + boxRoom
	}
	if l.shown.mark != nil {
		size := l.swatch.MinSize()
		put(l.swatch, left, size.Width, size.Height)
		left += size.Width + 8
	}
	note := min(l.note.MinSize().Width, s.Width*0.45)
	if text := l.shown.note; text != "" {
		note = max(note, min(8*float32(len([]rune(text))), s.Width*0.45))
	}
	put(l.title, left, max(20, s.Width-left-note-indent-8), l.title.MinSize().Height)
	put(l.note, s.Width-note-indent, note, l.note.MinSize().Height)
}

func (x *lineRenderer) Refresh() {
	x.Layout(x.l.Size())
	x.colour()
	x.l.box.Refresh()
	x.l.tick.Refresh()
	x.l.swatch.Refresh()
	canvas.Refresh(x.l)
}

func (x *lineRenderer) colour() {
	l := x.l
	x.back.FillColor, x.bar.FillColor, x.dot.FillColor = nil, nil, nil
	if l.shown.base {
		x.dot.FillColor = theme.Color(theme.Accent)
	}
	switch {
	case l.shown.chosen:
		x.back.FillColor, x.bar.FillColor = theme.Color(theme.Raised), theme.Color(theme.Accent)
		if l.rows.HasFocus() {
			x.back.FillColor = theme.Color(theme.Tint)
		}
	case l.shown.head:
		x.back.FillColor = theme.Color(theme.Panel)
	case l.Hovered:
		x.back.FillColor = theme.Color(theme.Hover)
	}
}
