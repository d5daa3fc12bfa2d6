package app

import (
	"context"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/app/commands"
)

// keys are the open warnings of the article on screen.
func (h *harness) warnings() []string {
	h.t.Helper()
	h.settle()
	var keys []string
	for _, w := range h.shell.work.openWarnings() {
		keys = append(keys, w.Key())
	}
	return keys
}

func (h *harness) wantWarnings(want ...string) {
	h.t.Helper()
	if got := h.warnings(); !slices.Equal(got, want) {
		h.t.Fatalf("warnings are %v, want %v", got, want)
	}
}

// tagBy gives words a label, by its key.
func (h *harness) tagBy(words string, key fyne.KeyName) annotate.ID {
	h.t.Helper()
	h.shell.work.session.Select(h.at(words))
	h.settle()
	h.press(key)
	return h.shell.work.session.Chosen()
}

// listKey types a key into the list of warnings.
func (h *harness) listKey(names ...fyne.KeyName) {
	h.t.Helper()
	for _, n := range names {
		h.shell.work.warned.panel.List().TypedKey(&fyne.KeyEvent{Name: n})
		h.settle()
	}
}

func (h *harness) wantListed(want string) {
	h.t.Helper()
	h.settle()
	if got := h.shell.work.warned.panel.Says(); got != want {
		h.t.Fatalf("the list says %q, want %q", got, want)
	}
}

// TestWarningsComeAndGo warns after a change, and no more once it is mended.
func TestWarningsComeAndGo(t *testing.T) {
	h := newHarness(t, 2)
	h.wantWarnings()
	quote := h.tagBy("“no”", "3")
	h.wantWarnings("needs_relation:speaker", "relation_min:cue", "required:form")
	cue := h.tagBy("said", "4")
	kind, _ := h.shell.work.session.Schema().RelationTypeNamed("cue")
	h.do(h.shell.work.session.Link(kind.ID, quote, cue))
	h.wantWarnings("needs_relation:speaker", "required:form")
	h.ctrl("Z")
	h.wantWarnings("needs_relation:speaker", "relation_min:cue", "required:form")
	h.shell.work.next(false)
	h.wantWarnings()
	h.shell.work.next(true)
	h.wantWarnings("needs_relation:speaker", "relation_min:cue", "required:form")
}

// TestWarningsDoNotInterrupt leaves what is being typed alone when they come.
func TestWarningsDoNotInterrupt(t *testing.T) {
	h := newHarness(t, 2)
	quote := h.tagBy("“no”", "3")
	h.shell.work.next(false)
	h.settle()
	h.shell.work.next(true)
	h.shell.work.session.Choose(quote)
	h.shell.table.Run(commands.SpanNote)
	note := h.field()
	note.TypedRune('x')
	if len(h.shell.work.openWarnings()) > 0 {
		t.Fatal("they were there before")
	}
	h.wantWarnings("needs_relation:speaker", "relation_min:cue", "required:form")
	if f := h.field(); f != note || note.Text != "x" {
		t.Errorf("the note has lost the keyboard or its text: %q", note.Text)
	}
}

// TestStepThroughWarnings goes from one to the next and around the ends.
func TestStepThroughWarnings(t *testing.T) {
	h := newHarness(t, 1)
	h.run(commands.WarningNext) // there is none: a hint
	quote := h.tagBy("“no”", "3")
	event := h.tagBy("The port authority said", "2")
	h.wantWarnings("needs_relation:speaker", "relation_min:cue", "required:form", "max_words", "relation_min:actor", "required:type")
	h.shell.work.session.Choose("")
	h.view().SetCaret(0)
	h.settle()
	for i, want := range []annotate.ID{quote, quote, quote, event, event, event, quote} {
		h.run(commands.WarningNext)
		if got := h.shell.work.session.Chosen(); got != want {
			t.Fatalf("step %d leads to %s, want %s", i, got, want)
		}
	}
	h.run(commands.WarningPrevious)
	if got := h.shell.work.warned.at.Key(); got != "required:type" {
		t.Errorf("before the first is %s", got)
	}
	if !h.shell.work.reader.Focused() {
		t.Error("the text has no focus")
	}
	h.run(commands.WarningAccept)
	h.wantWarnings("needs_relation:speaker", "relation_min:cue", "required:form", "max_words", "relation_min:actor")
	h.shell.work.session.Choose(quote)
	h.settle()
	h.run(commands.WarningAccept)
	h.wantWarnings("relation_min:cue", "required:form", "max_words", "relation_min:actor")
	h.ctrl("Z")
	h.wantWarnings("needs_relation:speaker", "relation_min:cue", "required:form", "max_words", "relation_min:actor")
}

// TestListOfWarnings follows the article, and goes to places by its keys.
func TestListOfWarnings(t *testing.T) {
	h := newHarness(t, 2)
	panel := h.shell.work.warned.panel
	h.run(commands.WarningList)
	if !panel.Shown() || !panel.HasFocus() {
		t.Fatal("the list is not open")
	}
	h.wantListed("")
	quote := h.tagBy("“no”", "3")
	event := h.tagBy("The port authority said", "2")
	h.wantListed("6 warnings")
	h.listKey(fyne.KeyHome, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown)
	if h.shell.work.session.Chosen() != event || !panel.HasFocus() {
		t.Errorf("Down has chosen %s, and the list has the focus: %v", h.shell.work.session.Chosen(), panel.HasFocus())
	}
	h.listKey(fyne.KeySpace)
	h.wantListed("5 warnings · 1 accepted")
	h.wantWarnings("needs_relation:speaker", "relation_min:cue", "required:form", "relation_min:actor", "required:type")
	h.listKey(fyne.KeyUp, fyne.KeyReturn)
	if h.shell.work.session.Chosen() != quote || !h.shell.work.reader.Focused() {
		t.Errorf("Enter has chosen %s", h.shell.work.session.Chosen())
	}
	h.run(commands.WarningList)
	h.run(commands.WarningList)
	if panel.Shown() || !h.shell.work.reader.Focused() {
		t.Error("the command has not closed the list")
	}
}

// TestWarningsOfTheProject lists all articles, steps through them, and follows what is
// mended.
func TestWarningsOfTheProject(t *testing.T) {
	h := newHarness(t, 3)
	h.tagBy("“no”", "3")
	h.shell.work.next(false)
	h.shell.work.next(false)
	event := h.tagBy("The port authority said", "2")
	panel := h.shell.work.warned.panel
	h.run(commands.WarningProject)
	h.until("the project is checked", func() bool { return panel.Says() == "6 warnings in 2 articles" })
	h.listKey(fyne.KeyHome, fyne.KeyReturn)
	if ref := h.shell.work.session.Doc().Article.Ref; ref != "a" {
		t.Fatalf("the first warning leads to article %s", ref)
	}
	for range 3 {
		h.run(commands.WarningNext)
	}
	if ref := h.shell.work.session.Doc().Article.Ref; ref != "c" || h.shell.work.session.Chosen() != event {
		t.Fatalf("the fourth warning leads to article %s", ref)
	}
	h.run(commands.EditDelete)
	h.wantListed("3 warnings in 1 article")
	h.run(commands.WarningPrevious)
	h.run(commands.WarningList) // it is open: it gets the keyboard
	h.listKey(fyne.KeySpace)
	h.wantListed("2 warnings in 1 article · 1 accepted")
	h.ctrl("Z")
	h.wantListed("3 warnings in 1 article")
}

// TestWarningsOfAProjectThatChanged says that the list is old, and looks again.
func TestWarningsOfAProjectThatChanged(t *testing.T) {
	h := newHarness(t, 2)
	h.tagBy("The port authority said", "2")
	h.run(commands.WarningProject)
	panel, s := h.shell.work.warned.panel, h.shell.work.session
	h.until("the project is checked", func() bool { return panel.Says() == "3 warnings in 1 article" })
	h.saved()
	event, _ := s.Schema().LabelNamed("event")
	env := annotest.NewEnvAt(annotest.Start, 9)
	_, err := h.shell.work.store.Apply(context.Background(), annotate.Change{
		ID: env.NewID(), Actor: "lead", Cause: annotate.CauseManual, Title: "Rule",
		Ops: []annotate.Op{annotate.Create(annotate.Rule{ID: env.NewID(), Name: "min_words", Label: event.ID, Value: "9"})},
	})
	h.do(err)
	h.shell.work.poll()
	h.wantListed("4 warnings in 1 article · the project was changed since") // the open article follows by itself
	panel.TurnTo(true)
	h.until("the project is checked again", func() bool { return panel.Says() == "4 warnings in 1 article" })
}
