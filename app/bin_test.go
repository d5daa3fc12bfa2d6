package app

import (
	"context"
	"slices"
	"testing"

	"lede/app/commands"
	"lede/app/widgets/widgettest"
)

// The open article goes into the bin, is listed there, cannot be read there, and comes
// back.
func TestBin(t *testing.T) {
	h := newHarness(t, 3)
	w := h.shell.work
	list := w.session.List()
	gone := w.session.Doc().Article.ID
	h.shell.table.Run(commands.ArticleBin)
	h.until("the list is shorter", func() bool { return list.Len() == 2 })
	h.shell.table.Run(commands.BinShow)
	h.until("the bin is shown", func() bool { row, ok := list.Peek(0); return ok && list.Len() == 1 && row.Article.ID == gone })
	before := h.shell.told
	w.openArticle(gone)
	if h.shell.told == before || w.session.Doc() != nil && w.session.Doc().Article.ID == gone {
		t.Error("an article in the bin opens, or nobody says why not")
	}
	h.shell.table.Run(commands.BinRestore)
	h.until("the bin is empty", func() bool {
		return list.Len() == 0 && slices.Contains(widgettest.Words(w.articles.Object), "The bin is empty.")
	})
	if _, _, err := w.store.Article(context.Background(), gone); err != nil {
		t.Errorf("the article is not back: %v", err)
	}
	w.articles.ClearFilter()
	h.until("all are there", func() bool { return list.Len() == 3 })
}
