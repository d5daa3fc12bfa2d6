package annotest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"lede/annotate"
)

// refs lists the refs of rows, in their order.
func (w *world) refs(q annotate.ArticleQuery) string {
	w.Helper()
	rows, err := w.Articles(ctx, q)
	w.must(err)
	var refs []string
	for _, r := range rows {
		refs = append(refs, r.Article.Ref)
	}
	return strings.Join(refs, " ")
}

func testList(t testing.TB, open func(testing.TB) Harness) {
	w := newWorld(t, open)
	var items []annotate.ImportArticle
	for i := range 6 {
		items = append(items, w.item(fmt.Sprintf("r%d", i), fmt.Sprintf("text of article %d", i)))
	}
	items[1].Article.Source, items[2].Article.Source, items[5].Article.Source = "AFP", "", "agence ÉTÉ"
	items[3].Article.Title, items[4].Article.Title, items[3].Text = "İstanbul ÖZİL [*?]", "100% — Москва", "İstanbul ÖZİL said"
	w.imports(items...)
	w.imports(w.item("r6", "text of article 6"))
	at := func(i int) id { return items[i].Article.ID }
	done, flagged := w.set(at(1), w.ana), w.set(at(4), w.ana)
	done.Status, flagged.Flag = annotate.Done, "why?"
	done.Fields = annotate.Values{`a "b"`: annotate.StringValue("né"), "n": []byte("1")}
	flagged.Fields = annotate.Values{`a "b"`: annotate.StringValue("no")}
	w.apply(annotate.Create(done), annotate.Create(flagged), annotate.Create(w.set(at(2), w.ben)),
		annotate.Create(w.span(done.ID, w.actor, 0, 4)))
	w.apply(annotate.Update(annotate.ArticleState{ID: at(3), Presence: annotate.Live}, annotate.ArticleState{ID: at(3), Presence: annotate.Deleted}))

	ana := w.ana.ID
	for _, c := range []struct {
		want string
		q    annotate.ArticleQuery
	}{
		{"r0 r1 r2 r4 r5 r6", annotate.ArticleQuery{}},
		{"r3", annotate.ArticleQuery{Presence: annotate.Deleted}},
		{"r2 r4", annotate.ArticleQuery{Offset: 2, Limit: 2}},
		{"", annotate.ArticleQuery{Offset: 9}},
		{"r4 r5", annotate.ArticleQuery{After: at(1), Offset: 1, Limit: 2}},
		{"r1", annotate.ArticleQuery{Before: at(4), Offset: 1, Limit: 1}},
		{"r5 r6", annotate.ArticleQuery{Annotator: ana, Offset: 2, Filter: w.filter(`status:new`)}},
		{"", annotate.ArticleQuery{Offset: 1, Filter: w.filter(`source:AFP`)}},
		{"r4", annotate.ArticleQuery{After: at(3), Limit: 1}},
		{"r2", annotate.ArticleQuery{Before: at(3), Limit: 1}},
		{"r0 r1 r2", annotate.ArticleQuery{Before: at(4)}},
		{"r1 r2", annotate.ArticleQuery{Before: at(4), Limit: 2}},
		{"r2 r4", annotate.ArticleQuery{After: at(1), Before: at(5)}},
		{"r0 r2 r5 r6", annotate.ArticleQuery{Annotator: ana, Filter: w.filter(`status:new`)}},
		{"r1 r4", annotate.ArticleQuery{Annotator: ana, Filter: w.filter(`status:done,in_progress`)}},
		{"r0", annotate.ArticleQuery{Annotator: ana, Before: at(1), Limit: 1, Filter: w.filter(`status:new`)}},
		{"r4", annotate.ArticleQuery{Annotator: ana, Filter: w.filter(`flag:yes`)}},
		{"", annotate.ArticleQuery{Annotator: w.ben.ID, Filter: w.filter(`flag:yes`)}},
		{"r1", annotate.ArticleQuery{Filter: w.filter(`source:AFP`)}},
		{"r4", annotate.ArticleQuery{Filter: w.filter(`МОСКВА 100%`)}},
		{"r5", annotate.ArticleQuery{Filter: w.filter(`été`)}},
		{"r1 r5", annotate.ArticleQuery{Before: at(5) + "~", After: "", Filter: w.filter(`TEXT a article F`)}},
		{"r3", annotate.ArticleQuery{Presence: annotate.Deleted, Filter: w.filter(`özi*`)}},
		{"", annotate.ArticleQuery{Filter: w.filter(`_ext`)}},
		{"r2", annotate.ArticleQuery{Filter: w.filter(`R2`)}},
		{"r2", annotate.ArticleQuery{Names: []string{"R2"}}},
		{"", annotate.ArticleQuery{Names: []string{"article"}}}, // that is in the texts only
		{"r4", annotate.ArticleQuery{Names: []string{"МОСКВА", "100%"}}},
		{"", annotate.ArticleQuery{Names: []string{"100_"}}},
		{"r5", annotate.ArticleQuery{Names: []string{"été", "AGENCE"}}},
		{"r3", annotate.ArticleQuery{Names: []string{"ISTANBUL", "özil", "[*?]"}, Presence: annotate.Deleted}},
		{"r1 r4", annotate.ArticleQuery{Articles: []id{at(4), at(1), at(3), "none"}}},
		{"r4", annotate.ArticleQuery{Articles: []id{at(4), at(1)}, Names: []string{"100"}}},
		{"r1", annotate.ArticleQuery{Annotator: ana, Filter: w.filter(`field."a \"b\"":"né"`)}},
		{"r0 r2 r5 r6", annotate.ArticleQuery{Annotator: ana, Filter: w.filter(`-field."a \"b\"":*`)}},
		{"r2 r4", annotate.ArticleQuery{Annotator: ana, Offset: 1, Limit: 2, Filter: w.filter(`-field.n:*`)}},
		{"", annotate.ArticleQuery{Annotator: w.ben.ID, Filter: w.filter(`field."a \"b\"":"no"`)}},
		{"r5", annotate.ArticleQuery{Annotator: ana, After: at(4), Limit: 1, Filter: w.filter(`status:new -field."a \"b\"":*`)}},
	} {
		if strings.HasSuffix(string(c.q.Before), "~") {
			_, err := w.Articles(ctx, c.q)
			w.fails(err, annotate.ErrNotFound)
			continue
		}
		same(w, fmt.Sprintf("%+v", c.q), c.want, w.refs(c.q))
		all := c.q
		all.Offset, all.Limit = 0, 0
		count, err := w.Count(ctx, c.q)
		w.must(err)
		same(w, fmt.Sprintf("count of %+v", c.q), len(strings.Fields(w.refs(all))), count.Total)
	}
	w.counts(ana)
}

func (w *world) counts(ana id) {
	w.Helper()
	count, err := w.Count(ctx, annotate.ArticleQuery{Annotator: ana, Limit: 1, Filter: w.filter(`status:done`)})
	w.must(err)
	same(w, "done", 1, count.Total)
	count, err = w.Count(ctx, annotate.ArticleQuery{Annotator: ana, Limit: 1, Sort: annotate.SortTitle})
	w.must(err)
	same(w, "total", 6, count.Total)
	same(w, "new", 4, count.Status[annotate.New])
	same(w, "done", 1, count.Status[annotate.Done])
	same(w, "flagged", 1, count.Flagged)
	count, err = w.Count(ctx, annotate.ArticleQuery{Annotator: ana, Filter: w.filter(`source:AFP title`)})
	w.must(err)
	same(w, "of a source", 1, count.Total)
	ofField, err := w.Count(ctx, annotate.ArticleQuery{Annotator: ana, Filter: w.filter(`field."a \"b\"":"no"`)})
	w.must(err)
	same(w, "of a field", 1, ofField.Total)

	stats, err := w.Stats(ctx)
	w.must(err)
	same(w, "articles", 6, stats.Articles)
	same(w, "labels", "map[actor:1 quote:0]", fmt.Sprint(stats.Labels))
	same(w, "annotators", "map[ana:1]", fmt.Sprint(stats.Annotators))
	same(w, "status", "map[done:1 in_progress:2 new:3]", fmt.Sprint(stats.Status))
}

// testSnapshot works on the project while documents are being read.
func testSnapshot(t testing.TB, open func(testing.TB) Harness) {
	w := newWorld(t, open)
	var items []annotate.ImportArticle
	for i := range 5 {
		items = append(items, w.annotated(fmt.Sprint("r", i), "some text"))
	}
	w.imports(items...)
	var seen []string
	for d, err := range w.Documents(ctx, annotate.DocumentQuery{}) {
		w.must(err)
		seen = append(seen, d.Article.Ref)
		same(w, "spans", 2, len(d.Sets[0].Spans))
		if len(seen) == 1 {
			last := w.document(items[4].Article.ID).Sets[0]
			w.apply(annotate.Delete(last.Relations[0]), annotate.Delete(last.Spans[0]))
			w.apply(annotate.Update(annotate.ArticleState{ID: items[3].Article.ID, Presence: annotate.Live},
				annotate.ArticleState{ID: items[3].Article.ID, Presence: annotate.Deleted}))
			w.imports(w.item("later", ""))
		}
	}
	same(w, "documents", "r0 r1 r2 r3 r4", strings.Join(seen, " "))
	seen = nil
	for d, err := range w.Documents(ctx, annotate.DocumentQuery{
		Articles: []id{items[4].Article.ID, items[3].Article.ID, items[1].Article.ID}, Annotators: []id{w.ben.ID},
	}) {
		w.must(err)
		seen = append(seen, d.Article.Ref)
		same(w, "sets of others", 0, len(d.Sets))
	}
	same(w, "documents asked for", "r1 r4", strings.Join(seen, " "))
	for _, err := range w.Documents(ctx, annotate.DocumentQuery{}) {
		w.must(err)
		break // stopping early must leave nothing open
	}
	stop, cancel := context.WithCancel(ctx)
	defer cancel()
	for _, err := range w.Documents(stop, annotate.DocumentQuery{}) {
		if err != nil {
			w.fails(err, context.Canceled)
		}
		cancel()
	}
	_, err := w.Apply(stop, w.change(annotate.Create(w.ada)))
	w.fails(err, context.Canceled)
	w.clean()
}

func testHistory(t testing.TB, open func(testing.TB) Harness) {
	w := newWorld(t, open)
	a, b := w.item("a", "text"), w.item("b", "text")
	imported := w.imports(a, b)
	set := w.set(a.Article.ID, w.ana)
	one := w.apply(annotate.Create(set))
	span := w.span(set.ID, w.actor, 0, 4)
	c := w.change(annotate.Create(span))
	c.Actor = "ben"
	two, err := w.Apply(ctx, c)
	w.must(err)
	three := w.apply(annotate.Delete(span), annotate.Delete(set))
	named := w.change(annotate.Create(annotate.Rule{ID: w.newID(), Name: "r"}))
	named.Article = b.Article.ID
	four, err := w.Apply(ctx, named)
	w.must(err)
	create := w.history(annotate.HistoryQuery{Limit: 1})[0]

	for _, c := range []struct {
		want []annotate.Change
		q    annotate.HistoryQuery
	}{
		{[]annotate.Change{create, imported, one, two, three, four}, annotate.HistoryQuery{}},
		{[]annotate.Change{imported, one, two, three, four}, annotate.HistoryQuery{StackedOnly: true}},
		{[]annotate.Change{four, three}, annotate.HistoryQuery{Newest: true, Limit: 2}},
		{[]annotate.Change{three, four}, annotate.HistoryQuery{After: two.Position}},
		{[]annotate.Change{two}, annotate.HistoryQuery{Actor: "ben"}},
		{[]annotate.Change{one, two, three}, annotate.HistoryQuery{Article: a.Article.ID}},
		{[]annotate.Change{four}, annotate.HistoryQuery{Article: b.Article.ID}},
		{[]annotate.Change{one, three}, annotate.HistoryQuery{IDs: []id{three.ID, one.ID, "none"}}},
		{nil, annotate.HistoryQuery{After: four.Position}},
	} {
		same(w, fmt.Sprintf("%+v", c.q), ids(c.want), ids(w.history(c.q)))
	}
	bare := w.history(annotate.HistoryQuery{IDs: []id{three.ID}, WithoutOps: true})[0]
	same(w, "ops", 0, len(bare.Ops))
	same(w, "ops", 2, len(w.history(annotate.HistoryQuery{IDs: []id{three.ID}})[0].Ops))
	w.lastChanges(span, three, b.Article)
	w.touches(three, named)
}

// touches counts the ops of changes.
func (w *world) touches(deletes, rule annotate.Change) {
	for _, c := range []struct {
		change annotate.Change
		want   annotate.Touches
	}{
		{deletes, annotate.Touches{annotate.KindSpan: 1, annotate.KindSet: 1}},
		{rule, annotate.Touches{annotate.KindRule: 1}},
	} {
		got, err := w.Touches(ctx, c.change.ID)
		w.must(err)
		same(w, "touches", fmt.Sprint(c.want), fmt.Sprint(got))
	}
	if _, err := w.Touches(ctx, "none"); !errors.Is(err, annotate.ErrNotFound) {
		w.Errorf("what a change touches that is not there: %v", err)
	}
}

func (w *world) lastChanges(span annotate.Span, want annotate.Change, untouched annotate.Article) {
	w.Helper()
	last, err := w.LastChange(ctx, annotate.KindSpan, span.ID)
	w.must(err)
	same(w, "last change", want.ID, last.ID)
	same(w, "its ops", 2, len(last.Ops))
	_, err = w.LastChange(ctx, annotate.KindLabel, span.ID)
	w.fails(err, annotate.ErrNotFound)
	_, err = w.LastChange(ctx, annotate.KindArticle, untouched.ID)
	w.fails(err, annotate.ErrNotFound)
	has, err := w.Has(ctx, annotate.KindSpan, span.ID)
	w.must(err)
	same(w, "has what was deleted", true, has)
	has, err = w.Has(ctx, annotate.KindRelation, span.ID)
	w.must(err)
	same(w, "has another kind of its id", false, has)
}

func (w *world) history(q annotate.HistoryQuery) []annotate.Change {
	w.Helper()
	changes, err := w.History(ctx, q)
	w.must(err)
	if !slices.IsSortedFunc(changes, func(a, b annotate.Change) int {
		if q.Newest {
			a, b = b, a
		}
		return int(a.Position - b.Position)
	}) {
		w.Fatalf("%+v: out of order", q)
	}
	return changes
}

func ids(changes []annotate.Change) string {
	var all []string
	for _, c := range changes {
		all = append(all, string(c.ID))
	}
	return strings.Join(all, " ")
}

func testBackup(t testing.TB, open func(testing.TB) Harness) {
	w := newWorld(t, open)
	w.imports(w.annotated("a", "some text"))
	before := w.dump()
	path := w.Other()
	w.must(w.Backup(ctx, path))
	w.fails(w.Backup(ctx, path), annotate.ErrExists)
	w.apply(annotate.Create(annotate.Rule{ID: w.newID(), Name: "later"}))
	replica := w.last().Replica
	w.must(w.Store.Close())
	w.Path = path
	s, err := w.Projects.Open(ctx, path, annotate.ModeWindow)
	w.must(err)
	w.Store = s
	w.unchanged(before)
	c := w.apply(annotate.Create(annotate.Rule{ID: w.newID(), Name: "elsewhere"}))
	if c.Replica == replica {
		w.Fatal("a copy is the same replica")
	}
	w.clean()
}
