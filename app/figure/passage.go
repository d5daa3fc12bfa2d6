package figure

import (
	"image/color"
	"strings"

	"lede/annotate"
	"lede/annotate/text"
	"lede/app/textview/layout"
	"lede/app/textview/look"
)

// Passage is what is drawn. The ranges of its spans count in its own text.
type Passage struct {
	Title, Facts string // above the text; "" for none
	Text         string
	Spans        []Span
	Links        []Link
}

// Span is one span, in the order in which spans of the same extent are nested.
type Span struct {
	ID        string
	Title     string // of its label
	Badge     string // behind the label, e.g. "Protest"
	Color     color.NRGBA
	Pattern   annotate.Pattern
	Fragments []Fragment
}

// Fragment is one part of a span, from 0, as far as it lies in the passage.
type Fragment struct {
	text.Range
	Part int
}

// Link is a relation between two spans.
type Link struct{ From, To, Label string }

// Source is what a passage is taken from.
type Source struct {
	Article   annotate.Article
	Text      *text.Text
	Spans     []annotate.Span
	Relations []annotate.Relation
	Schema    *annotate.Schema
}

// Passage takes a range out of an article: "" parts of spans that lie outside are
// left out. dark says for which page the colours of the labels are.
func (s Source) Passage(at text.Range, dark bool) Passage {
	p := Passage{Title: s.Article.Title, Facts: Facts(s.Article)}
	p.Text = s.Text.Slice(at)
	shift := at.Start
	if mark := s.direction(at); mark != "" {
		p.Text = mark + p.Text
		shift--
	}
	here := map[annotate.ID]bool{}
	for _, span := range s.Spans {
		x := Span{ID: string(span.ID)}
		for k, f := range span.Fragments {
			if r := f.Intersect(at); !r.Empty() {
				x.Fragments = append(x.Fragments, Fragment{text.Range{Start: r.Start - shift, End: r.End - shift}, k})
			}
		}
		if len(x.Fragments) == 0 {
			continue
		}
		here[span.ID] = true
		l, _ := s.Schema.Label(span.Label)
		x.Title, x.Badge, x.Color, x.Pattern = l.Called(), s.Schema.Badge(span.Label, span.Attributes), colorOf(l, dark), l.Pattern
		p.Spans = append(p.Spans, x)
	}
	for _, r := range s.Relations {
		if !here[r.From] || !here[r.To] {
			continue
		}
		t, _ := s.Schema.RelationType(r.Type)
		title := t.Title
		if title == "" {
			title = t.Name
		}
		p.Links = append(p.Links, Link{string(r.From), string(r.To), strings.ToLower(title)})
	}
	return p
}

// direction is a mark to put before a passage that begins within a paragraph of
// another direction than its own first letter: the paragraph must not turn round.
func (s Source) direction(at text.Range) string {
	whole := s.Text.String()
	from := strings.LastIndexByte(whole[:s.Text.ByteOf(at.Start)], '\n') + 1
	if from == s.Text.ByteOf(at.Start) {
		return ""
	}
	paragraph, _, _ := strings.Cut(whole[from:], "\n")
	first, _, _ := strings.Cut(s.Text.Slice(at), "\n")
	was, known := layout.DirectionOf(paragraph)
	is, _ := layout.DirectionOf(first)
	switch {
	case !known || was == is:
		return ""
	case was == layout.RightToLeft:
		return "\u200f"
	}
	return "\u200e"
}

// Facts is the line below the title: source, author, date.
func Facts(a annotate.Article) string {
	var known []string
	for _, f := range []string{a.Source, a.Author, a.Published} {
		if f != "" {
			known = append(known, f)
		}
	}
	return strings.Join(known, " · ")
}

// colorOf is the colour of a label on a light or dark page.
func colorOf(l annotate.Label, dark bool) color.NRGBA {
	value, style := l.Color, look.Light()
	if dark {
		value, style = l.InDark(), look.Dark()
	}
	r, g, b, ok := annotate.RGB(value)
	if !ok {
		return look.Faded(style.Unknown, 1)
	}
	return color.NRGBA{R: r, G: g, B: b, A: 0xff}
}
