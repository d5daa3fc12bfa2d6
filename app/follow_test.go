package app

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/annotate/text"
	"lede/app/commands"
	"lede/app/settings"
	"lede/app/widgets"
	"lede/app/widgets/widgettest"
)

// says tells whether an object shows words.
func says(o fyne.CanvasObject, words string) bool {
	return slices.ContainsFunc(widgettest.Words(o), func(s string) bool { return strings.Contains(s, words) })
}

func TestStatusFollowsTheChosenSpan(t *testing.T) {
	h := newHarness(t, 1)
	s := h.shell.work.session
	s.Select(h.at("Dockers"))
	_, err := s.Label(s.Schema().Labels[0].ID)
	h.do(err)
	want := func(words string) {
		t.Helper()
		h.settle()
		if bar := h.shell.work.status.Object; !says(bar, words) {
			t.Errorf("the bar does not say %q but %q", words, widgettest.Words(bar))
		}
	}
	want("7 characters · 0–7")
	h.do(s.MoveEnd(false, true, text.Word))
	want("12 characters · 0–12")
	h.shell.work.undo()
	want("7 characters · 0–7")
}

// press sends a key to what has the focus; Tab walks as in a window.
func (h *harness) send(n fyne.KeyName) {
	h.t.Helper()
	c := h.shell.win.Canvas()
	switch {
	case n == fyne.KeyTab:
		c.(interface{ FocusNext() }).FocusNext()
	default:
		c.Focused().TypedKey(&fyne.KeyEvent{Name: n})
	}
	h.settle()
}

func TestInspectorByKeyboard(t *testing.T) {
	h := newHarness(t, 1)
	w := h.shell.work
	w.session.Select(h.at("Dockers"))
	_, err := w.session.Label(w.session.Schema().Labels[0].ID)
	h.do(err)
	w.reader.Focus()
	w.nextPart(1)
	first := h.shell.win.Canvas().Focused()
	if label, ok := first.(*widgets.Surface); !ok || !says(label.Content, w.session.Schema().Labels[0].Title) {
		t.Fatalf("F6 does not lead to the label but to %T", first)
	}
	seen := map[fyne.Focusable]bool{}
	deletes := false
	for range 16 {
		f := h.shell.win.Canvas().Focused()
		seen[f] = true
		if s, ok := f.(*widgets.Surface); ok && says(s.Content, "Delete span") {
			deletes = true
			break
		}
		h.send(fyne.KeyTab)
		if !w.inspector.HasFocus() {
			break
		}
	}
	if !deletes || len(seen) < 4 {
		t.Fatalf("Tab reaches %d controls, the one that deletes: %v", len(seen), deletes)
	}
	h.send(fyne.KeyReturn)
	if len(w.session.Doc().Spans()) != 0 || !w.reader.Focused() {
		t.Errorf("%d spans are left; the keyboard is in the text: %v", len(w.session.Doc().Spans()), w.reader.Focused())
	}
}

// A choice made by keys leaves the keyboard where it was, on the control that was
// made anew.
func TestKeyboardStaysInTheInspector(t *testing.T) {
	h := newHarness(t, 1)
	w := h.shell.work
	w.session.Select(h.at("Dockers"))
	_, err := w.session.Label(w.session.Schema().Labels[0].ID)
	h.do(err)
	w.nextPart(1)
	h.send(fyne.KeySpace)
	h.send(fyne.KeyDown)
	h.send(fyne.KeyDown)
	h.send(fyne.KeyReturn)
	second := w.session.Schema().Labels[1]
	if span := w.session.Doc().Spans()[0]; span.Label != second.ID {
		t.Errorf("the label is %s, want %s", span.Label, second.ID)
	}
	if f, ok := h.shell.win.Canvas().Focused().(*widgets.Surface); !ok || !w.inspector.HasFocus() || !says(f.Content, second.Title) {
		t.Errorf("the keyboard is on %T", h.shell.win.Canvas().Focused())
	}
	h.send(fyne.KeyEscape)
	if !w.reader.Focused() {
		t.Error("Esc does not lead back to the text")
	}
}

func TestNextPartPassesWhatIsHidden(t *testing.T) {
	h := newHarness(t, 1)
	w := h.shell.work
	w.showRight(false)
	w.reader.Focus()
	w.nextPart(1)
	if !w.articles.HasFocus() {
		t.Error("F6 stops at the hidden inspector")
	}
	w.nextPart(1)
	if !w.reader.Focused() {
		t.Error("F6 does not lead from the list to the text")
	}
}

func TestHintsGoByThemselves(t *testing.T) {
	h := newHarness(t, 2)
	w := h.shell.work
	shown := func() bool { return len(h.shell.float.Objects) > 0 }
	wait := h.shell.later
	h.shell.later = func(time.Duration, func()) {} // the time does not come
	h.do(w.addPart())
	if !shown() {
		t.Fatal("nothing explains parts")
	}
	w.next(false)
	if shown() {
		t.Error("the hint stays when another article opens")
	}
	h.shell.later = wait
	h.do(w.addPart())
	if shown() {
		t.Error("the hint does not go by itself")
	}
	h.shell.tell(annotate.ErrNotFound)
	w.next(true)
	h.settle()
	h.shell.hideHint()
	if h.shell.brief {
		t.Error("an error counts as a hint")
	}
}

func TestColoursAreWhatWasChosen(t *testing.T) {
	h := newHarness(t, 1)
	for range 2 {
		h.shell.table.Run(commands.ViewDark)
		if got := h.settings.Settings().Theme; got != settings.Dark {
			t.Errorf("colours are %q, not dark", got)
		}
	}
	h.shell.table.Run(commands.ViewSystem)
	if got := h.settings.Settings().Theme; got != settings.System {
		t.Errorf("colours are %q, not the system's", got)
	}
}

func TestOthersSpansAreOffered(t *testing.T) {
	h := newHarness(t, 1)
	w := h.shell.work
	w.session.Select(h.at("Dockers"))
	_, err := w.session.Label(w.session.Schema().Labels[0].ID)
	h.do(err)
	h.saved()
	w.annotateAs("maria")
	h.settle()
	if !says(w.inspector.Object, "ana has marked 1 span here.") {
		t.Fatalf("nothing tells of ana's span: %q", widgettest.Words(w.inspector.Object))
	}
	w.lookAt("ana")
	h.settle()
	if len(w.session.Doc().Spans()) != 1 || says(w.inspector.Object, "has marked") {
		t.Errorf("ana's span is not on screen: %q", widgettest.Words(w.inspector.Object))
	}
}
