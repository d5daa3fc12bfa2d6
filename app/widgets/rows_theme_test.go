package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lede/app/theme"
)

// TestRowsTakeOtherColours: rows that are in sight when the colours change are made
// anew, because Fill changes only what is another row's.
func TestRowsTakeOtherColours(t *testing.T) {
	test.NewTempApp(t)
	theme.Switch(theme.Light)
	defer theme.Switch(theme.Light)
	made := 0
	l := NewRows(20)
	l.Count = func() int { return 3 }
	l.Make = func() fyne.CanvasObject { made++; return NewLine("", theme.TextSize, theme.Text) }
	l.Fill = func(int, fyne.CanvasObject) {}
	w := test.NewTempWindow(t, l)
	w.Resize(fyne.NewSize(200, 200))
	l.Refresh()
	if made != 3 {
		t.Fatalf("%d rows were made for 3", made)
	}
	theme.Switch(theme.Night)
	l.Refresh()
	if made != 6 {
		t.Errorf("in other colours %d rows were made, want 3 more than 3", made)
	}
}
