package html

import (
	"cmp"
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
)

// link is a relation with its number on the page. The number stands in the text
// behind both of its spans and leads to the list of relations.
type link struct {
	*format.Relation
	n        int // from 1
	from, to int // of the set's spans
}

// linksOf numbers the relations of a set in the order of the text.
func linksOf(set *format.Set) []link {
	at := make(map[string]int, len(set.Spans))
	for i, s := range set.Spans {
		at[s.ID] = i
	}
	var all []link
	for i := range set.Relations {
		r := &set.Relations[i]
		all = append(all, link{Relation: r, from: at[r.From], to: at[r.To]})
	}
	slices.SortStableFunc(all, func(a, b link) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to), cmp.Compare(a.Type, b.Type))
	})
	for i := range all {
		all[i].n = i + 1
	}
	return all
}

// bySpan lists for each span the relations that start or end at it.
func bySpan(all []link) map[int][]link {
	list := map[int][]link{}
	for _, l := range all {
		list[l.from] = append(list[l.from], l)
		if l.to != l.from {
			list[l.to] = append(list[l.to], l)
		}
	}
	return list
}

func (p *page) relationTitle(l link) string {
	t, _ := p.job.Schema.RelationTypeNamed(l.Type)
	if t.Title != "" {
		return t.Title
	}
	return l.Type
}

// mostNumbers is how many numbers stand behind one span; further ones are counted.
const mostNumbers = 6

// numbers writes the numbers of the relations of a span behind its end. They are
// attributes of empty links: without its tags the text is the article's.
func (m *marked) numbers(span int) {
	links := m.links[span]
	number := func(anchor, words, title string) {
		m.page.put(`<a class="r" href="#`, m.key, anchor, `" data-r="`, words, `" title="`, html.EscapeString(title), `"></a>`)
		m.column += extent(words, 9) + 2
	}
	for i, l := range links {
		if i == mostNumbers {
			number("l"+strconv.Itoa(span+1), "+"+strconv.Itoa(len(links)-i), fmt.Sprintf("%d more relations", len(links)-i))
			return
		}
		words := fmt.Sprintf("%s → %s", m.page.relationTitle(l), m.page.short(m.a, &m.set.Spans[l.to]))
		if l.to == span && l.from != span {
			words = fmt.Sprintf("%s of %s", m.page.relationTitle(l), m.page.short(m.a, &m.set.Spans[l.from]))
		}
		number("r"+strconv.Itoa(l.n), strconv.Itoa(l.n), words)
	}
}

// short is the beginning of a span's text, on one line.
func (p *page) short(a *format.Article, s *format.Span) string {
	const most = 60
	words := []rune(strings.Join(strings.Fields(a.Index().Quote(s.Fragments)), " "))
	if len(words) > most {
		words = append(words[:most-1], '…')
	}
	return "“" + string(words) + "”"
}

// relations lists all relations of a set, each with both its spans.
func (p *page) relations(a *format.Article, set *format.Set, all []link, key string) {
	if len(all) == 0 {
		return
	}
	p.put("<h3>", count(len(all), "relation"), "</h3>\n", `<ol class="relations">`, "\n")
	for _, l := range all {
		p.put(`<li id="`, key, "r", strconv.Itoa(l.n), `">`)
		p.end(a, set, l.from, key)
		p.put(` <span class="dim">`)
		p.bdi(p.relationTitle(l))
		p.put(` →</span> `)
		p.end(a, set, l.to, key)
		t, _ := p.job.Schema.RelationTypeNamed(l.Type)
		rows := values(l.Attributes, p.attributes(annotate.RelationScope, t.ID))
		if l.Note != "" {
			rows = append(rows, fact{"Note", l.Note})
		}
		p.table(rows)
		p.put("</li>\n")
	}
	p.put("</ol>\n")
}

// end is one of the spans of a relation: its label and its words.
func (p *page) end(a *format.Article, set *format.Set, i int, key string) {
	s := &set.Spans[i]
	p.put(`<span class="m l`, strconv.Itoa(p.state.labels[s.Label]), ` k0">`)
	p.bdi(p.label(s.Label).Called())
	p.put("</span> ")
	p.quote(a, s, key, i)
}

// ofSpan lists the relations of a span in the list of spans: where each leads to or
// comes from. What else is said of it stands in the list of relations.
func (p *page) ofSpan(a *format.Article, set *format.Set, links []link, span int, key string) {
	if len(links) == 0 {
		return
	}
	p.put(`<ul class="relations">`)
	for _, l := range links {
		p.put(`<li><a class="dim" href="#`, key, "r", strconv.Itoa(l.n), `">`, strconv.Itoa(l.n), "</a> ")
		p.bdi(p.relationTitle(l))
		other := l.to
		if l.from == span {
			p.put(" → ")
		} else {
			p.put(" of ")
			other = l.from
		}
		p.quote(a, &set.Spans[other], key, other)
		p.put("</li>")
	}
	p.put("</ul>\n")
}
