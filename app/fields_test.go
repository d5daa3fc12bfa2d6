package app

import (
	"testing"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/app/commands"
)

// fillWith sends characters to what has the focus.
func (h *harness) fillWith(s string) {
	h.t.Helper()
	for _, r := range s {
		h.shell.win.Canvas().Focused().TypedRune(r)
		h.settle()
	}
}

func (h *harness) take() {
	h.t.Helper()
	h.shell.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	h.settle()
}

func TestFieldsOfTheArticleByKeys(t *testing.T) {
	h := newHarness(t, 2)
	h.shell.table.Run(commands.ArticleFields)
	h.settle()
	h.fillWith("not") // the first field is the relevance
	h.take()
	h.fillWith("opin") // and the next one the genre
	h.take()
	fields := func() annotate.Values { return h.shell.work.session.Doc().Set.Fields }
	if got := fields().String("relevance") + " " + fields().String("genre"); got != "not_relevant opinion" {
		t.Fatalf("the fields are %q", got)
	}
	h.press(fyne.KeyEscape)
	h.ctrl("Z")
	if got := fields().String("relevance") + " " + fields().String("genre"); got != "not_relevant " {
		t.Errorf("after undo the fields are %q", got)
	}
	h.do(h.shell.work.session.Open(t.Context(), h.articleID("b")))
	if len(fields()) > 0 {
		t.Errorf("the next article has %v", fields())
	}
	h.shell.table.Run(commands.ArticleFields)
	h.settle()
	h.fillWith("unsure")
	h.shell.work.openArticle(h.articleID("a")) // what stands in the editor is of the article that is left
	h.settle()
	if got := fields().String("relevance"); got != "not_relevant" {
		t.Errorf("the first article has %q", got)
	}
}

func TestSchemaWithoutFields(t *testing.T) {
	h := newHarness(t, 1)
	var ops []annotate.Op
	for _, a := range h.shell.work.session.Schema().Attributes {
		if a.Scope == annotate.DocumentScope {
			ops = append(ops, annotate.Delete(a))
		}
	}
	c := annotate.Change{ID: h.shell.o.Env.NewID(), Actor: "bo", Cause: annotate.CauseManual, Title: "Remove", Ops: ops}
	if _, err := h.shell.work.store.Apply(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	h.shell.work.poll()
	h.shell.table.Run(commands.ArticleFields)
	if !h.said("The schema asks nothing about whole articles") || says(h.shell.work.inspector.Object, "Fields") {
		t.Error("nothing says that there are no fields")
	}
	h.do(h.shell.work.session.SetField("imported", annotate.StringValue("yes")))
	if !says(h.shell.work.inspector.Object, "imported") {
		t.Error("a field that the schema does not know is not shown")
	}
}
