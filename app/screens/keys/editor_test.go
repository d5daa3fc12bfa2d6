package keys

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"lede/app/commands"
	"lede/app/widgets"
)

func TestMain(m *testing.M) {
	widgets.UseBundledFontsOnly()
	m.Run()
}

// bench is an open dialog with keys that a test holds.
type bench struct {
	t       *testing.T
	e       *Editor
	c       fyne.Canvas
	table   *commands.Table
	mods    fyne.KeyModifier
	changes int
	imports int
}

func open(t *testing.T) *bench {
	test.NewTempApp(t)
	w := test.NewTempWindow(t, canvas.NewText("below", nil))
	w.Resize(fyne.NewSize(1000, 760))
	b := &bench{t: t, c: w.Canvas(), table: commands.NewTable(commands.Linux)}
	b.table.SetLabels([]commands.Label{{ID: "q", Title: "Quote", Hotkey: "3"}}, func(string) {}, func(string) {}, nil)
	b.e = Open(Options{
		Canvas: b.c, Table: b.table, Mods: func() fyne.KeyModifier { return b.mods },
		OnChange: func() { b.changes++ }, Import: func() { b.imports++ }, Export: func() {},
	})
	return b
}

// find searches and goes to the list.
func (b *bench) find(words string) {
	b.e.search.SetText(words)
	b.c.Focus(b.e.rows)
}

// press sends what Fyne sends of one press: down, typed, the character, up. Each
// goes to what has the focus by then.
func (b *bench) press(name fyne.KeyName, mods fyne.KeyModifier, typed rune) {
	b.mods = mods
	e := &fyne.KeyEvent{Name: name}
	if f, ok := b.c.Focused().(desktop.Keyable); ok {
		f.KeyDown(e)
	}
	if f := b.c.Focused(); f != nil && mods&^fyne.KeyModifierShift == 0 {
		f.TypedKey(e)
	}
	if f := b.c.Focused(); f != nil && typed != 0 {
		f.TypedRune(typed)
	}
	if f, ok := b.c.Focused().(desktop.Keyable); ok {
		f.KeyUp(e)
	}
	b.mods = 0
}

func (b *bench) want(id string, keys ...string) {
	b.t.Helper()
	if got := b.table.Hints(id); !slices.Equal(got, keys) {
		b.t.Errorf("%s has the keys %q, want %q", id, got, keys)
	}
}

func TestAKeyIsAddedByKeyboardAlone(t *testing.T) {
	b := open(t)
	b.find("note on the span")
	b.press(fyne.KeyReturn, 0, 0)
	b.press("H", fyne.KeyModifierControl, 0)
	b.want(commands.SpanNote, "N", "Ctrl+H")
	if b.c.Focused() != fyne.Focusable(b.e.rows) || b.changes != 1 {
		t.Errorf("the focus is on %T after %d changes", b.c.Focused(), b.changes)
	}
	b.press(fyne.KeyReturn, 0, 0)
	b.press("", 0, 'ñ') // a key that no layout of ours knows
	b.want(commands.SpanNote, "N", "Ctrl+H", "ñ")
	b.press(fyne.KeyReturn, 0, 0)
	b.press(fyne.KeyTab, 0, 0) // of the next span: it is asked first
	b.want(commands.SpanNote, "N", "Ctrl+H", "ñ")
	b.press(fyne.KeyReturn, 0, 0)
	b.want(commands.SpanNote, "N", "Ctrl+H", "ñ", "Tab")
	b.want(commands.SpanNext)
}

func TestEscKeepsWhatWas(t *testing.T) {
	b := open(t)
	b.find("note on the span")
	b.press(fyne.KeyReturn, 0, 0)
	b.press(fyne.KeyEscape, 0, 0)
	b.want(commands.SpanNote, "N")
	if !b.e.Sheet.Shown() || b.changes != 0 {
		t.Error("Esc did more than stop the waiting")
	}
}

func TestKeysOfTheTextCannotBeTaken(t *testing.T) {
	b := open(t)
	b.find("note on the span")
	b.press(fyne.KeyReturn, 0, 0)
	b.press(fyne.KeyLeft, 0, 0)
	b.press(fyne.KeyEscape, 0, 0)
	b.want(commands.SpanNote, "N")
	b.find("page down, page up")
	if c, _ := b.e.chosen(); !c.fixed {
		t.Fatalf("chosen is %+v", c)
	}
	b.press(fyne.KeyReturn, 0, 0)
	if b.e.catcher.waiting {
		t.Error("a key is waited for that cannot be given")
	}
}

func TestSearchSetsAndRestoring(t *testing.T) {
	b := open(t)
	b.find("Ctrl+E")
	if c, ok := b.e.chosen(); !ok || c.id != commands.FileExport || len(b.e.entries) != 2 {
		t.Errorf("Ctrl+E finds %+v", b.e.entries)
	}
	b.find("tag as quote")
	b.press(fyne.KeyReturn, 0, 0)
	b.press("H", fyne.KeyModifierControl, 0)
	b.want("label.3", "3", "Ctrl+H")
	b.e.take(commands.Shortcut{Key: "3"})
	b.want("label.3", "Ctrl+H")
	b.e.set.OnChanged(1)
	if set, own := b.table.Keymap(); set != "left" || len(own) != 1 {
		t.Errorf("the left hand has the set %q with %v", set, own)
	}
	b.e.restore()
	b.want("label.3", "3")
	b.table.SetKeymap("standard", commands.Keymap{commands.SpanNote: {{Key: "Q"}}, commands.ArticleFlag: {{Key: "Q"}}})
	b.e.Reload()
	if want := "Q is a key of “Note on the span” and of “Flag the article”; the first gets it."; b.e.about.Text != want {
		t.Errorf("of a clash it says %q", b.e.about.Text)
	}
	b.find("no such thing")
	if _, ok := b.e.chosen(); ok || len(b.e.entries) != 0 {
		t.Errorf("found %+v", b.e.entries)
	}
	b.press(fyne.KeyReturn, 0, 0) // nothing to do, and no panic
	b.find("")
	heads := slices.DeleteFunc(slices.Clone(b.e.entries), func(e entry) bool { return e.id != "" })
	if len(heads) != len(commands.Groups) {
		t.Errorf("%d heads for %d groups", len(heads), len(commands.Groups))
	}
	for range len(b.e.entries) + 3 {
		b.press(fyne.KeyDown, 0, 0)
		if c, ok := b.e.chosen(); !ok || strings.TrimSpace(c.title) == "" {
			t.Fatalf("row %d is chosen", b.e.at)
		}
	}
}

func TestRowsAreNamedAfterCommandsNotSteps(t *testing.T) {
	b := open(t)
	b.table.SetTitle(commands.EditRedo, "Redo Remove a relation")
	b.find("redo")
	if c, ok := b.e.chosen(); !ok || c.id != commands.EditRedo || c.title != "Redo" {
		t.Errorf("the row is %+v", c)
	}
}
