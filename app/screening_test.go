package app

import (
	"testing"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/app/commands"
	"lede/app/session"
)

// relevance is what the open article is screened as, and its status.
func (h *harness) relevance() string {
	h.t.Helper()
	set := h.shell.work.session.Doc().Set
	return set.Fields.String(session.Relevance) + " " + string(set.Status)
}

func (h *harness) wantOpen(ref string) {
	h.t.Helper()
	h.settle()
	if got := h.shell.work.session.Doc().Article.Ref; got != ref {
		h.t.Fatalf("article %s is open, want %s", got, ref)
	}
}

// screeningOf is a window on articles that are being screened.
func screeningOf(t *testing.T, articles int) *harness {
	h := newHarness(t, articles)
	h.shell.work.reader.Focus()
	h.press(fyne.KeyF4)
	return h
}

func TestScreeningByKeys(t *testing.T) {
	h := screeningOf(t, 4)
	bar := h.shell.work.reader.Object
	if !says(bar, "Not relevant") || !says(bar, "0 of 4") || says(bar, "Aa") {
		t.Fatal("the bar does not stand in place of the labels")
	}
	h.press("1")
	h.wantOpen("b")
	h.press("N")
	h.wantOpen("c")
	h.press("3")
	h.wantOpen("d")
	if !says(bar, "3 of 4") {
		t.Errorf("the progress is %+v", h.shell.work.screen)
	}
	h.press(fyne.KeyBackspace)
	h.wantOpen("c")
	h.press(fyne.KeyBackspace)
	h.wantOpen("b")
	if !says(bar, "1 of 4") || h.relevance() != " " {
		t.Errorf("going back leaves %q", h.relevance())
	}
	h.press("2")
	h.wantOpen("c")
	h.do(h.shell.work.session.Open(t.Context(), h.articleID("b")))
	if h.relevance() != "not_relevant skipped" {
		t.Errorf("the article is %q", h.relevance())
	}
	h.wantSpans() // no digit was a label's
	h.press(fyne.KeyF4, fyne.KeyF4)
	h.wantOpen("c") // begins at one that is not decided
	h.press(fyne.KeyEscape)
	if h.shell.work.screen.on || !says(bar, "Aa") {
		t.Error("Esc does not end the mode")
	}
	h.press("2")
	if h.relevance() != " " {
		t.Error("a digit still decides")
	}
}

func (h *harness) articleID(ref string) annotate.ID {
	h.t.Helper()
	found, err := h.shell.work.store.Find(h.t.Context(), ref, "")
	if err != nil || len(found) != 1 {
		h.t.Fatalf("article %s: %v (%v)", ref, found, err)
	}
	return found[0].ID
}

func TestScreeningEnds(t *testing.T) {
	h := screeningOf(t, 2)
	h.press("1")
	h.shell.work.decide(annotate.Choice{Name: session.Unsure, Title: "Unsure"})
	if !h.said("Every article of the list is screened.") {
		t.Error("nothing says that all is done")
	}
	h.wantOpen("b")
	for range 2 {
		h.press(fyne.KeyBackspace)
	}
	h.wantOpen("a")
	h.shell.work.screenBack()
	if !h.said("Nothing to go back to") {
		t.Error("nothing says that there is nothing")
	}
}

func TestScreeningByCommands(t *testing.T) {
	h := newHarness(t, 3)
	for _, id := range []string{commands.ScreenYes, commands.ScreenBack} {
		if h.shell.table.Enabled(id) {
			t.Errorf("%s can be done without the mode", id)
		}
	}
	h.shell.table.Run(commands.Screen)
	h.shell.table.Run(commands.ScreenNo)
	h.wantOpen("b")
	h.shell.table.Run(commands.ScreenUnsure)
	h.wantOpen("c")
	h.shell.table.Run(commands.ScreenBack)
	h.wantOpen("b")
	h.ctrl("Z") // undo is the same
	h.wantOpen("a")
	h.shell.titles()
	if h.relevance() != " " {
		t.Errorf("the article is %q", h.relevance())
	}
}

func TestScreeningOffersTheField(t *testing.T) {
	h := newHarness(t, 2)
	s := h.shell.work.session
	field, _ := s.ScreeningField()
	c := annotate.Change{ID: h.shell.o.Env.NewID(), Actor: "bo", Cause: annotate.CauseManual, Title: "Remove", Ops: []annotate.Op{annotate.Delete(field)}}
	if _, err := h.shell.work.store.Apply(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	h.shell.work.poll()
	h.press(fyne.KeyF4)
	bar := h.shell.work.reader.Object
	if !says(bar, "no field") {
		t.Fatal("nothing says that the field is missing")
	}
	h.press("1")
	h.wantOpen("a")
	h.wantSpans()
	h.shell.work.addScreeningField()
	h.settle()
	if !says(bar, "Not relevant") || !says(bar, "0 of 2") {
		t.Fatal("the field was added and is not offered")
	}
	h.press("1")
	h.wantOpen("b")
}
