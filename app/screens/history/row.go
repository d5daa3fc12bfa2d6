package history

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"lede/annotate"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

const (
	rowHeight float32 = 27
	left      float32 = 16
	gap       float32 = 16
)

// row is a change: when, who, what and where.
type row struct {
	widgets.Hovering
	p     *Panel
	index int

	when, who, what, where *widgets.Words
}

func newRow(p *Panel) *row {
	words := func(c theme.Name) *widgets.Words { return widgets.NewElastic("", theme.TextSize, c) }
	r := &row{p: p, when: words(theme.Dim), who: words(theme.Dim), what: words(theme.Text), where: words(theme.Dim)}
	r.ExtendBaseWidget(r)
	return r
}

func (r *row) show(index int) {
	r.index = index
	c, read := r.p.row(index)
	if !read {
		for _, w := range []*widgets.Words{r.when, r.who, r.what, r.where} {
			w.SetText("")
		}
		r.Refresh()
		return
	}
	r.what.Color = theme.Text
	sentence := c.Sentence()
	if c.Undone || c.Undoes != "" || c.Redoes != "" {
		r.what.Color = theme.Dim
	}
	if c.Undone {
		sentence = "Undone: " + sentence
	}
	r.when.SetText(clock(c.At(), r.p.o.Now()))
	r.who.SetText(c.Actor)
	r.what.SetText(sentence)
	r.where.SetText(where(c))
	r.Refresh()
}

// clock is when a change was made, in as few words as say it.
func clock(at, now time.Time) string {
	at, now = at.Local(), now.Local()
	switch y, m, d := at.Date(); {
	case y == now.Year() && m == now.Month() && d == now.Day():
		return "Today " + at.Format("15:04:05")
	case y == now.Year():
		return at.Format("2 Jan 15:04:05")
	default:
		return at.Format("2 Jan 2006 15:04")
	}
}

// where says in which article a change was made, or in how many.
func where(c annotate.PastRow) string {
	switch {
	case c.Where != "":
		return c.Where
	case c.Articles > 1:
		return sheet.Count(c.Articles, "article", "articles")
	default:
		return ""
	}
}

// Tapped is for Fyne: it goes to the place.
func (r *row) Tapped(*fyne.PointEvent) {
	r.p.Focus()
	r.p.visit(r.index)
}

// TappedSecondary is for Fyne: it offers what can be done.
func (r *row) TappedSecondary(e *fyne.PointEvent) { r.p.menu(r.index, e.AbsolutePosition) }

// Cursor is for Fyne.
func (r *row) Cursor() desktop.Cursor { return desktop.PointerCursor }

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
func (x *rowRenderer) MinSize() fyne.Size { return fyne.NewSize(280, rowHeight) }

func (x *rowRenderer) Objects() []fyne.CanvasObject {
	r := x.r
	return []fyne.CanvasObject{x.back, x.bar, r.when, r.who, r.what, r.where}
}

func (x *rowRenderer) Layout(s fyne.Size) {
	const when, who float32 = 120, 110
	x.back.Resize(s)
	x.bar.Resize(fyne.NewSize(3, s.Height))
	at := left
	put := func(o fyne.CanvasObject, width float32) {
		h := o.MinSize().Height
		o.Move(fyne.NewPos(at, (s.Height-h)/2))
		o.Resize(fyne.NewSize(max(0, width-gap), h))
		at += width
	}
	put(x.r.when, when)
	put(x.r.who, who)
	rest := s.Width - at
	put(x.r.what, rest*0.58)
	put(x.r.where, rest*0.42)
}

func (x *rowRenderer) Refresh() {
	x.colour()
	x.Layout(x.r.Size())
	canvas.Refresh(x.r)
}

func (x *rowRenderer) colour() {
	r := x.r
	x.back.FillColor, x.bar.FillColor = nil, nil
	switch {
	case r.index == r.p.current:
		x.back.FillColor, x.bar.FillColor = theme.Color(theme.Raised), theme.Color(theme.Accent)
		if r.p.list.HasFocus() {
			x.back.FillColor = theme.Color(theme.Tint)
		}
	case r.Hovered:
		x.back.FillColor = theme.Color(theme.Hover)
	}
}
