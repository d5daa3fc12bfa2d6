package palette_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"lede/app/commands"
	"lede/app/screens/palette"
	"lede/app/widgets"
)

func TestMain(m *testing.M) {
	widgets.UseBundledFontsOnly()
	m.Run()
}

func TestPaletteDoesWhatCanBeDone(t *testing.T) {
	test.NewTempApp(t)
	c := test.NewTempWindow(t, canvas.NewText("below", nil)).Canvas()
	table := commands.NewTable(commands.Linux)
	var did []string
	over := func() bool { return c.Overlays().Top() != nil }
	table.Modal = over
	for _, id := range []string{commands.FileExport, commands.EditUndo, commands.SpanNote} {
		table.Bind(id, func() { did = append(did, id) }, nil)
	}
	table.Bind(commands.EditRedo, func() { t.Error("what cannot be done was done") }, func() bool { return false })
	table.SetTitle(commands.EditUndo, "Undo Tag “Berlin” as Actor")
	table.SetLabels([]commands.Label{{ID: "q", Title: "Quote", Hotkey: "3"}}, func(id string) { did = append(did, "tag "+id) }, func(string) {}, nil)

	f := palette.Open(c, table)
	if n := len(f.Found()); n != 6 { // the three, the label, its arming, and what cannot be done
		t.Errorf("%d commands are offered, want 6", n)
	}
	f.Field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp}) // around to the last one: it stands there
	f.Field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if !over() || len(did) > 0 {
		t.Errorf("did %q with what cannot be done; the palette is there: %v", did, over())
	}
	for _, typed := range []string{"berlin", "tquo"} {
		if f == nil {
			f = palette.Open(c, table)
		}
		for _, r := range typed {
			f.Field.TypedRune(r)
		}
		f.Field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		f = nil
	}
	if want := []string{commands.EditUndo, "tag q"}; !slices.Equal(did, want) || over() {
		t.Errorf("did %q, want %q; the palette is still there: %v", did, want, over())
	}
}
