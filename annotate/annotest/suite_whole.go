package annotest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate"
)

// HandOn fills a new project with all that another one holds.
func HandOn(ctx context.Context, from, into annotate.Store) error {
	r, err := into.BeginRestore(ctx)
	if err != nil {
		return err
	}
	if err := bringAll(ctx, from, r); err != nil {
		_ = r.Abort(ctx)
		return err
	}
	if err := r.Commit(ctx); err != nil {
		_ = r.Abort(ctx)
		return err
	}
	return r.Abort(ctx) // after a commit it does nothing
}

func bringAll(ctx context.Context, from annotate.Store, r annotate.Restorer) error {
	imports, err := from.Imports(ctx)
	if err != nil {
		return err
	}
	schema, err := from.Schema(ctx)
	if err != nil {
		return err
	}
	p := &Project{Labels: schema.Labels, Attributes: schema.Attributes, RelationTypes: schema.RelationTypes, Rules: schema.Rules}
	if p.Annotators, err = from.Annotators(ctx); err != nil {
		return err
	}
	if p.Entities, err = from.Entities(ctx); err != nil {
		return err
	}
	for _, imp := range imports {
		if err := r.Records(ctx, []annotate.Record{imp}); err != nil {
			return err
		}
	}
	for d, err := range from.Documents(ctx, annotate.DocumentQuery{}) {
		if err != nil {
			return err
		}
		k := annotate.Kept{Article: d.Article, State: annotate.ArticleState{ID: d.Article.ID, Presence: annotate.Live}, Text: d.Text, Sets: d.Sets}
		if err := r.Articles(ctx, []annotate.Kept{k}); err != nil {
			return err
		}
	}
	for k, err := range from.Unseen(ctx) {
		if err != nil {
			return err
		}
		if err := r.Articles(ctx, []annotate.Kept{*k}); err != nil {
			return err
		}
	}
	for c, err := range from.Changes(ctx) {
		if err != nil {
			return err
		}
		if err := r.History(ctx, []annotate.Change{c}); err != nil {
			return err
		}
	}
	return r.Records(ctx, p.Records())
}

// DumpWhole is Dump with what does not show, and the history to the last detail.
func DumpWhole(ctx context.Context, s annotate.Store) ([]string, error) {
	lines, err := Dump(ctx, s)
	if err != nil {
		return nil, err
	}
	d := &dumper{ctx: ctx, s: s, lines: lines}
	imports, err := s.Imports(ctx)
	if err != nil {
		return nil, err
	}
	for _, imp := range imports {
		d.add("%s", d.record(imp))
	}
	for k, err := range s.Unseen(ctx) {
		if err != nil {
			return nil, err
		}
		d.add("unseen %s %s %v", d.record(k.Article), d.record(k.State), k.Text)
		for _, set := range k.Sets {
			d.add("  %s", d.record(set.Set))
			for _, sp := range set.Spans {
				d.add("    %s", d.record(sp))
			}
			for _, rel := range set.Relations {
				d.add("    %s", d.record(rel))
			}
		}
	}
	for c, err := range s.Changes(ctx) {
		if err != nil {
			return nil, err
		}
		d.add("%s %d %s", c.Replica, c.Clock, d.change(c))
	}
	return d.lines, nil
}

// testWhole hands random projects on, and goes on in the new ones.
func testWhole(t testing.TB, open func(testing.TB) Harness) {
	const most = 8 // projects: each is made, handed on and read anew twice
	checkSome(t, open, most, func(r *rapid.T, m *machine) {
		steps := map[string]func(*rapid.T){
			"annotate": m.annotate, "schema": m.schema, "facts": m.facts, "undo": m.undo, "redo": m.redo,
			"import": m.importing, "importUndo": m.undoImport, "compact": m.compact, "purge": m.purge,
		}
		r.Repeat(steps)
		m.handOn(r)
		r.Repeat(steps)
		m.handOn(r)
		m.check(r)
	})
}

// handOn hands both projects on, compares, and goes on with the new ones.
func (m *machine) handOn(r *rapid.T) {
	for _, s := range []*annotate.Store{&m.model, &m.real} {
		projects, path := annotate.Projects(NewMemoryProjects(NewEnvAt(Start, 11))), "copy"
		if s == &m.real {
			projects, path = m.Projects, m.Other()
		}
		made := annotate.Label{ID: m.newID(), Name: "made with it"}
		other, err := projects.Create(ctx, path, "ben", []annotate.Record{made})
		if err != nil {
			r.Fatal(err)
		}
		if err := HandOn(ctx, *s, other); err != nil {
			r.Fatal(err)
		}
		want, err := DumpWhole(ctx, *s)
		if err != nil {
			r.Fatal(err)
		}
		got, err := DumpWhole(ctx, other)
		if err != nil {
			r.Fatal(err)
		}
		if diff := Diff(want, got); diff != "" {
			r.Fatalf("the project that was handed on differs: %s", diff)
		}
		if s == &m.real {
			if err := m.real.Close(); err != nil {
				r.Fatal(err)
			}
			m.Path = path
		}
		*s = other
	}
	m.compare(r)
	m.check(r)
}

// Worked draws a project in memory in which people have worked: with annotations made
// and changed, a schema that was altered, articles in the bin, steps undone and redone,
// imports undone.
func Worked(r *rapid.T) annotate.Store {
	m := newMachine(r, Harness{Projects: NewMemoryProjects(NewEnvAt(Start, 8)), Path: "worked"})
	r.Repeat(map[string]func(*rapid.T){
		"annotate": m.annotate, "schema": m.schema, "facts": m.facts, "undo": m.undo, "redo": m.redo,
		"import": m.importing, "importUndo": m.undoImport, "compact": m.compact, "purge": m.purge,
	})
	return m.real
}

// testUnseen looks at what Documents does not show.
func testUnseen(t testing.TB, open func(testing.TB) Harness) {
	w := newWorld(t, open)
	binned, gone, live := w.annotated("binned", "some text"), w.annotated("gone", "other text"), w.item("live", "more text")
	w.imports(live, binned)
	undone := w.imports(gone)
	im := w.begin()
	set := w.set("", w.ana)
	w.must(im.Add(ctx, []annotate.ImportArticle{{Known: true, Article: live.Article, Sets: []annotate.SetData{{Set: set, Annotator: w.ana}}}}))
	adds := w.commit(im)
	w.apply(annotate.Update(annotate.ArticleState{ID: binned.Article.ID, Presence: annotate.Live}, annotate.ArticleState{ID: binned.Article.ID, Presence: annotate.Deleted}))
	for _, c := range []annotate.Change{adds, undone} {
		_, err := w.Apply(ctx, w.undo(c))
		w.must(err)
	}
	var got []string
	for k, err := range w.Unseen(ctx) {
		w.must(err)
		text, spans := "", 0
		if k.Text != nil {
			text = k.Text.String()
		}
		for _, s := range k.Sets {
			spans += len(s.Spans)
		}
		got = append(got, fmt.Sprintf("%s %s %q %d sets %d spans", k.Article.Ref, k.State.Presence, text, len(k.Sets), spans))
	}
	same(w, "unseen", `live live "" 1 sets 0 spans|binned deleted "some text" 1 sets 2 spans|gone live "other text" 1 sets 2 spans`, strings.Join(got, "|"))
	all, err := w.Imports(ctx)
	w.must(err)
	same(w, "imports", 3, len(all))

	now, err := w.Store.Snapshot(ctx)
	w.must(err)
	before, err := DumpWhole(ctx, now)
	w.must(err)
	w.unchanged(before[:len(w.dump())])
	w.apply(annotate.Create(annotate.Rule{ID: w.newID(), Name: "later"}))
	after, err := DumpWhole(ctx, now)
	w.must(err)
	if diff := Diff(before, after); diff != "" {
		w.Fatalf("a snapshot sees what came later: %s", diff)
	}
	_, err = now.Apply(ctx, w.change(annotate.Create(annotate.Rule{ID: w.newID(), Name: "in it"})))
	w.fails(err, annotate.ErrReadOnly)
	w.must(now.Close())
	w.clean()
}
