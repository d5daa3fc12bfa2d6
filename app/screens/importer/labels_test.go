package importer

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/annotate/format"
	"lede/app/textview/layout"
)

// press presses a key in the field of a title.
func (b *bench) press(title string, keys ...fyne.KeyName) {
	b.t.Helper()
	for _, k := range keys {
		field, ok := b.named[title]
		if !ok {
			b.t.Fatalf("there is no field %q; the dialog says\n%s", title, b.said())
		}
		b.sheet.Canvas().Focus(field)
		field.TypedKey(&fyne.KeyEvent{Name: k})
		b.rest()
	}
}

func (b *bench) spans() string {
	b.t.Helper()
	schema, err := b.store.Schema(context.Background())
	if err != nil {
		b.t.Fatal(err)
	}
	var list []string
	for doc, err := range b.store.Documents(context.Background(), annotate.DocumentQuery{}) {
		if err != nil {
			b.t.Fatal(err)
		}
		for _, s := range doc.Sets {
			for _, x := range s.Spans {
				l, _ := schema.Label(x.Label)
				list = append(list, l.Name+" "+doc.Text.Quote(x.Fragments))
			}
		}
	}
	return strings.Join(list, "|")
}

const coded = `{"id":"a","text":"Ana met Ben in Oslo.","annotator":"ana","spans":[{"label":"PER","start":0,"end":3},{"label":"PER","start":8,"end":11},{"label":"LOC","start":15,"end":19},{"label":"MISC","start":4,"end":7}]}` + "\n"

// TestLabelsAreMapped: a label of the files becomes one of the project, a new one, or
// nothing, by keyboard alone; what is chosen stays while the dialog looks again.
func TestLabelsAreMapped(t *testing.T) {
	b, o := newBench(t)
	if _, err := format.ImportArticles(context.Background(), b.store, "before", func(yield func(*format.Article, error) bool) {
		yield(&format.Article{Ref: "x", Text: "Old", Sets: []format.Set{{Annotator: "ana", Spans: []format.Span{{Label: "actor", Fragments: annotate.Fragments{{End: 3}}}}}}}, nil)
	}, format.ImportOptions{Actor: "ana", Env: o.Env}); err != nil {
		t.Fatal(err)
	}
	o.Fonts = layout.NewBundle(nil)
	b.Dialog = Open(o, []string{write(t, "a.jsonl", coded)})
	b.rest()
	b.wants("Labels", "a new label PER (2 spans)", "a new label LOC (1 span)", "First articles", "New labels")
	if b.marked(b.found.articles[0]) == nil {
		t.Error("the preview does not draw the spans")
	}
	b.press("PER", fyne.KeyDown) // actor
	b.wants("actor (2 spans)")
	if focused := b.sheet.Canvas().Focused(); focused != b.named["PER"] {
		t.Errorf("the keyboard is at %T", focused)
	}
	b.press("MISC", fyne.KeyEnd)
	b.wants("left out (1 span)")
	b.done()
	b.rest()
	if got := b.spans(); got != "actor Old|actor Ana|actor Ben|LOC Oslo" {
		t.Errorf("the project has %s", got)
	}
}

// TestColumnsAreMapped: each column of a table has a field.
func TestColumnsAreMapped(t *testing.T) {
	b := open(t, write(t, "a.csv", "Story,Kopf,Wordcount\nA text.,A title,2\n"))
	b.wants("Story", "Kopf", "Wordcount", "auto: further fact", "A text.", "A title", "2")
	b.press(columnKey+"Story", fyne.KeyDown)              // the text
	b.press(columnKey+"Kopf", fyne.KeyDown, fyne.KeyDown) // the title
	b.press(columnKey+"Wordcount", fyne.KeyEnd)           // left out
	b.wants("A title", "A text.", "1 new article")
	b.done()
	b.rest()
	a := b.articles()[0].Article
	if a.Title != "A title" || b.text(0) != "A text." || len(a.Meta) != 0 {
		t.Errorf("imported %+v", a)
	}
}

// TestCorrectedTextsWait: what becomes of the spans is said, and done when it is
// chosen.
func TestCorrectedTextsWait(t *testing.T) {
	b := open(t, write(t, "a.jsonl", coded))
	b.done()
	b.rest()
	b.Close()
	corrected := write(t, "b.jsonl", `{"id":"a","text":"On Monday Anna met Ben in Oslo."}`+"\n")
	b.Dialog = Open(b.o, []string{corrected})
	b.rest()
	b.wants("1 left out")
	b.more = true
	b.fields()
	for range len(format.Duplicates) {
		if b.duplicates != format.Correct {
			b.press("Already there", fyne.KeyDown)
		}
	}
	b.wants("Corrected texts", "0 spans stay where they are, 3 move, 1 lose their words", "PER “Ana” of ana", "wait: articles with spans")
	b.press("Their spans", fyne.KeyEnd)
	b.wants("1 corrected")
	b.done()
	b.rest()
	b.wants("Imported", "PER “Ana” of ana")
	if got := b.spans(); got != "MISC met|PER Ben|LOC Oslo" {
		t.Errorf("the project has %s", got)
	}
}

// TestEverySkippedItemIsNamed: few at first, all when asked for.
func TestEverySkippedItemIsNamed(t *testing.T) {
	var lines strings.Builder
	for i := range 30 {
		fmt.Fprintf(&lines, `{"id":"a%02d","text":"Text %d","annotator":"a","spans":[{"label":"x","start":0,"end":4,"text":"Text"}]}`+"\n", i, i)
	}
	b := open(t, write(t, "a.jsonl", lines.String()))
	b.done()
	b.rest()
	b.Close()
	b.Dialog = Open(b.o, []string{write(t, "b.jsonl", strings.ReplaceAll(lines.String(), "Text ", "Text  "))})
	b.rest()
	b.done()
	b.rest()
	b.wants("Imported", "30 left out", "a04", "Show every one")
	if strings.Contains(b.said(), "a29") {
		t.Error("all are named at once")
	}
	b.all = true
	b.tellAgain()
	for i := range 30 {
		b.wants(fmt.Sprintf(": a%02d", i))
	}
}
