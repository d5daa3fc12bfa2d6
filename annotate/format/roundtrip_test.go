package format_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/formattest"
)

// genArticles are those of the suite that all formats pass.
func genArticles(t *rapid.T) []*format.Article { return formattest.Drawn(t) }

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

// shape is a project as tests compare it: annotator, label,
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
