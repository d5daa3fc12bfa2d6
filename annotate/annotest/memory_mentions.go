package annotest

import (
	"context"
	"slices"

	"lede/annotate"
	"lede/annotate/text"
)

func (h *handle) EntityUses(ctx context.Context) (map[id]int, error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	uses := map[id]int{}
	for i := range h.state.records[annotate.KindSpan] {
		span, ok := h.state.current(annotate.KindSpan, i).(annotate.Span)
		if !ok || span.Entity == "" {
			continue
		}
		if article, _ := h.state.setArticle(span.Set); h.state.live(article) {
			uses[span.Entity]++
		}
	}
	return uses, nil
}

func (h *handle) Mentions(ctx context.Context, q annotate.MentionQuery) ([]annotate.Mention, error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	var found []annotate.Mention
	articles := h.state.ordered(annotate.Live)
	if q.Bin {
		articles = append(articles, h.state.ordered(annotate.Deleted)...)
	}
	for _, a := range articles {
		d := h.state.document(a.ID, nil)
		for _, set := range d.Sets {
			for _, span := range set.Spans {
				if span.Entity == q.Entity && q.Entity != "" {
					found = append(found, mention(d, set.Annotator, span))
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
	return found, nil
}

func mention(d *annotate.Document, by annotate.Annotator, s annotate.Span) annotate.Mention {
	at := s.Fragments.Extent()
	return annotate.Mention{
		Article: d.Article, Annotator: by, Span: s, Words: d.Text.Slice(at),
		Before: d.Text.Slice(text.Range{Start: at.Start - annotate.MentionAround, End: at.Start}),
		After:  d.Text.Slice(text.Range{Start: at.End, End: at.End + annotate.MentionAround}),
	}
}
