package sheet

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
)

// press sends a focused field what Fyne sends of a key: its name, then what it types.
func press(c fyne.Canvas, name fyne.KeyName, typed rune) {
	c.Focused().TypedKey(&fyne.KeyEvent{Name: name})
	if f := c.Focused(); f != nil {
		f.TypedRune(typed)
	}
}

func TestKeysOfLinesPickThem(t *testing.T) {
	var picked []int
	open := func(byKey bool) *Finder {
		return Find(FinderOptions{
			Canvas: window(t).Canvas(), Width: 300, Rows: 3, ByKey: byKey,
			Items: []Found{{Title: "speaker", Key: "1"}, {Title: "addressee 2", Key: "2"}, {Title: "about", Key: "3", Off: true}},
			Pick:  func(i int) { picked = append(picked, i) },
		})
	}
	f := open(true)
	press(f.Sheet.canvas, "2", '2')
	if f.Sheet.Shown() || !slices.Equal(picked, []int{1}) {
		t.Fatalf("picked %v", picked)
	}
	f = open(true)
	press(f.Sheet.canvas, "1", '&') // the first key of the digit row of a French keyboard
	if !slices.Equal(picked, []int{1, 0}) {
		t.Fatalf("picked %v", picked)
	}
	f = open(true)
	press(f.Sheet.canvas, "3", '3') // it cannot be picked now
	press(f.Sheet.canvas, "A", 'a')
	press(f.Sheet.canvas, "2", '2') // a part of a name by now
	if len(picked) != 2 || f.Field.Text != "3a2" {
		t.Errorf("picked %v, typed %q", picked, f.Field.Text)
	}
	f = open(false)
	press(f.Sheet.canvas, "2", '2')
	if len(picked) != 2 || f.Field.Text != "2" {
		t.Errorf("without ByKey: picked %v, typed %q", picked, f.Field.Text)
	}
}
