package app

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/annotate/schema"
	"lede/app/commands"
	"lede/app/session"
	"lede/app/told"
	"lede/app/widgets/widgettest"
)

// schemaFromElsewhere gives the project another schema as the command line does
// while the window is open.
func (h *harness) schemaFromElsewhere(yaml string) {
	h.t.Helper()
	h.saved()
	file, err := schema.Parse("other.yaml", []byte(yaml))
	if err != nil {
		h.t.Fatal(err)
	}
	other, err := h.projects.Open(h.t.Context(), project, annotate.ModeWrite)
	if err != nil {
		h.t.Fatal(err)
	}
	now, err := other.Schema(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	heard := false
	h.shell.work.session.Observe(func(e session.Event) {
		_, ok := e.(session.SchemaChanged)
		heard = heard || ok
	})
	if _, err := other.Apply(h.t.Context(), annotate.Change{
		ID: h.shell.o.Env.NewID(), Actor: "bo", Cause: annotate.CauseManual, Title: "Apply a schema", Ops: file.Diff(now, h.shell.o.Env).Ops,
	}); err != nil {
		h.t.Fatal(err)
	}
	h.until("the window heard of the schema", func() bool { return heard })
}

// onlyLabels keeps the labels that the article of tagged has, and no relation.
const onlyLabels = `
name: few
labels: [{name: actor, title: Actor, hotkey: "1"}, {name: event, title: Event}, {name: time, title: Time}, {name: place, title: Place}]
`

// A project without labels says where they are made, in the bar and wherever one
// would be given.
func TestWithoutLabels(t *testing.T) {
	h := newHarness(t, 1)
	h.schemaFromElsewhere("name: bare\n")
	w := h.shell.work
	if bar := w.reader.Object; !says(bar, "There are no labels yet.") || !says(bar, "Make labels…") || !says(bar, h.shell.table.Hint(commands.SchemaEdit)) {
		t.Errorf("the label bar does not say where labels are made but %q", widgettest.Words(bar))
	}
	if !says(w.right, "no labels to mark it with") {
		t.Error("the list of spans asks for a label’s key")
	}
	for name, do := range map[string]func(){
		"a digit":        func() { h.press("1") },
		"L":              func() { h.press("L") },
		"Enter":          func() { h.press(fyne.KeyReturn) },
		"T":              func() { h.press("T") },
		"Q":              func() { h.press("Q") },
		"O":              func() { h.press("O") },
		"C":              func() { h.press("C") },
		"the arming key": func() { h.shell.table.Run(commands.LabelArm) },
	} {
		w.session.Select(h.at("Dockers"))
		h.settle()
		wait := h.shell.later
		h.shell.later = func(d time.Duration, f func()) {}
		h.shell.hideNotice()
		do()
		if !h.said(h.shell.makeLabels()) {
			t.Errorf("%s does not say where labels are made", name)
		}
		if h.shell.covered() {
			t.Errorf("%s opens something", name)
		}
		h.shell.later = wait
	}
	h.wantSpans()
}

// A digit that no label has says so, and names the way to any label.
func TestDigitWithoutALabel(t *testing.T) {
	h := newHarness(t, 1)
	h.schemaFromElsewhere(onlyLabels)
	h.unsettled("8", 0)
	if h.said("No label has the key 8") {
		t.Error("it speaks before the character came, which may be a command")
	}
	h.view().TypedRune('8')
	if !h.said("No label has the key 8") {
		t.Error("nothing is said")
	}
	h.shell.hideNotice()
	h.unsettled("8", 0)
	h.view().TypedRune('?') // as on a layout that types it there
	if h.said("No label has the key 8") || !h.shell.covered() {
		t.Error("a character that is a command is taken for a digit")
	}
}

// Another schema ends what was being asked about the old one, and a choice from a
// list of the old one is refused in words.
func TestAnotherSchemaEndsWhatIsAsked(t *testing.T) {
	t.Run("hints of relations", func(t *testing.T) {
		h := tagged(t)
		h.press("R")
		if !h.view().Relating() {
			t.Fatal("no hints are shown")
		}
		h.schemaFromElsewhere(onlyLabels)
		if h.view().Relating() {
			t.Error("the hints are still there")
		}
		h.press("A", fyne.KeyEscape)
		h.wantRelations()
	})
	t.Run("a role", func(t *testing.T) {
		h := tagged(t)
		h.ctrl("1")
		if !h.shell.work.reader.Object.Visible() || !h.view().Relating() {
			t.Fatal("no role is asked for")
		}
		h.schemaFromElsewhere(onlyLabels)
		if h.view().Relating() || says(h.shell.work.reader.Object, "several") {
			t.Error("the role is still asked for")
		}
		h.wantRelations()
	})
	t.Run("which relation", func(t *testing.T) {
		h := tagged(t)
		h.press("R", "A") // an actor: several relations lead there
		if !h.shell.covered() {
			t.Fatal("it does not ask which")
		}
		h.schemaFromElsewhere(onlyLabels)
		h.shell.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		h.settle()
		h.wantRelations()
		if !h.said("This type of relation is not in it any more.") {
			t.Error("nothing says why there is no relation")
		}
	})
	t.Run("which label", func(t *testing.T) {
		h := newHarness(t, 1)
		h.shell.work.session.Select(h.at("Monday"))
		h.press("L")
		h.schemaFromElsewhere("name: bare\n")
		h.shell.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		if !h.said("changed elsewhere in the meantime") { // settling would take the hint away
			t.Error("nothing says why there is no span")
		}
		h.settle()
		h.wantSpans()
		s := h.shell.work.session
		s.Select(h.at("Monday"))
		_, err := s.Label("gone")
		h.shell.tell(err)
		if !h.said("The schema was changed in the meantime. This label is not in it any more.") {
			t.Error("nothing says why a label that is gone is not given")
		}
		h.wantSpans()
	})
}

func TestSentence(t *testing.T) {
	for words, want := range map[string]string{
		"": "", "it is gone": "It is gone.", "“Link” failed!": "“Link” failed!", "über alles": "Über alles.", "/a/b is gone": "/a/b is gone.",
	} {
		if got := told.Sentence(words); got != want {
			t.Errorf("%q becomes %q, not %q", words, got, want)
		}
	}
}
