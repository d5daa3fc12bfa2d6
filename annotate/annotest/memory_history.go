package annotest

import (
	"context"
	"slices"

	"lede/annotate"
)

func (h *handle) Has(ctx context.Context, k kind, i id) (bool, error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	if h.state.stored(k, i) != nil || (h.importing != nil && h.importing.staged[k][i] != nil) {
		return true, nil
	}
	for _, c := range h.state.changes {
		for _, op := range c.Ops {
			if op.Kind == k && op.ID == i {
				return true, nil
			}
		}
	}
	return false, nil
}

func (h *handle) Position(ctx context.Context) (int64, error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.state.last(), nil
}

func (h *handle) History(ctx context.Context, q annotate.HistoryQuery) ([]annotate.Change, error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	var found []annotate.Change
	for _, c := range h.state.changes {
		switch {
		case len(q.IDs) > 0 && !slices.Contains(q.IDs, c.ID),
			c.Position <= q.After,
			q.Actor != "" && c.Actor != q.Actor,
			q.Article != "" && c.Article != q.Article && !slices.Contains(c.articles, q.Article),
			q.StackedOnly && !c.Cause.Stacked():
			continue
		}
		change := c.Change
		if q.WithoutOps {
			change.Ops = nil
		}
		found = append(found, change)
	}
	if q.Newest {
		slices.Reverse(found)
	}
	if q.Limit > 0 {
		found = found[:min(q.Limit, len(found))]
	}
	return found, nil
}

func (h *handle) Touches(_ context.Context, change id) (annotate.Touches, error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	for _, c := range h.state.changes {
		if c.ID == change && len(c.Ops) > 0 {
			return c.Touches(), nil
		}
	}
	return nil, annotate.ErrNotFound
}

func (h *handle) LastChange(ctx context.Context, k kind, i id) (annotate.Change, error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	for _, c := range slices.Backward(h.state.changes) {
		for _, op := range c.Ops {
			if op.Kind == k && op.ID == i {
				return c.Change, nil
			}
		}
	}
	return annotate.Change{}, annotate.ErrNotFound
}
