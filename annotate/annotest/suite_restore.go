package annotest

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"lede/annotate"
)

// forgery is a Restorer that alters what passes through it.
type forgery struct {
	annotate.Restorer
	record  func(annotate.Record) annotate.Record // nil: left out
	article func(*annotate.Kept)
	change  func(*annotate.Change) bool // false: left out
}

func (f forgery) Records(ctx context.Context, records []annotate.Record) error {
	var altered []annotate.Record
	for _, r := range records {
		if f.record != nil {
			r = f.record(r)
		}
		if r != nil {
			altered = append(altered, r)
		}
	}
	return f.Restorer.Records(ctx, altered)
}

func (f forgery) Articles(ctx context.Context, batch []annotate.Kept) error {
	batch = slices.Clone(batch)
	for i := range batch {
		if f.article != nil {
			batch[i].Sets = slices.Clone(batch[i].Sets)
			for k := range batch[i].Sets {
				batch[i].Sets[k].Spans = slices.Clone(batch[i].Sets[k].Spans)
			}
			f.article(&batch[i])
		}
	}
	return f.Restorer.Articles(ctx, batch)
}

func (f forgery) History(ctx context.Context, changes []annotate.Change) error {
	var altered []annotate.Change
	for _, c := range changes {
		c.Ops = slices.Clone(c.Ops)
		if f.change == nil || f.change(&c) {
			altered = append(altered, c)
		}
	}
	return f.Restorer.History(ctx, altered)
}

// testRestoreRefused hands a project on with one thing altered: nothing of it may
// stay.
func testRestoreRefused(t testing.TB, open func(testing.TB) Harness) {
	w := newWorld(t, open)
	w.imports(w.annotated("first", "some text"), w.annotated("second", "other text"))
	set := w.set(w.documentOf("first"), w.ben)
	span := w.span(set.ID, w.actor, 1, 2)
	made := w.apply(annotate.Create(set), annotate.Create(span))
	_, err := w.Apply(ctx, w.undo(made))
	w.must(err)
	bin := annotate.ArticleState{ID: w.documentOf("second"), Presence: annotate.Live}
	gone := bin
	gone.Presence = annotate.Deleted
	w.apply(annotate.Update(bin, gone))
	gone.Presence = "elsewhere"

	into, err := w.Projects.Create(ctx, w.Other(), "ben", []annotate.Record{annotate.Label{ID: w.newID(), Name: "own"}})
	w.must(err)
	t.Cleanup(func() { _ = into.Close() })
	before, err := DumpWhole(ctx, into)
	w.must(err)
	at := func(position int64, alter func(c *annotate.Change)) forgery {
		return forgery{change: func(c *annotate.Change) bool {
			if c.Position == position {
				alter(c)
			}
			return true
		}}
	}
	first := func(alter func(k *annotate.Kept)) forgery {
		return forgery{article: func(k *annotate.Kept) {
			if k.Article.Ref == "first" {
				alter(k)
			}
		}}
	}
	for name, f := range map[string]forgery{
		"no history":          {change: func(*annotate.Change) bool { return false }},
		"a change is missing": {change: func(c *annotate.Change) bool { return c.Position != 3 }},
		"the last is missing": {change: func(c *annotate.Change) bool { return c.Position != 5 }},
		"no record":           {record: func(annotate.Record) annotate.Record { return nil }},
		"another label": {record: func(r annotate.Record) annotate.Record {
			if l, ok := r.(annotate.Label); ok {
				l.Name += " 2"
				return l
			}
			return r
		}},
		"labels of one name": {record: func(r annotate.Record) annotate.Record {
			if l, ok := r.(annotate.Label); ok {
				l.Name = "actor"
				return l
			}
			return r
		}},
		"a staged import": {record: func(r annotate.Record) annotate.Record {
			if i, ok := r.(annotate.Import); ok {
				i.State = annotate.ImportStaged
				return i
			}
			return r
		}},
		"other counts": {record: func(r annotate.Record) annotate.Record {
			if i, ok := r.(annotate.Import); ok {
				i.Spans++
				return i
			}
			return r
		}},
		"no seq":            at(3, func(c *annotate.Change) { c.Seq = 9 }),
		"the clock back":    at(3, func(c *annotate.Change) { c.Clock = 1 }),
		"the clock ahead":   at(5, func(c *annotate.Change) { c.Clock = 1<<63 - 1 }),
		"the same id":       at(4, func(c *annotate.Change) { c.ID = made.ID }),
		"undoes nothing":    at(4, func(c *annotate.Change) { c.Undoes = "nothing" }),
		"no ops":            at(3, func(c *annotate.Change) { c.Ops = nil }),
		"an op twice":       at(3, func(c *annotate.Change) { c.Ops = append(c.Ops, c.Ops[0]) }),
		"an empty op":       at(3, func(c *annotate.Change) { c.Ops[0].After = nil }),
		"an op of another":  at(3, func(c *annotate.Change) { c.Ops[0].ID = "another" }),
		"an op of no kind":  at(3, func(c *annotate.Change) { c.Ops[0].Kind = "none" }),
		"an article made":   at(3, func(c *annotate.Change) { c.Ops[0] = annotate.Create(annotate.Article{ID: "x", Ref: "x"}) }),
		"another before":    at(4, func(c *annotate.Change) { c.Ops[0].Before = w.span(set.ID, w.quote, 0, 1) }),
		"another presence":  first(func(k *annotate.Kept) { k.State.Presence = gone.Presence }),
		"in the bin":        first(func(k *annotate.Kept) { k.State.Presence = annotate.Deleted }),
		"another hash":      first(func(k *annotate.Kept) { k.Article.TextHash = strings.Repeat("0", 64) }),
		"another length":    first(func(k *annotate.Kept) { k.Article.Length++ }),
		"no ref":            first(func(k *annotate.Kept) { k.Article.Ref = "" }),
		"no text":           first(func(k *annotate.Kept) { k.Text = nil }),
		"of no import":      first(func(k *annotate.Kept) { k.Article.Import = "" }),
		"of another import": first(func(k *annotate.Kept) { k.Article.Import = "other" }),
		"outside the text":  first(func(k *annotate.Kept) { k.Sets[0].Spans[0].Fragments = annotate.Fragments{{Start: 0, End: 99}} }),
		"no label":          first(func(k *annotate.Kept) { k.Sets[0].Spans[0].Label = "none" }),
		"a span is missing": first(func(k *annotate.Kept) { k.Sets[0].Spans, k.Sets[0].Relations = k.Sets[0].Spans[:1], nil }),
		"a span twice":      first(func(k *annotate.Kept) { k.Sets[0].Spans[1].ID = k.Sets[0].Spans[0].ID }),
		"another's set":     first(func(k *annotate.Kept) { k.Sets[0].Set.Article = "other" }),
		"no annotator":      first(func(k *annotate.Kept) { k.Sets[0].Set.Annotator = "none" }),
		"the set twice": first(func(k *annotate.Kept) {
			extra := k.Sets[0]
			extra.Set.ID, extra.Spans, extra.Relations = "extra", nil, nil
			k.Sets = append(k.Sets, extra)
		}),
	} {
		r, err := into.BeginRestore(ctx)
		w.must(err)
		_, err = into.BeginRestore(ctx)
		w.fails(err, annotate.ErrBusy)
		f.Restorer = r
		if err = bringAll(ctx, w.Store, f); err == nil {
			err = f.Commit(ctx)
		}
		if !errors.Is(err, annotate.ErrInvalid) || err.Error() == "" {
			w.Errorf("%s: %v", name, err)
		}
		w.must(r.Abort(ctx))
		w.must(r.Abort(ctx))
		after, err := DumpWhole(ctx, into)
		w.must(err)
		if diff := Diff(before, after); diff != "" {
			w.Fatalf("%s: the project differs: %s", name, diff)
		}
	}
	w.must(HandOn(ctx, w.Store, into))
	_, err = into.BeginRestore(ctx)
	w.fails(err, annotate.ErrExists)
}

// documentOf is the article of a ref.
func (w *world) documentOf(ref string) id {
	w.Helper()
	found, err := w.Find(ctx, ref, "")
	w.must(err)
	same(w, "found", 1, len(found))
	return found[0].ID
}
