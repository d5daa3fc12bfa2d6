package annotest

import (
	"context"
	"errors"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate"
)

// testAsOf does random work, remembers all of the project at each change, and holds the
// project as of some of them against that.
func testAsOf(t testing.TB, open func(testing.TB) Harness) {
	const most = 8 // projects
	checkSome(t, open, most, func(r *rapid.T, m *machine) {
		var was [][]string
		r.Repeat(map[string]func(*rapid.T){
			"": func(r *rapid.T) {
				position, err := m.real.Position(ctx)
				if err != nil {
					r.Fatal(err)
				}
				for int64(len(was)) < position {
					was = append(was, nil)
				}
				if was[position-1] == nil {
					was[position-1] = m.whole(r, m.real)
				}
			},
			"annotate": m.annotate, "annotateB": m.annotate, "schema": m.schema, "facts": m.facts, "undo": m.undo, "redo": m.redo,
			"import": m.importing, "importUndo": m.undoImport,
		})
		now := was[len(was)-1]
		m.staged(r)
		for range min(5, len(was)) {
			position := rapid.IntRange(1, len(was)).Draw(r, "position")
			if was[position-1] == nil {
				continue // the project was made with it, and an import
			}
			m.asOf(r, int64(position), was[position-1])
		}
		if diff := Diff(now, m.whole(r, m.real)); diff != "" {
			r.Fatalf("looking back changed the project: %s", diff)
		}
	})
}

// staged leaves an import under way.
func (m *machine) staged(r *rapid.T) {
	im, err := m.real.BeginImport(ctx, annotate.Import{ID: m.newID(), Format: "text", Source: "staged"})
	if err != nil {
		r.Fatal(err)
	}
	item := annotate.ImportArticle{Article: annotate.Article{ID: m.newID(), Ref: string(m.newID()), Intake: 1}, Text: "on its way in"}
	if err := im.Add(ctx, []annotate.ImportArticle{item}); err != nil {
		r.Fatal(err)
	}
}

func (m *machine) whole(r *rapid.T, s annotate.Store) []string {
	lines, err := DumpWhole(ctx, s)
	if err != nil {
		r.Fatal(err)
	}
	return lines
}

func (m *machine) asOf(r *rapid.T, position int64, want []string) {
	then, err := m.real.AsOf(ctx, position, nil)
	if err != nil {
		r.Fatal(err)
	}
	if diff := Diff(want, m.whole(r, then)); diff != "" {
		r.Fatalf("as of %d it is not what it was: %s", position, diff)
	}
	problems, err := then.Check(ctx)
	if err != nil || len(problems) > 0 {
		r.Fatalf("as of %d: check: %v %+v", position, err, problems)
	}
	if info := then.Info(); info.Path != m.Path || !info.ReadOnly || info.Why == "" || info.AsOf == nil || info.AsOf.Position != position {
		r.Fatalf("as of %d it says %+v of itself", position, info)
	}
	if _, err := then.Apply(ctx, m.change("write", annotate.Create(annotate.Rule{ID: m.newID(), Name: "r"}))); !errors.Is(err, annotate.ErrReadOnly) {
		r.Fatalf("as of %d it can be written to: %v", position, err)
	}
	if err := then.Close(); err != nil {
		r.Fatal(err)
	}
}

// testLookBack looks back from the past again, copies it, and asks for what is not there.
func testLookBack(t testing.TB, open func(testing.TB) Harness) {
	w := newWorld(t, open)
	a := w.annotated("a", "some text about Ada")
	imported := w.imports(a)
	w.imports(w.item("b", "unmistakable"))
	first, err := DumpWhole(ctx, w.mustAsOf(1))
	w.must(err)
	then := w.mustAsOf(imported.Position)
	lines, err := DumpWhole(ctx, mustAsOf(w, then, 1))
	w.must(err)
	if diff := Diff(first, lines); diff != "" {
		w.Fatalf("the past of the past is another one: %s", diff)
	}
	for _, position := range []int64{-1, 0, imported.Position + 1} {
		_, err := then.AsOf(ctx, position, nil)
		w.fails(err, annotate.ErrNotFound)
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	_, err = w.AsOf(ended, 1, nil)
	w.fails(err, context.Canceled)

	want, err := DumpWhole(ctx, then)
	w.must(err)
	path := w.Other()
	w.must(then.Backup(ctx, path))
	copied, err := w.Projects.Open(ctx, path, annotate.ModeWrite)
	w.must(err)
	got, err := DumpWhole(ctx, copied)
	w.must(err)
	if diff := Diff(want, got); diff != "" {
		w.Fatalf("the copy of the past is another one: %s", diff)
	}
	_, err = copied.Apply(ctx, w.change(annotate.Create(annotate.Rule{ID: w.newID(), Name: "goes on"})))
	w.must(err)
	problems, err := copied.Check(ctx)
	w.must(err)
	same(w, "problems", 0, len(problems))
	w.must(copied.Close())

	w.apply(annotate.Create(annotate.Rule{ID: w.newID(), Name: "later"}))
	after, err := DumpWhole(ctx, then)
	w.must(err)
	if diff := Diff(want, after); diff != "" {
		w.Fatalf("the past sees what is written now: %s", diff)
	}
	w.must(w.Store.Close())
	if _, err := then.Stats(ctx); err != nil {
		w.Fatalf("the past goes with the present: %v", err)
	}
}

// mustAsOf is the project as it was, until the test ends.
func (w *world) mustAsOf(position int64) annotate.Store { return mustAsOf(w, w.Store, position) }

func mustAsOf(w *world, s annotate.Store, position int64) annotate.Store {
	w.Helper()
	then, err := s.AsOf(ctx, position, nil)
	w.must(err)
	w.Cleanup(func() { _ = then.Close() })
	return then
}
