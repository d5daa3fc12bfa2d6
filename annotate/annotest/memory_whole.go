package annotest

import (
	"cmp"
	"context"
	"iter"
	"slices"

	"lede/annotate"
)

// Snapshot is a handle on a copy.
func (h *handle) Snapshot(context.Context) (annotate.Store, error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	now := &memory{env: h.env, hooks: h.hooks, projects: h.projects, replica: h.replica, state: h.state.clone()}
	view := now.open(h.path, annotate.ModeRead)
	view.asOf = h.asOf
	return view, nil
}

func (h *handle) Imports(context.Context) ([]annotate.Import, error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return list(h.state, annotate.KindImport, func(a, b annotate.Import) int { return 0 }), nil
}

func (h *handle) Unseen(ctx context.Context) iter.Seq2[*annotate.Kept, error] {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return each(ctx, h.state.unseen())
}

func (h *handle) Changes(ctx context.Context) iter.Seq2[annotate.Change, error] {
	h.mu.RLock()
	defer h.mu.RUnlock()
	var all []annotate.Change
	for _, c := range h.state.changes {
		all = append(all, c.Change)
	}
	return each(ctx, all)
}

// each hands out items until the context ends.
func each[T any](ctx context.Context, items []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, item := range items {
			if err := ctx.Err(); err != nil {
				var none T
				yield(none, err)
				return
			}
			if !yield(item, nil) {
				return
			}
		}
	}
}

// undone says whether an import was undone; a staged one was not.
func (s *state) undone(i id) bool {
	imp, ok := s.records[annotate.KindImport][i].(annotate.Import)
	return ok && imp.State == annotate.ImportUndone
}

func (s *state) staged(i id) bool {
	imp, ok := s.records[annotate.KindImport][i].(annotate.Import)
	return ok && imp.State == annotate.ImportStaged
}

// unseen are the articles of which something is kept and not shown.
func (s *state) unseen() []*annotate.Kept {
	var all []*annotate.Kept
	for _, r := range s.records[annotate.KindArticle] {
		a := r.(annotate.Article)
		k := &annotate.Kept{Article: a, State: s.records[annotate.KindArticleState][a.ID].(annotate.ArticleState)}
		whole := s.undone(a.Import) || k.State.Presence != annotate.Live
		for set := range s.sets[a.ID] {
			if imp := s.records[annotate.KindSet][set].(annotate.AnnotationSet).Import; !s.staged(imp) && (whole || s.undone(imp)) {
				k.Sets = append(k.Sets, s.setData(set))
			}
		}
		if whole {
			k.Text = s.texts[a.TextHash]
		}
		if s.staged(a.Import) || !whole && len(k.Sets) == 0 && len(k.State.Extra) == 0 {
			continue
		}
		slices.SortFunc(k.Sets, func(a, b annotate.SetData) int {
			return cmp.Or(compareStrings(a.Set.Annotator, b.Set.Annotator), compareStrings(a.Set.ID, b.Set.ID))
		})
		all = append(all, k)
	}
	slices.SortFunc(all, func(a, b *annotate.Kept) int {
		return cmp.Or(cmp.Compare(a.Article.Order, b.Article.Order), compareStrings(a.Article.ID, b.Article.ID))
	})
	return all
}

// setData is a set with what is in it, whoever sees it.
func (s *state) setData(set id) annotate.SetData {
	data := annotate.SetData{Set: s.records[annotate.KindSet][set].(annotate.AnnotationSet)}
	name := func(label id) string {
		l, _ := s.records[annotate.KindLabel][label].(annotate.Label)
		return l.Name
	}
	for span := range s.spans[set] {
		data.Spans = append(data.Spans, s.records[annotate.KindSpan][span].(annotate.Span))
	}
	slices.SortFunc(data.Spans, func(a, b annotate.Span) int { return annotate.CompareSpans(a, b, name) })
	for rel := range s.relations[set] {
		data.Relations = append(data.Relations, s.records[annotate.KindRelation][rel].(annotate.Relation))
	}
	slices.SortFunc(data.Relations, func(a, b annotate.Relation) int { return compareStrings(a.ID, b.ID) })
	return data
}
