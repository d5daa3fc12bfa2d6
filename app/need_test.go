package app

import (
	"testing"

	"fyne.io/fyne/v2"

	"lede/app/commands"
)

// The key of a command about spans that can do nothing says what it wants.
func TestKeysSayWhatTheyNeed(t *testing.T) {
	h := newHarness(t, 1)
	press := func(id, want string) {
		t.Helper()
		keys := h.shell.table.Keys(id)
		if len(keys) == 0 {
			return
		}
		h.shell.hideNotice()
		board := h.shell.table.Keyboard()
		board.Reset()
		if s := keys[len(keys)-1]; s.Char != 0 {
			board.Char(s.Char, true)
		} else {
			board.Key(&fyne.KeyEvent{Name: s.Key}, s.Mods, true)
		}
		if !h.said(want) { // settling would take a hint away again
			t.Errorf("%s does not say %q", id, want)
		}
	}
	for id, need := range needs {
		if need != "" {
			press(id, need)
		}
	}
	press(commands.LabelRepeat, "No label was given yet")
	press(commands.SpanNext, "There is no span in this article yet")
	press(commands.SpanAddPart, "Choose a span, then select more text")
	press(commands.RelationNew, "Choose the span that it begins at")

	h.click(h.at("Dockers").Start+1, 2)
	h.press("1")
	h.wantSpans("actor Dockers")
	press(commands.SpanDropPart, "only one part")
	press(commands.SpanMerge, "No other span with this label touches")
	h.press(fyne.KeyEscape, fyne.KeyEscape)
	press(commands.SpanMerge, chooseFirst)
	press(commands.LabelRepeat, "Select some words, or choose a span")
	h.view().SetCaret(h.at("Monday").Start)
	press(commands.SpanSplit, "none lies at the caret")
	h.saved()

	s := h.shell.work.session
	name := s.Annotator().Name
	h.do(s.Annotate(t.Context(), "Somebody Else"))
	h.do(s.Show(t.Context(), name))
	h.settle()
	for _, id := range []string{commands.SpanMerge, commands.SpanSplit, commands.EditDelete, commands.LabelPick, "label.1", "arm.1"} {
		press(id, s.ReadOnly())
	}
}

// A label that is on the same text already is not given twice, and the window says so.
func TestLabelThatIsThereAlready(t *testing.T) {
	h := newHarness(t, 1)
	s := h.shell.work.session
	for _, label := range []string{"actor", "event"} {
		l, _ := s.Schema().LabelNamed(label)
		s.Select(h.at("Dockers"))
		_, err := s.Label(l.ID)
		h.do(err)
	}
	h.wantSpans("actor Dockers", "event Dockers")
	h.shell.table.Keyboard().Key(&fyne.KeyEvent{Name: "1"}, 0, true)
	if !h.said("Another span with this label is on the same text") {
		t.Error("nothing was said")
	}
	h.wantSpans("actor Dockers", "event Dockers")
}
