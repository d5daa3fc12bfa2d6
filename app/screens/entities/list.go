package entities

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"lede/annotate"
	"lede/annotate/entity"
	"lede/app/screens/reader"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

// kindsOf are the kinds of the schema, then others that entities have, by name.
func kindsOf(schema *annotate.Schema, x *entity.Index) []string {
	kinds := schema.EntityKinds()
	var others []string
	for kind := range x.Kinds() {
		if !slices.Contains(kinds, kind) {
			others = append(others, kind)
		}
	}
	slices.Sort(others)
	return append(kinds, others...)
}

// list is what was found. Arrow keys choose, Enter goes into the page, the right
// arrow to the mentions.
type list struct {
	widgets.Rows
	p     *Page
	found []entity.Match
	place int // where the chosen one was seen last
}

func newList(p *Page) *list {
	l := &list{p: p}
	l.Height, l.Quiet = rowHeight, true
	l.Count = func() int { return len(l.found) }
	l.Make = func() fyne.CanvasObject { return newLine(l) }
	l.Fill = func(i int, row fyne.CanvasObject) { row.(*line).show(i) }
	l.OnStep = l.step
	l.ExtendBaseWidget(l)
	return l
}

func (l *list) look(q entity.Query) {
	l.found = l.p.index().Search(q)
}

func (l *list) index(id annotate.ID) int {
	if l.place < len(l.found) && l.found[l.place].Entity.ID == id {
		return l.place
	}
	return slices.IndexFunc(l.found, func(m entity.Match) bool { return m.Entity.ID == id })
}

func (l *list) at() int { return l.index(l.p.chosen) }

func (l *list) first() annotate.ID {
	if len(l.found) == 0 {
		return ""
	}
	return l.found[0].Entity.ID
}

func (l *list) step(by int) {
	if len(l.found) == 0 {
		return
	}
	to := max(0, min(l.at()+by, len(l.found)-1))
	l.place = to
	l.p.choose(l.found[to].Entity.ID)
	l.ScrollTo(to)
}

// TypedKey is for Fyne.
func (l *list) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		l.p.card.begin()
	case fyne.KeyRight:
		l.p.mentions.enter()
	case fyne.KeyInsert:
		l.p.add()
	case fyne.KeyDelete:
		l.p.askDelete()
	default:
		l.Rows.TypedKey(k)
	}
}

// TypedRune is for Fyne: what the page offers has letters.
func (l *list) TypedRune(r rune) {
	if widgets.Consumed == nil || !widgets.Consumed() {
		l.p.letter(r)
	}
}

// letter does what a letter stands for.
func (p *Page) letter(r rune) {
	switch r {
	case '+':
		p.add()
	case 'm', 'M':
		p.askMerge()
	case 's', 'S':
		p.askSplit()
	case '/', 'f', 'F':
		p.canvas.Focus(p.find)
	}
}

const rowHeight float32 = 44

// line is a row of the list.
type line struct {
	widgets.Hovering
	list   *list
	shown  entity.Match
	marked bool
	swatch *widgets.Pattern
	title  *widgets.Words
	below  *widgets.Words
	uses   *widgets.Words
}

func newLine(l *list) *line {
	r := &line{
		list: l, title: widgets.NewElastic("", theme.TextSize, theme.Text), below: widgets.NewElastic("", theme.SmallSize, theme.Dim),
		uses: widgets.NewLine("", theme.SmallSize, theme.Dim), swatch: widgets.NewSwatch(widgets.Mark{}),
	}
	r.ExtendBaseWidget(r)
	return r
}

func (r *line) show(i int) {
	m := r.list.found[i]
	r.shown = m
	r.title.Text, r.below.Text, r.uses.Text = m.Entity.Name, m.Entity.Kind, ""
	also := m.Alias
	if also == "" && len(m.Entity.Aliases) > 0 {
		also = m.Entity.Aliases[0]
	}
	if also != "" {
		r.below.Text = widgets.Facts(m.Entity.Kind, Also(also))
	}
	r.below.Forward = true
	if m.Uses > 0 {
		r.uses.Text = sheet.Number(m.Uses)
	}
	l, ok := r.list.p.o.Session.Schema().LabelOfKind(m.Entity.Kind)
	if r.marked = ok; ok {
		r.swatch.Mark = reader.MarkOf(l)
	}
	for _, o := range []fyne.CanvasObject{r.title, r.below, r.uses, r.swatch} {
		o.Refresh()
	}
	r.Refresh()
}

// Also says another name of an entity.
func Also(alias string) string { return "also “" + alias + "”" }

// Tapped is for Fyne.
func (r *line) Tapped(*fyne.PointEvent) {
	r.list.p.canvas.Focus(r.list)
	r.list.p.choose(r.shown.Entity.ID)
}

// CreateRenderer is for Fyne.
func (r *line) CreateRenderer() fyne.WidgetRenderer {
	x := &lineRenderer{r: r, back: &canvas.Rectangle{}, bar: &canvas.Rectangle{}}
	x.colour()
	x.Layout(r.Size()) // Fyne drops the renderer of what is out of sight for a minute
	return x
}

type lineRenderer struct {
	r         *line
	back, bar *canvas.Rectangle
}

func (x *lineRenderer) Destroy()           {}
func (x *lineRenderer) MinSize() fyne.Size { return fyne.NewSize(80, rowHeight) }

func (x *lineRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{x.back, x.bar, x.r.title, x.r.below, x.r.uses}
	if x.r.marked {
		objects = append(objects, x.r.swatch)
	}
	return objects
}

// Layout is for Fyne.
func (x *lineRenderer) Layout(s fyne.Size) {
	put := func(o fyne.CanvasObject, left, top, w, h float32) {
		o.Move(fyne.NewPos(left, top))
		o.Resize(fyne.NewSize(max(0, w), h))
	}
	const left, right = 34, 14
	put(x.back, 0, 0, s.Width, s.Height)
	put(x.bar, 0, 0, 3, s.Height)
	put(x.r.swatch, 14, s.Height/2-4, 8, 8)
	uses := x.r.uses.MinSize()
	put(x.r.uses, s.Width-right-uses.Width, (s.Height-uses.Height)/2, uses.Width, uses.Height)
	wide := s.Width - left - right - uses.Width - 8
	th, bh := x.r.title.MinSize().Height, x.r.below.MinSize().Height
	top := (s.Height - th - bh - 1) / 2
	put(x.r.title, left, top, wide, th)
	put(x.r.below, left, top+th+1, wide, bh)
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
	chosen := x.r.shown.Entity.ID != "" && x.r.shown.Entity.ID == l.p.chosen
	switch {
	case chosen && l.HasFocus():
		x.back.FillColor, x.bar.FillColor = theme.Color(theme.Tint), theme.Color(theme.Accent)
	case chosen:
		x.back.FillColor, x.bar.FillColor = theme.Color(theme.Raised), theme.Color(theme.Accent)
	case x.r.Hovered:
		x.back.FillColor = theme.Color(theme.Hover)
	}
}
