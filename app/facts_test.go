package app

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/annotate/facts"
	"lede/app/commands"
	"lede/app/widgets"
)

// The facts of the article are edited by keyboard in the inspector: each is a step of
// undo, shows above the text and in the list, and what cannot be meant is not taken.
func TestFactsAreEdited(t *testing.T) {
	h := newHarness(t, 2)
	w := h.shell.work
	h.run(commands.ArticleFacts)
	title, ok := h.shell.win.Canvas().Focused().(*widgets.Field)
	if !ok {
		t.Fatalf("%T has the keyboard", h.shell.win.Canvas().Focused())
	}
	title.SetText("Strike 👩‍👩‍👧 off")
	title.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	h.saved()
	if row, _ := w.session.List().Peek(0); row.Article.Title != "Strike 👩‍👩‍👧 off" || w.session.Doc().Article.Title != row.Article.Title {
		t.Errorf("the title is %q, in the list %q", w.session.Doc().Article.Title, row.Article.Title)
	}
	if err := w.session.SetFact(facts.Published, "03/04/2026"); err == nil || !strings.Contains(err.Error(), "day first") {
		t.Errorf("a date of two meanings: %v", err)
	}
	h.do(w.session.SetFact("desk", "politics"))
	h.do(w.session.SetFact("desk", "politics")) // no step
	h.saved()
	changes, err := w.store.History(context.Background(), annotate.HistoryQuery{Newest: true, Limit: 2})
	h.do(err)
	if changes[0].Title != "Set desk" || changes[1].Title != "Set title" {
		t.Errorf("%q, %q", changes[0].Title, changes[1].Title)
	}
	h.do(w.session.Undo(context.Background()))
	h.do(w.session.Undo(context.Background()))
	h.saved()
	if a := w.session.Doc().Article; a.Title == "Strike 👩‍👩‍👧 off" || a.Meta.String("desk") != "" {
		t.Errorf("after undo: %+v", a)
	}
	h.do(w.session.SetFact(facts.Assigned, "ben, me"))
	if got := w.session.Doc().Article.Assigned(); !slices.Equal(got, []string{"ben", "ana"}) {
		t.Errorf("assigned to %q", got)
	}
}

// A filter is saved under a name, is found by @ in the field, and narrows the list.
func TestSavedFilters(t *testing.T) {
	h := newHarness(t, 3)
	w := h.shell.work
	h.do(h.settings.SaveFilter("To do", "title:b"))
	w.articles.FocusSearch()
	field := h.shell.win.Canvas().Focused().(*widgets.Field)
	for _, r := range "@to" {
		field.TypedRune(r)
	}
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	w.reader.Focus() // help goes when the field is left
	h.until("the list is narrowed", func() bool { return w.session.List().Len() == 1 })
	if field.Text != "title:b" {
		t.Errorf("the field has %q", field.Text)
	}

	w.articles.ClearFilter()
	h.until("the list has all", func() bool { return w.session.List().Len() == 3 })
	h.run(commands.SavedFilters)
	h.send(fyne.KeyReturn)
	h.until("Enter alone takes the first one", func() bool { return w.session.List().Len() == 1 })
}
