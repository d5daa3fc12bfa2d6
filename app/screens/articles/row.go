package articles

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/app/theme"
	"lede/app/widgets"
)

// row is one article of the list.
type row struct {
	object  *fyne.Container
	surface *widgets.Surface
	mark    *widgets.Fill
	dot     *widgets.Dot
	title   *widgets.Words
	facts   *widgets.Words
}

func newRow() *row {
	r := &row{
		mark: widgets.NewFill(""), dot: widgets.NewDot(widgets.StateNew),
		title: widgets.NewElastic("", theme.TextSize, theme.Text),
		facts: widgets.NewElastic("", theme.SmallSize, theme.Dim),
	}
	r.facts.Forward = true
	r.mark.Least = fyne.NewSize(3, 0)
	head := widgets.NewStretch(7, 1, r.dot, r.title)
	inside := container.NewStack(
		widgets.NewFrame(nil, nil, r.mark, nil, nil),
		widgets.NewPadded(widgets.Pad{Left: 13, Top: 11, Right: 14, Bottom: 10}, widgets.NewColumn(4, head,
			widgets.NewPadded(widgets.Pad{Left: 17}, r.facts))),
	)
	r.surface = widgets.NewSurface(inside, nil)
	r.surface.Radius = 0
	r.object = widgets.NewFrame(nil, widgets.NewHairline(), nil, nil, r.surface)
	return r
}

func (p *Panel) fillRow(i int, r *row) {
	list := p.o.Session.List()
	if list.Current() && list.Unread(i) {
		p.want(i)
	}
	data, ok := list.Peek(i)
	if !ok {
		r.title.SetText("…")
		r.facts.SetText("")
		r.surface.OnTapped, r.surface.OnSecondary = nil, nil
		return
	}
	a := data.Article
	r.title.SetText(TitleOf(a))
	r.facts.SetText(factsOf(data))
	if state := StateOf(data); r.dot.State != state {
		r.dot.State = state
		r.dot.Refresh()
	}
	r.surface.OnTapped = func() { p.tapped(i, a.ID, modifiers()) }
	if p.o.Menu != nil {
		r.surface.OnSecondary = func(at fyne.Position) {
			if p.selected.ids[a.ID] {
				p.o.Bulk(p.Selected(), at)
				return
			}
			p.o.Menu(a.ID, at)
		}
	}
	color, mark := theme.Name(""), theme.Name("")
	if doc := p.o.Session.Doc(); doc != nil && doc.Article.ID == a.ID {
		color, mark = theme.Raised, theme.Accent
	}
	if p.selected.ids[a.ID] {
		color = theme.Tint
	}
	if r.surface.Color != color {
		r.surface.Color, r.mark.Color = color, mark
		r.surface.Refresh()
	}
}

// StateOf is how far an article is, as a dot shows it.
func StateOf(r annotate.ArticleRow) widgets.State {
	switch {
	case r.Flag != "":
		return widgets.StateFlagged
	case r.Status == annotate.Done:
		return widgets.StateDone
	case r.Status == annotate.InProgress:
		return widgets.StateHalf
	case r.Status == annotate.Skipped:
		return widgets.StateSkipped
	}
	return widgets.StateNew
}

// TitleOf is what an article is called: its title, or else its ref.
func TitleOf(a annotate.Article) string {
	if a.Title != "" {
		return a.Title
	}
	return a.Ref
}

func factsOf(r annotate.ArticleRow) string {
	spans := ""
	switch {
	case r.Spans == 1:
		spans = "1 span"
	case r.Spans > 1:
		spans = fmt.Sprintf("%s spans", number(r.Spans))
	}
	facts := widgets.Facts(r.Article.Source, Date(r.Article, true), spans)
	if facts == "" {
		return fmt.Sprintf("%s characters", number(r.Article.Length))
	}
	return facts
}

// Date is when an article was published, as far as that is known: 4 Mar 2026 when
// brief, else 4 March 2026.
func Date(a annotate.Article, brief bool) string {
	month := "January"
	if brief {
		month = "Jan"
	}
	for layout, out := range map[string]string{"2006-01-02": "2 " + month + " 2006", "2006-01": month + " 2006", "2006": "2006"} {
		if t, err := time.Parse(layout, a.PublishedISO); err == nil {
			return t.Format(out)
		}
	}
	return a.Published
}
