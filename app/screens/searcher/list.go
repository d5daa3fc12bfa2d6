package searcher

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"lede/app/screens/articles"
	"lede/app/screens/reader"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

const (
	rowHeight float32 = 28
	textLeft  float32 = 38
)

// list shows the rows. Arrow keys go from place to place, Enter opens one, and what is
// typed goes into the field.
type list struct {
	widgets.Rows
	p *Page
}

func newList(p *Page) *list {
	l := &list{p: p}
	l.Height, l.Quiet = rowHeight, true
	l.Count = func() int { return len(p.results.rows) }
	l.Make = func() fyne.CanvasObject { return newLine(l) }
	l.Fill = func(i int, o fyne.CanvasObject) {
		o.(*line).show(i)
		p.results.near(i)
	}
	l.OnStep = l.step
	l.OnEnter = func() { p.results.visit(p.o.State.At) }
	l.OnRune = func(r rune) {
		p.o.Canvas.Focus(p.field)
		p.field.TypedRune(r)
	}
	l.ExtendBaseWidget(l)
	return l
}

// enter gives the list the keyboard.
func (l *list) enter() {
	if rows := l.p.results.rows; len(rows) > 0 {
		l.go1(l.p.o.State.At)
		l.p.o.Canvas.Focus(l)
	}
}

// step goes to another row, over the heads of articles with places; up from the first
// place is the field.
func (l *list) step(by int) {
	rows, at := l.p.results.rows, l.p.o.State.At
	to := max(0, min(at+by, len(rows)-1))
	if l.passes(to) {
		switch {
		case by > 0 && to+1 < len(rows):
			to++
		case by < 0 && to > 0:
			to--
		case by < 0:
			l.ScrollTo(0)
			l.p.Focus()
			return
		}
	}
	if by == -1 && at == 0 {
		l.p.Focus()
		return
	}
	l.go1(to)
}

// passes says whether a row is a head that places follow.
func (l *list) passes(i int) bool {
	rows := l.p.results.rows
	return i+1 < len(rows) && rows[i].place < 0 && rows[i+1].place >= 0
}

// go1 brings the keyboard to a row, or to the first place after it.
func (l *list) go1(i int) {
	i = max(0, min(i, len(l.p.results.rows)-1))
	if l.passes(i) {
		i++
	}
	l.p.o.State.At = i
	if i == 1 {
		l.ScrollTo(0)
	}
	l.ScrollTo(i)
	l.Refresh()
}

// line is a row: the head of an article, or a place in it.
type line struct {
	widgets.Hovering
	l     *list
	index int

	title, note *widgets.Words
	words       *widgets.Concord
	swatch      *widgets.Pattern
}

func newLine(l *list) *line {
	w := &line{
		l: l, title: widgets.NewElastic("", theme.TextSize, theme.Text), note: widgets.NewElastic("", theme.SmallSize, theme.Dim),
		words: widgets.NewConcord(), swatch: widgets.NewSwatch(widgets.Mark{}),
	}
	w.note.Right, w.note.Forward = true, true
	w.ExtendBaseWidget(w)
	return w
}

func (w *line) show(index int) {
	r := w.l.p.results
	w.index = index
	at := r.rows[index]
	w.title.Hidden, w.words.Hidden, w.swatch.Hidden = true, true, true
	note := ""
	switch {
	case at.place < 0:
		a := r.article(at)
		places := ""
		if !w.l.p.o.State.Spans && r.found[at.item].Places > 0 {
			places = sheet.Count(r.found[at.item].Places, "place", "places")
		}
		w.title.Hidden = false
		w.title.Face, w.title.Color = widgets.SansBold, theme.Text
		w.title.SetText(articles.TitleOf(a))
		note = widgets.Facts(a.Source, a.Published, places)
	case at.place == more:
		f := r.found[at.item]
		shown := 0
		for _, s := range f.Snippets {
			shown += len(s.Marks)
		}
		w.title.Hidden = false
		w.title.Face, w.title.Color = widgets.Sans, theme.Accent
		w.title.SetText("Show " + sheet.Count(f.Places-shown, "more place", "more places") + " in this article")
	case w.l.p.o.State.Spans:
		note = w.showSpan(at)
	default:
		s := r.found[at.item].Snippets[at.place]
		marks := make([][2]int, len(s.Marks))
		for i, m := range s.Marks {
			marks[i] = [2]int{m.Start - s.At.Start, m.End - s.At.Start}
		}
		w.words.Hidden, w.words.Flush = false, true
		w.words.SetMarks(flat(s.Text), marks)
	}
	w.note.SetText(note)
	w.Refresh()
}

// showSpan shows a span with the text around it: what is looked for in annotations is
// compared by eye, so that they stand below one another.
func (w *line) showSpan(at row) (note string) {
	p := w.l.p
	m := p.results.spans[at.item]
	before, words := []rune(flat(m.Before)), []rune(flat(m.Words))
	w.words.Hidden, w.words.Flush = false, false
	w.words.SetMarks(string(before)+string(words)+flat(m.After), [][2]int{{len(before), len(before) + len(words)}})
	if l, ok := p.o.Session.Schema().Label(m.Span.Label); ok {
		w.swatch.Hidden, w.swatch.Mark = false, reader.MarkOf(l)
		w.swatch.Refresh()
		note = l.Title
		if note == "" {
			note = l.Name
		}
	}
	if len(p.results.people) > 1 {
		note = widgets.Facts(note, m.Annotator.Name)
	}
	return note
}

// Tapped is for Fyne.
func (w *line) Tapped(*fyne.PointEvent) {
	w.l.p.o.State.At = w.index
	w.l.p.results.visit(w.index)
}

// CreateRenderer is for Fyne.
func (w *line) CreateRenderer() fyne.WidgetRenderer {
	x := &lineRenderer{w: w, back: &canvas.Rectangle{}, bar: &canvas.Rectangle{}}
	x.colour()
	x.Layout(w.Size()) // Fyne drops the renderer of what is out of sight for a minute
	return x
}

type lineRenderer struct {
	w         *line
	back, bar *canvas.Rectangle
}

func (x *lineRenderer) Destroy()           {}
func (x *lineRenderer) MinSize() fyne.Size { return fyne.NewSize(240, rowHeight) }

func (x *lineRenderer) Objects() []fyne.CanvasObject {
	w := x.w
	return []fyne.CanvasObject{x.back, x.bar, w.swatch, w.words, w.title, w.note}
}

// Layout is for Fyne.
func (x *lineRenderer) Layout(s fyne.Size) {
	put := func(o fyne.CanvasObject, left, width, height float32) {
		o.Move(fyne.NewPos(left, (s.Height-height)/2))
		o.Resize(fyne.NewSize(max(0, width), height))
	}
	w := x.w
	x.back.Resize(s)
	x.bar.Resize(fyne.NewSize(3, s.Height))
	note := float32(0)
	if w.note.Text != "" {
		note = min(s.Width*0.4, 300)
		if w.title.Hidden {
			note = min(s.Width*0.2, 150)
		}
	}
	put(w.swatch, edge, 8, 8)
	put(w.note, s.Width-edge-note, note, w.note.MinSize().Height)
	left := edge
	if w.title.Face != widgets.SansBold {
		left = textLeft
	}
	put(w.title, left, s.Width-left-note-edge-12, w.title.MinSize().Height)
	put(w.words, textLeft, s.Width-textLeft-note-edge-12, s.Height)
}

// Refresh is for Fyne.
func (x *lineRenderer) Refresh() {
	x.colour()
	x.Layout(x.w.Size())
	canvas.Refresh(x.w)
}

func (x *lineRenderer) colour() {
	w := x.w
	p := w.l.p
	x.back.FillColor, x.bar.FillColor = nil, nil
	switch {
	case w.index == p.o.State.At && w.l.HasFocus():
		x.back.FillColor, x.bar.FillColor = theme.Color(theme.Tint), theme.Color(theme.Accent)
	case w.Hovered:
		x.back.FillColor = theme.Color(theme.Hover)
	case w.index < len(p.results.rows) && p.results.rows[w.index].place < 0:
		x.back.FillColor = theme.Color(theme.Panel)
	}
	if w.index == p.o.State.At && x.bar.FillColor == nil { // where Enter and the arrow keys go on
		x.bar.FillColor = theme.Color(theme.Faint)
	}
}
