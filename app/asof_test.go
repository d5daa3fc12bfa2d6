package app

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/app/commands"
)

// intoPast opens the history, goes down so many changes and shows the project as it was.
func (h *harness) intoPast(down int) {
	h.t.Helper()
	if !h.shell.work.past.panel.Shown() {
		h.shell.table.Run(commands.ViewHistory)
	}
	h.untilPast("Tagged “Dockers” as")
	h.pastKey(fyne.KeyHome)
	for range down {
		h.pastKey(fyne.KeyDown)
	}
	h.pastKey(fyne.KeyV)
	h.until("the past is shown", func() bool { return h.shell.present != nil && h.shell.work != h.shell.present })
	h.settle()
}

// TestAsOf shows the project as it was, reads in it, cannot write in it, and comes back
// to the very place where it was left.
func TestAsOf(t *testing.T) {
	h := newHarness(t, 2)
	s, w := h.shell, h.shell.work
	h.tagBy("Dockers", fyne.Key1)
	monday := h.tagBy("Monday", fyne.Key2)
	h.tagBy("later", fyne.Key3)
	w.session.Choose(monday)
	before := h.spans()

	h.intoPast(2) // right after the first tag
	if got := h.spans(); len(got) != 1 || !strings.Contains(got[0], "Dockers") {
		t.Fatalf("the past has %v", got)
	}
	if !says(s.work.object, "The project as it was on ") || !says(s.work.object, "After: Tagged “Dockers” as") {
		t.Fatal("it is not said what is shown")
	}
	if says(s.work.object, "You can read, but not change anything") {
		t.Error("it is said twice")
	}
	h.press(fyne.Key2)
	s.tell(s.work.session.SetStatus(annotate.Done, ""))
	h.settle()
	if got := h.spans(); len(got) != 1 || len(s.float.Objects) == 0 {
		t.Fatalf("something was written, or nothing told: %v", got)
	}
	if s.table.Enabled(commands.EditUndo) {
		t.Error("undo is offered")
	}
	if !s.table.Enabled(commands.HistoryNow) {
		t.Error("the way back is not offered")
	}
	if len(w.session.Doc().Spans()) != 3 || w.session.Chosen() != monday {
		t.Fatal("the present did not stay as it was")
	}

	// what others write meanwhile arrives in the present, not in the past
	other, err := h.projects.Open(context.Background(), project, annotate.ModeWrite)
	h.do(err)
	_, err = other.Apply(context.Background(), annotate.Change{Actor: "ben", Title: "Add entity", Ops: []annotate.Op{annotate.Create(annotate.Entity{ID: "ada", Kind: "person", Name: "Ada"})}})
	h.do(err)
	h.do(other.Close())

	h.intoPast(0) // from the past to another: nothing later is listed there
	if h.shell.present != w || len(h.spans()) != 1 {
		t.Fatalf("the second past has %v", h.spans())
	}
	s.hideNotice()
	s.escape() // out of the list
	for range 3 {
		if s.present != nil {
			s.escape()
			h.settle()
		}
	}
	if s.work != w || s.present != nil {
		t.Fatal("Escape does not lead back")
	}
	if got := h.spans(); len(got) != len(before) || w.session.Chosen() != monday {
		t.Fatalf("the present is %v, with %q chosen", got, w.session.Chosen())
	}
	if position, err := w.store.Position(context.Background()); err != nil || w.seen.Load() != position {
		t.Errorf("what was written meanwhile is not there: %v", err)
	}
	h.tagBy("second", fyne.Key1) // it can be worked in
	h.intoPast(1)
	s.leave()
	if s.present != nil || s.work != nil {
		t.Fatal("closing in the past leaves something open")
	}
	again, err := h.projects.Open(context.Background(), project, annotate.ModeWindow)
	h.do(err)
	if info := again.Info(); info.ReadOnly {
		t.Fatalf("the project is still held: %s", info.Why)
	}
}

// TestAsOfGivenUp leaves the project while a look into its past is worked out, and takes
// a look that is cancelled for nothing.
func TestAsOfGivenUp(t *testing.T) {
	h := newHarness(t, 1)
	s := h.shell
	h.tagBy("Dockers", fyne.Key1)
	s.table.Run(commands.ViewHistory)
	h.untilPast("Tagged “Dockers” as")
	rows, err := s.work.store.PastRows(context.Background(), []int64{1})
	h.do(err)
	s.lookBack(rows[0])
	s.looking.cancel()
	h.until("it is over", func() bool { return s.looking == nil })
	h.settle()
	if s.present != nil { // it may have been quicker than the cancelling
		s.backToNow()
	}
	s.lookBack(rows[0])
	h.until("the beginning is shown", func() bool { return s.present != nil })
	h.settle()
	if s.escape(); s.present != nil {
		t.Fatal("Escape does not lead back from a project without articles")
	}
	s.lookBack(rows[0])
	s.closeProject()
	h.settle()
	if s.work != nil || s.present != nil || s.looking != nil {
		t.Fatal("something is left")
	}
	s.open(project)
	h.until("it opens again", func() bool { return s.work != nil })
	gone := rows[0]
	gone.Position = 99
	s.lookBack(gone)
	h.until("a change that is not there is told", func() bool { return len(s.float.Objects) > 0 })
}
