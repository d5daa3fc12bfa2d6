package app

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"lede/app/widgets"
	"lede/app/widgets/widgettest"
)

// menuAt opens the menu at a place of the text and says what it offers.
func (h *harness) menuAt(offset int) []string {
	h.t.Helper()
	h.shell.work.contextMenu(fyne.NewPos(300, 100), offset)
	m, ok := h.shell.win.Canvas().Overlays().Top().(*widgets.Menu)
	if !ok {
		return nil
	}
	return widgettest.Words(m)
}

func (h *harness) wantMenu(what string, offset int, want ...string) {
	h.t.Helper()
	got := h.menuAt(offset)
	if !slices.Equal(got, want) {
		h.t.Errorf("%s: the menu offers %q, want %q", what, got, want)
	}
}

func TestContextMenu(t *testing.T) {
	h := newHarness(t, 1)
	s := h.shell.work.session
	keys := func(names ...fyne.KeyName) {
		for _, n := range names {
			h.shell.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: n})
		}
		h.settle()
	}
	h.wantMenu("nothing there", h.at("Monday").Start+1, "Picture of the passage…")
	keys(fyne.KeyEscape)
	s.Select(h.at("Dockers said"))
	h.wantMenu("a selection", h.at("Dockers").Start+1,
		"Tag as", "Label all like this…", "Coded before as…", "Copy text", "Copy with citation", "Picture of the passage…")
	keys(fyne.KeyDown, fyne.KeyRight, fyne.KeyDown, fyne.KeyReturn) // into the labels, the second
	h.wantSpans("event Dockers said")
	h.wantMenu("a span", h.at("said").Start+1,
		"Label: Event", "Relate to another span…", "Entity of the span…", "Note on the span", "Reshape", "Delete span",
		"Label all like this…", "Convert labels…", "Coded before as…", "Copy text", "Copy with citation", "Picture of the passage…")
}
