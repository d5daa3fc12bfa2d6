package app

import (
	"strings"
	"testing"

	"lede/annotate"
	"lede/app/commands"
)

// The bin is emptied for good, and old changes are given up: the sheets say first what
// goes, and the keyboard alone does it.
func TestTidyUp(t *testing.T) {
	h := newHarness(t, 3)
	w := h.shell.work
	list := w.session.List()
	gone := w.session.Doc().Article.ID
	h.shell.table.Run(commands.ArticleBin)
	h.until("the list is shorter", func() bool { return list.Len() == 2 })
	h.shell.table.Run(commands.BinShow)
	h.until("the bin is shown", func() bool { return list.Len() == 1 })
	h.shell.table.Run(commands.BinPurge)
	h.until("it says what goes", func() bool { return w.tidying.Ready() })
	if says := w.tidying.Says(); !strings.Contains(says, "Gone for good: 1 article") || !strings.Contains(says, "cannot be undone") {
		t.Errorf("it says %q", says)
	}
	h.shell.win.Canvas().FocusNext()
	h.enter()
	h.until("the bin is empty", func() bool { return list.Len() == 0 })
	if known, err := w.store.Has(t.Context(), annotate.KindArticle, gone); err != nil || known {
		t.Errorf("the article is known: %v", err)
	}
	h.until("it says what came of it", func() bool { return strings.Contains(w.tidying.Says(), "1 article is gone for good") })
	h.enter()
	if w.tidying.Shown() {
		t.Fatal("the sheet stays")
	}

	h.shell.table.Run(commands.FileCompact)
	h.until("nothing is so old", func() bool { return strings.Contains(w.tidying.Says(), "nothing to give up") })
	h.enter() // in the field: it does nothing
	field := h.shell.win.Canvas().Focused()
	field.TypedRune('0') // in the place of what is selected
	h.until("it says what goes", func() bool { return w.tidying.Ready() && strings.Contains(w.tidying.Says(), "Given up: ") })
	h.enter()
	if changes, err := w.store.History(t.Context(), annotate.HistoryQuery{}); err != nil || changes[0].Replaced != nil {
		t.Fatalf("the first Enter gives the changes up: %v", err)
	}
	h.enter()
	h.until("they are given up", func() bool { return strings.Contains(w.tidying.Says(), "given up. The file has") })
	changes, err := w.store.History(t.Context(), annotate.HistoryQuery{})
	if err != nil || len(changes) != 2 || changes[0].Replaced == nil {
		t.Errorf("%d changes are left: %v", len(changes), err)
	}
	if h.shell.table.Enabled(commands.EditUndo) {
		t.Error("what was given up can be undone")
	}
}
