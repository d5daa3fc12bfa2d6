package schema

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"lede/app/screens/sheet"
)

// choice is the sheet's nth closed list.
func (b *bench) choice(nth int) *sheet.Choice {
	b.t.Helper()
	b.c.Focus(nil)
	for range 12 {
		b.c.FocusNext()
		if c, ok := b.c.Focused().(*sheet.Choice); ok {
			if nth--; nth == 0 {
				return c
			}
		}
	}
	b.t.Fatal("the sheet has no such list")
	return nil
}

func TestAPackIsAppliedBesideTheSchema(t *testing.T) {
	b := open(t)
	b.e.Apply()
	b.settle()
	if !b.seen("The schema of the project is that one already") {
		t.Error("news is not the news schema")
	}
	b.choice(1).TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown}) // named entities
	b.settle()
	if !b.seen("Adds 4 labels: PER, ORG, LOC, MISC.") || b.seen("Deletes") {
		t.Error("what would happen is not said")
	}
	b.e.o.Canvas.Overlays().Top().(*sheet.Sheet).Done()
	b.settle()
	if b.label("PER").Hotkey != "1" || b.label("actor").Hotkey != "" || b.spans() != "actor actor event" {
		t.Errorf("PER has %q, actor %q; the spans are %s", b.label("PER").Hotkey, b.label("actor").Hotkey, b.spans())
	}
	b.undo()
	if _, there := b.s.Schema().LabelNamed("PER"); there || b.label("actor").Hotkey != "1" {
		t.Error("one step back did not take it away")
	}
}

func TestAPackTakesThePlaceOfTheSchema(t *testing.T) {
	b := open(t)
	b.e.Apply()
	b.settle()
	b.choice(1).TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	b.settle()
	b.choice(2).TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown}) // what it lacks is deleted
	b.settle()
	if !b.seen("2 spans") || !b.seen("Deletes 7 labels") {
		t.Error("what would be lost is not said")
	}
	b.keys(fyne.KeyEscape)
	b.label("actor")
	if !b.e.Sheet.Shown() {
		t.Error("Esc closed too much")
	}
}

func TestASchemaFileIsAppliedOrSaidToBeWrong(t *testing.T) {
	b := open(t)
	dir := t.TempDir()
	good, bad := filepath.Join(dir, "good.yaml"), filepath.Join(dir, "bad.yaml")
	for path, text := range map[string]string{good: "labels: [{name: weapon, hotkey: w}]\n", bad: "labels:\n  - {name: a, colour: red}\n"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	given := bad
	b.e.o.ChooseFile = func(_ []string, chosen func(string)) { chosen(given) }
	b.e.Apply()
	b.settle()
	b.choice(1).TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	b.settle()
	if !b.seen("Choose a schema file") {
		t.Fatal("no file is asked for")
	}
	browse := func() {
		b.choice(1)
		b.c.FocusNext() // the path
		b.c.FocusNext()
		b.keys(fyne.KeySpace)
	}
	browse()
	if !b.seen("Line 2: a label has no field") {
		t.Error("the line of the mistake is not said")
	}
	given = good
	browse()
	if !b.seen("Adds 1 label: weapon.") {
		t.Error("what the file adds is not said")
	}
	b.e.o.Canvas.Overlays().Top().(*sheet.Sheet).Done()
	b.settle()
	if b.label("weapon").Hotkey != "w" {
		t.Error("it was not applied")
	}
}
