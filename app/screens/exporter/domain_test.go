package exporter

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

// TestCodebookAsksForNoArticles: the schema alone goes out, under a name with the
// ending that was chosen, unless somebody typed another.
func TestCodebookAsksForNoArticles(t *testing.T) {
	store, dir := project(t)
	b := open(t, store, dir)
	b.format("codebook")
	page := words(b.right)
	for _, not := range []string{"Whose work", "Articles\n", "cannot hold", "Nothing is lost"} {
		if strings.Contains(page, not) {
			t.Errorf("the page of the codebook says %q: %s", not, page)
		}
	}
	if got := b.target(); got != filepath.Join(dir, "strike-codebook.md") {
		t.Errorf("it is offered as %s", got)
	}
	set := func(key, value string) {
		t.Helper()
		for _, o := range b.chosen.Options {
			if o.Key == key {
				b.setOption(o, value)
				b.until("the plan", func() bool { return !b.work.Busy() })
				return
			}
		}
		t.Fatalf("there is no option %s", key)
	}
	set("as", "html")
	if got := b.target(); got != filepath.Join(dir, "strike-codebook.html") {
		t.Errorf("as a page it is offered as %s", got)
	}
	b.done()
	b.until("the export", func() bool { return b.finished != "" })
	raw, err := os.ReadFile(filepath.Join(dir, "strike-codebook.html"))
	if err != nil || !strings.HasPrefix(string(raw), "<!DOCTYPE html>") {
		t.Errorf("the file holds %.20q, %v", raw, err)
	}
	if page := words(b.right); !strings.Contains(page, "compared with the schema") {
		t.Errorf("afterwards the page says %q", page)
	}
	b.format("jsonl")
	b.format("codebook")
	b.path.Put(filepath.Join(dir, "mine.txt"))
	set("as", "markdown")
	if got := b.target(); got != filepath.Join(dir, "mine.txt") {
		t.Errorf("the name that was typed became %s", got)
	}
}

// TestDomainFormatsAreOffered: under names of their own.
func TestDomainFormatsAreOffered(t *testing.T) {
	store, dir := project(t)
	b := open(t, store, dir)
	var names []string
	for _, f := range b.formats {
		names = append(names, f.Name)
	}
	for name, file := range map[string]string{"events": "strike-events.csv", "quotes": "strike-quotes.csv", "plover": "strike-plover.jsonl"} {
		if !slices.Contains(names, name) {
			t.Fatalf("%s is not offered, only %v", name, names)
		}
		b.format(name)
		if got := b.target(); got != filepath.Join(dir, file) {
			t.Errorf("%s is offered as %s", name, got)
		}
		if b.plan == nil || b.plan.Out.Articles == 0 || b.button.Off {
			t.Errorf("%s cannot be exported: %+v", name, b.plan)
		}
	}
}

// TestNamesAreBehindALink: they are shown when they are asked for, by keyboard too, and
// go into the export.
func TestNamesAreBehindALink(t *testing.T) {
	store, dir := project(t)
	b := open(t, store, dir)
	b.format("events")
	if page := words(b.right); strings.Contains(page, "relations from the event") || !strings.Contains(page, "Names in the schema…") {
		t.Errorf("at first the page says %q", page)
	}
	spans := b.plan.Out.Spans
	b.path.Put(filepath.Join(dir, "mine.csv"))
	b.link.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	b.until("the plan", func() bool { return !b.work.Busy() })
	if page := words(b.right); !strings.Contains(page, "relations from the event") {
		t.Errorf("then the page says %q", page)
	}
	if b.target() != filepath.Join(dir, "mine.csv") || b.sheet.Canvas().Focused() != fyne.Focusable(b.link) {
		t.Errorf("the name is %s now, the keyboard is at %T", b.target(), b.sheet.Canvas().Focused())
	}
	for _, o := range b.chosen.Options {
		if o.Key == "event" {
			b.setOption(o, "quote")
			b.until("the plan", func() bool { return !b.work.Busy() })
		}
	}
	if o := b.options(); o.Options["event"] != "quote" || b.plan.Out.Spans == spans {
		t.Errorf("%v: %d spans go out, before %d", o.Options, b.plan.Out.Spans, spans)
	}
}
