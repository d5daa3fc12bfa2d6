package annotest

import (
	"fmt"
	"testing"

	"lede/annotate"
)

// annotated is an article with a set of ana's: two spans and a relation.
func (w *world) annotated(ref, body string) annotate.ImportArticle {
	item := w.item(ref, body)
	set := annotate.AnnotationSet{ID: w.newID(), Annotator: w.ana.ID, Status: annotate.Done}
	from, to := w.span("", w.actor, 0, 2), w.span("", w.quote, 1, 3)
	item.Sets = []annotate.SetData{{
		Set: set, Annotator: w.ana, Spans: []annotate.Span{from, to},
		Relations: []annotate.Relation{{ID: w.newID(), Type: w.speaker.ID, From: from.ID, To: to.ID}},
	}}
	return item
}

func testImport(t testing.TB, open func(testing.TB) Harness) {
	w := newWorld(t, open)
	w.imports(w.item("first", "text"))
	before := w.dump()
	event := annotate.Label{ID: w.newID(), Name: "event"}
	im := w.begin()
	w.must(im.Define(ctx, []annotate.Op{annotate.Create(event)}))
	item := w.annotated("second", "other text")
	item.Sets[0].Spans[0].Label = event.ID
	w.must(im.Add(ctx, []annotate.ImportArticle{item, w.item("", "more")}))
	w.unseen(before, item)
	for _, r := range []annotate.Record{item.Article, event, item.Sets[0].Spans[0]} {
		has, err := w.Has(ctx, r.RecordKind(), r.RecordID())
		w.must(err)
		same(w, "has what is staged", true, has)
	}
	_, err := w.BeginImport(ctx, annotate.Import{ID: w.newID()})
	w.fails(err, annotate.ErrBusy)
	w.must(im.Abort(ctx))
	w.must(im.Abort(ctx))
	w.unchanged(before)
	for _, r := range []annotate.Record{item.Article, event, item.Sets[0].Spans[0]} {
		has, err := w.Has(ctx, r.RecordKind(), r.RecordID())
		w.must(err)
		same(w, "has what was aborted", false, has)
	}
	w.clean()

	im = w.begin()
	w.must(im.Define(ctx, []annotate.Op{annotate.Create(event)}))
	w.must(im.Add(ctx, []annotate.ImportArticle{item}))
	w.must(im.Add(ctx, []annotate.ImportArticle{w.item("", "more")}))
	w.apply(annotate.Create(annotate.Rule{ID: w.newID(), Name: "meanwhile"}))
	c := w.commit(im)
	if err := im.Add(ctx, nil); err == nil {
		w.Fatal("an import goes on after its commit")
	}
	w.must(im.Abort(ctx))
	w.arrived(c, item)
	after := w.dump()
	w.reopen(annotate.ModeWrite)
	w.unchanged(after)
	w.clean()
}

// unseen expects nothing of a staged item in any answer.
func (w *world) unseen(before []string, item annotate.ImportArticle) {
	w.Helper()
	w.unchanged(before)
	_, err := w.Document(ctx, item.Article.ID)
	w.fails(err, annotate.ErrNotFound)
	_, _, err = w.Article(ctx, item.Article.ID)
	w.fails(err, annotate.ErrNotFound)
	found, err := w.Find(ctx, item.Article.Ref, "")
	w.must(err)
	same(w, "found", 0, len(found))
}

// arrived expects the item and one more article behind the first.
func (w *world) arrived(c annotate.Change, item annotate.ImportArticle) {
	w.Helper()
	same(w, "ops", 2, len(c.Ops))
	imp, ok := c.Ops[1].After.(annotate.Import)
	if !ok || imp.State != annotate.ImportLive || imp.Articles != 2 || imp.Sets != 1 || imp.Spans != 2 {
		w.Fatalf("the change should end with the import: %+v", c.Ops[1])
	}
	rows, err := w.Articles(ctx, annotate.ArticleQuery{Annotator: w.ana.ID})
	w.must(err)
	same(w, "articles", 3, len(rows))
	same(w, "ref", "second", rows[1].Article.Ref)
	same(w, "ref of one without", string(rows[2].Article.ID), rows[2].Article.Ref)
	same(w, "spans", 2, rows[1].Spans)
	same(w, "status", annotate.Done, rows[1].Status)
	same(w, "import", imp.ID, rows[1].Article.Import)
	d := w.document(item.Article.ID)
	same(w, "sets", 1, len(d.Sets))
	same(w, "relations", 1, len(d.Sets[0].Relations))
	same(w, "annotator", w.ana.Name, d.Sets[0].Annotator.Name)
	same(w, "article of the set", item.Article.ID, d.Sets[0].Set.Article)
}

func testImportUndo(t testing.TB, open func(testing.TB) Harness) {
	w := newWorld(t, open)
	before := w.contents()
	event := annotate.Label{ID: w.newID(), Name: "event"}
	zoe := annotate.Annotator{ID: w.newID(), Name: "zoe", Kind: annotate.Human}
	item := w.annotated("a", "some text")
	item.Sets[0].Set.Annotator, item.Sets[0].Annotator, item.Sets[0].Spans[0].Label = zoe.ID, zoe, event.ID
	im := w.begin()
	w.must(im.Define(ctx, []annotate.Op{annotate.Create(event), annotate.Create(zoe)}))
	w.must(im.Add(ctx, []annotate.ImportArticle{item}))
	c := w.commit(im)
	live := w.contents()

	span := w.document(item.Article.ID).Sets[0].Spans[1]
	noted := span
	noted.Note = "worked on"
	work := w.apply(annotate.Update(span, noted))
	w.refuseChange(annotate.ErrConflict, w.undo(c))
	w.must(second(w.Apply(ctx, w.undo(work))))
	w.must(second(w.Apply(ctx, w.redo(work))))
	w.refuseChange(annotate.ErrConflict, w.undo(c))
	w.must(second(w.Apply(ctx, w.undo(work))))

	for range 2 {
		w.must(second(w.Apply(ctx, w.undo(c))))
		w.sameContents("after the undo", before)
		w.refuse(annotate.ErrConflict, annotate.Update(span, noted))
		w.refuse(annotate.ErrConflict, annotate.Create(span))
		w.reopen(annotate.ModeWrite)
		w.sameContents("after the undo and opening", before)
		w.clean()
		w.must(second(w.Apply(ctx, w.redo(c))))
		w.sameContents("after the redo", live)
		w.clean()
	}
}

func second[T any](_ T, err error) error { return err }

// contents is a dump without the history and the version of the schema, which
// only grow.
func (w *world) contents() []string {
	w.Helper()
	var kept []string
	for _, line := range w.dump()[1:] {
		if len(line) >= 8 && line[:8] == "position" {
			break
		}
		kept = append(kept, line)
	}
	return kept
}

func (w *world) sameContents(when string, want []string) {
	w.Helper()
	if diff := Diff(want, w.contents()); diff != "" {
		w.Fatalf("%s: %s", when, diff)
	}
}

func testImportRefused(t testing.TB, open func(testing.TB) Harness) {
	w := newWorld(t, open)
	w.imports(w.item("taken", "text"))
	before := w.dump()
	im := w.begin()
	bad := func(break_ func(*annotate.ImportArticle)) {
		w.Helper()
		item := w.annotated("x", "good text")
		break_(&item)
		w.fails(im.Add(ctx, []annotate.ImportArticle{w.item("fine", "fine"), item}), annotate.ErrInvalid)
	}
	bad(func(a *annotate.ImportArticle) { a.Sets[0].Spans[0].Fragments[0].End = 10 })
	bad(func(a *annotate.ImportArticle) { a.Sets[0].Spans[0].Label = "no label" })
	bad(func(a *annotate.ImportArticle) { a.Sets[0].Relations[0].To = "no span" })
	bad(func(a *annotate.ImportArticle) { a.Sets[0].Set.Annotator = "nobody" })
	bad(func(a *annotate.ImportArticle) { a.Article.TextHash = "00" })
	bad(func(a *annotate.ImportArticle) { a.Article.Length = 3 })
	bad(func(a *annotate.ImportArticle) { a.Known = true })
	bad(func(a *annotate.ImportArticle) {
		a.Sets = append(a.Sets, annotate.SetData{Set: annotate.AnnotationSet{ID: w.newID(), Annotator: w.ana.ID}})
	})
	item := w.annotated("y", "good text")
	w.must(im.Add(ctx, []annotate.ImportArticle{item}))
	twin := w.annotated("z", "good text")
	twin.Sets[0].Spans[0].ID, twin.Sets[0].Relations = item.Sets[0].Spans[0].ID, nil
	w.fails(im.Add(ctx, []annotate.ImportArticle{twin}), annotate.ErrConflict)
	many := make([]annotate.ImportArticle, MaxBatch+1)
	for i := range many {
		many[i] = w.item(fmt.Sprint(i), "")
	}
	w.fails(im.Add(ctx, many), annotate.ErrInvalid)
	w.must(im.Add(ctx, many[1:]))
	w.unchanged(before)
	w.must(im.Abort(ctx))

	// What others did meanwhile is looked at again in the last transaction.
	im = w.begin()
	w.must(im.Add(ctx, []annotate.ImportArticle{w.item("taken", "again")}))
	_, err := im.Commit(ctx, annotate.Change{ID: w.newID(), Cause: annotate.CauseImport})
	w.fails(err, annotate.ErrInvalid)
	w.must(im.Abort(ctx))
	w.unchanged(before)
	im = w.begin()
	w.must(im.Add(ctx, []annotate.ImportArticle{w.annotated("q", "some text")}))
	w.apply(annotate.Delete(w.quote))
	_, err = im.Commit(ctx, annotate.Change{ID: w.newID(), Cause: annotate.CauseImport})
	w.fails(err, annotate.ErrInvalid)
	w.must(im.Abort(ctx))
	im = w.begin()
	w.fails(im.Define(ctx, []annotate.Op{annotate.Update(w.quote, w.quote)}), annotate.ErrConflict)
	w.must(im.Abort(ctx))
	w.clean()
}

// testImportAdds brings further annotations to articles that are there, and
// replaces an article.
func testImportAdds(t testing.TB, open func(testing.TB) Harness) {
	w := newWorld(t, open)
	item := w.annotated("a", "some text")
	first := w.imports(item)
	known := annotate.ImportArticle{Known: true, Article: annotate.Article{ID: item.Article.ID}}
	known.Sets = w.annotated("", "").Sets
	im := w.begin()
	w.fails(im.Add(ctx, []annotate.ImportArticle{known}), annotate.ErrInvalid) // ana has one
	known.Sets[0].Set.Annotator, known.Sets[0].Annotator = w.ben.ID, w.ben
	w.must(im.Add(ctx, []annotate.ImportArticle{known}))
	more := w.commit(im)
	same(w, "sets", 2, len(w.document(item.Article.ID).Sets))
	w.refuseChange(annotate.ErrConflict, w.undo(first))
	w.must(second(w.Apply(ctx, w.undo(more))))
	same(w, "sets after the undo", 1, len(w.document(item.Article.ID).Sets))
	w.apply(annotate.Create(w.set(item.Article.ID, w.ben)))
	w.refuseChange(annotate.ErrInvalid, w.redo(more)) // ben has one by now

	a, _, err := w.Article(ctx, item.Article.ID)
	w.must(err)
	im = w.begin()
	w.must(im.Define(ctx, []annotate.Op{annotate.Update(
		annotate.ArticleState{ID: a.ID, Presence: annotate.Live}, annotate.ArticleState{ID: a.ID, Presence: annotate.Deleted})}))
	replacement := w.item("a", "another text")
	w.must(im.Add(ctx, []annotate.ImportArticle{replacement}))
	c := w.commit(im)
	found, err := w.Find(ctx, "a", "")
	w.must(err)
	if len(found) != 1 || found[0].ID != replacement.Article.ID {
		w.Fatalf("want the replacement, got %+v", found)
	}
	w.must(second(w.Apply(ctx, w.undo(c))))
	found, err = w.Find(ctx, "", a.TextHash)
	w.must(err)
	if len(found) != 1 || found[0].ID != a.ID {
		w.Fatalf("want the article that was replaced, got %+v", found)
	}
	w.clean()
}

func testBin(t testing.TB, open func(testing.TB) Harness) {
	w := newWorld(t, open)
	item := w.annotated("a", "some text")
	imported := w.imports(item, w.item("b", "other"))
	live := annotate.ArticleState{ID: item.Article.ID, Presence: annotate.Live}
	binned := annotate.ArticleState{ID: item.Article.ID, Presence: annotate.Deleted}
	before := w.contents()
	c := w.apply(annotate.Update(live, binned))
	_, err := w.Document(ctx, item.Article.ID)
	w.fails(err, annotate.ErrNotFound)
	rows, err := w.Articles(ctx, annotate.ArticleQuery{Presence: annotate.Deleted})
	w.must(err)
	same(w, "articles in the bin", 1, len(rows))
	stats, err := w.Stats(ctx)
	w.must(err)
	same(w, "articles", 1, stats.Articles)
	same(w, "spans", 0, stats.Spans)
	w.refuse(annotate.ErrInvalid, annotate.Create(w.set(item.Article.ID, w.ben)))
	w.inBin(item)
	w.refuse(annotate.ErrInvalid, annotate.Delete(w.actor)) // or the article could not come back
	w.refuseChange(annotate.ErrConflict, w.undo(imported))
	w.refuse(annotate.ErrConflict, annotate.Update(live, binned))

	w.imports(w.item("a", "its ref is free"))
	w.refuseChange(annotate.ErrInvalid, w.undo(c))
	w.must(second(w.Apply(ctx, w.undo(w.last()))))
	w.must(second(w.Apply(ctx, w.undo(c))))
	w.sameContents("after coming back", before)
	w.clean()
}

// inBin changes what is annotated on an article in the bin.
func (w *world) inBin(item annotate.ImportArticle) {
	w.Helper()
	var found []*annotate.Document
	for d, err := range w.Documents(ctx, annotate.DocumentQuery{Presence: annotate.Deleted}) {
		w.must(err)
		found = append(found, d)
	}
	same(w, "documents in the bin", 1, len(found))
	same(w, "its text", item.Text, found[0].Text.String())
	set := found[0].Sets[0]
	span := set.Spans[0]
	other, outside, noted := span, span, set.Set
	other.Label, noted.Note = w.quote.ID, "in the bin"
	if span.Label == w.quote.ID {
		other.Label = w.actor.ID
	}
	outside.Fragments = annotate.Fragments{{Start: 1, End: len(item.Text) + 1}}
	w.refuse(annotate.ErrInvalid, annotate.Update(span, outside))
	last := set.Spans[len(set.Spans)-1]
	ops := []annotate.Op{annotate.Update(span, other), annotate.Update(set.Set, noted)}
	for _, r := range set.Relations {
		ops = append(ops, annotate.Delete(r))
	}
	c := w.apply(append(ops, annotate.Delete(last))...)
	w.must(second(w.Apply(ctx, w.undo(c))))
}

// last is the newest change.
func (w *world) last() annotate.Change {
	w.Helper()
	changes, err := w.History(ctx, annotate.HistoryQuery{Newest: true, Limit: 1})
	w.must(err)
	return changes[0]
}
