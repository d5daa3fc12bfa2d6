package annotest

import (
	"context"
	"slices"
	"time"

	"lede/annotate"
)

// last is the position of the newest change.
func (s *state) last() int64 {
	if len(s.changes) == 0 {
		return 0
	}
	return s.changes[len(s.changes)-1].Position
}

// compacted is what the history was compacted from, nil if it never was.
func (s *state) compacted() *annotate.Replaced {
	if len(s.changes) == 0 {
		return nil
	}
	return s.changes[0].Replaced
}

// replacedBy is what would stand for the changes up to a position, and how many of them
// are there.
func (s *state) replacedBy(through int64) (r annotate.Replaced, fresh int) {
	schema := 0
	for _, c := range s.changes {
		if c.Position > through {
			break
		}
		switch {
		case c.Replaced != nil:
			schema = c.Replaced.Schema
		case c.TouchesSchema():
			schema++
		}
		if r.Add(c.Change, schema); c.Replaced == nil {
			fresh++
		}
	}
	return r, fresh
}

func (h *handle) PlanCompaction(_ context.Context, before time.Time) (c annotate.Compaction, err error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	through := h.state.last()
	for _, e := range slices.Backward(h.state.changes) {
		if !e.At().Before(before) {
			through = e.Position - 1
		}
	}
	if c.Replaced, c.Fresh = h.state.replacedBy(through); c.Fresh == 0 {
		return c, annotate.NothingToCompact(h.path)
	}
	c.Kept = int(h.state.last() - through)
	return c, nil
}

func (h *handle) Compact(ctx context.Context, actor string, through int64, news func(done, total int)) (annotate.Change, error) {
	if err := ctx.Err(); err != nil {
		return annotate.Change{}, err
	}
	if err := h.writable("compact the history of"); err != nil {
		return annotate.Change{}, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	s := h.state
	r, fresh := s.replacedBy(through)
	if fresh == 0 || int64(r.Changes) != through {
		return annotate.Change{}, annotate.NothingToCompact(h.path)
	}
	begin := slices.IndexFunc(s.changes, func(c entry) bool { return c.Position == through })
	first := entry{Change: annotate.Change{
		ID: s.changes[0].ID, Actor: actor, Cause: annotate.CauseBaseline, Title: annotate.BaselineTitle, Replaced: &r,
		Replica: s.changes[begin].Replica, Seq: s.changes[begin].Seq, Clock: s.changes[begin].Clock, Position: through,
	}}
	if first.Ops = s.dead(through); len(first.Ops) > 0 {
		first.articles, first.brought = make([]id, len(first.Ops)), make([][]id, len(first.Ops))
	}
	end := h.stamp(entry{Change: annotate.Change{
		ID: h.env.NewID(), Actor: actor, Cause: annotate.CauseCompact, Title: annotate.CompactTitle(fresh),
	}})
	gone := idSet{}
	for _, c := range s.changes[:begin+1] {
		gone[c.ID] = true
		for _, a := range c.articles {
			s.touched[a] = int(c.Position)
		}
	}
	kept := []entry{first}
	for _, c := range s.changes[begin+1:] {
		if gone[c.Undoes] {
			c.Undoes = ""
		}
		if gone[c.Redoes] {
			c.Redoes = ""
		}
		kept = append(kept, c)
	}
	s.changes = append(kept, end)
	if news != nil {
		news(fresh, fresh)
	}
	return end.Change, nil
}

// dead are ops that end the records which only changes up to a position speak of, and
// at which something still points.
func (s *state) dead(through int64) (ops []annotate.Op) {
	ended := map[traceKey]record{}
	for _, c := range s.changes {
		for _, op := range c.Ops {
			switch k := (traceKey{op.Kind, op.ID}); {
			case op.After != nil || c.Position > through:
				delete(ended, k)
			default:
				ended[k] = op.Before
			}
		}
	}
	pointed := map[traceKey]bool{}
	for _, k := range []kind{annotate.KindSet, annotate.KindSpan, annotate.KindRelation} {
		for _, r := range s.records[k] {
			switch r := r.(type) {
			case annotate.AnnotationSet:
				pointed[traceKey{annotate.KindAnnotator, r.Annotator}] = true
			case annotate.Span:
				pointed[traceKey{annotate.KindLabel, r.Label}] = true
				pointed[traceKey{annotate.KindEntity, r.Entity}] = true
			case annotate.Relation:
				pointed[traceKey{annotate.KindRelationType, r.Type}] = true
			}
		}
	}
	for _, k := range []kind{annotate.KindLabel, annotate.KindRelationType, annotate.KindEntity, annotate.KindAnnotator} {
		from := len(ops)
		for at, r := range ended {
			if at.kind == k && pointed[at] {
				ops = append(ops, annotate.Delete(r))
			}
		}
		slices.SortFunc(ops[from:], func(a, b annotate.Op) int { return compareStrings(a.ID, b.ID) })
	}
	return ops
}

// Room is none: there is no file.
func (h *handle) Room(context.Context) (annotate.Room, error) { return annotate.Room{Free: -1}, nil }

func (h *handle) Shrink(ctx context.Context, _ func(done, total int64)) error {
	if err := h.writable("shrink"); err != nil {
		return err
	}
	return ctx.Err()
}

func (h *handle) PlanPurge(_ context.Context, articles []id) (annotate.Purge, error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	plan, _, err := h.state.planPurge(h.path, articles)
	return plan, err
}

func (s *state) planPurge(path string, articles []id) (plan annotate.Purge, going idSet, err error) {
	going = idSet{}
	missing := 0
	for _, a := range articles {
		if going[a] {
			continue
		}
		if going[a] = true; !s.articleShown(a) || s.presence(a) != annotate.Deleted {
			missing++
			continue
		}
		plan.Articles++
		for set := range s.sets[a] {
			plan.Spans, plan.Relations = plan.Spans+len(s.spans[set]), plan.Relations+len(s.relations[set])
		}
	}
	switch {
	case len(going) == 0:
		return plan, going, annotate.ErrNothing
	case missing > 0:
		return plan, going, annotate.NotInBin(path, missing)
	}
	for a := range going {
		if s.shared(a, going) {
			plan.Shared++
		}
	}
	for _, c := range s.changes {
		if slices.ContainsFunc(c.articles, func(a id) bool { return going[a] }) {
			plan.Changes++
		}
	}
	return plan, going, nil
}

// shared says whether an article that stays has the text of one that goes.
func (s *state) shared(article id, going idSet) bool {
	hash := s.records[annotate.KindArticle][article].(annotate.Article).TextHash
	for other, r := range s.records[annotate.KindArticle] {
		if !going[other] && r.(annotate.Article).TextHash == hash {
			return true
		}
	}
	return false
}

func (h *handle) Purge(ctx context.Context, actor string, articles []id) (annotate.Change, error) {
	if err := ctx.Err(); err != nil {
		return annotate.Change{}, err
	}
	if err := h.writable("purge"); err != nil {
		return annotate.Change{}, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	s := h.state
	plan, going, err := s.planPurge(h.path, articles)
	if err != nil {
		return annotate.Change{}, err
	}
	less := s.broughtOf(going)
	for i := range s.changes {
		s.changes[i] = s.changes[i].without(going, less)
	}
	for imp, n := range less {
		if r, ok := s.records[annotate.KindImport][imp].(annotate.Import); ok {
			s.put(reduced(r, n))
		}
	}
	for a := range going {
		if hash := s.records[annotate.KindArticle][a].(annotate.Article).TextHash; !s.shared(a, going) {
			delete(s.texts, hash)
		}
	}
	for a := range going {
		s.dropArticle(a)
	}
	end := h.stamp(entry{Change: annotate.Change{ID: h.env.NewID(), Actor: actor, Cause: annotate.CausePurge, Title: annotate.PurgeTitle(plan.Articles)}})
	s.changes = append(s.changes, end)
	return end.Change, nil
}

// dropArticle removes an article and what lies in it.
func (s *state) dropArticle(article id) {
	for set := range s.sets[article] {
		for i := range s.relations[set] {
			s.remove(annotate.KindRelation, i)
		}
		for i := range s.spans[set] {
			s.remove(annotate.KindSpan, i)
		}
		s.remove(annotate.KindSet, set)
	}
	s.remove(annotate.KindArticleState, article)
	s.remove(annotate.KindArticle, article)
}

// without is a change that says nothing of some articles, and less of their imports.
func (e entry) without(going idSet, less map[id]*annotate.Import) entry {
	about := going[e.Article]
	kept := entry{Change: e.Change}
	kept.Ops = nil
	for i, op := range e.Ops {
		if going[e.articles[i]] {
			about = true
			kept.Purged++
			continue
		}
		if n := less[op.ID]; n != nil && op.Kind == annotate.KindImport {
			op.Before, op.After = reducedOrNone(op.Before, n), reducedOrNone(op.After, n)
		}
		kept.Ops = append(kept.Ops, op)
		kept.articles, kept.brought = append(kept.articles, e.articles[i]), append(kept.brought, e.brought[i])
	}
	if about {
		kept.Title, kept.Article = annotate.PurgedTitle, ""
	}
	return kept
}

func reducedOrNone(r record, n *annotate.Import) record {
	if imp, ok := r.(annotate.Import); ok {
		return reduced(imp, n)
	}
	return r
}

// reduced is an import that brought so much less.
func reduced(r annotate.Import, n *annotate.Import) annotate.Import {
	r.Articles, r.Sets, r.Spans = max(0, r.Articles-n.Articles), max(0, r.Sets-n.Sets), max(0, r.Spans-n.Spans)
	return r
}

// broughtOf counts what each import brought of some articles and of what lies in them.
func (s *state) broughtOf(going idSet) map[id]*annotate.Import {
	found := map[id]*annotate.Import{}
	for imp := range s.records[annotate.KindImport] {
		found[imp] = &annotate.Import{}
	}
	traces := map[traceKey]*trace{}
	for _, c := range s.changes {
		for i, op := range c.Ops {
			if !going[c.articles[i]] {
				continue
			}
			k := traceKey{op.Kind, op.ID}
			if traces[k] == nil {
				traces[k] = &trace{created: op.Before == nil}
				if len(c.brought[i]) > 0 {
					traces[k].imp = c.brought[i][0]
				}
			}
			traces[k].last = op.After
		}
	}
	for _, k := range []kind{annotate.KindArticle, annotate.KindSet, annotate.KindSpan} {
		for i, r := range s.records[k] {
			of, _ := s.articleOf(r)
			if k == annotate.KindArticle {
				of = i
			}
			if t := traces[traceKey{k, i}]; going[of] && (t == nil || !t.created) {
				count(found, k, s.broughtBy(r))
			}
		}
	}
	for k, t := range traces {
		if !t.created && t.last == nil {
			count(found, k.kind, t.imp)
		}
	}
	return found
}

// count counts one record for the import that brought it.
func count(found map[id]*annotate.Import, k kind, imp id) {
	switch c := found[imp]; {
	case c == nil:
	case k == annotate.KindArticle:
		c.Articles++
	case k == annotate.KindSet:
		c.Sets++
	case k == annotate.KindSpan:
		c.Spans++
	}
}
