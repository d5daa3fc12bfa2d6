package app

import (
	"testing"

	"lede/annotate"
	"lede/annotate/filter"
	"lede/app/session"
)

func TestSearchNarrowsTheList(t *testing.T) {
	h := newHarness(t, 3)
	list := h.shell.work.session.List()
	if list.Len() != 3 {
		t.Fatalf("%d rows", list.Len())
	}
	list.Filter(filter.All(filter.Term("", "title"), filter.Term("", "b")))
	h.settle()
	row, ok := list.Peek(0)
	if list.Len() != 1 || !ok || row.Article.Ref != "b" {
		t.Fatalf("%d rows, the first is %q", list.Len(), row.Article.Ref)
	}
	h.shell.work.articles.ClearFilter()
	h.settle()
	if list.Len() != 3 {
		t.Errorf("%d rows after the filter was cleared", list.Len())
	}
}

func TestDoneArticlesLeaveAFilteredList(t *testing.T) {
	h := newHarness(t, 3)
	list := h.shell.work.session.List()
	list.Filter(filter.Term(annotate.FilterStatus, "new", "in_progress"))
	h.settle()
	h.shell.work.doneNext()
	h.saved()
	if ref := h.shell.work.session.Doc().Article.Ref; ref != "b" || list.Len() != 2 {
		t.Errorf("article %s is open, %d rows", ref, list.Len())
	}
}

// What was read before a filter or a change must not overwrite what came after.
func TestReadingsOutOfDateAreDropped(t *testing.T) {
	h := newHarness(t, 3)
	s := h.shell.work.session
	old := s.List().More()
	rows, err := old.Rows(t.Context(), 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	h.click(2, 2)
	h.press("1")
	h.saved()
	if s.List().Take(rows) {
		t.Error("rows from before the tag were taken")
	}
	if row, _ := s.List().Peek(0); row.Spans != 1 {
		t.Errorf("the row shows %d spans", row.Spans)
	}
	s.List().Filter(filter.Term("", "title"))
	count, err := s.List().Reading().Count(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.List().Filter(nil)
	if s.List().Take(count) {
		t.Error("a count for another filter was taken")
	}
}

func TestOthersChangesAppear(t *testing.T) {
	h := newHarness(t, 2)
	h.click(2, 2)
	h.press("1")
	h.saved()
	w := h.shell.work
	span := w.session.Doc().Spans()[0]
	other, err := h.projects.Open(t.Context(), project, annotate.ModeWrite)
	if err != nil {
		t.Fatal(err)
	}
	moved := span
	moved.Note = "from elsewhere"
	if _, err := other.Apply(t.Context(), annotate.Change{
		ID: h.shell.o.Env.NewID(), Actor: "bo", Cause: annotate.CauseManual, Title: "Note", Article: w.session.Doc().Article.ID,
		Ops: []annotate.Op{annotate.Update(span, moved)},
	}); err != nil {
		t.Fatal(err)
	}
	heard := false
	w.session.Observe(func(e session.Event) {
		c, ok := e.(session.Changed)
		heard = heard || ok && c.Origin == session.Remote
	})
	h.until("the window heard of it", func() bool { return heard })
	if now, _ := w.session.Doc().Span(span.ID); now.Note != "from elsewhere" {
		t.Errorf("the note is %q", now.Note)
	}
}
