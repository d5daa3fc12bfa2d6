package app

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/app/commands"
)

// copiesOpen opens the sheet of near-duplicates and waits until it has looked.
func (h *harness) copiesOpen(says string) {
	h.t.Helper()
	h.run(commands.ArticleCopies)
	h.until("the copies", func() bool { return h.shell.work.copies.sheet.Says() == says })
}

// TestCopiesGetTheAnnotationsOfOne: what was marked in one article is made in its copies, as
// one step that can be undone.
func TestCopiesGetTheAnnotationsOfOne(t *testing.T) {
	h := newHarness(t, 3)
	w := h.shell.work
	w.session.Select(h.at("said “no” on"))
	h.press("2")
	h.click(h.second("said").Start+1, 2)
	h.press("4")
	h.saved()
	before := h.spansInProject()
	h.copiesOpen("No word differs.")
	sheet := w.copies.sheet
	h.tapWords("Annotations")
	h.until("the proposals", func() bool { return sheet.Says() == "4 spans to make" })
	h.tapWords("Carry 4 spans")
	h.until("the sheet is gone", func() bool { return !sheet.Shown() })
	if n := h.spansInProject(); n != before+4 {
		t.Errorf("%d spans in the project, want %d", n, before+4)
	}
	step, _ := w.session.NextUndo()
	if !strings.HasPrefix(step.Title, "Carry 4 spans from") {
		t.Errorf("the step is called %q", step.Title)
	}
	h.run(commands.EditUndo)
	if n := h.spansInProject(); n != before {
		t.Errorf("%d spans after undo, want %d", n, before)
	}
}

// TestCopiesAreMarkedAndOpened: a copy is opened by keyboard, and all but the first are
// marked.
func TestCopiesAreMarkedAndOpened(t *testing.T) {
	h := newHarness(t, 3)
	w := h.shell.work
	h.copiesOpen("No word differs.")
	list := h.shell.win.Canvas().Focused()
	list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	h.settle()
	list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	h.until("the third article", func() bool { return !w.copies.sheet.Shown() && h.ref() == "c" })
	h.copiesOpen("No word differs.")
	h.tapWords("Mark copies")
	h.until("the marks", func() bool {
		rows, err := w.store.Articles(t.Context(), annotate.ArticleQuery{})
		return err == nil && rows[1].Article.Meta.String("copy-of") == rows[0].Article.Ref && rows[0].Article.Meta == nil
	})
}
