package sampler

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/annotest/corpus"
	"lede/annotate/sample"
	"lede/app/widgets"
)

// TestDialog: the strata are shown before, what cannot be drawn is told, and what is
// drawn is what was shown.
func TestDialog(t *testing.T) {
	test.NewTempApp(t)
	widgets.UseBundledFontsOnly()
	ctx := context.Background()
	c := corpus.New(annotest.NewEnvAt(annotest.Start, 1))
	store := annotest.NewMemory(annotest.NewEnv())
	create := annotate.Change{ID: "019cb800-0000-7fff-8000-000000000001", Actor: "ana", Title: "Schema"}
	for _, r := range c.Records() {
		create.Ops = append(create.Ops, annotate.Create(r))
	}
	_, err := store.Apply(ctx, create)
	if err == nil {
		err = c.Fill(ctx, store, 60)
	}
	if err != nil {
		t.Fatal(err)
	}
	window := test.NewTempWindow(t, nil)
	calls := make(chan func(), 100)
	var drawn *sample.Sample
	var as string
	d := Open(Options{
		Canvas: window.Canvas(), Store: store, Dispatch: func(f func()) { calls <- f },
		Draw: func(s *sample.Sample, tags []string) { drawn, as = s, strings.Join(tags, "|") }, Tell: func(err error) { t.Error(err) },
	})
	until := func(what string, so func() bool) {
		t.Helper()
		for end := time.After(20 * time.Second); !so(); {
			select {
			case f := <-calls:
				f()
			case <-end:
				t.Fatalf("waited in vain: %s; it says %q", what, d.said.Text)
			}
		}
	}
	says := func(words string) {
		t.Helper()
		until(words, func() bool { return strings.Contains(d.said.Text, words) })
	}
	says("100 articles are asked for, and there are 60")
	d.n.SetText("many")
	says("a number from 1 on")
	d.n.SetText("12")
	says("12 of 60 articles. Give the sample a tag")
	d.toggle("source")
	says("strata")
	if d.draw(); drawn != nil {
		t.Error("a sample without a tag was drawn")
	}
	want := d.drawn
	d.tag.SetText(" round1, pilot,")
	d.draw()
	until("it is drawn", func() bool { return drawn != nil })
	if drawn != want || as != "round1|pilot" || len(drawn.Articles) != 12 || len(drawn.Strata) < 2 || d.sheet.Shown() {
		t.Errorf("%+v as %q", drawn, as)
	}
}
