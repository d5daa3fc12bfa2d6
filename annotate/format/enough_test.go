package format_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/format"
	_ "lede/annotate/format/jsonl"
)

// TestAStoppedImportGoesOn: what was read is there, sound and one step; the same import,
// stopped at any place and run again, ends with the project that one run makes.
func TestAStoppedImportGoesOn(t *testing.T) {
	const n = 700 // more than two batches
	var lines []string
	for i := range n {
		id := fmt.Sprintf(`"id":"a%d",`, i)
		if i%3 == 0 {
			id = "" // known by its text
		}
		lines = append(lines, fmt.Sprintf(`{%s"text":"Text %d of Ana 👩‍👩‍👧.","spans":[{"label":"actor%d","start":0,"end":4}]}`, id, i, i%5))
	}
	path := filepath.Join(t.TempDir(), "a.jsonl")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, env := context.Background(), annotest.NewEnv()
	store := annotest.NewMemory(env)
	have := 0
	for _, stop := range []int{0, 1, 250, 251, 699, n} {
		asked := 0
		r, err := format.Import(ctx, store, []string{path}, format.ImportOptions{Actor: "ana", Annotator: "ana", Env: env, Enough: func() bool {
			asked++
			return asked > stop
		}})
		if err != nil {
			t.Fatal(err)
		}
		if r.Read.Articles != stop || r.Stopped != (stop < n) || r.Added.Articles != stop-have || r.Unchanged != have {
			t.Errorf("stopped at %d: read %d, stopped %v, added %d, unchanged %d", stop, r.Read.Articles, r.Stopped, r.Added.Articles, r.Unchanged)
		}
		have = stop
		count, err := store.Count(ctx, annotate.ArticleQuery{})
		if err != nil || count.Total != stop {
			t.Errorf("stopped at %d: %d articles (%v)", stop, count.Total, err)
		}
		if bad, err := store.Check(ctx); err != nil || len(bad) > 0 {
			t.Errorf("stopped at %d: %v %v", stop, bad, err)
		}
	}
	rows, err := store.Articles(ctx, annotate.ArticleQuery{})
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		_, text, err := store.Article(ctx, row.Article.ID)
		if want := fmt.Sprintf("Text %d of", i); err != nil || !strings.HasPrefix(text.String(), want) {
			t.Fatalf("article %d is %q (%v)", i, text, err)
		}
	}
}
