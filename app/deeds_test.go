package app

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/annotate/edit"
	"lede/annotate/filter"
	"lede/app/commands"
	"lede/app/widgets/widgettest"
)

// What is done to several articles is one step, is counted in its title, shows in the
// list and is undone at once. They stay selected, those of them that the list has.
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
	all := w.articles.Selected()
	ids := all[:4]

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
		selected    []annotate.ID
	}{
		{func() { w.deed(edit.TagArticles([]string{"100%", "b"}, nil), ids) }, "Tag 4 articles as 100%, b", "tag:100%", all},
		{func() { w.deed(edit.AssignArticles(w.meant([]string{"me"}), nil), ids) }, "Assign 4 articles to ana", "assigned:me", all},
		{func() { w.mark(annotate.Done, "", ids) }, "Mark 4 articles as done", "status:done", all},
		{func() { w.deed(edit.BinArticles(), ids) }, "Move 4 articles to the bin", "in:bin", all[4:]},
	} {
		deed.do()
		h.until(deed.title, func() bool { return passing(deed.find) == 4 })
		h.wantArticlesSelected(deed.selected)
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
	h.wantArticlesSelected(all)
}

// wantArticlesSelected settles, and sees which articles are selected, and what the panel
// says of them.
func (h *harness) wantArticlesSelected(want []annotate.ID) {
	h.t.Helper()
	h.settle()
	if got := h.shell.work.articles.Selected(); !slices.Equal(got, want) {
		h.t.Errorf("%d articles are selected: %v, want %v", len(got), got, want)
	}
	words := widgettest.Words(h.shell.work.articles.Object)
	if len(want) == 0 && slices.Contains(words, "Actions ▾") || len(want) > 0 && !slices.Contains(words, fmt.Sprint(len(want), " selected")) {
		h.t.Errorf("with %d articles selected, the panel says %q", len(want), words)
	}
}

// What does not pass the filter any more falls out of the selection, and comes back into
// it by an undo, unless somebody selects something else.
func TestSelectedArticlesLeaveTheFilter(t *testing.T) {
	h := newHarness(t, 4)
	w := h.shell.work
	list := w.session.List()
	notDone, err := filter.Parse("-status:done")
	h.do(err)
	w.articles.Pass(notDone)
	h.until("the list is filtered", func() bool { return list.Current() && list.Len() == 4 })
	w.articles.FocusList()
	w.selectAll()
	h.settle()
	all := w.articles.Selected()
	h.wantArticlesSelected(all)

	w.mark(annotate.Done, "", all[:3])
	h.until("the list is shorter", func() bool { return list.Current() && list.Len() == 1 })
	h.wantArticlesSelected(all[3:])
	w.mark(annotate.Done, "", all[3:])
	h.until("the list is empty", func() bool { return list.Current() && list.Len() == 0 })
	h.wantArticlesSelected(nil)
	w.undo()
	h.until("the last one is back", func() bool { return list.Current() && list.Len() == 1 })
	h.wantArticlesSelected(all[3:])

	w.articles.ClearSelection()
	w.undo()
	h.until("all are back", func() bool { return list.Current() && list.Len() == 4 })
	h.wantArticlesSelected(nil)
	w.redo()
	h.until("three are gone again", func() bool { return list.Current() && list.Len() == 1 })
	h.wantArticlesSelected(nil)
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

// meanwhile tags articles as the command line does beside the window, which does not know
// of it yet.
func (h *harness) meanwhile(tag string, ids []annotate.ID) {
	h.t.Helper()
	other, err := h.projects.Open(h.t.Context(), project, annotate.ModeWrite)
	h.do(err)
	c, _, err := edit.Editor{Env: h.shell.o.Env, Actor: "ana"}.Do(h.t.Context(), other, edit.TagArticles([]string{tag}, nil), ids, nil)
	h.do(err)
	_, err = other.Apply(h.t.Context(), c)
	h.do(err)
	h.do(other.Close())
}

// lastStep is the newest change of the project.
func (h *harness) lastStep() string {
	h.t.Helper()
	c, err := h.shell.work.store.History(h.t.Context(), annotate.HistoryQuery{Newest: true, Limit: 1})
	h.do(err)
	return c[0].Title
}

// A question that names a step is about that step: what another program does while it
// stands there is not taken back by the answer, nor by the word Undo in a notice.
func TestTheQuestionIsAboutTheStepItNames(t *testing.T) {
	h := newHarness(t, 26) // so many ask first
	w := h.shell.work
	w.articles.FocusList()
	w.selectAll()
	h.until("all articles are selected", func() bool { return len(w.articles.Selected()) == 26 })
	all := w.articles.Selected()
	tag := func(name string) {
		w.deed(edit.TagArticles([]string{name}, nil), all)
		h.until("they are tagged", func() bool { return h.lastStep() == "Tag 26 articles as "+name })
	}
	refused := func(last, want string) {
		t.Helper()
		h.settle()
		if got := h.lastStep(); got != last {
			t.Errorf("the last step is %q", got)
		}
		if !says(h.shell.float, want) {
			t.Errorf("it says %q, not %q", widgettest.Words(h.shell.float), want)
		}
	}

	tag("bulkA")
	w.undo()
	if !h.wordsOnTop("Undo “Tag 26 articles as bulkA”?") {
		t.Fatalf("the question is %q", widgettest.Words(h.shell.win.Canvas().Overlays().Top()))
	}
	h.meanwhile("cliB", all[:2])
	h.send(fyne.KeyReturn)
	refused("Tag 2 articles as cliB", "“Tag 26 articles as bulkA” is not the last step any more")

	tag("bulkC")
	w.undo()
	h.send(fyne.KeyReturn)
	h.until("it is undone", func() bool { return h.lastStep() == "Undo Tag 26 articles as bulkC" })
	w.redo()
	h.meanwhile("cliD", all[:2])
	h.send(fyne.KeyReturn)
	refused("Tag 2 articles as cliD", "was done in the meantime, so nothing can be redone")

	w.deed(edit.TagArticles([]string{"few"}, nil), all[:3])
	h.until("they are tagged", func() bool { return h.lastStep() == "Tag 3 articles as few" })
	few, err := w.store.History(h.t.Context(), annotate.HistoryQuery{Newest: true, Limit: 1})
	h.do(err)
	h.meanwhile("cliE", all[:2])
	w.undoing(few[0]).do()
	refused("Tag 2 articles as cliE", "“Tag 3 articles as few” is not the last step any more")
}
