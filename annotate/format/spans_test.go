package format_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate/format"
)

// spanTables are the formats of package rows with the options under which they hold all.
var spanTables = []struct {
	format  string
	options map[string]string
	noText  bool
}{
	{"csv", map[string]string{"rows": "all"}, false},
	{"csv", map[string]string{"rows": "all"}, true},
	{"tsv", map[string]string{"rows": "spans+relations", "article": "text", "empty": "yes", "bom": "yes"}, false},
	{"csv", map[string]string{"rows": "spans+relations", "article": "facts", "empty": "yes", "escape": "yes", "delimiter": "semicolon"}, true},
	{"csv", map[string]string{"rows": "spans", "article": "text", "escape": "yes"}, false},
}

// TestSpanTablesComeBack: what a table of spans holds comes back, so that the tables
// of a project that was made of tables have the same bytes.
func TestSpanTablesComeBack(t *testing.T) {
	base, n := t.TempDir(), 0
	for _, c := range spanTables {
		t.Run(fmt.Sprint(c.format, c.options["rows"], c.noText), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				articles := genArticles(t)
				for i, a := range articles { // texts of their own, so that a hash means one
					a.Text += fmt.Sprintf(" (%d)", i)
				}
				store := storeWith(t, articles, 1)
				n++
				out := func(k int) string {
					return filepath.Join(base, fmt.Sprintf("%d-%d.%s", n, k, c.format))
				}
				o := format.ExportOptions{Format: c.format, Out: out(1), Options: c.options, NoText: c.noText, Version: "test"}
				if _, err := format.Export(ctx, store, o); err != nil {
					t.Fatalf("export: %v", err)
				}
				second := newStore(t)
				if c.noText {
					second = storeWith(t, bare(articles), 3)
				}
				io := importOptions(2)
				io.Format, io.Options = c.format, map[string]string{"escape": "no"}
				if c.options["escape"] == "yes" {
					io.Options["escape"] = "yes"
				}
				r := mustImport(t, second, io, out(1))
				if r.LeftOut > 0 || len(r.Notes) > 0 && note(r.Notes, "empty") == 0 && note(r.Notes, "entities") == 0 {
					t.Fatalf("notes %+v", r.Notes)
				}
				want := shapeOf(t, store)
				got := shapeOf(t, second)
				maps.DeleteFunc(want, func(_ string, lines []string) bool { return len(lines) == 0 })
				maps.DeleteFunc(got, func(_ string, lines []string) bool { return len(lines) == 0 })
				if c.options["rows"] != "spans" && !reflect.DeepEqual(keys(want), keys(got)) {
					t.Fatalf("sets %q became %q", keys(want), keys(got))
				}
				o.Out = out(2)
				if _, err := format.Export(ctx, second, o); err != nil {
					t.Fatalf("export: %v", err)
				}
				if a, b := read(t, out(1)), read(t, out(2)); a != b {
					t.Fatalf("first:\n%s\nthen:\n%s", a, b)
				}
			})
		})
	}
}

func keys(m map[string][]string) []string { return slices.Sorted(maps.Keys(m)) }

// bare are articles that nobody has begun.
func bare(articles []*format.Article) []*format.Article {
	var list []*format.Article
	for _, a := range articles {
		b := *a
		b.Sets = nil
		list = append(list, &b)
	}
	return list
}

// read is a file, or all tables of a folder.
func read(t tester, path string) string {
	t.Helper()
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		files := tree(t, path)
		delete(files, "manifest.json")
		var all strings.Builder
		for _, name := range slices.Sorted(maps.Keys(files)) {
			all.WriteString(name + "\n" + files[name])
		}
		return all.String()
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	return string(raw)
}
