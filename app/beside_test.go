package app

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/annotate/text"
	"lede/app/commands"
)

// beside opens an article beside the open one by its number.
func (h *harness) beside(number string) {
	h.t.Helper()
	h.press("Y")
	h.typeInto(number)
	h.enter()
	if !h.shell.work.second.split.IsOpen() {
		h.t.Fatal("there is no second article")
	}
}

// marks are the spans that the second article shows.
func (h *harness) marks() string {
	var all []string
	doc := h.shell.work.second.Doc()
	for _, s := range doc.Spans() {
		all = append(all, doc.Text.Quote(s.Fragments))
	}
	return strings.Join(all, "; ")
}

func TestSecondArticleBeside(t *testing.T) {
	h := newHarness(t, 3)
	w := h.shell.work
	h.beside("#2")
	if ref := w.second.Doc().Article.Ref; ref != "b" || h.ref() != "a" || !w.reader.Focused() {
		t.Fatalf("%s is beside %s", ref, h.ref())
	}
	main, pane := w.reader.Object.Size(), w.second.Object.Size()
	if main.Width < 300 || pane.Width < 300 || main.Width+pane.Width != w.second.split.Object.Size().Width {
		t.Errorf("the texts are %v and %v wide", main.Width, pane.Width)
	}
	h.press("Y")
	if w.second.split.IsOpen() || w.reader.Object.Size() != w.second.split.Object.Size() {
		t.Error("the second article did not go")
	}
	h.press("Y") // the same again, without a question
	if !w.second.split.IsOpen() || w.second.Doc().Article.Ref != "b" {
		t.Error("the second article did not come back")
	}
}

// The same article on both sides shows every change on both.
func TestSecondArticleFollowsChanges(t *testing.T) {
	h := newHarness(t, 2)
	w := h.shell.work
	h.beside("#1")
	h.tag("port authority", "1")
	if h.marks() != "port authority" {
		t.Errorf("beside are marked %q", h.marks())
	}
	h.do(w.session.Undo(t.Context()))
	if h.marks() != "" {
		t.Errorf("after undo are marked %q", h.marks())
	}
	h.do(w.session.Redo(t.Context()))
	h.saved()
	// Another program changes the second article.
	span := w.session.Doc().Spans()[0]
	h.goTo("#2")
	other, err := h.projects.Open(t.Context(), project, annotate.ModeWrite)
	if err != nil {
		t.Fatal(err)
	}
	moved := span
	moved.Fragments = annotate.Fragments{h.at("Dockers")}
	if _, err := other.Apply(t.Context(), annotate.Change{
		ID: h.shell.o.Env.NewID(), Actor: "bo", Cause: annotate.CauseManual, Title: "Move", Article: w.second.Doc().Article.ID,
		Ops: []annotate.Op{annotate.Update(span, moved)},
	}); err != nil {
		t.Fatal(err)
	}
	h.until("the second article follows", func() bool { return h.marks() == "Dockers" })
	h.do(w.session.Annotate(t.Context(), "bo"))
	if h.marks() != "" {
		t.Errorf("of bo’s work beside are marked %q", h.marks())
	}
}

func TestSwap(t *testing.T) {
	h := newHarness(t, 3)
	w := h.shell.work
	h.beside("#3")
	h.shell.table.Run(commands.ViewSwap)
	h.settle()
	if h.ref() != "c" || w.second.Doc().Article.Ref != "a" || !w.reader.Focused() {
		t.Errorf("%s is beside %s", w.second.Doc().Article.Ref, h.ref())
	}
	h.press("B")
	if h.ref() != "a" {
		t.Errorf("back led to %s", h.ref())
	}
}

// Keys in the second text do not act on the first.
func TestKeysBeside(t *testing.T) {
	h := newHarness(t, 2)
	w := h.shell.work
	w.session.Select(h.at("Dockers"))
	h.beside("#2")
	w.nextPart(1)
	if !w.second.HasFocus() {
		t.Fatal("F6 did not lead into the second article")
	}
	press := func(n fyne.KeyName) {
		e := &fyne.KeyEvent{Name: n}
		v := w.second.View
		v.KeyDown(e)
		v.TypedKey(e)
		if len(n) == 1 {
			v.TypedRune([]rune(strings.ToLower(string(n)))[0])
		}
		v.KeyUp(e)
		h.settle()
	}
	press("1")
	press(fyne.KeyDelete)
	h.wantSpans()
	w.second.View.SetSelection(h.at("port authority"))
	h.shell.table.Run(commands.EditCopy)
	if got := h.shell.app.Clipboard().Content(); got != "port authority" {
		t.Errorf("copied %q", got)
	}
	h.shell.table.Run(commands.EditCite)
	if got := h.shell.app.Clipboard().Content(); !strings.HasPrefix(got, "“port authority” — Title b, Wire") {
		t.Errorf("copied %q", got)
	}
	press(fyne.KeyEscape) // the selection
	if at, ok := w.second.View.Selection(); ok {
		t.Errorf("%v is still selected", at)
	}
	press(fyne.KeyEscape)
	if !w.reader.Focused() || w.session.Selection() != (text.Range{Start: 0, End: 7}) {
		t.Error("Esc did not lead back to the first text as it was")
	}
}

func TestNarrowWindowsKeepBothTexts(t *testing.T) {
	h := newHarness(t, 2)
	w := h.shell.work
	h.beside("#2")
	for _, c := range []struct {
		width       float32
		left, right bool
	}{{1500, true, true}, {1200, true, false}, {900, false, false}, {500, false, false}} {
		h.shell.win.Resize(fyne.NewSize(c.width, 700))
		h.settle()
		left := w.left.Position().X >= 0
		right := w.right.Position().X < w.middle.Size().Width
		if left != c.left || right != c.right {
			t.Errorf("%v wide: list %v, inspector %v", c.width, left, right)
		}
		if main, pane := w.reader.Object.Size().Width, w.second.Object.Size().Width; main < 200 || pane < 200 {
			t.Errorf("%v wide: the texts are %v and %v", c.width, main, pane)
		}
	}
}
