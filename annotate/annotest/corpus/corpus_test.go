package corpus_test

import (
	"context"
	"testing"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/annotest/corpus"
	"lede/annotate/text"
)

// TestArticlesAreAsPromised: size, spans on the words they are about, and the same
// article wherever it stands.
func TestArticlesAreAsPromised(t *testing.T) {
	ctx := context.Background()
	c := corpus.New(annotest.NewEnvAt(annotest.Start, 1))
	store := annotest.NewMemory(annotest.NewEnv())
	create := annotate.Change{ID: "019cb800-0000-7fff-8000-000000000001", Actor: "ana", Title: "Schema"}
	for _, r := range c.Records() {
		create.Ops = append(create.Ops, annotate.Create(r))
	}
	if _, err := store.Apply(ctx, create); err != nil {
		t.Fatal(err)
	}
	if err := c.Fill(ctx, store, 40); err != nil {
		t.Fatal(err)
	}
	again := corpus.New(annotest.NewEnvAt(annotest.Start, 2))
	n := 0
	for d, err := range store.Documents(ctx, annotate.DocumentQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		if size := len(d.Text.String()); size < 2000 || size > 2500 || len(d.Sets[0].Spans) != 15 || len(d.Sets[0].Relations) != 2 {
			t.Errorf("article %d: %d bytes, %d spans, %d relations", n, size, len(d.Sets[0].Spans), len(d.Sets[0].Relations))
		}
		for _, s := range d.Sets[0].Spans {
			words := d.Text.Slice(s.Fragments[0])
			first := []rune(words)[0]
			if quote := s.Label == c.Records()[2].RecordID(); quote != (first == '“') {
				t.Errorf("article %d: label %s on %q", n, s.Label, words)
			}
		}
		if alike := again.Article(n); alike.Text != d.Text.String() || alike.Article.Title != d.Article.Title {
			t.Errorf("article %d is another one the second time", n)
		}
		n++
	}
	if n != 40 || text.SHA256(again.Article(0).Text) == text.SHA256(again.Article(1).Text) {
		t.Errorf("%d articles, or the first two are alike", n)
	}
}
