package html

import (
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
)

func escapePath(s string) string { return url.PathEscape(s) }

// tip is what is said of a span where the pointer rests on it.
func (p *page) tip(s *format.Span) string {
	l := p.label(s.Label)
	lines := []string{l.Called()}
	for _, v := range values(s.Attributes, p.attributes(annotate.SpanScope, l.ID)) {
		lines = append(lines, v.name+": "+v.value)
	}
	if s.Entity != nil {
		lines = append(lines, "→ "+s.Entity.Name)
	}
	if s.Note != "" {
		lines = append(lines, s.Note)
	}
	return strings.Join(lines, "\n")
}

// chip is what stands above a fragment: "EVENT · PROTEST", "QUOTE · 2nd part".
func (p *page) chip(s *format.Span, part int) string {
	if !p.job.Settings.Yes("labels") {
		return ""
	}
	l := p.label(s.Label)
	words := strings.ToUpper(l.Called())
	if badge := p.job.Schema.Badge(l.ID, s.Attributes); badge != "" && part == 0 {
		words += " · " + strings.ToUpper(badge)
	}
	if part > 0 {
		words += " · " + annotate.PartName(part+1)
	}
	return words
}

func (p *page) label(name string) annotate.Label {
	return p.job.Schema.Labels[p.state.labels[name]]
}

func (p *page) attributes(scope annotate.Scope, label annotate.ID) []annotate.Attribute {
	return p.job.Schema.AttributesOf(scope, label)
}

// values are values to be read, by name; known gives names and choices their
// titles.
func values(v annotate.Values, known []annotate.Attribute) []fact {
	var rows []fact
	for _, name := range slices.Sorted(maps.Keys(v)) {
		title, choice := name, func(s string) string { return s }
		for _, a := range known {
			if a.Name != name {
				continue
			}
			if a.Title != "" {
				title = a.Title
			}
			choice = func(s string) string {
				for _, c := range a.Choices {
					if c.Name == s && c.Title != "" {
						return c.Title
					}
				}
				return s
			}
		}
		rows = append(rows, fact{title, readable(v[name], choice)})
	}
	return rows
}

// readable is a JSON value for people.
func readable(raw json.RawMessage, choice func(string) string) string {
	var s string
	var list []json.RawMessage
	switch {
	case json.Unmarshal(raw, &s) == nil && string(raw) != "null":
		return choice(s)
	case json.Unmarshal(raw, &list) == nil && list != nil:
		var parts []string
		for _, x := range list {
			parts = append(parts, readable(x, choice))
		}
		return strings.Join(parts, ", ")
	case string(raw) == "true":
		return "yes"
	case string(raw) == "false":
		return "no"
	}
	return string(raw)
}

// list writes all spans of a set, with what is said of each and the relations at it.
func (p *page) list(a *format.Article, set *format.Set, links map[int][]link, key string) {
	if len(set.Spans) == 0 {
		return
	}
	p.put("<h3>", count(len(set.Spans), "span"), "</h3>\n", `<ol class="spans">`, "\n")
	for i := range set.Spans {
		s := &set.Spans[i]
		l := p.label(s.Label)
		p.put(`<li id="`, key, "l", strconv.Itoa(i+1), `"><span class="m l`, strconv.Itoa(p.state.labels[s.Label]), ` k0">`)
		p.bdi(l.Called())
		p.put(`</span> `)
		p.quote(a, s, key, i)
		p.put(` <span class="dim">`, places(s), "</span>\n")
		rows := values(s.Attributes, p.attributes(annotate.SpanScope, l.ID))
		if s.Entity != nil {
			rows = append(rows, fact{"Entity", strings.TrimSuffix(s.Entity.Name+" ("+s.Entity.Kind+")", " ()")})
		}
		if s.Origin != "" && s.Origin != annotate.OriginManual {
			rows = append(rows, fact{"Origin", s.Origin})
		}
		if s.Note != "" {
			rows = append(rows, fact{"Note", s.Note})
		}
		p.table(rows)
		p.ofSpan(a, set, links[i], i, key)
		p.put("</li>\n")
	}
	p.put("</ol>\n")
}

// longest is how many code points of a span the list shows.
const longest = 160

// quote is the text of a span, as a link to it.
func (p *page) quote(a *format.Article, s *format.Span, key string, i int) {
	words := []rune(a.Index().Quote(s.Fragments))
	if len(words) > longest {
		words = append(words[:longest-1], '…')
	}
	p.put(`<a href="#`, key, "t", strconv.Itoa(i+1), `"><bdi>`, html.EscapeString(string(words)), `</bdi></a>`)
}

// places are the offsets of a span, in code points.
func places(s *format.Span) string {
	var parts []string
	for _, f := range s.Fragments {
		parts = append(parts, fmt.Sprintf("%d–%d", f.Start, f.End))
	}
	return strings.Join(parts, ", ")
}
