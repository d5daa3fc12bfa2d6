package format_test

import (
	"fmt"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/drift"
	"lede/annotate/edit"
	"lede/annotate/format"
)

const oldStory = `{"id":"a1","title":"The strike","source":"Wire","text":"The minster Ana Lund resigned. “Nobody goes back,” said Ben Brod.","meta":{"desk":"city"},"annotator":"ana","status":"done","note":"mine","spans":[` +
	`{"id":"s1","label":"actor","start":4,"end":20},{"id":"s2","label":"actor","start":12,"end":20},{"id":"s3","label":"quote","start":31,"end":50},{"id":"s4","label":"actor","start":56,"end":64}],` +
	`"relations":[{"id":"r1","type":"speaker","from":"s3","to":"s4"},{"id":"r2","type":"x","from":"s3","to":"s1"}]}` + "\n"

const newText = "On Monday the minister Ana Lund resigned. “Nobody goes back,” said Ben Brod."

func TestCorrectedText(t *testing.T) {
	store := newStore(t)
	dir := t.TempDir()
	mustImport(t, store, importOptions(1), write(t, dir, "old.jsonl", oldStory+`{"id":"a2","text":"Untouched"}`+"\n"))
	corrected := write(t, dir, "new.jsonl", fmt.Sprintf(`{"id":"a1","author":"C. Doe","text":%q,"annotator":"ben","status":"done","spans":[{"label":"time","start":3,"end":9}]}`+"\n", newText))

	o := importOptions(2)
	r := mustImport(t, store, o, corrected)
	if r.LeftOut != 1 || r.Corrected != 0 {
		t.Errorf("without being told, the import did %+v", r)
	}
	o.OnDuplicate = format.Correct
	r = mustImport(t, store, o, corrected)
	if r.Change != "" || r.LeftOut != 1 || len(r.Drift) != 1 || r.Drift[0].Applied {
		t.Fatalf("before it is accepted, the import did %+v", r)
	}
	d := r.Drift[0]
	if d.Same != 0 || len(d.Moved) != 3 || len(d.Lost) != 1 || d.Lost[0].Text != "minster Ana Lund" || d.Lost[0].Fate != drift.Lost || d.Relations != 1 {
		t.Errorf("the spans would be %+v", d)
	}
	o.AcceptDrift, o.DryRun = true, true
	if r := mustImport(t, store, o, corrected); r.Change != "" || !r.Drift[0].Applied || r.Corrected != 1 {
		t.Errorf("a dry run says %+v", r)
	}
	before, _ := exportString(t, store, format.ExportOptions{Format: "jsonl"})
	o.DryRun = false
	r = mustImport(t, store, o, corrected)
	if r.Change == "" || r.Corrected != 1 || r.Added.Articles != 0 {
		t.Fatalf("the import did %+v", r)
	}
	docs := documents(t, store)
	if len(docs) != 2 || docs[0].Article.Ref != "a1" || docs[1].Article.Ref != "a2" {
		t.Fatalf("the articles are %v and %v", docs[0].Article, docs[1].Article)
	}
	doc := docs[0]
	if a := doc.Article; doc.Text.String() != newText || a.Title != "The strike" || a.Source != "Wire" || a.Author != "C. Doe" || a.Meta.String("desk") != "city" {
		t.Errorf("the article is %+v: %s", a, doc.Text)
	}
	if len(doc.Sets) != 2 {
		t.Fatalf("the sets are %+v", doc.Sets)
	}
	ana := doc.Sets[0]
	var quotes []string
	for _, s := range ana.Spans {
		quotes = append(quotes, doc.Text.Quote(s.Fragments))
	}
	if got := strings.Join(quotes, "|"); got != "Ana Lund|“Nobody goes back,”|Ben Brod" {
		t.Errorf("the spans read %s", got)
	}
	if len(ana.Relations) != 1 || ana.Set.Status != annotate.Done || !strings.Contains(ana.Set.Flag, "1 span lost") ||
		!strings.HasPrefix(ana.Set.Note, "mine\n\nLost when") || !strings.Contains(ana.Set.Note, "actor “minster Ana Lund”") {
		t.Errorf("the set is %+v with %d relations", ana.Set, len(ana.Relations))
	}
	if len(doc.Sets[1].Spans) != 1 || doc.Sets[1].Annotator.Name != "ben" {
		t.Errorf("ben's set is %+v", doc.Sets[1])
	}
	rows, err := store.Articles(ctx, annotate.ArticleQuery{Presence: annotate.Deleted})
	if err != nil || len(rows) != 1 || rows[0].Article.Ref != "a1" {
		t.Errorf("in the bin are %+v, %v", rows, err)
	}
	if again := mustImport(t, store, o, corrected); again.Change != "" || len(again.Drift) != 0 {
		t.Errorf("the same once more: %+v", again)
	}
	undo(t, store, r.Change)
	if after, _ := exportString(t, store, format.ExportOptions{Format: "jsonl"}); after != before {
		t.Errorf("after undo the project holds\n%s\nand before\n%s", after, before)
	}
}

// TestCorrectedTextFile: a file is known by its name; an article that nobody has
// marked gets its new text without a question.
func TestCorrectedTextFile(t *testing.T) {
	store, dir := newStore(t), t.TempDir()
	mustImport(t, store, importOptions(1), write(t, dir, "story.txt", "An old text."))
	o := importOptions(2)
	o.OnDuplicate = format.Correct
	r := mustImport(t, store, o, write(t, dir, "story.txt", "A new text."))
	docs := documents(t, store)
	if r.Corrected != 1 || len(r.Drift) != 0 || len(docs) != 1 || docs[0].Text.String() != "A new text." {
		t.Errorf("%+v, %d articles", r, len(docs))
	}
}

// undo takes a change back as the program does.
func undo(t testing.TB, store annotate.Store, id annotate.ID) {
	t.Helper()
	found, err := store.History(ctx, annotate.HistoryQuery{IDs: []annotate.ID{id}})
	if err != nil || len(found) != 1 {
		t.Fatalf("%v, %v", found, err)
	}
	c := edit.Editor{Env: importOptions(77).Env, Actor: "tester"}.Undo(found[0])
	if _, err := store.Apply(ctx, c); err != nil {
		t.Fatal(err)
	}
}
