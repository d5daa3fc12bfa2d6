package annotest

import (
	"context"
	"fmt"

	"lede/annotate"
)

// BeginRestore fills a state of its own, which takes the place of the project's.
func (h *handle) BeginRestore(context.Context) (annotate.Restorer, error) {
	if err := h.writable("restore"); err != nil {
		return nil, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.importing != nil || h.restoring {
		return nil, &annotate.Error{Kind: annotate.ErrBusy, Op: "restore", Subject: h.path, Detail: "an import is running."}
	}
	if h.state.last() > 1 {
		return nil, &annotate.Error{Kind: annotate.ErrExists, Op: "restore", Subject: h.path, Detail: "something was done in the project already."}
	}
	h.restoring = true
	r := &restorer{memory: h.memory, next: newState(h.hooks)}
	r.seq.Known = func(change id) (bool, error) { return r.known[change], nil }
	return r, nil
}

type restorer struct {
	*memory
	next  *state
	seq   annotate.Sequence
	known map[id]bool // changes
	done  bool
}

// do runs one step, unless the restore is over.
func (r *restorer) do(ctx context.Context, step func() error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.done {
		return errDone
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return step()
}

func (r *restorer) put(x record) error {
	ops, err := cloneOps([]annotate.Op{annotate.Create(x)})
	if err != nil {
		return err
	}
	if r.next.stored(x.RecordKind(), x.RecordID()) != nil {
		return refused(x, "it is there twice")
	}
	r.next.put(ops[0].After)
	return nil
}

func (r *restorer) Records(ctx context.Context, records []annotate.Record) error {
	return r.do(ctx, func() error {
		for _, x := range records {
			imp, ok := x.(annotate.Import)
			if bulk(x.RecordKind()) || x.RecordID() == "" || ok && imp.State != annotate.ImportLive && imp.State != annotate.ImportUndone {
				return refused(x, "it cannot stand by itself, or is in no state to be kept")
			}
			if err := r.put(x); err != nil {
				return err
			}
		}
		return nil
	})
}

// bulk says whether an import brings records of the kind without ops.
func bulk(k kind) bool {
	switch k {
	case annotate.KindArticle, annotate.KindArticleState, annotate.KindSet, annotate.KindSpan, annotate.KindRelation:
		return true
	default:
		return false
	}
}

func (r *restorer) Articles(ctx context.Context, batch []annotate.Kept) error {
	return r.do(ctx, func() error {
		for i := range batch {
			if err := r.article(&batch[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

func (r *restorer) article(k *annotate.Kept) error {
	if err := k.Validate(); err != nil {
		return err
	}
	records := []record{k.Article, k.State}
	if k.Text == nil {
		if !annotate.SameRecord(r.next.stored(annotate.KindArticle, k.Article.ID), k.Article) {
			return refused(k.Article, "its text is not there, or it says otherwise elsewhere")
		}
		r.next.remove(annotate.KindArticleState, k.State.ID)
		records = []record{k.State}
	} else {
		r.next.texts[k.Article.TextHash] = k.Text
	}
	for _, d := range k.Sets {
		records = append(records, d.Set)
		for _, s := range d.Spans {
			records = append(records, s)
		}
		for _, x := range d.Relations {
			records = append(records, x)
		}
	}
	for _, x := range records {
		if err := r.put(x); err != nil {
			return err
		}
	}
	return nil
}

func (r *restorer) History(ctx context.Context, changes []annotate.Change) error {
	return r.do(ctx, func() error {
		for _, c := range changes {
			c, err := r.seq.Next(c)
			if err != nil {
				return err
			}
			if c.Ops, err = cloneOps(c.Ops); err != nil {
				return err
			}
			if r.known == nil {
				r.known = map[id]bool{}
			}
			r.known[c.ID] = true
			r.next.changes = append(r.next.changes, entry{Change: c})
		}
		return nil
	})
}

func (r *restorer) Commit(ctx context.Context) error {
	return r.do(ctx, func() error {
		if len(r.next.changes) == 0 {
			return &annotate.Error{Kind: annotate.ErrInvalid, Op: "restore", Detail: "it has no history."}
		}
		var every []annotate.Op
		for _, c := range r.next.changes {
			every = append(every, c.Ops...)
		}
		for i := range r.next.changes {
			c := &r.next.changes[i]
			for _, op := range c.Ops {
				article, brought := r.next.about(op, every)
				c.articles, c.brought = append(c.articles, article), append(c.brought, brought)
			}
		}
		if problem := (&fold{state: r.next, every: every}).verify(); problem != "" {
			return &annotate.Error{Kind: annotate.ErrInvalid, Op: "restore", Detail: "the records and the history do not add up: " + problem + "."}
		}
		r.state, r.done, r.restoring = r.next, true, false
		return nil
	})
}

func (r *restorer) Abort(context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.done {
		r.done, r.restoring = true, false
	}
	return nil
}

// fold holds records and history against each other.
type fold struct {
	*state
	every []annotate.Op
}

type traceKey struct {
	kind kind
	id   id
}

// trace is how a record came and how it was left.
type trace struct {
	created bool
	last    record
	imp     id
}

func (f *fold) verify() string {
	for _, k := range annotate.Kinds {
		for _, r := range f.records[k] {
			if problem := f.record(k, r); problem != "" {
				return fmt.Sprintf("%s %s: %s", k, r.RecordID(), problem)
			}
		}
	}
	return f.history()
}

// record checks one record in its surroundings.
func (f *fold) record(k kind, r record) string {
	said := func(err error) string {
		if err != nil {
			return err.Error()
		}
		return ""
	}
	switch r := r.(type) {
	case annotate.Import:
		return ""
	case annotate.ArticleState:
		if r.Presence != annotate.Live && f.compacted() == nil && !f.was(traceKey{k, r.ID}) {
			return "no change put it into the bin"
		}
		return ""
	}
	if !bulk(k) {
		if err := annotate.Validate([]annotate.Op{annotate.Create(r)}, f.state); err != nil {
			return err.Error()
		}
		return said(f.uniqueRecord(r))
	}
	seen := f.current(k, r.RecordID()) != nil
	var points []traceKey
	switch r := r.(type) {
	case annotate.Article:
		if points = append(points, traceKey{annotate.KindImport, r.Import}); r.Import == "" {
			return "no import brought it"
		}
	case annotate.AnnotationSet:
		points = append(points, traceKey{annotate.KindImport, r.Import}, traceKey{annotate.KindAnnotator, r.Annotator})
	case annotate.Span:
		points = append(points, traceKey{annotate.KindLabel, r.Label}, traceKey{annotate.KindEntity, r.Entity})
	case annotate.Relation:
		points = append(points, traceKey{annotate.KindRelationType, r.Type})
	}
	for _, p := range points {
		if p.id != "" && f.stored(p.kind, p.id) == nil && (seen || !f.was(p)) {
			return fmt.Sprintf("%s %s is not there", p.kind, p.id)
		}
	}
	return said(f.uniqueRecord(r))
}

// was says whether the history knows a record.
func (f *fold) was(k traceKey) bool {
	for _, op := range f.every {
		if op.Kind == k.kind && op.ID == k.id {
			return true
		}
	}
	return false
}

// history follows every record through the ops.
func (f *fold) history() string {
	traces := map[traceKey]*trace{}
	began := map[id]annotate.Import{}
	for _, c := range f.changes {
		for i, op := range c.Ops {
			k := traceKey{op.Kind, op.ID}
			t := traces[k]
			switch {
			case t == nil:
				t = &trace{created: op.Before == nil}
				if len(c.brought[i]) > 0 {
					t.imp = c.brought[i][0]
				}
				ofSet := op.Kind == annotate.KindSet || op.Kind == annotate.KindSpan || op.Kind == annotate.KindRelation
				if traces[k] = t; op.Before != nil && f.compacted() == nil && (!bulk(op.Kind) || ofSet && t.imp == "") {
					return fmt.Sprintf("change %d alters %s %s, which nothing created", c.Position, op.Kind, op.ID)
				}
			case !annotate.SameRecord(t.last, op.Before):
				return fmt.Sprintf("change %d takes %s %s for other than it was", c.Position, op.Kind, op.ID)
			}
			t.last = op.After
			if imp, ok := op.After.(annotate.Import); ok && op.Before == nil {
				began[op.ID] = imp
			}
		}
	}
	for k, t := range traces {
		if !annotate.SameRecord(f.stored(k.kind, k.id), t.last) {
			return fmt.Sprintf("%s %s is not as the history left it", k.kind, k.id)
		}
	}
	return f.brought(traces, began)
}

// brought counts what imports brought, and finds what nothing brought.
func (f *fold) brought(traces map[traceKey]*trace, began map[id]annotate.Import) string {
	found := map[id]*annotate.Import{}
	for i := range began {
		found[i] = &annotate.Import{}
	}
	for _, k := range annotate.Kinds {
		for i, r := range f.records[k] {
			t := traces[traceKey{k, i}]
			imp := f.broughtBy(r)
			if t == nil && imp == "" && k != annotate.KindArticleState && f.compacted() == nil {
				return fmt.Sprintf("no change made %s %s", k, i)
			}
			if t == nil || !t.created {
				count(found, k, imp)
			}
		}
	}
	for k, t := range traces {
		if !t.created && t.last == nil {
			count(found, k.kind, t.imp)
		}
	}
	for i, said := range began {
		if c := found[i]; c.Articles != said.Articles || c.Sets != said.Sets || c.Spans != said.Spans {
			return fmt.Sprintf("import %s brought other than is there", i)
		}
	}
	return ""
}
