package app

import (
	"testing"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/app/commands"
)

// pastKey types keys into the list of changes.
func (h *harness) pastKey(names ...fyne.KeyName) {
	h.t.Helper()
	h.shell.work.past.panel.Focus()
	for _, n := range names {
		h.shell.work.past.panel.List().TypedKey(&fyne.KeyEvent{Name: n})
		h.settle()
	}
}

// untilPast waits until the list of changes says something.
func (h *harness) untilPast(want string) {
	h.t.Helper()
	h.until("the history says “"+want+"”", func() bool { return says(h.shell.work.past.panel.Object, want) })
}

// TestHistoryUndoesAnOldChange lists what was done, refuses to undo what something
// rests on, undoes an old change alone and brings it back.
func TestHistoryUndoesAnOldChange(t *testing.T) {
	h := newHarness(t, 1)
	w := h.shell.work
	there := func(span annotate.ID) func() bool {
		return func() bool { _, ok := w.session.Doc().Span(span); return ok }
	}
	first := h.tagBy("Dockers", fyne.Key1) // makes the annotation set, too
	second := h.tagBy("Monday", fyne.Key2)
	third := h.tagBy("later", fyne.Key3)
	h.shell.table.Run(commands.ViewHistory)
	h.untilPast("Tagged “Monday” as")
	h.untilPast("5 changes")
	h.pastKey(fyne.KeyHome, fyne.KeyDown, fyne.KeyDelete) // the second span
	h.until("the old change is undone", func() bool { return !there(second)() })
	if !there(first)() || !there(third)() {
		t.Fatal("other changes went with it")
	}
	h.untilPast("Took back: tagged “Monday” as")
	h.untilPast("Undone: Tagged “Monday” as")

	h.pastKey(fyne.KeyHome, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDelete) // the first, on which the third rests
	h.until("it is said what is in the way", func() bool {
		return says(h.shell.float, "Something depends on this change") && says(h.shell.float, "Tag “later”")
	})
	if !there(first)() {
		t.Fatal("what others rest on was undone")
	}
	h.pastKey(fyne.KeyUp, fyne.KeyDelete)
	h.until("the old change is brought back", there(second))
	h.untilPast("Brought back: tagged “Monday” as")

	w.session.Choose("")
	h.pastKey(fyne.KeyHome, fyne.KeyReturn)
	h.until("Enter goes to where it was made", func() bool { return w.session.Chosen() == second })
	w.past.panel.Focus()
	h.shell.table.Run(commands.ViewHistory)
	if w.past.panel.Shown() {
		t.Fatal("the command does not close the list")
	}
}
