package annotest

import (
	"cmp"
	"context"
	"slices"

	"lede/annotate"
	"lede/annotate/text"
)

func (h *handle) Coded(ctx context.Context, q annotate.CodedQuery) (*annotate.Coded, error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	s, key := h.state, annotate.WordsKey(q.Words)
	var found []annotate.CodedSpan
	for _, a := range s.ordered(annotate.Live) {
		for _, data := range s.document(a.ID, nil).Sets {
			for _, span := range data.Spans {
				if key == "" || span.ID == q.Except || annotate.WordsKey(s.texts[a.TextHash].Quote(span.Fragments)) != key {
					continue
				}
				found = append(found, codedSpan(a, s.texts[a.TextHash], data.Set.Annotator, span))
			}
		}
	}
	// Ids of spans grow with time.
	slices.SortFunc(found, func(a, b annotate.CodedSpan) int { return -compareStrings(a.Span, b.Span) })
	coded := &annotate.Coded{More: len(found) > annotate.MostCoded}
	found = found[:min(len(found), annotate.MostCoded)]
	coded.Counts = countCoded(found)
	coded.Spans = found[:min(len(found), q.Limit)]
	return coded, nil
}

func codedSpan(a annotate.Article, t *text.Text, annotator id, s annotate.Span) annotate.CodedSpan {
	at := s.Fragments.Extent()
	return annotate.CodedSpan{
		Span: s.ID, Label: s.Label, Annotator: annotator, Article: a.ID, Title: cmp.Or(a.Title, a.Ref), Fragments: s.Fragments,
		Before: t.Slice(text.Range{Start: at.Start - annotate.CodedAround, End: at.Start}), Words: t.Slice(at),
		After: t.Slice(text.Range{Start: at.End, End: at.End + annotate.CodedAround}),
	}
}

func countCoded(spans []annotate.CodedSpan) []annotate.CodedCount {
	var counts []annotate.CodedCount
	for _, s := range spans {
		i := slices.IndexFunc(counts, func(c annotate.CodedCount) bool { return c.Annotator == s.Annotator && c.Label == s.Label })
		if i < 0 {
			counts = append(counts, annotate.CodedCount{Annotator: s.Annotator, Label: s.Label, N: 1})
		} else {
			counts[i].N++
		}
	}
	slices.SortStableFunc(counts, func(a, b annotate.CodedCount) int { return b.N - a.N })
	return counts
}
