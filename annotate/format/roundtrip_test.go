package format_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/text"
)

var words = []string{
	"The", "minister", "said", "“We", "will", "win”", ",", "he", "added.", "\n", "\n\n", " ", "é", "e\u0301", "👍🏽", "👨‍👩‍👧‍👦", "🇩🇪",
	"קרא", "שלום", "قال", "الرئيس", "\u200f", "北京", "会见了", "。", "𠮷", "\u2028", "\u0085", "\v", "\t", "<b>&amp;", "\"", "\\", "\u00a0", "\uFEFF", "a_b", "-",
}

func genText(t *rapid.T, label string) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 25).Draw(t, label), rapid.SampledFrom([]string{" ", ""}).Draw(t, "glue"))
}

func genString(t *rapid.T, label string) string {
	if rapid.Bool().Draw(t, label+"?") {
		return ""
	}
	return strings.ReplaceAll(genText(t, label), "\uFEFF", "")
}

// genJSON is any JSON value, numbers in all their spellings.
func genJSON(t *rapid.T, depth int) json.RawMessage {
	kind := rapid.IntRange(0, 5+depth).Draw(t, "kind")
	switch {
	case kind == 0:
		return json.RawMessage("null")
	case kind == 1:
		return json.RawMessage("true")
	case kind <= 3:
		return json.RawMessage(rapid.SampledFrom([]string{"0", "-0", "1.50", "1e3", "1E+3", "12345678901234567890", "-0.10"}).Draw(t, "number"))
	case kind <= 5:
		return format.AppendString(nil, genText(t, "string"))
	case kind%2 == 0:
		var items []string
		for range rapid.IntRange(0, 3).Draw(t, "items") {
			items = append(items, string(genJSON(t, depth-1)))
		}
		return json.RawMessage("[" + strings.Join(items, ",") + "]")
	}
	var items []string
	for i := range rapid.IntRange(0, 3).Draw(t, "keys") {
		items = append(items, fmt.Sprintf(`"%s%d":%s`, rapid.SampledFrom([]string{"z", "a", "é"}).Draw(t, "key"), i, genJSON(t, depth-1)))
	}
	return json.RawMessage("{" + strings.Join(items, ",") + "}")
}

func genValues(t *rapid.T, names ...string) annotate.Values {
	v := annotate.Values{}
	for _, n := range names {
		if rapid.Bool().Draw(t, n) {
			v[n] = genJSON(t, 2)
		}
	}
	return v
}

// genFragments are ranges of a text of n code points, as they are stored.
func genFragments(t *rapid.T, n int) []text.Range {
	var ranges []text.Range
	for range rapid.SampledFrom([]int{1, 1, 1, 2, 3}).Draw(t, "fragments") {
		a := rapid.IntRange(0, n-1).Draw(t, "start")
		ranges = append(ranges, text.Range{Start: a, End: rapid.IntRange(a+1, n).Draw(t, "end")})
	}
	return annotate.Normalize(ranges)
}

var labels = []string{"actor", "event", "quote", "my label", "über/Ä", "行为者", "my_label"}

// genArticles makes articles with two annotators: nested, crossing, split,
// same-extent and multi-line spans.
func genArticles(t *rapid.T) []*format.Article {
	var list []*format.Article
	for i := range rapid.IntRange(0, 4).Draw(t, "articles") {
		a := &format.Article{
			Ref: fmt.Sprintf("doc/%d", i), Title: genString(t, "title"), Publisher: genString(t, "source"), URL: genString(t, "url"),
			Author: genString(t, "author"), Published: rapid.SampledFrom([]string{"", "2026", "2026-03", "yesterday"}).Draw(t, "published"),
			Language: rapid.SampledFrom([]string{"", "ar"}).Draw(t, "language"), Meta: genValues(t, "m1", "m2", "ü"),
			Text: strings.TrimPrefix(genText(t, "text"), "\uFEFF"),
		}
		for _, who := range rapid.SampledFrom([][]string{nil, {"ana"}, {"Ana B. 2", "ben"}, {"gold"}}).Draw(t, "annotators") {
			a.Sets = append(a.Sets, genSet(t, a, who, i))
		}
		list = append(list, a)
	}
	return list
}

func genSet(t *rapid.T, a *format.Article, who string, i int) format.Set {
	s := format.Set{
		Annotator: who, Status: rapid.SampledFrom(annotate.Statuses).Draw(t, "status"), Flag: genString(t, "flag"),
		Note: genString(t, "note"), Fields: genValues(t, "genre", "relevance"),
	}
	n := len([]rune(a.Text))
	if n == 0 {
		return s
	}
	for k := range rapid.IntRange(0, 5).Draw(t, "spans") {
		span := format.Span{
			ID: fmt.Sprintf("s-%d-%s-%d", i, who, k), Label: rapid.SampledFrom(labels).Draw(t, "label"), Fragments: genFragments(t, n),
			Attributes: genValues(t, "type", "count", "free text"), Origin: rapid.SampledFrom([]string{"manual", "import", "rule", "model:x"}).Draw(t, "origin"),
			Note: genString(t, "note"),
		}
		if k > 0 && rapid.Bool().Draw(t, "same extent") {
			span.Fragments = slices.Clone(s.Spans[k-1].Fragments)
		}
		if rapid.Bool().Draw(t, "entity") {
			e := rapid.IntRange(1, 3).Draw(t, "which")
			span.Entity = &format.Entity{ID: fmt.Sprintf("ent-%d", e), Kind: "person", Name: fmt.Sprintf("Name %d \u202f", e)}
		}
		s.Spans = append(s.Spans, span)
	}
	for k := range rapid.IntRange(0, len(s.Spans)/2).Draw(t, "relations") {
		s.Relations = append(s.Relations, format.Relation{
			ID: fmt.Sprintf("r-%d-%s-%d", i, who, k), Type: rapid.SampledFrom([]string{"speaker", "actor", "part of"}).Draw(t, "type"),
			From: s.Spans[k].ID, To: s.Spans[len(s.Spans)-1].ID, Attributes: genValues(t, "why"), Note: genString(t, "note"),
		})
	}
	return s
}

func storeWith(t tester, articles []*format.Article, space int) annotate.Store {
	t.Helper()
	store := newStore(t)
	seq := func(yield func(*format.Article, error) bool) {
		for _, a := range articles {
			if !yield(a, nil) {
				return
			}
		}
	}
	if _, err := format.ImportArticles(ctx, store, "generated", seq, importOptions(space)); err != nil {
		t.Fatalf("import: %v", err)
	}
	return store
}

func TestJSONLComesBackByteForByte(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		articles := genArticles(t)
		first, m := exportString(t, storeWith(t, articles, 1), format.ExportOptions{Format: "jsonl"})
		if m.Out.Articles != len(articles) {
			t.Fatalf("%d articles exported of %d", m.Out.Articles, len(articles))
		}
		path := filepath.Join(dir, "x.jsonl")
		if err := os.WriteFile(path, []byte(first), 0o644); err != nil {
			t.Fatal(err)
		}
		second := newStore(t)
		mustImport(t, second, importOptions(2), path)
		again, _ := exportString(t, second, format.ExportOptions{Format: "jsonl"})
		if first != again {
			t.Fatalf("first:\n%s\nthen:\n%s", first, again)
		}
		report := mustImport(t, second, importOptions(3), path)
		if report.Change != "" || report.Unchanged != len(articles) || len(report.Notes) != 0 {
			t.Fatalf("the second import changed something: %+v", report)
		}
	})
}

// shape is what the word "same" means for a brat round trip: annotator, label,
// fragments, attributes, entity, relations.
func shape(docs []*annotate.Document, schema *annotate.Schema) map[string][]string {
	all := map[string][]string{}
	for _, d := range docs {
		for _, set := range d.Sets {
			key := d.Article.TextHash + " " + set.Annotator.Name
			text := map[annotate.ID]string{}
			lines := []string{}
			for _, s := range set.Spans {
				l, _ := schema.Label(s.Label)
				raw, _ := json.Marshal(s.Attributes)
				text[s.ID] = fmt.Sprintf("%s %v %s @%s", l.Name, s.Fragments, raw, s.Entity)
				lines = append(lines, text[s.ID])
			}
			for _, r := range set.Relations {
				rt, _ := schema.RelationType(r.Type)
				raw, _ := json.Marshal(r.Attributes)
				lines = append(lines, fmt.Sprintf("%s %s: %s -> %s", rt.Name, raw, text[r.From], text[r.To]))
			}
			slices.Sort(lines)
			all[key] = append(all[key], lines...)
		}
	}
	return all
}

func shapeOf(t tester, store annotate.Store) map[string][]string {
	schema, err := store.Schema(ctx)
	if err != nil {
		t.Fatalf("schema: %v", err)
	}
	return shape(documents(t, store), schema)
}

func TestBratComesBackTheSame(t *testing.T) {
	base := t.TempDir()
	n, compared := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		articles := genArticles(t)
		for i, a := range articles { // texts of their own, so that shapes can be told apart
			a.Text += fmt.Sprintf(" (%d)", i)
		}
		store := storeWith(t, articles, 1)
		n++
		out := filepath.Join(base, fmt.Sprint(n))
		m, err := format.Export(ctx, store, format.ExportOptions{Format: "brat", Out: out, Annotator: "all", Statuses: []annotate.Status{"in_progress", "done", "skipped"}})
		if err != nil {
			t.Fatalf("export: %v", err)
		}
		want := shapeOf(t, store)
		for _, d := range documents(t, store) {
			for _, s := range d.Sets {
				if s.Set.Status == annotate.New {
					delete(want, d.Article.TextHash+" "+s.Annotator.Name)
				}
			}
		}
		if note(m.Losses, "line_breaks")+note(m.Losses, "blanks") > 0 || len(want) == 0 {
			return // told: such spans do not come back as they were
		}
		compared++
		second := newStore(t)
		mustImport(t, second, importOptions(2), out)
		if got := shapeOf(t, second); !reflect.DeepEqual(got, want) {
			for _, k := range slices.Sorted(maps.Keys(want)) {
				t.Logf("%s\n want %q\n got  %q", k, want[k], got[k])
			}
			t.Fatalf("not the same: %d and %d sets\n%v", len(want), len(got), tree(t, out))
		}
	})
	if compared < n/5 {
		t.Errorf("only %d of %d projects could be compared", compared, n)
	}
}
