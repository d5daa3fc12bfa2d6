package app

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"lede/annotate"
	"lede/app/commands"
)

// ctrlAndTypes types a key with Ctrl, then others without.
func (h *harness) ctrlAndTypes(role fyne.KeyName, keys ...fyne.KeyName) {
	h.ctrl(role)
	h.press(keys...)
}

// shifted types a key with Shift held.
func (h *harness) shifted(n fyne.KeyName) {
	h.view().KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	h.press(n)
	h.view().KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	h.settle()
}

// unsettled types a key and lets nothing pass: a hint that it brings still shows.
func (h *harness) unsettled(n fyne.KeyName, mods fyne.KeyModifier) {
	e := &fyne.KeyEvent{Name: n}
	h.view().KeyDown(e)
	if mods != 0 {
		h.view().TypedShortcut(&desktop.CustomShortcut{KeyName: n, Modifier: mods})
	} else {
		h.view().TypedKey(e)
	}
	h.view().KeyUp(e)
}

func TestRolesByKeys(t *testing.T) {
	h := tagged(t)
	h.ctrlAndTypes("1", "A") // of the actors, Dockers is the nearest
	h.ctrlAndTypes("4", "A")
	h.wantRelations("actor: said “no” → Dockers", "time: said “no” → Monday")
	h.ctrlAndTypes("2", fyne.KeyRight, fyne.KeyReturn) // words that are not tagged yet
	h.wantRelations("actor: said “no” → Dockers", "recipient: said “no” → on", "time: said “no” → Monday")
	if step, _ := h.shell.work.session.NextUndo(); step.Title != "Tag “on” as Actor and link as Recipient" {
		t.Errorf("the step is %q", step.Title)
	}
	if s := h.shell.work.session; !s.Selection().Empty() || s.Chosen() != h.chooseWords("said “no”") {
		t.Error("the event is not ready for its next role")
	}
	h.ctrl("Z") // both at once
	h.wantRelations("actor: said “no” → Dockers", "time: said “no” → Monday")
	h.wantSpans("actor Dockers", "event said “no”", "time Monday", "actor port authority", "place second")
	h.ctrl("3") // the same words in another role
	h.wantRelations("actor: said “no” → Dockers", "place: said “no” → on", "time: said “no” → Monday")
}

func TestRoleOfWordsThatAreSelected(t *testing.T) {
	h := tagged(t)
	h.shell.work.session.Select(h.at("Monday"))
	h.settle()
	h.ctrl("3") // the words are a time; as the place of the event they are a place as well
	h.wantRelations("place: said “no” → Monday")
	h.shell.work.session.Select(h.at("Monday"))
	h.ctrl("4") // the time that is there
	h.wantRelations("place: said “no” → Monday", "time: said “no” → Monday")
	if n := len(h.spans()); n != 6 {
		t.Errorf("there are %d spans, want 6", n)
	}
}

func TestCompoundRole(t *testing.T) {
	h := tagged(t)
	h.ctrl("1")
	if !h.view().Relating() || !says(h.shell.work.reader.Object, "several") {
		t.Fatal("nothing is asked")
	}
	h.shifted("A")
	h.shifted("A") // the one that is left
	h.wantRelations("actor: said “no” → Dockers", "actor: said “no” → port authority")
	if !h.view().Relating() {
		t.Error("the search has ended while Shift was held")
	}
	h.press(fyne.KeyEscape)
	if h.view().Relating() || h.shell.work.session.Chosen() == "" {
		t.Error("Esc ends the search, and nothing else")
	}
}

func TestRoleOfSeveralLabelsAsks(t *testing.T) {
	h := tagged(t)
	h.mark("yes", "quote")
	h.ctrlAndTypes("4", fyne.KeyRight, fyne.KeyRight, fyne.KeyReturn) // a quote is about events and actors
	if !h.shell.covered() {
		t.Fatal("it does not ask")
	}
	h.shell.win.Canvas().Focused().TypedRune('2') // Event
	h.settle()
	h.wantRelations("about: yes → A")
	h.ctrlAndTypes("4", fyne.KeyLeft)
	h.unsettled("5", 0) // a place is none of them
	if !h.said("“about” leads to “Actor” or “Event”") {
		t.Error("nothing says which labels there are")
	}
	h.press("1")
	h.wantRelations("about: yes → A", "about: yes → said")
}

func TestWhyNoRoleIsFilled(t *testing.T) {
	h := tagged(t)
	ctrl := fyne.KeyModifierShortcutDefault
	h.unsettled("9", ctrl)
	if !h.said("Ctrl+1 actor, Ctrl+2 recipient, Ctrl+3 place, Ctrl+4 time") {
		t.Error("nothing says which keys there are")
	}
	h.chooseWords("Monday")
	h.unsettled("1", ctrl)
	if !h.said("no relation leads from “Time”") {
		t.Error("nothing says that a time has no roles")
	}
	h.shell.work.session.Choose("")
	h.settle()
	h.unsettled("1", ctrl)
	if !h.said("Choose an event or a quote") {
		t.Error("nothing says what to choose")
	}
}

func TestRolesInMenuAndPicker(t *testing.T) {
	h := tagged(t)
	h.shell.titles()
	if c, _ := h.shell.table.Command(commands.RoleOf + "2"); c.Title != "Add recipient…" {
		t.Errorf("the command is called %q", c.Title)
	}
	h.shell.table.Run(commands.RoleFill)
	h.settle()
	h.shell.win.Canvas().Focused().TypedRune('3')
	h.settle()
	h.press("A")
	h.wantRelations("place: said “no” → second")
	h.chooseWords("Monday")
	h.shell.titles()
	if c, _ := h.shell.table.Command(commands.RoleOf + "2"); !strings.HasPrefix(c.Title, "Fill the 2nd role") || h.shell.table.Enabled(commands.RoleFill) {
		t.Errorf("without roles the command is called %q", c.Title)
	}
}

func TestInspectorMarksRoles(t *testing.T) {
	h := tagged(t)
	panel := h.shell.work.inspector.Object
	if !says(panel, "needed") {
		t.Error("nothing says that the actor is missing")
	}
	if !says(panel, "Ctrl + number") {
		t.Error("nothing says which keys fill the roles")
	}
	h.ctrlAndTypes("1", "A")
	if says(panel, "needed") {
		t.Error("the actor is there")
	}
	h.mark("yes", "quote")
	cue := h.shell.work.session.Chosen()
	for _, words := range []string{"later", "said “yes"} {
		h.mark(words, "cue")
		kind, _ := h.shell.work.session.Schema().RelationTypeNamed("cue")
		h.do(h.shell.work.session.Link(kind.ID, cue, h.shell.work.session.Chosen()))
	}
	h.shell.work.session.Choose(cue)
	h.settle()
	if !says(panel, "1 at most") {
		t.Error("nothing says that there are two cues")
	}
}

func TestHotkeyOfARelation(t *testing.T) {
	h := tagged(t)
	s := h.shell.work.session
	kind, _ := s.Schema().RelationTypeNamed("time")
	after := kind
	after.Hotkey = "1"
	c := annotate.Change{ID: h.shell.o.Env.NewID(), Actor: "bo", Cause: annotate.CauseManual, Title: "Change the schema", Ops: []annotate.Op{annotate.Update(kind, after)}}
	if _, err := h.shell.work.store.Apply(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	h.shell.work.poll()
	h.chooseWords("said “no”")
	h.shell.work.reader.Focus()
	h.ctrlAndTypes("1", "A")
	h.wantRelations("time: said “no” → Monday")
}
