package app

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"lede/annotate"
	"lede/app/commands"
)

func TestDoubleClickAndKeyTag(t *testing.T) {
	h := newHarness(t, 2)
	h.click(h.at("Dockers").Start+2, 2)
	h.press("1")
	h.wantSpans("actor Dockers")
	if !h.shell.work.reader.Focused() {
		t.Error("the text has lost the focus")
	}
	h.press("2") // the new span is the chosen one: its key makes it another label
	h.wantSpans("event Dockers")
}

func TestKeyboardAloneTags(t *testing.T) {
	h := newHarness(t, 1)
	shift := &fyne.KeyEvent{Name: desktop.KeyShiftLeft}
	h.view().KeyDown(shift)
	h.view().TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyRight, Modifier: fyne.KeyModifierControl | fyne.KeyModifierShift})
	h.view().KeyUp(shift)
	h.press("3")
	h.wantSpans("quote Dockers")
}

func TestHeldKeyTagsOnce(t *testing.T) {
	h := newHarness(t, 1)
	h.click(2, 2)
	e := &fyne.KeyEvent{Name: "1"}
	h.view().KeyDown(e)
	for range 5 {
		h.view().TypedKey(e)
		h.view().TypedRune('1')
	}
	h.view().KeyUp(e)
	h.settle()
	h.wantSpans("actor Dockers")
	if step, _ := h.shell.work.session.NextUndo(); step.Title != "Tag “Dockers” as Actor" {
		t.Errorf("the next undo is %q", step.Title)
	}
}

func TestUndoAndRedo(t *testing.T) {
	h := newHarness(t, 2)
	h.click(2, 2)
	h.press("1")
	h.saved()
	h.shell.titles()
	if c, _ := h.shell.table.Command(commands.EditUndo); c.Title != "Undo Tag “Dockers” as Actor" {
		t.Errorf("the Edit menu says %q", c.Title)
	}
	h.ctrl("Z")
	h.wantSpans()
	if got := h.shell.work.session.Selection(); got != h.at("Dockers") {
		t.Errorf("undo shows %v", got)
	}
	h.ctrl("Y")
	h.wantSpans("actor Dockers")
}

func TestUndoGoesBackToItsArticle(t *testing.T) {
	h := newHarness(t, 2)
	h.click(2, 2)
	h.press("1")
	h.ctrl(fyne.KeyReturn) // done, next
	if ref := h.shell.work.session.Doc().Article.Ref; ref != "b" {
		t.Fatalf("article %s is open", ref)
	}
	h.ctrl("Z")
	h.ctrl("Z")
	if ref := h.shell.work.session.Doc().Article.Ref; ref != "a" {
		t.Errorf("article %s is open", ref)
	}
	h.wantSpans()
}

func TestArmedLabel(t *testing.T) {
	h := newHarness(t, 1)
	h.press("2") // nothing is selected: the label is armed
	event, _ := h.shell.work.session.Schema().LabelNamed("event")
	if h.shell.work.session.Armed() != event.ID {
		t.Fatal("the label is not armed")
	}
	h.click(h.at("Monday").Start+1, 2)
	h.wantSpans("event Monday")
	h.press(fyne.KeyEscape)
	if h.shell.work.session.Armed() != "" {
		t.Error("Esc did not disarm")
	}
}

func TestPartsAndEnds(t *testing.T) {
	h := newHarness(t, 1)
	h.click(h.at("no”").Start, 2)
	h.press("3")
	h.wantSpans("quote no")
	h.press("E") // the end one word on
	h.wantSpans("quote no”")
	h.press("S")
	h.wantSpans("quote “no”")
	h.click(h.at("yes").Start+1, 2)
	h.press("A") // the selection wins: it is added to the chosen span
	h.wantSpans("quote “no” yes")
	h.do(h.shell.work.dropPart())
	h.wantSpans("quote “no”")
	h.press(fyne.KeyDelete)
	h.wantSpans()
}

func TestTabWalksSpans(t *testing.T) {
	h := newHarness(t, 1)
	for _, words := range []string{"Dockers", "Monday"} {
		h.click(h.at(words).Start+1, 2)
		h.press("1")
	}
	h.press(fyne.KeyEscape, fyne.KeyTab)
	first := h.shell.work.session.Chosen()
	h.press(fyne.KeyTab)
	second := h.shell.work.session.Chosen()
	doc := h.shell.work.session.Doc()
	a, _ := doc.Span(first)
	b, _ := doc.Span(second)
	if doc.Text.Quote(a.Fragments) != "Dockers" || doc.Text.Quote(b.Fragments) != "Monday" {
		t.Errorf("Tab chose %q, then %q", doc.Text.Quote(a.Fragments), doc.Text.Quote(b.Fragments))
	}
}

func TestNoteIsOneStep(t *testing.T) {
	h := newHarness(t, 1)
	h.click(2, 2)
	h.press("1", "N")
	note, ok := h.shell.win.Canvas().Focused().(interface{ SetText(string) })
	if !ok {
		t.Fatal("the note has not got the focus")
	}
	note.SetText("who are they?")
	h.shell.escape()
	h.saved()
	span, _ := h.shell.work.session.Doc().Span(h.shell.work.session.Chosen())
	if span.Note != "who are they?" {
		t.Fatalf("the note is %q", span.Note)
	}
	if !h.shell.work.reader.Focused() {
		t.Error("Esc did not go back to the text")
	}
	h.ctrl("Z")
	h.saved()
	span, _ = h.shell.work.session.Doc().Span(span.ID)
	if span.Note != "" {
		t.Errorf("after undo the note is %q", span.Note)
	}
}

func TestDoneNextAndFooter(t *testing.T) {
	h := newHarness(t, 3)
	h.ctrl(fyne.KeyReturn)
	h.ctrl(fyne.KeyReturn)
	h.saved()
	if done := h.shell.work.session.List().Count().Status[annotate.Done]; done != 2 {
		t.Errorf("%d articles are done", done)
	}
	h.shell.later = func(time.Duration, func()) {} // hints stay
	h.ctrl(fyne.KeyReturn)
	if !says(h.shell.float, "All articles are done.") {
		t.Error("nothing says that all articles are done")
	}
}

// typed sends a key to whatever has the focus at each of its events, as the
// driver does.
func (h *harness) typed(n fyne.KeyName) {
	e := &fyne.KeyEvent{Name: n}
	focused := func() fyne.Focusable { return h.shell.win.Canvas().Focused() }
	if k, ok := focused().(desktop.Keyable); ok {
		k.KeyDown(e)
	}
	if f := focused(); f != nil {
		f.TypedKey(e)
	}
	if f := focused(); f != nil && len(n) == 1 {
		f.TypedRune([]rune(n)[0] + 'a' - 'A')
	}
	if k, ok := focused().(desktop.Keyable); ok {
		k.KeyUp(e)
	}
	h.settle()
}

func TestPickerOpensEveryTime(t *testing.T) {
	h := newHarness(t, 1)
	for i := range 3 {
		h.typed("L")
		if !h.shell.covered() {
			t.Fatalf("the picker did not open at press %d", i+1)
		}
		h.typed(fyne.KeyEscape)
		if h.shell.covered() || !h.shell.work.reader.Focused() {
			t.Fatalf("Esc did not go back to the text at press %d", i+1)
		}
	}
}
