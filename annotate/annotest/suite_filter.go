package annotest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lede/annotate"
	"lede/annotate/filter"
)

// filter reads a filter that must be right.
func (w *world) filter(typed string) *annotate.Filter {
	w.Helper()
	f, err := filter.Parse(typed)
	w.must(err)
	return f
}

// filtered makes a project of five articles with all that filters ask for. ana works on
// r0 and r1, ben on r1 and r2, nobody on r3; r4 is in the bin.
func filtered(t testing.TB, open func(testing.TB) Harness) *world {
	w := newWorld(t, open)
	var items []annotate.ImportArticle
	for i, body := range []string{"Peace talks in Kyiv", "Κύπρος talks of peace", "北京 said nothing", "100% [sure]?", "peace in the bin"} {
		items = append(items, w.item(fmt.Sprintf("r%d", i), body))
	}
	for i, f := range []struct{ source, lang, iso, tags string }{
		{"Reuters", "en", "2026", `["round1","Ärger"]`},
		{"reuters TV", "el-CY", "2026-03", `"round1"`},
		{"AFP", "zh", "2026-03-31", `[1,true]`},
		{"", "", "", ""},
		{"AFP", "en", "2025-12-31", ""},
	} {
		a := &items[i].Article
		a.Source, a.Language, a.PublishedISO, a.Author, a.URL = f.source, f.lang, f.iso, "Jane Doe", "https://x.org/"+a.Ref
		if f.tags != "" {
			a.Meta = annotate.Values{annotate.TagsKey: []byte(f.tags), "de\"sk": annotate.StringValue("Pol*tics")}
		}
	}
	items[0].Article.Meta = items[0].Article.Meta.WithList(annotate.AssignedKey, []string{"Ana"}).With("split", annotate.StringValue("train"))
	items[1].Article.Title, items[2].Article.Title, items[3].Article.Title = "zebra", "Apple", ""
	w.imports(items...)
	set := func(i int, by annotate.Annotator, status annotate.Status, flag, note string) annotate.AnnotationSet {
		s := w.set(items[i].Article.ID, by)
		s.Status, s.Flag, s.Note = status, flag, note
		return s
	}
	one, two := set(0, w.ana, annotate.Done, "", "not sure"), set(1, w.ana, annotate.InProgress, "why?", "")
	three, four := set(1, w.ben, annotate.Done, "", ""), set(2, w.ben, annotate.New, "", "")
	three.Fields = annotate.Values{"genre": []byte(`["report","Größe"]`), "n": []byte("1.0")}
	a, b := w.span(one.ID, w.actor, 0, 5), w.span(one.ID, w.quote, 6, 11)
	a.Entity, a.Attributes, b.Note = w.ada.ID, annotate.Values{"type": annotate.StringValue("PROTEST"), "n": []byte("1.50")}, "unclear"
	c := w.span(three.ID, w.quote, 0, 3)
	w.apply(annotate.Create(one), annotate.Create(two), annotate.Create(three), annotate.Create(four),
		annotate.Create(a), annotate.Create(b), annotate.Create(c),
		annotate.Create(annotate.Relation{ID: w.newID(), Set: one.ID, Type: w.speaker.ID, From: b.ID, To: a.ID}))
	w.apply(annotate.Update(annotate.ArticleState{ID: items[4].Article.ID, Presence: annotate.Live},
		annotate.ArticleState{ID: items[4].Article.ID, Presence: annotate.Deleted}))
	return w
}

func testFilter(t testing.TB, open func(testing.TB) Harness) {
	w := filtered(t, open)
	for _, c := range []struct{ typed, anyone, ana string }{
		{"peace", "r0 r1", ""},
		{`"peace talks"`, "r0", ""},
		{"ky*", "r0", ""},
		{"κυπρος", "r1", ""},
		{"κύ", "", ""},
		{"κύ*", "r1", ""},
		{"*προ*", "r1", ""},
		{"*yiv", "", ""}, // only a begin* or a *part*
		{"京", "r2", ""},
		{"北京", "r2", ""},
		{"京北", "", ""},
		{"PEACE -KYIV", "r1", ""},
		{"reuters", "r0 r1", ""},
		{"\"said nothing\" 北", "r2", ""},
		{"\"nothing said\"", "", ""},
		{"talks peace -\"talks peace\"", "r0 r1", ""},
		{"-kyiv -said -sure", "r1", ""},
		{"% [sure]?", "r3", ""},
		{"-peace", "r2 r3", ""},
		{"peace -kyiv", "r1", ""},
		{"kyiv OR 北京", "r0 r2", ""},
		{"(kyiv OR 北京) -said", "r0", ""},
		{"-(peace OR said)", "r3", ""},
		{"title:PP", "r2", ""},
		{"author:doe url:R2", "r2", ""},
		{"source:reuters", "r0", ""},
		{"source:reuters*", "r0 r1", ""},
		{"source:*tv,afp", "r1 r2", ""},
		{"-source:*", "r3", ""},
		{"ref:r1,R2", "r1 r2", ""},
		{"lang:el", "r1", ""},
		{"lang:e*", "r0 r1", ""},
		{"-lang:*", "r3", ""},
		{"published:2026", "r0 r1 r2", ""},
		{"published:2026-03", "r1 r2", ""},
		{"published:..2026-03-30", "", ""},
		{"published:2026-03-31..", "r2", ""},
		{"-published:..2030", "r3", ""},
		{"published:2026-01..2026-03", "r1 r2", ""},
		{"tag:ROUND1", "r0 r1", ""},
		{"tag:ä*", "r0", ""},
		{"tag:1,TRUE", "r2", ""},
		{"-tag:*", "r3", ""},
		{"split:train", "r0", ""},
		{`meta."de\"sk":"pol*tics"`, "r0 r1 r2", ""},
		{`meta."de\"sk":pol*`, "r0 r1 r2", ""},
		{"meta.desk:*", "", ""},
		{"assigned:ana", "r0", ""},
		{"assigned:me", "", "r0"},
		{"status:done", "r0 r1", "r0"},
		{"status:new", "r2 r3", "r2 r3"},
		{"-status:done", "r2 r3", "r1 r2 r3"},
		{"status:new,in_progress", "r1 r2 r3", "r1 r2 r3"},
		{"flag:yes", "r1", "r1"},
		{"flag:no", "r0 r1 r2 r3", "r0 r2 r3"},
		{"label:quote", "r0 r1", "r0"},
		{"label:quo*,none", "r0 r1", "r0"},
		{"label:actor", "r0", "r0"},
		{"-label:*", "r2 r3", "r1 r2 r3"},
		{"attr.type:protest", "r0", "r0"},
		{"attr.n:1.50", "r0", "r0"},
		{"attr.n:1.5", "", ""},
		{"attr.type:*,x", "r0", "r0"},
		{"relation:speaker", "r0", "r0"},
		{"entity:*", "r0", "r0"},
		{"note:SURE", "r0", "r0"},
		{"note:unclear", "r0", "r0"},
		{"field.genre:größe", "r1", ""},
		{"field.n:1.0", "r1", ""},
		{"-field.genre:*", "r0 r2 r3", "r0 r1 r2 r3"},
		{"spans:0", "r1 r2 r3", "r1 r2 r3"},
		{"spans:1", "r1", ""},
		{"spans:2..", "r0", "r0"},
		{"spans:..1", "r1 r2 r3", "r1 r2 r3"},
		{"annotator:ben", "r1 r2", "r1 r2"},
		{"annotator:me", "", "r0 r1"},
		{"-annotator:*", "r3", "r3"},
		{"annotator:BEN status:done", "r1", "r1"},
		{"annotator:ben -status:done", "r2", "r2"},
		{"annotator:me label:quote", "", "r0"},
		{"(annotator:ben label:quote) status:in_progress", "r1", "r1"},
		{"in:bin", "r4", "r4"},
		{"in:project kyiv", "r0", ""},
		{"in:bin OR ref:r0", "r0 r4", ""},
		{"in:bin -in:bin", "", ""},
	} {
		f := w.filter(c.typed)
		same(w, c.typed, c.anyone, w.refs(annotate.ArticleQuery{Filter: f}))
		if c.ana != "" {
			same(w, c.typed+" for ana", c.ana, w.refs(annotate.ArticleQuery{Filter: f, Annotator: w.ana.ID}))
		}
		var refs []string
		for d, err := range w.Documents(ctx, annotate.DocumentQuery{Filter: f}) {
			w.must(err)
			refs = append(refs, d.Article.Ref)
		}
		same(w, "documents of "+c.typed, c.anyone, strings.Join(refs, " "))
		n, err := w.Count(ctx, annotate.ArticleQuery{Filter: f})
		w.must(err)
		same(w, "count of "+c.typed, len(strings.Fields(c.anyone)), n.Total)
	}
	w.facets()
}

func (w *world) facets() {
	w.Helper()
	got, err := w.Facets(ctx)
	w.must(err)
	if diff := cmp.Diff(&annotate.Facets{
		Sources: []string{"AFP", "Reuters", "reuters TV"}, Languages: []string{"el-CY", "en", "zh"}, Authors: []string{"Jane Doe"},
		Meta:   map[string][]string{"tags": {"round1", "Ärger"}, "assigned": {"Ana"}, "split": {"train"}, "de\"sk": {"Pol*tics"}},
		Fields: map[string][]string{"genre": {"Größe", "report"}},
	}, got); diff != "" {
		w.Errorf("facets: %s", diff)
	}
}

func testSort(t testing.TB, open func(testing.TB) Harness) {
	w := filtered(t, open)
	rows, err := w.Articles(ctx, annotate.ArticleQuery{})
	w.must(err)
	w.apply(annotate.Update(rows[2].Article, func(a annotate.Article) annotate.Article { a.Author = "later"; return a }(rows[2].Article)))
	for by, want := range map[annotate.ArticleSort]string{
		annotate.SortOrder: "r0 r1 r2 r3", annotate.SortDate: "r3 r0 r1 r2", annotate.SortTitle: "r2 r3 r0 r1",
		annotate.SortStatus: "r2 r3 r1 r0", annotate.SortSpans: "r1 r2 r3 r0", annotate.SortEdited: "r3 r0 r1 r2",
	} {
		q := annotate.ArticleQuery{Sort: by, Annotator: w.ana.ID}
		same(w, "by "+string(by), want, w.refs(q))
		refs := strings.Fields(want)
		q.Descending = true
		same(w, string(by)+" descending", refs[3]+" "+refs[2]+" "+refs[1]+" "+refs[0], w.refs(q))
		for i := range 4 {
			w.neighbours(annotate.ArticleQuery{Sort: by, Annotator: w.ana.ID}, refs, i)
		}
	}
}

// neighbours looks from an article both ways, in both directions.
func (w *world) neighbours(q annotate.ArticleQuery, refs []string, i int) {
	w.Helper()
	found, err := w.Find(ctx, refs[i], "")
	w.must(err)
	this := found[0].ID
	after, before := strings.Join(refs[i+1:], " "), strings.Join(refs[:i], " ")
	from := func(change func(*annotate.ArticleQuery)) string {
		q := q
		change(&q)
		return w.refs(q)
	}
	what := fmt.Sprintf("by %q from %s", q.Sort, refs[i])
	same(w, what+" on", after, from(func(q *annotate.ArticleQuery) { q.After = this }))
	same(w, what+" back", before, from(func(q *annotate.ArticleQuery) { q.Before = this }))
	if i+1 < len(refs) {
		same(w, what+" the next", refs[i+1], from(func(q *annotate.ArticleQuery) { q.After, q.Limit = this, 1 }))
		same(w, what+" the next but the other way", refs[i+1], from(func(q *annotate.ArticleQuery) { q.Before, q.Limit, q.Descending = this, 1, true }))
		same(w, what+" a page", refs[i+1], from(func(q *annotate.ArticleQuery) { q.Offset, q.Limit = i+1, 1 }))
		same(w, what+" a page of a filter", refs[i+1], from(func(q *annotate.ArticleQuery) { q.Offset, q.Limit, q.Filter = i+1, 1, w.filter("-status:skipped") }))
	}
}

// terms are what random filters of random projects are made of.
var terms = []string{
	"mayor", "\"will not\"", "北京", "e\u0301", "m*", "may*", "*ayo*", "\"the ma\"*", "\"؟\"", "source:reuters", "source:*جز*", "title:؟", "ref:ref-1,ref-2*", "lang:en", "published:2026-03..",
	"meta.cue:*", `meta."a b":a,1.0,true`, "meta.größe:direct", "status:done", "status:new,skipped", "flag:yes", "flag:no", "label:actor", "label:*o*",
	"attr.cue:*", "attr.年:DIRECT,b", `attr."a b":-12e+3`, "relation:speaker", "entity:ada*", "note:more", "note:*", "field.relevant:*", "spans:0", "spans:1..3",
	"annotator:ana", "annotator:bj*", "annotator:me", "assigned:me", "tag:x", "in:bin",
}

// Filters draws filters that suit projects of Projects.
func Filters(depth int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		term := rapid.SampledFrom(terms)
		if depth == 0 || rapid.IntRange(0, 2).Draw(t, "op") == 0 {
			return rapid.SampledFrom([]string{"", "-"}).Draw(t, "not") + term.Draw(t, "term")
		}
		parts := rapid.SliceOfN(Filters(depth-1), 2, 3).Draw(t, "parts")
		return rapid.SampledFrom([]string{"", "-"}).Draw(t, "not") + "(" + strings.Join(parts, rapid.SampledFrom([]string{" ", " OR "}).Draw(t, "join")) + ")"
	})
}

// filters asks both for what passes filters, in some order.
func (m *machine) filters(r *rapid.T) {
	annotators := append([]annotate.Annotator{{}}, m.project.Annotators...)
	for range 4 {
		typed := Filters(2).Draw(r, "filter")
		f, err := filter.Parse(typed)
		if err != nil {
			r.Fatalf("%s: %v", typed, err)
		}
		q := annotate.ArticleQuery{
			Filter: f, Annotator: rapid.SampledFrom(annotators).Draw(r, "annotator").ID, Sort: rapid.SampledFrom(annotate.ArticleSorts).Draw(r, "sort"),
			Descending: rapid.Bool().Draw(r, "descending"), Offset: rapid.IntRange(0, 2).Draw(r, "offset"), Limit: rapid.IntRange(0, 2).Draw(r, "limit"),
		}
		want, err1 := m.model.Articles(ctx, q)
		got, err2 := m.real.Articles(ctx, q)
		if err1 != nil || err2 != nil {
			r.Fatalf("%s: %v, %v", typed, err1, err2)
		}
		if d := cmp.Diff(want, got); d != "" {
			r.Fatalf("%s (%+v): the store differs from the fake: %s", typed, q, d)
		}
	}
	m.searches(r, annotators)
	want, err1 := m.model.Facets(ctx)
	got, err2 := m.real.Facets(ctx)
	if d := cmp.Diff(want, got); d != "" || err1 != nil || err2 != nil {
		r.Fatalf("facets: %v, %v: %s", err1, err2, d)
	}
}
