package schema

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lede/annotate"
	"lede/app/screens/sheet"
	"lede/app/widgets"
)

func TestALabelIsAddedByKeyboardAlone(t *testing.T) {
	b := open(t)
	b.press(fyne.KeyPlus, '+')
	b.typed("Weapon of war")
	b.keys(fyne.KeyTab)
	l := b.label("weapon_of_war")
	if l.Title != "Weapon of war" || l.Hotkey != "8" || l.Color == "" || l.Order != 8 {
		t.Errorf("the label is %+v", l)
	}
	if b.c.Focused() != b.e.form.fields["name"] {
		t.Errorf("the keyboard is at %T after the title", b.c.Focused())
	}
	b.undo()
	if _, there := b.s.Schema().LabelNamed("weapon_of_war"); there {
		t.Error("undo left it there: adding took more than one step")
	}
	b.redo()
	b.label("weapon_of_war")
}

func TestADraftIsForgotten(t *testing.T) {
	b := open(t)
	before := b.s.Schema().Version
	b.press(fyne.KeyPlus, '+')
	if !b.seen("New label") {
		t.Fatal("no draft is shown")
	}
	b.keys(fyne.KeyEscape, fyne.KeyEscape) // out of the field, then the draft
	if b.seen("New label") || b.s.Schema().Version != before || !b.e.Sheet.Shown() {
		t.Error("Esc did not forget the draft, or did more")
	}
	b.keys(fyne.KeyEscape)
	if b.e.Sheet.Shown() {
		t.Error("Esc in the list did not close the screen")
	}
}

func TestEscGivesUpWhatWasTyped(t *testing.T) {
	b := open(t)
	b.to("title")
	b.typed("xxx")
	b.keys(fyne.KeyEscape)
	if b.label("actor").Title != "Actor" || b.c.Focused() != fyne.Focusable(b.e.list) {
		t.Errorf("the title is %q and the keyboard at %T", b.label("actor").Title, b.c.Focused())
	}
}

func TestTitleColourAndLineAreOneStepEach(t *testing.T) {
	b := open(t)
	b.write("title", "Person")
	b.to("color")
	b.keys(fyne.KeyRight, fyne.KeyRight, fyne.KeySpace)
	b.to("pattern")
	b.keys(fyne.KeyEnd, fyne.KeyReturn)
	b.write("light", "123456")
	l := b.label("actor")
	if l.Title != "Person" || l.Color != "#123456" || l.ColorDark != "#3fd0a4" || l.Pattern != annotate.Dotted {
		t.Errorf("the label is %+v", l)
	}
	b.undo()
	b.undo()
	b.undo()
	if l := b.label("actor"); l.Title != "Person" || l.Color != "#0072b2" || l.Pattern != annotate.Solid {
		t.Errorf("after three steps back it is %+v", l)
	}
	b.undo()
	if b.label("actor").Title != "Actor" {
		t.Error("the fourth step back did not give the title back")
	}
}

func TestWhatIsWrongIsSaidAtTheField(t *testing.T) {
	b := open(t)
	for field, c := range map[string]struct{ typed, said string }{
		"light": {"red", "not like #0072b2"},
		"name":  {"event", "“event”"},
	} {
		b.write(field, c.typed)
		if !b.seen(c.said) {
			t.Errorf("%s %q: %q is not said", field, c.typed, c.said)
		}
		b.to(field)
		b.keys(fyne.KeyEscape)
	}
	if l := b.label("actor"); l.Color != "#0072b2" {
		t.Errorf("the colour is %s", l.Color)
	}
}

func TestAKeyChangesHandsAfterItsOwnerWasShown(t *testing.T) {
	b := open(t)
	b.to("key")
	b.keys(fyne.KeyReturn)
	b.press("3", '3')
	if !b.seen("3 is the key of Quote") || b.label("actor").Hotkey != "1" {
		t.Fatal("the owner of the key is not shown, or it was taken already")
	}
	b.keys(fyne.KeyEscape)
	if b.label("quote").Hotkey != "3" || !b.e.Sheet.Shown() {
		t.Fatal("Esc did not leave the key where it is")
	}
	b.keys(fyne.KeyReturn)
	b.press("3", '3')
	b.keys(fyne.KeyReturn)
	if b.label("actor").Hotkey != "3" || b.label("quote").Hotkey != "" {
		t.Errorf("actor has %q, quote %q", b.label("actor").Hotkey, b.label("quote").Hotkey)
	}
	b.undo()
	if b.label("actor").Hotkey != "1" || b.label("quote").Hotkey != "3" {
		t.Error("one step back did not give both their keys")
	}
	b.to("key")
	b.keys(fyne.KeyReturn)
	b.press("R", 'r')
	if b.label("actor").Hotkey != "r" || !b.seen("instead of “Relate to another span…”") {
		t.Errorf("the key is %q, and its command is not named", b.label("actor").Hotkey)
	}
	b.keys(fyne.KeyDelete)
	if b.label("actor").Hotkey != "" {
		t.Error("Delete did not take the key away")
	}
}

func TestLabelsAreReordered(t *testing.T) {
	b := open(t)
	order := func() string {
		var all []string
		for _, l := range b.s.Schema().Labels {
			all = append(all, l.Name)
		}
		return strings.Join(all, " ")
	}
	b.mods = fyne.KeyModifierShift
	b.keys(fyne.KeyDown, fyne.KeyDown)
	b.mods = 0
	if got, want := order(), "event quote actor cue place time source_phrase"; got != want {
		t.Errorf("by keys: %s, want %s", got, want)
	}
	rows := test.WidgetRenderer(b.e.list).Objects()
	last := rows[6].(*line)
	last.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(40, -6*rowHeight)}})
	last.DragEnd()
	b.settle()
	if got, want := order(), "source_phrase event quote actor cue place time"; got != want {
		t.Errorf("by dragging: %s, want %s", got, want)
	}
	b.undo()
	b.undo()
	b.undo()
	if got, want := order(), "actor event quote cue place time source_phrase"; got != want {
		t.Errorf("after undo: %s, want %s", got, want)
	}
}

func TestLookAlikesAreNamed(t *testing.T) {
	b := open(t)
	b.choose("Place") // solid, as Actor is
	b.to("color")
	b.keys(fyne.KeyHome, fyne.KeyReturn)
	if !b.seen("Actor looks almost the same") {
		t.Error("two labels of one look, and nothing is said")
	}
	b.write("light", "#fff0a0")
	if !b.seen("hard to read") {
		t.Error("pale yellow is said to read well")
	}
}

func TestUsedLabelsAreMergedAfterAPreview(t *testing.T) {
	b := open(t)
	b.choose("Event")
	b.to("merge").(fyne.Tappable).Tapped(nil)
	b.settle()
	if !b.seen("Choose the label that their spans get") {
		t.Fatal("nothing asks for a label")
	}
	b.keys(fyne.KeyTab)
	b.c.Focused().(*sheet.Choice).TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown}) // Actor
	b.settle()
	if !b.seen("1 span of “event” get the label “actor”") && !b.seen("1 span of “event” gets the label “actor”") {
		t.Error("what would happen is not said")
	}
	if b.spans() != "actor actor event" {
		t.Fatal("it was done before it was confirmed")
	}
	b.keys(fyne.KeyReturn)
	if b.spans() != "actor actor actor" {
		t.Errorf("the spans are %s", b.spans())
	}
	b.undo()
	if b.spans() != "actor actor event" {
		t.Errorf("after undo the spans are %s", b.spans())
	}
	b.redo()
	if _, there := b.s.Schema().LabelNamed("event"); there || b.spans() != "actor actor actor" {
		t.Errorf("after redo the spans are %s", b.spans())
	}
}

func TestUsedLabelIsDeletedOrBecomesAnother(t *testing.T) {
	b := open(t)
	b.keys(fyne.KeyDelete) // Actor, in the list
	if !b.seen("Its spans") {
		t.Fatal("nothing asks what becomes of the spans")
	}
	b.keys(fyne.KeyEscape)
	if b.spans() != "actor actor event" || !b.e.Sheet.Shown() {
		t.Fatal("Esc did something, or closed too much")
	}
	b.keys(fyne.KeyDelete, fyne.KeyReturn)
	if b.spans() != "event" {
		t.Errorf("the spans are %s", b.spans())
	}
	b.undo()
	if b.spans() != "actor actor event" {
		t.Errorf("after undo the spans are %s", b.spans())
	}
}

func TestAnUnusedLabelGoesAtOnce(t *testing.T) {
	b := open(t)
	b.choose("Cue")
	b.keys(fyne.KeyDelete)
	if _, there := b.s.Schema().LabelNamed("cue"); there {
		t.Error("it is there, or something was asked")
	}
	b.undo()
	b.label("cue")
}

func TestALabelIsSplitByWords(t *testing.T) {
	b := open(t)
	b.to("split").(fyne.Tappable).Tapped(nil)
	b.settle()
	by := b.c.Focused().(*sheet.Choice)
	by.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome}) // by words
	b.settle()
	b.keys(fyne.KeyTab)
	b.typed("(?i)authority")
	b.keys(fyne.KeyTab)
	b.typed("Institution")
	b.keys(fyne.KeyTab)
	if !b.seen("1 span gets the label “institution”") {
		t.Error("what would happen is not said")
	}
	b.e.o.Canvas.Overlays().Top().(*sheet.Sheet).Done()
	b.settle()
	if b.spans() != "actor institution event" {
		t.Errorf("the spans are %s", b.spans())
	}
	b.undo()
	if b.spans() != "actor actor event" {
		t.Errorf("after undo the spans are %s", b.spans())
	}
}

func TestTypingIsNotDisturbed(t *testing.T) {
	b := open(t)
	f := b.to("description").(*widgets.Field)
	b.typed(" More")
	l := b.label("event")
	l.Title = "Happening"
	if err := b.s.EditSchema("Rename Event", l); err != nil { // as another window would
		t.Fatal(err)
	}
	b.settle()
	if b.c.Focused() != fyne.Focusable(f) || !strings.Contains(f.Text, "More") {
		t.Errorf("the field has %q", f.Text)
	}
	b.keys(fyne.KeyTab)
	if !strings.Contains(b.label("actor").Description, "More") {
		t.Errorf("the description is %q", b.label("actor").Description)
	}
}

// Undo that is asked for while one is being written comes after it.
func TestUndoWaitsForUndo(t *testing.T) {
	b := open(t)
	b.write("title", "Person")
	b.choose("Event")
	b.press(fyne.KeyUnknown, 'm')
	b.choice(1).TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	b.settle()
	b.keys(fyne.KeyReturn)
	if b.spans() != "actor actor actor" {
		t.Fatalf("the spans are %s", b.spans())
	}
	b.e.Undo()
	b.e.Undo()
	b.e.Redo()
	b.e.Redo()
	b.e.Undo()
	b.settle()
	if b.spans() != "actor actor event" || b.label("actor").Title != "Person" {
		t.Errorf("the spans are %s, the title %q", b.spans(), b.label("actor").Title)
	}
}
