package warnings

import (
	"cmp"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/find"
	"lede/annotate/rules"
	"lede/annotate/text"
	"lede/app/screens/sheet"
)

// found is an article with its warnings.
type found struct {
	id      annotate.ID
	order   int64
	title   string
	entries []entry
}

// entry is a warning with the words that it is about.
type entry struct {
	rules.Warning
	line  find.Line // its Text is "" for what is about the article as a whole
	label annotate.ID
}

// line is a row of the list: an entry, or the head of a group.
type line struct {
	head           string // "" = an entry
	count          int    // of the group
	article, entry int
}

// sideways is how much text stands beside the words, in code points.
const sideways = 60

// entriesOf makes entries of the warnings of an article.
func entriesOf(t *text.Text, warnings []rules.Warning, label func(annotate.ID) annotate.ID) []entry {
	entries := make([]entry, 0, len(warnings))
	for _, w := range warnings {
		e := entry{Warning: w}
		if w.Span != "" {
			e.line, e.label = find.Around(t, w.Range, sideways), label(w.Span)
		}
		entries = append(entries, e)
	}
	return entries
}

// same says whether two warnings are about the same thing.
func same(a, b rules.Warning) bool {
	return a.Span == b.Span && a.Relation == b.Relation && a.Key() == b.Key()
}

// articles are the articles whose warnings are listed.
func (p *Panel) articles() []found {
	if p.project {
		return p.all
	}
	return p.here
}

// visible says whether an entry passes the filters.
func (p *Panel) visible(e entry) bool {
	return (p.rule == "" || e.Rule == p.rule) && (p.accepted || !e.Accepted)
}

// rebuild makes the rows anew. The row one is at stays with its warning, or with its
// place if that is gone.
func (p *Panel) rebuild() {
	p.count()
	p.rows = p.rows[:0]
	if p.byRule {
		p.groupByRule()
	} else {
		p.groupByArticle()
	}
	p.current = min(p.current, len(p.rows)-1)
	for i := range p.rows {
		if e, ok := p.at(i); ok && e.article == p.stood.article && same(e.Warning, p.stood.Warning) {
			p.current = i
			break
		}
	}
	if _, ok := p.at(p.current); !ok { // a head, or nothing yet
		p.current = min(p.next(p.current, 1), len(p.rows)-1)
	}
	p.stood, _ = p.at(p.current)
	p.follow()
}

// count counts the warnings of each rule, the accepted ones apart.
func (p *Panel) count() {
	p.counts, p.acceptedCount, p.total, p.inArticles = map[string]int{}, 0, 0, 0
	for _, a := range p.articles() {
		before := p.total
		for _, e := range a.entries {
			if e.Accepted {
				p.acceptedCount++
			}
			if p.accepted || !e.Accepted {
				p.counts[e.Rule]++
				p.total++
			}
		}
		if p.total > before {
			p.inArticles++
		}
	}
	if p.rule != "" && p.counts[p.rule] == 0 {
		p.rule = ""
	}
}

func (p *Panel) groupByArticle() {
	for i, a := range p.articles() {
		head := len(p.rows)
		if p.project {
			p.rows = append(p.rows, line{head: a.title, article: i})
		}
		n := 0
		for k, e := range a.entries {
			if p.visible(e) {
				p.rows = append(p.rows, line{article: i, entry: k})
				n++
			}
		}
		switch {
		case p.project && n == 0:
			p.rows = p.rows[:head]
		case p.project:
			p.rows[head].count = n
		}
	}
}

func (p *Panel) groupByRule() {
	groups := map[string][]line{}
	for i, a := range p.articles() {
		for k, e := range a.entries {
			if p.visible(e) {
				groups[e.Rule] = append(groups[e.Rule], line{article: i, entry: k})
			}
		}
	}
	for _, k := range kinds {
		if group := groups[k.Name]; len(group) > 0 {
			p.rows = append(append(p.rows, line{head: k.Title, count: len(group)}), group...)
		}
	}
}

// kinds are all rules and checks.
var kinds = slices.Concat(rules.List, rules.Checks)

// listed is an entry with the article that it is in.
type listed struct {
	entry
	article annotate.ID
}

// at is the entry of a row; ok is false for the head of a group.
func (p *Panel) at(row int) (e listed, ok bool) {
	if row < 0 || row >= len(p.rows) || p.rows[row].head != "" {
		return e, false
	}
	l, articles := p.rows[row], p.articles()
	if l.article >= len(articles) || l.entry >= len(articles[l.article].entries) {
		return e, false
	}
	a := articles[l.article]
	return listed{a.entries[l.entry], a.id}, true
}

// next is the nearest row with a warning before or after a row; that row itself if
// there is none.
func (p *Panel) next(row, by int) int {
	for i := row + by; i >= 0 && i < len(p.rows); i += by {
		if p.rows[i].head == "" {
			return i
		}
	}
	return row
}

// put makes the warnings of the open article those that the session has now.
func (p *Panel) put() {
	doc := p.o.Session.Doc()
	p.here = nil
	if doc == nil {
		return
	}
	label := func(id annotate.ID) annotate.ID {
		span, _ := doc.Span(id)
		return span.Label
	}
	a := found{
		id: doc.Article.ID, order: doc.Article.Order, title: cmp.Or(doc.Article.Title, doc.Article.Ref),
		entries: entriesOf(doc.Text, p.o.Session.Warnings(), label),
	}
	p.here = []found{a}
	if p.whose != p.o.Session.Shown().ID || !p.checked[a.id] || !p.o.Session.Checked() {
		return // the list of the project is of somebody else, or one of the two has not come to it yet
	}
	p.replace(a)
}

// replace puts the warnings of one article into the list of the project.
func (p *Panel) replace(a found) {
	i, there := slices.BinarySearchFunc(p.all, a, func(x, y found) int {
		return cmp.Or(cmp.Compare(x.order, y.order), cmp.Compare(x.id, y.id))
	})
	switch {
	case there && len(a.entries) == 0:
		p.all = slices.Delete(p.all, i, i+1)
	case there:
		p.all[i] = a
	case len(a.entries) > 0:
		p.all = slices.Insert(p.all, i, a)
	}
}

// says is the sentence at the foot.
func (p *Panel) says() string {
	words := ""
	if p.total > 0 {
		words = sheet.Count(p.total, "warning", "warnings")
	}
	if p.project && p.inArticles > 0 {
		words += " in " + sheet.Count(p.inArticles, "article", "articles")
	}
	if p.beyond > 0 && p.project {
		words += "; " + sheet.Number(p.beyond) + " more are not listed"
	}
	switch {
	case p.project && p.stopped && !p.work.Busy():
		words = strings.TrimPrefix(words+" · not all articles were checked", " · ")
	case p.project && p.stale && !p.work.Busy():
		words = strings.TrimPrefix(words+" · the project was changed since", " · ")
	}
	if p.acceptedCount > 0 && !p.accepted {
		words = strings.TrimPrefix(words+" · "+sheet.Number(p.acceptedCount)+" accepted", " · ")
	}
	return words
}
