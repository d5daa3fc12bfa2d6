package entities

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/app/screens/articles"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

const (
	firstMentions = 400    // read at once, to be seen soon
	mentionPage   = 5000   // read at once after them
	mostMentions  = 20_000 // that are listed
)

// mentions are the spans that point at the chosen entity, in context, article by
// article.
type mentions struct {
	p      *Page
	object *fyne.Container
	list   *mentionList
	says   *widgets.Words
	none   *widgets.Words
	work   sheet.Work

	of     annotate.ID
	uses   int // when they were read
	found  []annotate.Mention
	rows   []int // mentions; ^i is the head of the article of mention i
	count  []int // mentions of the article that begins there, by mention
	whole  bool  // all have been read
	ticked map[annotate.ID]bool
	at     int // the row of the keyboard
	people map[annotate.ID]bool
}

func newMentions(p *Page) *mentions {
	m := &mentions{p: p, ticked: map[annotate.ID]bool{}}
	m.work.Dispatch = p.o.Dispatch
	m.list = newMentionList(m)
	m.says = widgets.NewElastic("", theme.TextSize, theme.Dim)
	m.none = widgets.NewParagraph("", theme.TextSize, 260, theme.Dim)
	head := widgets.NewPadded(widgets.Pad{Left: 20, Top: 18, Right: 20, Bottom: 8}, m.says)
	m.object = widgets.NewFrame(head, nil, nil, nil, container.NewStack(m.list, container.NewCenter(m.none)))
	return m
}

// forget lets go of what was read.
func (m *mentions) forget() {
	m.work.Stop()
	m.of, m.found, m.rows, m.count, m.whole, m.at = "", nil, nil, nil, false, 0
	clear(m.ticked)
	m.people = map[annotate.ID]bool{}
}

// show lists the mentions of an entity. They are read in the background, the first
// ones first; those that are there stay in sight while they are read anew.
func (m *mentions) show(e annotate.Entity) {
	uses := m.p.index().Uses(e.ID)
	if m.of == e.ID && m.uses == uses {
		return
	}
	anew := m.of == e.ID
	if !anew {
		m.forget()
		m.list.Top()
	}
	m.of, m.uses = e.ID, uses
	m.say()
	m.read(nil, anew)
}

// read reads the page after a mention. What was listed before is replaced by the
// first page.
func (m *mentions) read(after *annotate.Mention, anew bool) {
	q := annotate.MentionQuery{Entity: m.of, After: after, Limit: mentionPage}
	switch {
	case anew:
		q.Limit = max(firstMentions, len(m.found)+1)
	case after == nil:
		q.Limit = firstMentions
	}
	store := m.p.o.Session.Store()
	m.p.o.Session.Flush() // the store must answer with what is on screen
	sheet.Start(&m.work, func(ctx context.Context, _ func(sheet.Progress)) ([]annotate.Mention, error) {
		return store.Mentions(ctx, q)
	}, func(sheet.Progress) {}, func(page []annotate.Mention, err error) {
		if err != nil {
			m.p.fail(err)
			return
		}
		if after == nil {
			m.found = nil
		}
		m.found = append(m.found, page...)
		m.whole = len(page) < q.Limit || len(m.found) >= mostMentions
		m.arrange()
		if !m.whole {
			m.read(&m.found[len(m.found)-1], false)
			return
		}
		if m.p.o.Listed != nil {
			m.p.o.Listed(m.of, len(m.found))
		}
	})
}

// arrange puts the heads of articles between the mentions.
func (m *mentions) arrange() {
	m.rows, m.count = m.rows[:0], make([]int, len(m.found))
	first := 0
	there := map[annotate.ID]bool{}
	for i, f := range m.found {
		if i == 0 || f.Article.ID != m.found[first].Article.ID {
			first = i
			m.rows = append(m.rows, ^i)
		}
		m.count[first]++
		m.rows = append(m.rows, i)
		m.people[f.Annotator.ID] = true
		there[f.Span.ID] = true
	}
	for id := range m.ticked {
		if !there[id] && m.whole {
			delete(m.ticked, id)
		}
	}
	m.at = max(0, min(m.at, len(m.rows)-1))
	m.say()
	m.list.Refresh()
	m.p.card.offerSplit()
}

func mentionCount(n int) string { return sheet.Count(n, "mention", "mentions") }

// say says how many there are.
func (m *mentions) say() {
	articles := 0
	for _, n := range m.count {
		if n > 0 {
			articles++
		}
	}
	words := ""
	switch {
	case len(m.found) > 0 && m.whole && len(m.found) < mostMentions:
		words = mentionCount(len(m.found)) + " in " + sheet.Count(articles, "article", "articles")
	case m.uses > 0:
		words = mentionCount(m.uses)
	}
	if len(m.found) >= mostMentions {
		words += ", of which " + sheet.Number(len(m.found)) + " are listed"
	}
	if n := len(m.ticked); n > 0 {
		words += ", " + sheet.Number(n) + " ticked"
	}
	m.says.SetText(words)
	none := ""
	if len(m.found) == 0 && m.uses == 0 {
		none = "No span points at it yet."
	}
	m.none.SetText(none)
}

// enter gives the mentions the keyboard.
func (m *mentions) enter() {
	if len(m.rows) > 0 {
		if m.rows[m.at] < 0 {
			m.at = min(m.at+1, len(m.rows)-1)
		}
		m.p.canvas.Focus(m.list)
	}
}

// step goes to another mention, over the heads of articles.
func (m *mentions) step(by int) {
	to := max(0, min(m.at+by, len(m.rows)-1))
	if len(m.rows) > 0 && m.rows[to] < 0 {
		if by < 0 && to > 0 {
			to--
		} else {
			to++
		}
	}
	m.at = to
	m.list.ScrollTo(to)
	if to == 1 {
		m.list.ScrollTo(0)
	}
	m.list.Refresh()
}

// tick ticks a mention, or all of an article.
func (m *mentions) tick(row int) {
	if !m.p.card.editable() || row >= len(m.rows) {
		return
	}
	i := m.rows[row]
	some := []int{i}
	if i < 0 {
		some = nil
		for k := ^i; k < ^i+m.count[^i]; k++ {
			some = append(some, k)
		}
	}
	on := slices.ContainsFunc(some, func(k int) bool { return !m.ticked[m.found[k].Span.ID] })
	for _, k := range some {
		if on {
			m.ticked[m.found[k].Span.ID] = true
		} else {
			delete(m.ticked, m.found[k].Span.ID)
		}
	}
	m.say()
	m.list.Refresh()
	m.p.card.offerSplit()
}

// visit shows a mention in its article.
func (m *mentions) visit(row int) {
	if row >= len(m.rows) {
		return
	}
	i := m.rows[row]
	if i < 0 {
		i = ^i
	}
	to := m.found[i]
	m.p.commit()
	m.p.Sheet.Close()
	m.p.o.Go(to)
}

// tickedSpans are the spans that are ticked.
func (m *mentions) tickedSpans() []annotate.Span {
	var spans []annotate.Span
	for _, f := range m.found {
		if m.ticked[f.Span.ID] {
			spans = append(spans, f.Span)
		}
	}
	return spans
}

// line is a mention on one line, and where in it the words stand, in code points.
func line1(f annotate.Mention) (words string, from, to int) {
	flat := func(s string) []rune {
		return []rune(strings.Map(func(r rune) rune {
			if r == '\n' || r == '\t' {
				return ' '
			}
			return r
		}, s))
	}
	before, middle, after := flat(f.Before), flat(f.Words), flat(f.After)
	return string(before) + string(middle) + string(after), len(before), len(before) + len(middle)
}

// titleOf is what an article is called, and its facts.
func titleOf(a annotate.Article) (title, facts string) {
	return articles.TitleOf(a), widgets.Facts(a.Source, a.Published)
}
