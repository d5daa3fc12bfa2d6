package annotest

import (
	"context"
	"slices"

	"lede/annotate"
)

// AsOf is a handle on a copy in which all later changes are taken back.
func (h *handle) AsOf(ctx context.Context, position int64, news func(done, total int)) (annotate.Store, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	h.mu.RLock()
	defer h.mu.RUnlock()
	at := slices.IndexFunc(h.state.changes, func(c entry) bool { return c.Position == position })
	if at < 0 {
		return nil, annotate.ErrNotFound
	}
	then := &memory{env: h.env, hooks: h.hooks, projects: h.projects, replica: h.replica, state: h.state.clone()}
	then.state.drop(func(imp annotate.Import) bool { return imp.State == annotate.ImportStaged })
	later := slices.Clone(then.state.changes[at+1:])
	for done, c := range slices.Backward(later) {
		for _, op := range slices.Backward(c.Ops) {
			then.state.takeBack(op)
		}
		if news != nil {
			news(len(later)-done, len(later))
		}
	}
	then.state.changes = then.state.changes[:at+1]
	view := then.open(h.path, annotate.ModeRead)
	last := then.state.changes[at].Change
	last.Ops = nil
	view.asOf, view.why = &last, "The project is shown as it was on "+last.At().Local().Format("2 January 2006 at 15:04:05")+"."
	return view, nil
}

func (s *state) takeBack(op annotate.Op) {
	if op.Kind == annotate.KindImport && op.Before == nil {
		s.drop(func(imp annotate.Import) bool { return imp.ID == op.ID })
		return
	}
	s.remove(op.Kind, op.ID)
	if op.Before != nil {
		s.put(op.Before)
	}
}

// drop removes imports with all that they brought.
func (s *state) drop(gone func(annotate.Import) bool) {
	for i, r := range s.records[annotate.KindImport] {
		if !gone(r.(annotate.Import)) {
			continue
		}
		var brought []record
		for _, k := range []kind{annotate.KindRelation, annotate.KindSpan, annotate.KindSet, annotate.KindArticle} {
			for _, r := range s.records[k] {
				if s.broughtBy(r) == i {
					brought = append(brought, r)
				}
			}
		}
		for _, r := range brought {
			s.remove(r.RecordKind(), r.RecordID())
			if r.RecordKind() == annotate.KindArticle {
				s.remove(annotate.KindArticleState, r.RecordID())
			}
		}
		s.remove(annotate.KindImport, i)
	}
}
