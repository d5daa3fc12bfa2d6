package annotest

import (
	"context"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate"
)

// compact gives up a part of both histories.
func (m *machine) compact(r *rapid.T) {
	all, err := m.model.History(ctx, annotate.HistoryQuery{WithoutOps: true})
	if err != nil {
		r.Fatal(err)
	}
	before := shown(r, m.real)
	through := rapid.SampledFrom(all).Draw(r, "through").Position
	want, errWant := m.model.Compact(ctx, "ben", through, nil)
	got, errGot := m.real.Compact(ctx, "ben", through, nil)
	m.agree(r, "compact", errWant, errGot)
	if want.Position != got.Position || want.Seq != got.Seq {
		r.Fatalf("compaction: position %d and number %d, want %d and %d", got.Position, got.Seq, want.Position, want.Seq)
	}
	if rapid.IntRange(0, 3).Draw(r, "shrink") == 0 {
		if err := m.real.Shrink(ctx, nil); err != nil {
			r.Fatal(err)
		}
	}
	if diff := Diff(before, shown(r, m.real)); diff != "" {
		r.Fatalf("the compaction altered what is there: %s", diff)
	}
	m.check(r)
}

// testCompact gives up the beginning of a history.
func testCompact(t testing.TB, open func(testing.TB) Harness) {
	w := newWorld(t, open)
	origin, err := w.History(ctx, annotate.HistoryQuery{})
	w.must(err)
	a := w.item("a", "some text")
	w.imports(a)
	set := w.set(a.Article.ID, w.ana)
	one, two := w.span(set.ID, w.actor, 0, 4), w.span(set.ID, w.actor, 5, 9)
	w.apply(annotate.Create(set), annotate.Create(one))
	label := annotate.Label{ID: w.newID(), Name: "short-lived"}
	made := w.apply(annotate.Create(label))
	ended := w.apply(annotate.Delete(label))
	undo, err := w.Apply(ctx, w.undo(ended))
	w.must(err)
	redone, err := w.Apply(ctx, w.redo(ended))
	w.must(err)
	second := w.apply(annotate.Create(two))

	_, err = w.PlanCompaction(ctx, origin[0].At())
	w.fails(err, annotate.ErrNothing)
	plan, err := w.PlanCompaction(ctx, undo.At())
	w.must(err)
	same(w, "changes", fmt.Sprint(5, 5, 3), fmt.Sprint(plan.Changes, plan.Fresh, plan.Kept))
	same(w, "until", ended.At().UnixMilli(), plan.Until)
	same(w, "who", fmt.Sprint([]annotate.ActorChanges{{Name: "ana", Changes: 5}}), fmt.Sprint(plan.Actors))
	_, err = w.Compact(ctx, "ben", second.Position+1, nil)
	w.fails(err, annotate.ErrNothing)
	stopped, stop := context.WithCancel(ctx)
	stop()
	_, err = w.Compact(stopped, "ben", int64(plan.Changes), nil)
	w.fails(err, context.Canceled)

	told := 0
	done, err := w.Compact(ctx, "ben", int64(plan.Changes), func(_, of int) { told = of })
	w.must(err)
	same(w, "news", true, told > 0)
	same(w, "the change", fmt.Sprint(second.Position+1, second.Seq+1, annotate.CauseCompact, false, true),
		fmt.Sprint(done.Position, done.Seq, done.Cause, done.CanUndo(), done.Clock > second.Clock))
	all, err := w.History(ctx, annotate.HistoryQuery{})
	w.must(err)
	same(w, "what is left", ids([]annotate.Change{origin[0], undo, redone, second, done}), ids(all))
	same(w, "its beginning", fmt.Sprint(annotate.CauseBaseline, ended.Position, ended.Seq, ended.Clock, 5),
		fmt.Sprint(all[0].Cause, all[0].Position, all[0].Seq, all[0].Clock, all[0].Replaced.Changes))
	same(w, "what was taken back is not there", "|", string(all[1].Undoes+"|"+all[2].Redoes))
	same(w, "undos stay undos", false, all[1].CanUndo() || all[2].CanUndo())
	stacked, err := w.History(ctx, annotate.HistoryQuery{StackedOnly: true})
	w.must(err)
	same(w, "stacks", 3, len(stacked))
	positions, err := w.Past(ctx, annotate.PastQuery{})
	w.must(err)
	same(w, "positions", "[9 8 7 6 5]", fmt.Sprint(positions))
	known, err := w.Has(ctx, annotate.KindSpan, one.ID)
	w.must(err)
	same(w, "what is there is known", true, known)
	_, err = w.Dependents(ctx, made.ID, 1)
	w.fails(err, annotate.ErrNotFound)
	w.clean()
	w.compactAll(done)
}

// compactAll works on with a compacted history, and gives all of it up.
func (w *world) compactAll(done annotate.Change) {
	all, err := w.History(ctx, annotate.HistoryQuery{StackedOnly: true, Newest: true, Limit: 1})
	w.must(err)
	_, err = w.Apply(ctx, w.undo(all[0]))
	w.must(err)
	w.clean()
	w.reopen(annotate.ModeWindow)
	again, err := w.PlanCompaction(ctx, done.At().AddDate(1, 0, 0))
	w.must(err)
	same(w, "all that was", fmt.Sprint(10, 5, 0), fmt.Sprint(again.Changes, again.Fresh, again.Kept))
	same(w, "by all", fmt.Sprint([]annotate.ActorChanges{{Name: "ana", Changes: 9}, {Name: "ben", Changes: 1}}), fmt.Sprint(again.Actors))
	_, err = w.Compact(ctx, "ben", int64(again.Changes), nil)
	w.must(err)
	w.must(w.Shrink(ctx, nil))
	w.reopen(annotate.ModeWindow)
	same(w, "schema", 5, w.Info().SchemaVersion)
	next := w.apply(annotate.Create(annotate.Rule{ID: w.newID(), Name: "goes on"}))
	late := annotate.Change{ID: w.newID(), Actor: "ana", Cause: annotate.CauseUndo, Undoes: all[0].ID, Ops: []annotate.Op{annotate.Create(annotate.Rule{ID: w.newID(), Name: "late"})}}
	late, err = w.Apply(ctx, late) // by somebody who read what is to be undone before it was given up
	w.must(err)
	kept, err := w.History(ctx, annotate.HistoryQuery{IDs: []id{late.ID}})
	w.must(err)
	same(w, "what it undoes is not there", "|", string(late.Undoes+"|"+kept[0].Undoes))
	same(w, "goes on at", int64(12), next.Position)
	same(w, "counts on", int64(12), next.Seq)
	w.clean()
}

// purge removes some of what is in the bin of both projects.
func (m *machine) purge(r *rapid.T) {
	rows, err := m.model.Articles(ctx, annotate.ArticleQuery{Presence: annotate.Deleted})
	if err != nil {
		r.Fatal(err)
	}
	var articles []id
	for _, row := range rows {
		if rapid.Bool().Draw(r, "purged") {
			articles = append(articles, row.Article.ID)
		}
	}
	want, errWant := m.model.PlanPurge(ctx, articles)
	got, errGot := m.real.PlanPurge(ctx, articles)
	m.agree(r, "plan of a purge", errWant, errGot)
	if want != got {
		r.Fatalf("the fake would purge %+v, the store %+v", want, got)
	}
	_, errWant = m.model.Purge(ctx, "ben", articles)
	_, errGot = m.real.Purge(ctx, "ben", articles)
	m.agree(r, "purge", errWant, errGot)
	m.check(r)
}

// testPurge removes articles for good.
func testPurge(t testing.TB, open func(testing.TB) Harness) {
	w := newWorld(t, open)
	a, b, c := w.item("a", "one text"), w.item("b", "same text"), w.item("c", "same text")
	imported := w.imports(a, b, c)
	set := w.set(a.Article.ID, w.ana)
	span := w.span(set.ID, w.actor, 0, 3)
	tag := w.apply(annotate.Create(set), annotate.Create(span))
	other := w.set(b.Article.ID, w.ana)
	both := w.apply(annotate.Create(other), annotate.Update(set, noted(set, "read")))
	bin := func(articles ...annotate.ImportArticle) annotate.Change {
		var ops []annotate.Op
		for _, x := range articles {
			ops = append(ops, annotate.Update(annotate.ArticleState{ID: x.Article.ID, Presence: annotate.Live},
				annotate.ArticleState{ID: x.Article.ID, Presence: annotate.Deleted}))
		}
		return w.apply(ops...)
	}
	_, err := w.PlanPurge(ctx, nil)
	w.fails(err, annotate.ErrNothing)
	_, err = w.Purge(ctx, "ben", []id{a.Article.ID})
	w.fails(err, annotate.ErrInvalid)
	bin(a, b)
	_, err = w.PlanPurge(ctx, []id{a.Article.ID, c.Article.ID})
	w.fails(err, annotate.ErrInvalid)
	plan, err := w.PlanPurge(ctx, []id{a.Article.ID, b.Article.ID, a.Article.ID})
	w.must(err)
	same(w, "plan", annotate.Purge{Articles: 2, Spans: 1, Changes: 3, Shared: 1}, plan)

	done, err := w.Purge(ctx, "ben", []id{a.Article.ID})
	w.must(err)
	same(w, "the change", fmt.Sprint(annotate.CausePurge, false, 6), fmt.Sprint(done.Cause, done.CanUndo(), done.Position))
	all, err := w.History(ctx, annotate.HistoryQuery{IDs: []id{imported.ID, tag.ID, both.ID}})
	w.must(err)
	same(w, "the import", 2, all[0].Ops[0].After.(annotate.Import).Articles)
	same(w, "the import can be undone", true, all[0].CanUndo())
	same(w, "what was about it", fmt.Sprint(2, 0, annotate.PurgedTitle, false), fmt.Sprint(all[1].Purged, len(all[1].Ops), all[1].Title, all[1].CanUndo()))
	same(w, "what was about another, too", fmt.Sprint(1, 1, other.ID), fmt.Sprint(all[2].Purged, len(all[2].Ops), all[2].Ops[0].ID))
	known, err := w.Has(ctx, annotate.KindSpan, span.ID)
	w.must(err)
	same(w, "its span", false, known)
	rows, err := w.Articles(ctx, annotate.ArticleQuery{Presence: annotate.Deleted})
	w.must(err)
	same(w, "the bin", 1, len(rows))
	w.clean()

	_, err = w.Purge(ctx, "ben", []id{b.Article.ID})
	w.must(err)
	_, body, err := w.Article(ctx, c.Article.ID)
	w.must(err)
	same(w, "the text of another", "same text", body.String())
	w.clean()
	all, err = w.History(ctx, annotate.HistoryQuery{IDs: []id{imported.ID}})
	w.must(err)
	_, err = w.Apply(ctx, w.undo(all[0]))
	w.must(err)
	w.clean()
	w.reopen(annotate.ModeWindow)
	w.must(w.Shrink(ctx, nil))
	w.clean()
}

// noted is a set with a note.
func noted(s annotate.AnnotationSet, note string) annotate.AnnotationSet {
	s.Note = note
	return s
}
