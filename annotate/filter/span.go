package filter

import (
	"encoding/json"
	"slices"

	"lede/annotate"
	"lede/annotate/search"
	"lede/annotate/text"
)

// Terms are the words that the value of a term without a key looks for.
func Terms(v annotate.FilterValue) search.Terms { return search.NewTerms(v.Text, v.Before, v.After) }

// Highlights are the words that a filter looks for: those that it does not exclude.
func Highlights(f *annotate.Filter) []search.Terms { return highlights(nil, f, true) }

func highlights(all []search.Terms, f *annotate.Filter, wanted bool) []search.Terms {
	switch {
	case f == nil:
	case f.Op == annotate.FilterNot:
		return highlights(all, f.Of[0], !wanted)
	case f.Op != annotate.FilterTerm:
		for _, part := range f.Of {
			all = highlights(all, part, wanted)
		}
	case f.Key == annotate.FilterWords && wanted:
		for _, v := range f.Values {
			all = append(all, Terms(v))
		}
	}
	return all
}

// Found is what a search shows of an article: where the words stand in it.
func Found(row annotate.ArticleRow, t *text.Text, words []search.Terms, snippets int) annotate.Found {
	places := search.Places(t.String(), words...)
	return annotate.Found{
		ArticleRow: row, Title: search.Places(row.Article.Title, words...), Places: len(places),
		Snippets: search.Snippets(t, places, snippets),
	}
}

// MatchSpan tells whether a span of a set of the article meets a filter: all that it
// says of work is said of this span and this set.
func MatchSpan(f *annotate.Filter, s Subject, set annotate.SetData, span annotate.Span) bool {
	alone := set
	alone.Set.Note = ""
	alone.Spans = []annotate.Span{span}
	alone.Relations = nil
	for _, r := range set.Relations {
		if r.From == span.ID || r.To == span.ID {
			alone.Relations = append(alone.Relations, r)
		}
	}
	return s.spanMeets(f, set, alone)
}

func (s Subject) spanMeets(f *annotate.Filter, set, alone annotate.SetData) bool {
	if f == nil {
		return true
	}
	switch f.Op {
	case annotate.FilterNot:
		return !s.spanMeets(f.Of[0], set, alone)
	case annotate.FilterAnd:
		return !slices.ContainsFunc(f.Of, func(part *annotate.Filter) bool { return !s.spanMeets(part, set, alone) })
	case annotate.FilterOr:
		return slices.ContainsFunc(f.Of, func(part *annotate.Filter) bool { return s.spanMeets(part, set, alone) })
	default: // a term
	}
	if f.By != nil && !slices.ContainsFunc(f.By, func(v annotate.FilterValue) bool { return s.is(v, set.Annotator) }) {
		return false
	}
	return slices.ContainsFunc(f.Values, func(v annotate.FilterValue) bool {
		switch f.Key {
		case annotate.FilterWords:
			return s.spanHas(Terms(v), alone.Spans[0])
		case annotate.FilterAnnotator:
			return s.is(v, set.Annotator)
		case annotate.FilterSpans:
			return InNumbers(v, len(set.Spans))
		default: // as of an article
		}
		if ofWork(f.Key) {
			return s.didOne(f, v, alone)
		}
		return s.fact(f, v)
	})
}

// spanHas tells whether words stand where a span is, or in what is said of it.
func (s Subject) spanHas(t search.Terms, span annotate.Span) bool {
	if t.In(s.Names(span.Label), span.Note) || span.Entity != "" && t.In(s.Names(span.Entity)) || s.Titles != nil && t.In(s.Titles(span.Label)) {
		return true
	}
	for _, raw := range span.Attributes {
		if t.In(Texts(raw)...) {
			return true
		}
	}
	return Touches(search.Places(s.Doc.Text.String(), t), span.Fragments)
}

// Touches tells whether any of the places overlaps a fragment.
func Touches(places []text.Range, f annotate.Fragments) bool {
	return slices.ContainsFunc(places, func(at text.Range) bool {
		return slices.ContainsFunc(f, at.Overlaps)
	})
}

// Said are the texts of all values of a JSON object.
func Said(object []byte) (all []string) {
	var values annotate.Values
	if json.Unmarshal(object, &values) != nil {
		return nil
	}
	for _, raw := range values {
		all = append(all, Texts(raw)...)
	}
	return all
}
