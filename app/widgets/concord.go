package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"lede/app/textview/layout"
	"lede/app/theme"
)

// Concord is a line of text with a part of it in the middle, marked: a row of a
// concordance. In text from right to left what comes before is on the right. The
// line is shaped as a whole, so that letters join and runs are in order; words that
// do not fit are left out.
type Concord struct {
	widget.BaseWidget
	Text     string
	From, To int // code points of the part
	Color    theme.Name
	More     [][2]int // further parts that are marked
	Flush    bool     // the line begins at the edge; no part is in the middle

	r *concordRenderer
}

// NewConcord makes an empty line.
func NewConcord() *Concord {
	c := &Concord{Color: theme.Text}
	c.ExtendBaseWidget(c)
	return c
}

// Set changes the line.
func (c *Concord) Set(s string, from, to int, color theme.Name) {
	if c.Text != s || c.From != from || c.To != to || c.Color != color {
		c.Text, c.From, c.To, c.Color = s, from, to, color
		c.Refresh()
	}
}

// SetMarks changes the line to one with several parts; the first is the one in the
// middle.
func (c *Concord) SetMarks(s string, marks [][2]int) {
	c.Text, c.From, c.To, c.More = s, 0, 0, nil
	if len(marks) > 0 {
		c.From, c.To, c.More = marks[0][0], marks[0][1], marks[1:]
	}
	c.Refresh()
}

// CreateRenderer is for Fyne.
func (c *Concord) CreateRenderer() fyne.WidgetRenderer {
	c.ExtendBaseWidget(c)
	c.r = &concordRenderer{c: c}
	return laidOut(c.r, c.Size())
}

type concordRenderer struct {
	c     *Concord
	texts []*canvas.Text
	marks []*canvas.Rectangle
	objs  []fyne.CanvasObject
}

func (r *concordRenderer) Destroy()                     {}
func (r *concordRenderer) Objects() []fyne.CanvasObject { return r.objs }
func (r *concordRenderer) MinSize() fyne.Size           { return fyne.NewSize(80, 2*theme.TextSize) }
func (r *concordRenderer) Layout(s fyne.Size)           { r.build(s) }

func (r *concordRenderer) Refresh() {
	r.build(r.c.Size())
	canvas.Refresh(r.c)
}

// middle is where the part begins, as a share of the width.
const middle = 0.44

func (r *concordRenderer) build(size fyne.Size) {
	r.objs = r.objs[:0]
	if r.c.Text == "" || size.Width <= 0 {
		return
	}
	b := setter().block(shaped{r.c.Text, Sans, theme.TextSize, 0, false})
	line := &b.Lines[0]
	left, right := float32(0), float32(0)
	var parts [][2]float32
	b.Segments(line, r.c.From, r.c.To, func(x0, x1 float32) {
		if len(parts) == 0 {
			left, right = x0, x1
		}
		left, right = min(left, x0), max(right, x1)
		parts = append(parts, [2]float32{x0, x1})
	})
	for _, m := range r.c.More {
		b.Segments(line, m[0], m[1], func(x0, x1 float32) { parts = append(parts, [2]float32{x0, x1}) })
	}
	shift := size.Width*middle - left
	switch {
	case r.c.Flush && b.RTL:
		shift = size.Width - line.Width
	case r.c.Flush:
		shift = 0
	case b.RTL:
		shift = size.Width*(1-middle) - right
	}
	y := (size.Height - b.Height) / 2
	for i, p := range parts {
		r.mark(i, p[0]+shift, p[1]+shift, size)
	}
	used := 0
	for i := range line.Runs {
		run := &line.Runs[i]
		for _, p := range b.Pieces(run) {
			if x := p.X + shift; x >= 0 && x+p.W <= size.Width {
				r.put(used, p, run, x, y+b.Ascent-run.Ascent)
				used++
			}
		}
	}
}

// mark paints behind the part.
func (r *concordRenderer) mark(i int, x0, x1 float32, size fyne.Size) {
	if i == len(r.marks) {
		r.marks = append(r.marks, &canvas.Rectangle{CornerRadius: 3})
	}
	m := r.marks[i]
	m.FillColor = theme.Fade(theme.Color(theme.Found), 0.34)
	x0, x1 = max(0, x0-2), min(size.Width, x1+2)
	if x0 < x1 {
		place(m, x0, size.Height/2-10, x1-x0, 20)
		r.objs = append(r.objs, m)
	}
}

func (r *concordRenderer) put(i int, p layout.Piece, run *layout.Run, x, y float32) {
	if i == len(r.texts) {
		r.texts = append(r.texts, &canvas.Text{})
	}
	t := r.texts[i]
	t.Text, t.TextSize, t.FontSource = p.Text, theme.TextSize, setter().Resource(run.Face)
	t.Color = theme.Color(r.c.Color)
	place(t, x, y, ceil(p.W)+1, theme.TextSize)
	r.objs = append(r.objs, t)
}
