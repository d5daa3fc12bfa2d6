package articles

import (
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/annotate/filter"
	"lede/app/theme"
	"lede/app/widgets"
)

// mostHelp is how many completions are offered at once.
const mostHelp = 8

// help is what stands below the search field while one types: what could stand
// there, or what is wrong with what does.
type help struct {
	object  *fyne.Container
	lines   []*helpLine
	wrong   *widgets.Words
	offered filter.Completion
	at      int // the chosen candidate; -1 for none
}

type helpLine struct {
	surface *widgets.Surface
	title   *widgets.Words
	about   *widgets.Words
}

func (p *Panel) makeSearch() {
	h := &help{at: -1}
	p.help = h
	var rows []fyne.CanvasObject
	for i := range mostHelp {
		line := &helpLine{title: widgets.NewElastic("", theme.TextSize, theme.Text), about: widgets.NewElastic("", theme.SmallSize, theme.Dim)}
		line.surface = widgets.NewSurface(widgets.NewPadded(widgets.Pad{Left: 8, Top: 4, Right: 8, Bottom: 4},
			widgets.NewStretch(8, 0, line.title, line.about)), func() { p.take(i) })
		h.lines = append(h.lines, line)
		rows = append(rows, line.surface)
	}
	h.wrong = widgets.NewParagraph("", theme.SmallSize, Width-24, theme.Warning)
	h.object = widgets.NewColumn(0, append(rows, h.wrong)...)
	show(h.wrong, false)
	p.hideHelp()
	p.search.OnChanged = p.searched
	p.search.OnEnter = p.enter
	p.search.OnDown = func() { p.focus(p.rows) }
	p.search.OnTyped = p.helpKey
}

// searched hears every key: it helps at once, and filters when the hand rests.
func (p *Panel) searched(string) {
	if p.typed++; p.putting {
		return
	}
	p.suggest()
	const pause = 160 * time.Millisecond
	turn := p.typed
	p.o.Later(pause, func() {
		if turn == p.typed {
			p.filter()
		}
	})
}

// suggest offers what could stand where one types.
func (p *Panel) suggest() {
	if c, ok := p.completeSaved(); ok {
		p.offer(c)
		return
	}
	p.offer(filter.Complete(p.search.Text, p.caret(), p.offers()))
}

// caret is where one types, in code points.
func (p *Panel) caret() int { return p.search.CursorColumn } // the field has one line

// filter narrows the list to what is typed. What is not understood is told, and the
// list stays as it is.
func (p *Panel) filter() bool {
	if p.naming() {
		return false
	}
	f, err := filter.Parse(p.expanded(p.search.Text))
	p.help.wrong.SetText("")
	if err != nil {
		p.help.wrong.SetText(sentence(err))
	}
	show(p.help.wrong, err != nil && len(p.help.offered.Candidates) == 0) // who is being helped is not told off
	p.refreshHelp()
	if err != nil {
		return false
	}
	p.typed++
	p.rows.Top()
	p.choosing++
	p.choose(nil)
	p.o.Session.List().Filter(f)
	return true
}

// sentence is what is wrong with a filter, without the place: the field shows it.
func sentence(err error) string {
	var at *filter.Error
	if errors.As(err, &at) {
		return at.Detail + " " + at.Hint
	}
	return err.Error()
}

// Pass narrows the list to a filter, which stands in the search field then.
func (p *Panel) Pass(f *annotate.Filter) { p.pass(f) }

// pass narrows the list to a filter and writes it into the search field.
func (p *Panel) pass(f *annotate.Filter) {
	p.write(filter.Format(f))
	p.filter()
}

// write writes into the search field without asking what could follow.
func (p *Panel) write(typed string) {
	p.putting = true
	p.search.Put(typed)
	p.putting = false
	p.search.CursorColumn = len([]rune(typed))
	p.search.Refresh()
	p.hideHelp()
}

// ClearFilter shows all articles.
func (p *Panel) ClearFilter() { p.pass(nil) }

// enter takes the chosen completion, or opens the first article that is found and
// goes to the text.
func (p *Panel) enter() {
	if p.help.at >= 0 {
		p.take(p.help.at)
		return
	}
	p.hideHelp()
	if p.filter() {
		p.first = true
		p.Reload()
	}
}

// helpKey lets the arrow keys choose a completion while some are offered.
func (p *Panel) helpKey(e *fyne.KeyEvent) bool {
	n := min(len(p.help.offered.Candidates), mostHelp)
	if n == 0 {
		return false
	}
	switch e.Name {
	case fyne.KeyDown:
		p.help.at = (p.help.at + 1) % n
	case fyne.KeyUp:
		p.help.at = (max(p.help.at, 0) + n - 1) % n
	case fyne.KeyEscape:
		p.hideHelp()
	default:
		return false
	}
	p.refreshHelp()
	return true
}

// take writes a completion where one types.
func (p *Panel) take(i int) {
	c := p.help.offered
	if i >= len(c.Candidates) {
		return
	}
	in := []rune(p.search.Text)
	insert := []rune(c.Candidates[i].Insert)
	p.putting = true
	p.search.SetText(string(in[:c.At.Start]) + string(insert) + strings.TrimLeft(string(in[c.At.End:]), " "))
	p.putting = false
	p.search.CursorColumn = c.At.Start + len(insert)
	p.search.Refresh()
	p.focus(p.search)
	p.searched("")
}

// offer shows what could stand where one types. A word is offered keys that begin with
// it, and no list of everything.
func (p *Panel) offer(c filter.Completion) {
	if c.At.Empty() && (p.search.Text == "" || p.search.Text[len(p.search.Text)-1] == ' ') {
		c.Candidates = nil
	}
	p.help.offered, p.help.at = c, -1
	p.refreshHelp()
	p.o.Later(hideAfter, p.hideWhenLeft)
}

// hideAfter is how soon help goes that nobody looks at; a click on it comes first.
const hideAfter = 300 * time.Millisecond

func (p *Panel) hideWhenLeft() {
	switch {
	case len(p.help.offered.Candidates) == 0:
	case p.o.Canvas.Focused() == p.search:
		p.o.Later(hideAfter, p.hideWhenLeft)
	default:
		p.hideHelp()
	}
}

func (p *Panel) hideHelp() {
	p.help.offered, p.help.at = filter.Completion{}, -1
	p.refreshHelp()
}

func (p *Panel) refreshHelp() {
	h := p.help
	for i, line := range h.lines {
		on := i < len(h.offered.Candidates)
		show(line.surface, on)
		if !on {
			continue
		}
		c := h.offered.Candidates[i]
		line.title.SetText(c.Title)
		line.about.SetText(c.About)
		line.surface.Color = ""
		if i == h.at {
			line.surface.Color = theme.Tint
		}
		line.surface.Refresh()
	}
	show(h.object, len(h.offered.Candidates) > 0 || h.wrong.Visible())
	h.object.Refresh()
	if p.Object != nil {
		p.Object.Refresh()
	}
}

// offers is what the project has to offer for completion.
func (p *Panel) offers() filter.Known {
	s := p.o.Session
	k := filter.Known{
		Values: map[annotate.FilterKey][]string{
			annotate.FilterSource: p.facets.Sources, annotate.FilterLang: p.facets.Languages, annotate.FilterAuthor: p.facets.Authors,
			annotate.FilterTag: p.facets.Meta[annotate.TagsKey], annotate.FilterSplit: p.facets.Meta[string(annotate.FilterSplit)],
			annotate.FilterAssigned: {annotate.FilterMe}, annotate.FilterAnnotator: {annotate.FilterMe},
		},
		Names: map[annotate.FilterKey]map[string][]string{
			annotate.FilterAttr: {}, annotate.FilterField: {}, annotate.FilterMeta: p.facets.Meta,
		},
	}
	add := func(key annotate.FilterKey, name string) { k.Values[key] = append(k.Values[key], name) }
	for _, l := range s.Schema().Labels {
		add(annotate.FilterLabel, l.Name)
	}
	for _, t := range s.Schema().RelationTypes {
		add(annotate.FilterRelation, t.Name)
	}
	for _, a := range s.Annotators() {
		add(annotate.FilterAssigned, a.Name)
		add(annotate.FilterAnnotator, a.Name)
	}
	for _, a := range s.Schema().Attributes {
		names := k.Names[annotate.FilterAttr]
		if a.Scope == annotate.DocumentScope {
			names = k.Names[annotate.FilterField]
		}
		names[a.Name] = nil
		for _, c := range a.Choices {
			names[a.Name] = append(names[a.Name], c.Name)
		}
	}
	return k
}
