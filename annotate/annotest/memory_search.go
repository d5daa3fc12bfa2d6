package annotest

import (
	"context"
	"slices"

	"lede/annotate"
	"lede/annotate/filter"
)

func (h *handle) Search(ctx context.Context, q annotate.SearchQuery) ([]annotate.Found, error) {
	rows, err := h.Articles(ctx, q.ArticleQuery)
	if err != nil {
		return nil, err
	}
	h.mu.RLock()
	defer h.mu.RUnlock()
	var all []annotate.Found
	for _, row := range rows {
		all = append(all, filter.Found(row, h.state.texts[row.Article.TextHash], filter.Highlights(q.Filter), q.Snippets))
	}
	return all, nil
}

func (h *handle) SearchSpans(ctx context.Context, q annotate.SpanQuery) ([]annotate.Mention, error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	var found []annotate.Mention
	for _, a := range h.state.ordered(h.state.asked("", q.Filter)...) {
		subject := h.state.subject(a, q.Me)
		for _, set := range subject.Doc.Sets {
			for _, span := range set.Spans {
				if filter.MatchSpan(q.Filter, subject, set, span) {
					found = append(found, mention(subject.Doc, set.Annotator, span))
				}
			}
		}
	}
	slices.SortFunc(found, annotate.CompareMentions)
	if q.After != nil {
		found = slices.DeleteFunc(found, func(m annotate.Mention) bool { return annotate.CompareMentions(m, *q.After) <= 0 })
	}
	if q.Limit > 0 {
		found = found[:min(q.Limit, len(found))]
	}
	if len(found) == 0 {
		return nil, nil
	}
	return found, nil
}

func (h *handle) CountSpans(ctx context.Context, q annotate.SpanQuery) (int, error) {
	q.After, q.Limit = nil, 0
	found, err := h.SearchSpans(ctx, q)
	return len(found), err
}
