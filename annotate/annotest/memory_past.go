package annotest

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"lede/annotate"
)

func (h *handle) Past(_ context.Context, q annotate.PastQuery) ([]int64, error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	var found []int64
	for _, c := range slices.Backward(h.state.changes) {
		switch {
		case q.Actor != "" && c.Actor != q.Actor,
			q.Article != "" && c.Article != q.Article && !slices.Contains(c.articles, q.Article),
			q.Topic != "" && !c.Touches().About(q.Topic),
			!q.Covers(c.At()):
			continue
		}
		says := strings.ToLower(c.Sentence() + "\n" + h.state.pastTitle(c.Change))
		if !slices.ContainsFunc(q.Words, func(w string) bool { return !strings.Contains(says, strings.ToLower(w)) }) {
			found = append(found, c.Position)
		}
	}
	return found, nil
}

// pastTitle is what the article of a change is called.
func (s *state) pastTitle(c annotate.Change) string {
	a, _ := s.records[annotate.KindArticle][c.Article].(annotate.Article)
	return cmp.Or(a.Title, a.Ref)
}

func (h *handle) PastRows(_ context.Context, positions []int64) ([]annotate.PastRow, error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	var rows []annotate.PastRow
	for _, c := range h.state.changes {
		if slices.Contains(positions, c.Position) {
			rows = append(rows, h.state.pastRow(c))
		}
	}
	return annotate.InOrder(positions, rows), nil
}

func (s *state) pastRow(e entry) annotate.PastRow {
	articles := map[id]bool{}
	for _, a := range e.articles {
		if a != "" {
			articles[a] = true
		}
	}
	row := annotate.PastRow{Change: e.Change, Undone: !s.inForce(e.ID), Touches: len(e.Ops), Articles: len(articles), Where: s.pastTitle(e.Change)}
	row.Ops = nil
	return row
}

func (h *handle) Actors(context.Context) ([]string, error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	var actors []string
	for _, c := range h.state.changes {
		actors = append(actors, c.Actor)
	}
	slices.Sort(actors)
	return slices.Compact(actors), nil
}

func (h *handle) Dependents(_ context.Context, change id, limit int) ([]annotate.PastRow, error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	s := h.state
	at := slices.IndexFunc(s.changes, func(c entry) bool { return c.ID == change })
	if at < 0 {
		return nil, annotate.ErrNotFound
	}
	target := s.changes[at]
	since := s.since(target)
	var rows []annotate.PastRow
	for _, c := range slices.Backward(s.changes) {
		if c.ID != change && c.Undoes == "" && c.Redoes == "" && s.inForce(c.ID) && s.since(c) > since && s.depends(c, target) {
			rows = append(rows, s.pastRow(c))
		}
	}
	return rows[:min(limit, len(rows))], nil
}

// since is the position from which on a change has been in force.
func (s *state) since(c entry) int64 {
	since := c.Position
	for _, other := range s.changes {
		if other.Redoes == c.ID {
			since = other.Position
		}
	}
	return since
}

// depends says whether a later change rests on what target did.
func (s *state) depends(later, target entry) bool {
	made, altered, needed := idSet{}, map[kind]idSet{}, idSet{}
	unbinned, imports := idSet{}, idSet{}
	for _, op := range target.Ops {
		if annotate.SameRecord(op.Before, op.After) {
			continue
		}
		if altered[op.Kind] == nil {
			altered[op.Kind] = idSet{}
		}
		altered[op.Kind][op.ID] = true
		if op.Before == nil {
			made[op.ID] = true
			imports[op.ID] = op.Kind == annotate.KindImport
		}
		for _, ref := range refersTo(op.Before) {
			needed[ref] = true
		}
		if st, ok := op.After.(annotate.ArticleState); ok && st.Presence == annotate.Live {
			unbinned[op.ID] = true
		}
	}
	for i, op := range later.Ops {
		refs := append(refersTo(op.Before), refersTo(op.After)...)
		ofImport := slices.ContainsFunc(later.brought[i], func(i id) bool { return imports[i] })
		brings := op.Kind == annotate.KindImport && op.Before == nil && s.importNeeds(op.ID, made, imports)
		switch {
		case altered[op.Kind][op.ID], slices.ContainsFunc(refs, func(r id) bool { return made[r] }), ofImport, brings,
			op.After == nil && needed[op.ID],
			unbinned[later.articles[i]] && (op.Kind == annotate.KindSet || op.Kind == annotate.KindSpan || op.Kind == annotate.KindRelation):
			return true
		}
	}
	return false
}

// refersTo lists the records that a part of an annotation set refers to.
func refersTo(r record) []id {
	switch r := r.(type) {
	case annotate.AnnotationSet:
		return []id{r.Annotator}
	case annotate.Span:
		return []id{r.Set, r.Label, r.Entity}
	case annotate.Relation:
		return []id{r.Set, r.Type, r.From, r.To}
	}
	return nil
}

// importNeeds says whether anything that an import brought as it is now refers to
// records, or lies in an article of another import.
func (s *state) importNeeds(imp id, made, imports idSet) bool {
	for _, k := range []kind{annotate.KindSet, annotate.KindSpan, annotate.KindRelation} {
		for _, r := range s.records[k] {
			if s.broughtBy(r) != imp {
				continue
			}
			if set, ok := r.(annotate.AnnotationSet); ok {
				if a, ok := s.records[annotate.KindArticle][set.Article].(annotate.Article); ok && imports[a.Import] {
					return true
				}
			}
			if slices.ContainsFunc(refersTo(r), func(i id) bool { return made[i] && i != imp }) {
				return true
			}
		}
	}
	return false
}
