package duplicates_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/drift"
	"lede/annotate/duplicates"
	"lede/annotate/edit"
	"lede/annotate/format"
	"lede/annotate/text"
)

// story is a text of n words that depend on the number.
func story(number, n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = fmt.Sprintf("w%dx%d", number, (i*7919+number)%997)
	}
	return strings.Join(words, " ")
}

// project is a store with articles; what stands at a ref of spans is tagged by ana.
func project(t testing.TB, texts map[string]string, spans map[string][]format.Span) (annotate.Store, annotate.Env) {
	t.Helper()
	env := annotest.NewEnv()
	store := annotest.NewMemory(env)
	_, err := format.ImportArticles(context.Background(), store, "test", func(yield func(*format.Article, error) bool) {
		for _, ref := range slices.Sorted(keys(texts)) {
			a := &format.Article{Ref: ref, Title: "Title of " + ref, Text: texts[ref]}
			if s := spans[ref]; len(s) > 0 {
				a.Sets = []format.Set{{Annotator: "ana", Spans: s}}
			}
			if !yield(a, nil) {
				return
			}
		}
	}, format.ImportOptions{Actor: "ana", Env: env})
	if err != nil {
		t.Fatal(err)
	}
	return store, env
}

func keys(m map[string]string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func refs(found *duplicates.Found) string {
	var all []string
	for _, c := range found.Clusters {
		var of []string
		for _, x := range c {
			of = append(of, x.Article.Ref)
		}
		all = append(all, strings.Join(of, " "))
	}
	return strings.Join(all, "|")
}

func TestFindAndMark(t *testing.T) {
	ctx := context.Background()
	texts := map[string]string{
		"a1": story(1, 300), "a2": "LONDON — " + story(1, 290), "a3": story(1, 300) + " More of it.",
		"b1": story(2, 300), "b2": story(2, 300), "c": story(3, 300), "d": "", "e": "",
		"f": story(4, 300), "g": story(4, 60) + " " + story(5, 240),
	}
	store, env := project(t, texts, nil)
	told := 0
	found, err := duplicates.Find(ctx, store, duplicates.Options{Progress: func(done, total int) { told = done*100 + total }})
	if err != nil || refs(found) != "a1 a2 a3|b1 b2" || found.Copies != 5 || found.Searched != len(texts) || told != 1010 {
		t.Fatalf("found %q, %+v, told %d, %v", refs(found), found, told, err)
	}
	if b := found.Clusters[1]; b[0].Alike != 1 || b[1].Alike != 1 {
		t.Errorf("the same texts are alike by %v and %v", b[0].Alike, b[1].Alike)
	}
	mark := func(found *duplicates.Found) error {
		deed, ids, err := found.Mark(ctx, store)
		if err != nil {
			return err
		}
		c, _, err := edit.Editor{Env: env, Actor: "ana"}.Do(ctx, store, deed, ids, nil)
		if err == nil {
			_, err = store.Apply(ctx, c)
		}
		return err
	}
	marks := func() string {
		rows, err := store.Articles(ctx, annotate.ArticleQuery{})
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, r := range rows {
			if of := r.Article.Meta.String(duplicates.Key); of != "" {
				all = append(all, r.Article.Ref+"="+of)
			}
		}
		return strings.Join(all, " ")
	}
	if err := mark(found); err != nil || marks() != "a2=a1 a3=a1 b2=b1" {
		t.Errorf("marked %s, %v", marks(), err)
	}
	if err := mark(found); !errors.Is(err, annotate.ErrNothing) {
		t.Errorf("marking again: %v", err)
	}
	same, err := duplicates.Find(ctx, store, duplicates.Options{Threshold: 1})
	if err != nil || refs(same) != "b1 b2" {
		t.Fatalf("of one text are %q, %v", refs(same), err)
	}
	if err := mark(same); err != nil || marks() != "b2=b1" {
		t.Errorf("marked anew: %s, %v", marks(), err)
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := duplicates.Find(ended, store, duplicates.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func documents(t testing.TB, store annotate.Store) (from, to *annotate.Document, schema *annotate.Schema, ana annotate.Annotator) {
	t.Helper()
	schema, err := store.Schema(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for doc, err := range store.Documents(context.Background(), annotate.DocumentQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		if from == nil {
			from = doc
		} else {
			to = doc
		}
	}
	people, err := store.Annotators(context.Background())
	if err != nil || len(people) == 0 {
		t.Fatal(people, err)
	}
	return from, to, schema, people[0]
}

// TestCarry: what stands in the copy is made there, with its relations; what does not is
// told; what is skipped or there already is not made; carrying again does nothing.
func TestCarry(t *testing.T) {
	ctx := context.Background()
	const a = "Ana Novak 👩‍👩‍👧 met the mayor in Oslo. “We agreed,” she said. The end."
	const b = "OSLO (Wire) – Ana Novak 👩‍👩‍👧 met the\u2028mayor in Oslo. “We agreed,” she said."
	span := func(id, label, words string) format.Span {
		start := len([]rune(a[:strings.Index(a, words)]))
		return format.Span{ID: id, Label: label, Fragments: []text.Range{{Start: start, End: start + len([]rune(words))}}, HasText: true, Text: words}
	}
	store, env := project(t, map[string]string{"a": a, "b": b}, map[string][]format.Span{
		"a": {span("s1", "actor", "Ana Novak"), span("s2", "actor", "the mayor"), span("s3", "quote", "“We agreed,”"), span("s4", "event", "The end")},
	})
	from, to, schema, ana := documents(t, store)
	e := edit.Editor{Env: env, Actor: "ana"}
	c := duplicates.Propose(from, to, schema, ana)
	if made, there, lost := c.Counts(); made != 3 || there != 0 || lost != 1 {
		t.Fatalf("%d to make, %d there, %d lost: %+v", made, there, lost, c.Proposals)
	}
	c.Proposals[1].Skip = true
	change, n, err := duplicates.Change(e, from.Article, []*duplicates.Carried{c})
	if err != nil || n != 2 || !strings.Contains(change.Title, "2 spans from “Title of a” to 1 article") {
		t.Fatalf("%d spans, %q, %v", n, change.Title, err)
	}
	if _, err := store.Apply(ctx, change); err != nil {
		t.Fatal(err)
	}
	_, to, _, _ = documents(t, store)
	var got []string
	for _, s := range to.Sets[0].Spans {
		if s.Origin != annotate.OriginRule {
			t.Errorf("the origin is %s", s.Origin)
		}
		got = append(got, to.Text.Quote(s.Fragments))
	}
	if slices.Sort(got); strings.Join(got, "|") != "Ana Novak|“We agreed,”" {
		t.Errorf("made %q", got)
	}
	again := duplicates.Propose(from, to, schema, ana)
	again.Proposals[1].Skip = true
	if _, there, _ := again.Counts(); there != 2 {
		t.Errorf("again %d are there: %+v", there, again.Proposals)
	}
	if _, _, err := duplicates.Change(e, from.Article, []*duplicates.Carried{again}); !errors.Is(err, annotate.ErrNothing) {
		t.Errorf("again: %v", err)
	}
}

// TestCarriedWordsAreTheSame: whatever a paper does to a text, a span that is carried
// reads the same there, white space aside, and the store takes the change.
func TestCarriedWordsAreTheSame(t *testing.T) {
	vocabulary := []string{"Ana", "met", "the", "mayor", "北京", "👩‍👩‍👧", "e\u0301t\u0301", "שלום", "said", ",", "—", "\u2028", "\n\n", "port", "of", "Varno"}
	rapid.Check(t, func(r *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom(vocabulary), 1, 40).Draw(r, "words")
		a := strings.Join(words, " ")
		copied := slices.Clone(words)
		for range rapid.IntRange(0, 5).Draw(r, "edits") {
			at := rapid.IntRange(0, len(copied)).Draw(r, "at")
			if rapid.Bool().Draw(r, "insert") || at == len(copied) {
				copied = slices.Insert(copied, at, rapid.SampledFrom(vocabulary).Draw(r, "word"))
			} else {
				copied = slices.Delete(copied, at, at+1)
			}
		}
		b := strings.Join(copied, rapid.SampledFrom([]string{" ", "  ", "\n"}).Draw(r, "blank")) + "."
		length := text.New(a).Len()
		var spans []format.Span
		for range rapid.IntRange(1, 6).Draw(r, "spans") {
			start := rapid.IntRange(0, length-1).Draw(r, "start")
			spans = append(spans, format.Span{Label: "x", Fragments: []text.Range{{Start: start, End: rapid.IntRange(start+1, length).Draw(r, "end")}}})
		}
		store, env := project(t, map[string]string{"a": a, "b": b}, map[string][]format.Span{"a": spans})
		from, to, schema, ana := documents(t, store)
		c := duplicates.Propose(from, to, schema, ana)
		for _, p := range c.Proposals {
			if p.Fate == drift.Lost || p.Fate == drift.Unsure {
				continue
			}
			was, is := from.Text.Quote(p.Span.Fragments), to.Text.Quote(p.To)
			if !slices.Equal(strings.Fields(was), strings.Fields(is)) || p.Text != is {
				r.Fatalf("%q is carried to %q (%q)", was, is, p.Text)
			}
		}
		change, _, err := duplicates.Change(edit.Editor{Env: env, Actor: "ana"}, from.Article, []*duplicates.Carried{c})
		if errors.Is(err, annotate.ErrNothing) {
			return
		}
		if err == nil {
			_, err = store.Apply(context.Background(), change)
		}
		if err != nil {
			r.Fatal(err)
		}
	})
}

// TestPieces: the pieces of two texts are both texts, and what is the same in them is.
func TestPieces(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", " ", "\n", "👍🏽", "北"}), 0, 30)
		a, b := text.New(strings.Join(words.Draw(r, "a"), "")), text.New(strings.Join(words.Draw(r, "b"), ""))
		old, now := 0, 0
		for i, p := range drift.New(a, b).Pieces() {
			if p.Old.Start != old || p.New.Start != now || p.Old.Empty() && p.New.Empty() {
				r.Fatalf("piece %d is %+v after %d and %d", i, p, old, now)
			}
			if p.Same != slices.Equal(strings.Fields(a.Slice(p.Old)), strings.Fields(b.Slice(p.New))) && p.Same {
				r.Fatalf("%q and %q are the same", a.Slice(p.Old), b.Slice(p.New))
			}
			old, now = p.Old.End, p.New.End
		}
		if old != a.Len() || now != b.Len() {
			r.Fatalf("told up to %d of %d and %d of %d", old, a.Len(), now, b.Len())
		}
	})
}
