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

// written shows what was found with its places in brackets.
func written(f annotate.Found) string {
	s := f.Article.Ref + fmt.Sprint(f.Places)
	for _, snippet := range f.Snippets {
		runes, at := []rune(snippet.Text), 0
		s += " |"
		for _, m := range snippet.Marks {
			from, to := m.Start-snippet.At.Start, min(m.End-snippet.At.Start, len(runes))
			s += string(runes[at:from]) + "[" + string(runes[from:to]) + "]"
			at = to
		}
		s += string(runes[at:])
	}
	return s
}

// testSearch looks for words in all their forms, while articles come and change.
func testSearch(t testing.TB, open func(testing.TB) Harness) {
	w := newWorld(t, open)
	filler := strings.Repeat("Nothing happened on that day. ", 12)
	items := []annotate.ImportArticle{
		w.item("r0", "Straßenbahn fährt nach Zürich.\nZURICH\u0301 said: peace, and talks"),
		w.item("r1", filler+"A strike 👩‍👩‍👧‍👦 strike.\n"+filler+"The striker said no to peace talks."),
		w.item("r2", "北京会见了普京。普京说：和平"),
		w.item("r3", "قال رئيسُ الحكومة إنّ الإضراب ٢٠٢٦ ينتهي على الأرض"),
	}
	items[1].Article.Title = "Strike at the docks"
	w.imports(items...)
	check := func(typed string, want ...string) {
		t.Helper()
		found, err := w.Search(ctx, annotate.SearchQuery{ArticleQuery: annotate.ArticleQuery{Filter: w.filter(typed)}})
		w.must(err)
		var got []string
		for _, f := range found {
			got = append(got, written(f))
		}
		same(w, typed, strings.Join(want, "\n"), strings.Join(got, "\n"))
	}
	check("zurich", "r02 |Straßenbahn fährt nach [Zürich]. |[ZURICH\u0301] said: peace, and talks")
	check("STRASSENBAHN", "r01 |[Straßenbahn] fährt nach Zürich.")
	check(`"peace talks"`, "r11 |happened on that day. The striker said no to [peace talks].")
	check("strike OR zebra", "r12 |on that day. Nothing happened on that day. A [strike] 👩‍👩‍👧‍👦 [strike].")
	check("stri* -zurich", "r13 |on that day. Nothing happened on that day. A [strike] 👩‍👩‍👧‍👦 [strike]. |on that day. Nothing happened on that day. The [striker] said no to peace talks.")
	check("普京", "r22 |北京会见了[普京]。[普京]说：和平")
	check("京会", "r21 |北[京会]见了普京。普京说：和平")
	check("ﺍﻹﺿﺮﺍﺏ 2026", "r32 |قال رئيسُ الحكومة إنّ [الإضراب] [٢٠٢٦] ينتهي على الأرض")
	check("الارض", "r31 |قال رئيسُ الحكومة إنّ الإضراب ٢٠٢٦ ينتهي على [الأرض]")
	check("docks", "r10")
	check("-strike", "r00", "r20", "r30")
	found, err := w.Search(ctx, annotate.SearchQuery{ArticleQuery: annotate.ArticleQuery{Filter: w.filter("strike"), Limit: 1}, Snippets: 1})
	w.must(err)
	same(w, "title", "[{0 6}]", fmt.Sprint(found[0].Title))

	// What is changed is found as it is now; what goes is not found, what comes is.
	article := found[0].Article
	article.Title = "Peace at the docks"
	c := w.apply(annotate.Update(found[0].Article, article))
	check("title:peace", "r10")
	check("peace docks", "r11 |happened on that day. The striker said no to [peace] talks.")
	w.apply(w.undo(c).Ops...)
	check(`"peace at"`)
	undone := w.imports(w.item("r4", "zebra"))
	check("zebra", "r41 |[zebra]")
	_, err = w.Apply(ctx, w.undo(undone))
	w.must(err)
	check("zebra")
	staged := w.begin()
	w.must(staged.Add(ctx, []annotate.ImportArticle{w.item("r5", "gnu")}))
	check("gnu")
	w.must(staged.Abort(ctx))
	w.imports(w.item("r6", "gnu gnat"))
	w.reopen(annotate.ModeRead)
	check("gn*", "r62 |[gnu] [gnat]")
	w.clean()
}

// testSearchSpans looks for spans by all that is said of them.
func testSearchSpans(t testing.TB, open func(testing.TB) Harness) {
	w := filtered(t, open)
	check := func(typed, want string) {
		t.Helper()
		q := annotate.SpanQuery{Filter: w.filter(typed), Me: w.ana.ID}
		var got, paged []string
		all, err := w.SearchSpans(ctx, q)
		w.must(err)
		for _, m := range all {
			got = append(got, m.Article.Ref+"/"+m.Annotator.Name+"/"+m.Before+"["+m.Words+"]"+m.After)
		}
		same(w, typed, want, strings.Join(got, " "))
		n, err := w.CountSpans(ctx, q)
		w.must(err)
		same(w, "count of "+typed, len(all), n)
		for q.Limit = 1; ; {
			page, err := w.SearchSpans(ctx, q)
			w.must(err)
			if len(page) == 0 {
				break
			}
			q.After = &page[0]
			paged = append(paged, page[0].Article.Ref+"/"+page[0].Annotator.Name+"/"+page[0].Before+"["+page[0].Words+"]"+page[0].After)
		}
		same(w, "pages of "+typed, want, strings.Join(paged, " "))
	}
	const peace, talks, cyprus = "r0/ana/[Peace] talks in Kyiv", "r0/ana/Peace [talks] in Kyiv", "r1/ben/[Κύπ]ρος talks of peace"
	check("", peace+" "+talks+" "+cyprus)
	check("peace", peace)
	check(`"peace talks"`, peace+" "+talks) // a span on a part of the words
	check("κυπρος", cyprus)
	check("kyiv", "")
	check("protest", peace)
	check("pro*", peace)
	check("1.50", peace)
	check("ada", peace)
	check("unclear", talks)
	check("actor", peace)
	check("quote", talks+" "+cyprus)
	check("-quote", peace)
	check("label:quote -annotator:me", cyprus)
	check("annotator:me label:quote", talks)
	check("note:CLEAR", talks)
	check("note:sure", "") // the note of the set is no note of a span
	check("attr.type:protest", peace)
	check("-attr.type:*", talks+" "+cyprus)
	check("-entity:*", talks+" "+cyprus)
	check("relation:speaker", peace+" "+talks)
	check("status:done source:reuters*", peace+" "+talks+" "+cyprus)
	check("status:in_progress", "")
	check("spans:2", peace+" "+talks)
	check("source:reuters (unclear OR κυπρος)", talks)
	check("in:bin", "")
}

// searches asks both for places and for spans.
func (m *machine) searches(r *rapid.T, annotators []annotate.Annotator) {
	typed := Filters(1).Draw(r, "searched")
	f, err := filter.Parse(typed)
	if err != nil {
		r.Fatalf("%s: %v", typed, err)
	}
	q := annotate.SpanQuery{Filter: f, Me: rapid.SampledFrom(annotators).Draw(r, "me").ID, Limit: rapid.IntRange(0, 3).Draw(r, "spans")}
	want, err1 := m.model.SearchSpans(ctx, q)
	got, err2 := m.real.SearchSpans(ctx, q)
	if d := cmp.Diff(want, got); d != "" || err1 != nil || err2 != nil {
		r.Fatalf("spans of %s (%+v): %v, %v: the store differs from the fake: %s", typed, q, err1, err2, d)
	}
	places := annotate.SearchQuery{ArticleQuery: annotate.ArticleQuery{Filter: f, Annotator: q.Me}, Snippets: q.Limit}
	wanted, err1 := m.model.Search(ctx, places)
	found, err2 := m.real.Search(ctx, places)
	if d := cmp.Diff(wanted, found); d != "" || err1 != nil || err2 != nil {
		r.Fatalf("places of %s: %v, %v: the store differs from the fake: %s", typed, err1, err2, d)
	}
}
