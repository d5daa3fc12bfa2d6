package app

import (
	"context"
	"fmt"
	"testing"

	"lede/annotate"
	"lede/annotate/edit"
	"lede/annotate/filter"
	"lede/app/commands"
)

// What is done to several articles is one step, is counted in its title, shows in the
// list and is undone at once.
func TestDeedsOnSeveralArticles(t *testing.T) {
	h := newHarness(t, 5)
	w := h.shell.work
	list := w.session.List()
	told := h.shell.told
	if h.run(commands.ArticlesBulk); h.shell.told == told {
		t.Error("without a selection it does not say how to select")
	}
	w.articles.FocusList()
	w.selectAll()
	h.until("all articles are selected", func() bool { return len(w.articles.Selected()) == 5 })
	ids := w.articles.Selected()[:4]

	passing := func(typed string) int {
		f, err := filter.Parse(typed)
		if err != nil {
			t.Fatal(err)
		}
		n, err := w.store.Count(context.Background(), annotate.ArticleQuery{Annotator: w.session.Annotator().ID, Filter: filter.Named(f, "ana")})
		if err != nil {
			t.Fatal(err)
		}
		return n.Total
	}
	for i, deed := range []struct {
		do          func()
		title, find string
	}{
		{func() { w.deed(edit.TagArticles([]string{"100%", "b"}, nil), ids) }, "Tag 4 articles as 100%, b", "tag:100%"},
		{func() { w.deed(edit.AssignArticles([]string{"ana"}, nil), ids) }, "Assign 4 articles to ana", "assigned:me"},
		{func() { w.mark(annotate.Done, "", ids) }, "Mark 4 articles as done", "status:done"},
		{func() { w.deed(edit.BinArticles(), ids) }, "Move 4 articles to the bin", "in:bin"},
	} {
		deed.do()
		h.until(deed.title, func() bool { return passing(deed.find) == 4 && len(w.articles.Selected()) == 0 })
		changes, err := w.store.History(context.Background(), annotate.HistoryQuery{Newest: true, Limit: 1})
		if err != nil || changes[0].Title != deed.title {
			t.Errorf("%d: the step is called %q (%v), want %q", i, changes[0].Title, err, deed.title)
		}
	}
	h.until("the list is shorter", func() bool { return list.Len() == 1 })
	if row, _ := list.Peek(0); fmt.Sprint(row.Status) != "new" {
		t.Errorf("the article that is left is %s", row.Status)
	}
	c, err := w.store.History(context.Background(), annotate.HistoryQuery{Newest: true, Limit: 1})
	h.do(err)
	if err := w.session.Undo(context.Background()); err != nil {
		t.Fatalf("undo of %q: %v", c[0].Title, err)
	}
	h.until("they are back", func() bool { return passing("in:bin") == 0 })
}

// The list goes into another order and stays in it.
func TestListIsSorted(t *testing.T) {
	h := newHarness(t, 3)
	list := h.shell.work.session.List()
	h.click(2, 2)
	h.press("1")
	h.saved()
	h.shell.work.next(false)
	h.click(2, 2)
	h.press("1")
	h.click(10, 2)
	h.press("2")
	h.saved()
	list.Sort(annotate.SortSpans, true)
	h.settle()
	var got []string
	for i := range 3 {
		row, _ := list.Peek(i)
		got = append(got, fmt.Sprintf("%s %d", row.Article.Ref, row.Spans))
	}
	if fmt.Sprint(got) != "[b 2 a 1 c 0]" {
		t.Errorf("%v", got)
	}
}
