package sheet

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"github.com/sahilm/fuzzy"
)

// Fyne drops the renderer of a widget that was out of sight for a minute, and asks
// for another without telling it a size: lines of lists lay themselves out.
func TestLinesLayThemselvesOutAgain(t *testing.T) {
	test.NewTempApp(t)
	c := test.NewTempWindow(t, canvas.NewText("below", nil)).Canvas()
	item := newListRow(NewList(New(c, nil), []Item{{"One", "the first"}, {"Two", "the second"}}, 0))
	item.show(1)
	item.Resize(fyne.NewSize(300, listRow))
	again := item.CreateRenderer()
	for i, o := range again.Objects() {
		if o.Size().Width < 3 || o.Size().Height < 3 {
			t.Errorf("object %d of a list's line is %v", i, o.Size())
		}
	}
	f := &Finder{items: []Found{{Title: "Open", Key: "O"}}, found: []fuzzy.Match{{Index: 0}}}
	line := newFinderLine(f)
	line.Resize(fyne.NewSize(300, finderRow))
	line.show(0)
	for i, o := range line.CreateRenderer().Objects() {
		if o.Size().Width < 3 || o.Size().Height < 3 {
			t.Errorf("object %d of a finder's line is %v", i, o.Size())
		}
	}
}

// TestLettersJump: of many things one is found by its first letter.
func TestLettersJump(t *testing.T) {
	test.NewTempApp(t)
	c := test.NewTempWindow(t, canvas.NewText("below", nil)).Canvas()
	l := NewList(New(c, nil), []Item{{Title: "brat"}, {Title: "conll"}, {Title: "csv"}, {Title: "Émile"}}, 0)
	for _, step := range []struct {
		typed rune
		want  int
	}{{'c', 1}, {'C', 2}, {'c', 1}, {'x', 1}, {'é', 3}, {'é', 3}, {'b', 0}} {
		if l.Rows.TypedRune(step.typed); l.chosen != step.want {
			t.Errorf("%c leads to %d, want %d", step.typed, l.chosen, step.want)
		}
	}
}
