package app

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lede/app/widgets"
)

// wordsIn are all words that an object shows.
func wordsIn(o fyne.CanvasObject) []string {
	if !o.Visible() {
		return nil
	}
	var parts []fyne.CanvasObject
	switch o := o.(type) {
	case *widgets.Words:
		return []string{o.Text}
	case *fyne.Container:
		parts = o.Objects
	case *widgets.Surface:
		parts = []fyne.CanvasObject{o.Content}
	case fyne.Widget:
		parts = test.WidgetRenderer(o).Objects()
	}
	var words []string
	for _, part := range parts {
		words = append(words, wordsIn(part)...)
	}
	return words
}

// says tells whether an object shows words.
func says(o fyne.CanvasObject, words string) bool {
	return slices.ContainsFunc(wordsIn(o), func(s string) bool { return strings.Contains(s, words) })
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
			t.Errorf("the bar does not say %q but %q", words, wordsIn(bar))
		}
	}
	want("7 characters · 0–7")
	h.do(s.MoveEnd(false, true))
	want("12 characters · 0–12")
	h.shell.work.undo()
	want("7 characters · 0–7")
}
