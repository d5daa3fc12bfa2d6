package annotest

import (
	"testing"

	"lede/annotate"
)

// testSalvage salvages a project to which nothing happened: all of it comes, but for
// its history.
func testSalvage(t testing.TB, open func(testing.TB) Harness) {
	w := newWorld(t, open)
	item := w.annotated("a", "some text")
	w.imports(item)
	w.imports(w.annotated("b", "more text"))
	w.imports(w.annotated("c", "text that is deleted"))
	was := annotate.ArticleState{ID: w.documentOf("c"), Presence: annotate.Live}
	gone := was
	gone.Presence = annotate.Deleted
	w.apply(annotate.Update(was, gone))
	w.apply(annotate.Create(annotate.Rule{ID: w.newID(), Name: "later"}))
	now, want := w.dump(), w.kept()

	into := w.Other()
	_, err := w.Projects.Salvage(ctx, w.Path, into, "ana", nil)
	w.fails(err, annotate.ErrBusy) // its window is open
	w.must(w.Store.Close())
	_, err = w.Projects.Salvage(ctx, w.Other(), into, "ana", nil)
	w.fails(err, annotate.ErrNotFound)
	_, err = w.Projects.Salvage(ctx, w.Path, w.Path, "ana", nil)
	w.fails(err, annotate.ErrExists)
	report, err := w.Projects.Salvage(ctx, w.Path, into, "ana", nil)
	w.must(err)
	same(w, "articles", 2, report.Articles)
	same(w, "in the bin", 1, report.Binned)
	same(w, "spans", 3*len(item.Sets[0].Spans), report.Spans)
	w.look(w.Path, now)

	s, err := w.Projects.Open(ctx, into, annotate.ModeWindow)
	w.must(err)
	w.Store = s
	if diff := Diff(want, w.kept()); diff != "" {
		w.Fatalf("what was salvaged differs: %s", diff)
	}
	position, err := s.Position(ctx)
	w.must(err)
	same(w, "changes", int64(1), position)
	w.apply(annotate.Create(annotate.Rule{ID: w.newID(), Name: "and on"}))
	w.clean()
}

// kept writes down what a project keeps, but for its history and for which import
// brought what.
func (w *world) kept() []string {
	w.Helper()
	d := &dumper{ctx: ctx, s: w.Store}
	w.must(d.people())
	schema, err := w.Schema(ctx)
	w.must(err)
	for _, r := range (&Project{Labels: schema.Labels, Attributes: schema.Attributes, RelationTypes: schema.RelationTypes, Rules: schema.Rules}).Records() {
		d.add("%s", d.record(r))
	}
	for _, presence := range []annotate.Presence{annotate.Live, annotate.Deleted} {
		for doc, err := range w.Documents(ctx, annotate.DocumentQuery{Presence: presence}) {
			w.must(err)
			a := doc.Article
			a.Import = ""
			d.add("%s %s %q", presence, d.record(a), doc.Text.String())
			for _, set := range doc.Sets {
				x := set.Set
				x.Import = ""
				d.add("%s", d.record(x))
				for _, s := range set.Spans {
					d.add("%s", d.record(s))
				}
				for _, r := range set.Relations {
					d.add("%s", d.record(r))
				}
			}
		}
	}
	return d.lines
}
