package app

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/app/commands"
)

// tag labels words of the open article by their key.
func (h *harness) tag(words, key string) {
	h.t.Helper()
	h.shell.work.session.Select(h.at(words))
	h.settle()
	h.press(fyne.KeyName(key))
	h.saved()
}

func (h *harness) goTo(number string) {
	h.t.Helper()
	h.shell.table.Run(commands.GoTo)
	h.typeInto(number)
	h.enter()
}

func TestCodedBefore(t *testing.T) {
	h := newHarness(t, 5)
	w := h.shell.work
	said := func() string { h.settle(); return w.coded.words.Text }
	h.tag("port authority", "1")
	if said() != "" {
		t.Errorf("the chosen span counts itself: %q", said())
	}
	h.goTo("#2")
	h.tag("port authority", "1")
	h.goTo("#3")
	h.tag("port authority", "5")
	h.goTo("#4")
	w.session.Select(h.at("port authority"))
	if want := "Coded before: 2× Actor, 1× Place"; said() != want {
		t.Fatalf("the line says %q, want %q", said(), want)
	}
	w.session.Select(h.at("second"))
	if said() != "" {
		t.Errorf("of words never coded it says %q", said())
	}
	h.do(w.session.Annotate(t.Context(), "bo"))
	w.session.Select(h.at("port authority"))
	if want := "Coded before: ana 2× Actor, 1× Place"; said() != want {
		t.Errorf("to bo it says %q, want %q", said(), want)
	}
	h.tag("port authority", "2")
	h.goTo("#5")
	w.session.Select(h.at("port authority"))
	if want := "Coded before: 1× Event · ana 2× Actor, 1× Place"; said() != want {
		t.Errorf("it says %q, want %q", said(), want)
	}
}

func TestCodedBeforeJumps(t *testing.T) {
	h := newHarness(t, 3)
	w := h.shell.work
	h.tag("port authority", "1")
	span := w.session.Chosen()
	h.goTo("#3")
	w.session.Select(h.at("port authority"))
	h.settle()
	h.press("W")
	h.enter()
	if h.ref() != "a" || w.session.Chosen() != span || !w.reader.Focused() {
		t.Errorf("went to %s, the chosen span is %q", h.ref(), w.session.Chosen())
	}
	h.press("B")
	if h.ref() != "c" {
		t.Errorf("back led to %s", h.ref())
	}
	w.session.Select(h.at("second"))
	h.settle()
	h.press("W") // nothing: a notice, no panel
	if h.shell.win.Canvas().Overlays().Top() != nil {
		t.Error("a list of nothing is shown")
	}
}

// The line follows what is undone and what others do.
func TestCodedBeforeFollowsUndo(t *testing.T) {
	h := newHarness(t, 2)
	w := h.shell.work
	h.tag("port authority", "1")
	h.do(w.session.Undo(t.Context()))
	h.saved()
	w.session.Select(h.at("port authority"))
	h.settle()
	if w.coded.words.Text != "" {
		t.Errorf("of a span that was undone it says %q", w.coded.words.Text)
	}
}

func TestInContext(t *testing.T) {
	for _, c := range []struct {
		before, words, after, want string
	}{
		{"", "Dockers", " said", "Dockers said"},
		{"On Monday the", "Dockers", "’ union", "On Monday theDockers’ union"},
		{"a long way before it there were the ", "Dockers", " said", "…before it there were the Dockers said"},
		{strings.Repeat("在", 40), "港口", "谈判", "…" + strings.Repeat("在", 26) + "港口谈判"},
	} {
		if got := inContext(annotate.CodedSpan{Before: c.before, Words: c.words, After: c.after}); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
