package format_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/format"
	_ "lede/annotate/format/jsonl"
)

// slowly is an environment in which every look at the clock takes seconds.
func slowly() annotate.Env {
	env := annotest.NewEnv()
	now := time.Date(2026, 3, 4, 0, 0, 0, 0, time.UTC)
	env.Now = func() time.Time {
		now = now.Add(5 * time.Second)
		return now
	}
	return env
}

// manyLines are articles with spans; every seventh is by two annotators, whose lines lie far
// from each other, so that the second comes when the first is in the project.
func manyLines(n int) (lines []string) {
	for i := range n {
		lines = append(lines, fmt.Sprintf(`{"id":"a%d","text":"Text %d of Ana 👩‍👩‍👧.","annotator":"ana","spans":[{"label":"actor%d","start":0,"end":4}]}`, i, i, i%40))
	}
	for i := 0; i < n; i += 7 {
		lines = append(lines, fmt.Sprintf(`{"id":"a%d","text":"Text %d of Ana 👩‍👩‍👧.","annotator":"ben","spans":[{"label":"late","start":0,"end":4}]}`, i, i))
	}
	return lines
}

func written(t *testing.T, name string, lines []string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// exported is all of a project as lines, but for ids that the import minted.
func exported(t *testing.T, store annotate.Store) string {
	t.Helper()
	var b strings.Builder
	for doc, err := range store.Documents(context.Background(), annotate.DocumentQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s %s\n", doc.Article.Ref, doc.Text.String())
		for _, set := range doc.Sets {
			for _, s := range set.Spans {
				fmt.Fprintf(&b, "  %s %v\n", set.Annotator.Name, s.Fragments)
			}
		}
	}
	return b.String()
}

// TestImportInParts: an import in parts makes the project that one step makes; one that
// fails leaves its parts, whole, and goes on with the rest.
func TestImportInParts(t *testing.T) {
	ctx := context.Background()
	lines := manyLines(900)
	options := func(env annotate.Env) format.ImportOptions {
		return format.ImportOptions{Actor: "ana", Annotator: "ana", Env: env, InParts: true}
	}
	path := written(t, "a.jsonl", lines)
	whole := annotest.NewMemory(annotest.NewEnv())
	o := options(annotest.NewEnv())
	o.InParts = false
	if r, err := format.Import(ctx, whole, []string{path}, o); err != nil || r.Parts != 0 {
		t.Fatal(r, err)
	}
	env := slowly()
	store := annotest.NewMemory(env)
	r, err := format.Import(ctx, store, []string{path}, options(env))
	if err != nil {
		t.Fatal(err)
	}
	history, err := store.History(ctx, annotate.HistoryQuery{StackedOnly: true})
	if err != nil || r.Parts < 5 || len(history) != r.Parts || r.Added.Articles != 900 || r.Unchanged != 0 {
		t.Errorf("%d steps in %d parts, added %+v, %v", len(history), r.Parts, r.Added, err)
	}
	if exported(t, store) != exported(t, whole) {
		t.Error("an import in parts made another project")
	}
	if bad, err := store.Check(ctx); err != nil || len(bad) > 0 {
		t.Error(bad, err)
	}

	// A cancelled one.
	store = annotest.NewMemory(env)
	stop, cancel := context.WithCancel(ctx)
	o = options(env)
	o.Progress = func(p format.Progress) {
		if p.Done == 500 {
			cancel()
		}
	}
	_, err = format.Import(stop, store, []string{path}, o)
	var kept *format.PartKeptError
	if !errors.Is(err, context.Canceled) || !errors.As(err, &kept) || kept.Articles < 300 || kept.Articles > 500 {
		t.Fatalf("it said %v", err)
	}
	if count, err := store.Count(ctx, annotate.ArticleQuery{}); err != nil || count.Total != kept.Articles {
		t.Errorf("%d articles, %v; it said %d", count.Total, err, kept.Articles)
	}
	if r, err = format.Import(ctx, store, []string{path}, options(env)); err != nil || r.Added.Articles != 900-kept.Articles {
		t.Errorf("it went on with %+v, %v", r, err)
	}
	if exported(t, store) != exported(t, whole) {
		t.Error("an import that went on made another project")
	}
}

// TestPartsOfWrongUnits: nothing of a file is kept before it is known that all of it is
// sound, in one unit of offsets.
func TestPartsOfWrongUnits(t *testing.T) {
	ctx, env := context.Background(), slowly()
	lines := manyLines(300)
	lines = append(lines, `{"id":"u","text":"👩 Ana","spans":[{"label":"actor","start":3,"end":6,"text":"Ana"}]}`) // UTF-16
	store := annotest.NewMemory(env)
	r, err := format.Import(ctx, store, []string{written(t, "u.jsonl", lines)}, format.ImportOptions{Actor: "ana", Annotator: "ana", Env: env, InParts: true})
	if err != nil || r.Parts < 2 || !strings.Contains(r.Sources[0].Offsets, "UTF-16") || r.Unchanged != 0 {
		t.Errorf("%+v, %v", r, err)
	}
	store = annotest.NewMemory(env)
	lines = append(lines, `{"id":"b","text":"x","spans":[{"label":"actor","start":3,"end":99}]}`)
	_, err = format.Import(ctx, store, []string{written(t, "b.jsonl", lines)}, format.ImportOptions{Actor: "ana", Annotator: "ana", Env: env, InParts: true})
	if count, countErr := store.Count(ctx, annotate.ArticleQuery{}); err == nil || countErr != nil || count.Total != 0 {
		t.Errorf("%d articles of a broken file, %v, %v", count.Total, err, countErr)
	}
	whole := written(t, "k.jsonl", manyLines(300))
	if r, err := format.Import(ctx, store, []string{whole}, format.ImportOptions{Actor: "ana", Annotator: "ana", Env: env, InParts: true, OnDuplicate: format.Keep}); err != nil || r.Parts != 0 {
		t.Errorf("with keep: %+v, %v", r, err)
	}
}
