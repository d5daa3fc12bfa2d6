package app

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lede/annotate/text"
	"lede/app/commands"
	"lede/app/screens/sheet"
)

// ref is the id of the open article.
func (h *harness) ref() string { return h.shell.work.session.Doc().Article.Ref }

// finder is the finder that is open, its look-up done.
func (h *harness) typeInto(words string) {
	h.t.Helper()
	if _, ok := h.shell.win.Canvas().Overlays().Top().(*sheet.Sheet); !ok {
		h.t.Fatal("no panel is open")
	}
	test.Type(h.shell.win.Canvas().Focused(), words)
	h.settle()
}

func (h *harness) enter() {
	h.shell.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	h.settle()
}

func TestGoToAnArticle(t *testing.T) {
	h := newHarness(t, 9)
	for _, c := range []struct{ typed, want string }{
		{"title c", "c"}, {"#7", "g"}, {"2", "b"}, {"h", "h"}, {"tle e", "e"},
	} {
		h.shell.table.Run(commands.GoTo)
		h.typeInto(c.typed)
		h.enter()
		if h.ref() != c.want {
			t.Errorf("%q led to %s, want %s", c.typed, h.ref(), c.want)
		}
		if !h.shell.work.reader.Focused() {
			t.Errorf("%q: the text has not got the focus", c.typed)
		}
	}
}

// Enter comes before what was typed last has been looked up.
func TestGoToWaitsForWhatWasTyped(t *testing.T) {
	h := newHarness(t, 9)
	h.shell.table.Run(commands.GoTo)
	test.Type(h.shell.win.Canvas().Focused(), "title f")
	h.enter()
	if h.ref() != "f" {
		t.Errorf("Enter led to %s", h.ref())
	}
}

func TestGoToOffersTheRecentOnes(t *testing.T) {
	h := newHarness(t, 9)
	for _, typed := range []string{"#9", "#4", "#6"} {
		h.shell.table.Run(commands.GoTo)
		h.typeInto(typed)
		h.enter()
	}
	h.shell.table.Run(commands.GoTo)
	h.settle()
	h.enter() // the one before this
	if h.ref() != "d" {
		t.Errorf("the first recent article is %s", h.ref())
	}
}

func TestGoToFindsNothing(t *testing.T) {
	h := newHarness(t, 3)
	h.shell.table.Run(commands.GoTo)
	h.typeInto("no such article")
	h.enter()
	if h.ref() != "a" || h.shell.win.Canvas().Overlays().Top() == nil {
		t.Error("Enter on nothing did something")
	}
	h.shell.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	h.settle()
	if h.shell.win.Canvas().Overlays().Top() != nil {
		t.Error("Esc left the panel open")
	}
}

func TestBackAndForward(t *testing.T) {
	h := newHarness(t, 4)
	w := h.shell.work
	h.press("B") // nowhere to go
	for _, typed := range []string{"#3", "#2"} {
		h.shell.table.Run(commands.GoTo)
		h.typeInto(typed)
		h.enter()
	}
	h.shell.titles()
	if c, _ := h.shell.table.Command(commands.PlaceBack); c.Title != "Back to “Title c”" {
		t.Errorf("the menu says %q", c.Title)
	}
	h.press("B")
	h.press("B")
	if h.ref() != "a" || h.shell.table.Enabled(commands.PlaceBack) {
		t.Fatalf("back led to %s", h.ref())
	}
	h.shell.table.Run(commands.PlaceForward)
	h.settle()
	if h.ref() != "c" {
		t.Fatalf("forward led to %s", h.ref())
	}
	w.next(false)
	h.settle()
	if h.shell.table.Enabled(commands.PlaceForward) {
		t.Error("forward is still there after another article was opened")
	}
}

// A span that was chosen is chosen again.
func TestBackToASpan(t *testing.T) {
	h := newHarness(t, 2)
	h.click(2, 2)
	h.press("1")
	span := h.shell.work.session.Chosen()
	h.shell.work.next(false)
	h.settle()
	h.press("B")
	if h.ref() != "a" || h.shell.work.session.Chosen() != span {
		t.Errorf("back at %s, the chosen span is %q", h.ref(), h.shell.work.session.Chosen())
	}
}

func TestCopyWithCitation(t *testing.T) {
	h := newHarness(t, 1)
	h.shell.work.session.Select(text.Range{Start: 0, End: 7})
	h.shell.table.Run(commands.EditCite)
	if got := h.shell.app.Clipboard().Content(); got != "“Dockers” — Title a, Wire, characters 0–7" {
		t.Errorf("the clipboard has %s", got)
	}
}
