package app

import (
	"context"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lede/annotate/text"
	"lede/app/commands"
	"lede/app/widgets"
	"lede/app/widgets/widgettest"
)

// field is the text field that has the keyboard.
func (h *harness) field() *widgets.Field {
	h.t.Helper()
	f, ok := h.shell.win.Canvas().Focused().(*widgets.Field)
	if !ok {
		h.t.Fatalf("no field has the keyboard, but %T", h.shell.win.Canvas().Focused())
	}
	return f
}

// find replaces what stands in the field that has the keyboard.
func (h *harness) find(words string) {
	h.t.Helper()
	h.field().TypedShortcut(&fyne.ShortcutSelectAll{})
	for _, r := range words {
		h.field().KeyDown(&fyne.KeyEvent{})
		h.field().TypedRune(r)
	}
	h.settle()
}

func (h *harness) run(id string) {
	h.t.Helper()
	if !h.shell.table.Run(id) {
		h.t.Fatalf("%s cannot be done now", id)
	}
	h.settle()
}

func (h *harness) wantSelected(want text.Range) {
	h.t.Helper()
	if got := h.shell.work.session.Selection(); got != want {
		h.t.Fatalf("selected is %v, want %v", got, want)
	}
}

// second is the second place of words in the article.
func (h *harness) second(words string) text.Range {
	h.t.Helper()
	r := h.at(words)
	all := []rune(articleText)
	for i := r.End; i+r.Len() <= len(all); i++ {
		if string(all[i:i+r.Len()]) == words {
			return text.Range{Start: i, End: i + r.Len()}
		}
	}
	h.t.Fatalf("%q is there once", words)
	return text.Range{}
}

// TestFindWalksAndLabels types, walks around the end, and labels what was found.
func TestFindWalksAndLabels(t *testing.T) {
	h := newHarness(t, 2)
	bar := h.shell.work.finder
	h.ctrl(fyne.KeyF)
	h.find("said")
	h.wantSelected(h.at("said"))
	if got := bar.Says(); got != "1 of 2" {
		t.Errorf("the bar says %q", got)
	}
	h.field().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	h.wantSelected(h.second("said"))
	h.field().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	h.wantSelected(h.at("said"))
	if got := bar.Says(); got != "1 of 2 Went on from the start" {
		t.Errorf("after the end the bar says %q", got)
	}
	h.run(commands.FindPrevious)
	h.wantSelected(h.second("said"))
	if got := bar.Says(); got != "2 of 2 Went on from the end" {
		t.Errorf("before the start the bar says %q", got)
	}
	h.field().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if bar.Shown() || !h.shell.work.reader.Focused() {
		t.Error("Esc has not closed the bar and gone back to the text")
	}
	h.press("4") // the place is still selected
	h.wantSpans("cue said")
	h.run(commands.FindNext) // opens the bar again, and goes on from there
	h.wantSelected(h.at("said"))
	h.press("4")
	h.wantSpans("cue said", "cue said")
	if got := bar.Says(); got != "2 found" {
		t.Errorf("with nothing selected the bar says %q", got)
	}
	h.press(fyne.KeyEscape, fyne.KeyEscape)
	if bar.Shown() {
		t.Error("Esc in the text, with nothing else to let go of, leaves the bar")
	}
}

// TestFindFollowsArticlesAndToggles keeps the words and counts anew.
func TestFindFollowsArticlesAndToggles(t *testing.T) {
	h := newHarness(t, 2)
	bar := h.shell.work.finder
	h.shell.work.session.Select(h.at("port"))
	h.ctrl(fyne.KeyF)
	if h.field().Text != "port" || bar.Says() != "1 of 1" {
		t.Errorf("with a selection the bar has %q and says %q", h.field().Text, bar.Says())
	}
	h.find("D")
	if got := bar.Says(); got != "4 of 5" { // on from what was selected
		t.Errorf("any case: %q", got)
	}
	h.run(commands.FindCase)
	if got := bar.Says(); got != "1 of 1" {
		t.Errorf("this case: %q", got)
	}
	h.run(commands.FindWord)
	if got := bar.Says(); got != "Not found" {
		t.Errorf("as a word: %q", got)
	}
	h.run(commands.FindWord)
	h.run(commands.FindCase)
	h.run(commands.FindRegexp)
	h.find(`\w+day`)
	if got := bar.Says(); got != "1 of 1" {
		t.Errorf("an expression: %q in %q", got, h.field().Text)
	}
	h.wantSelected(h.at("Monday"))
	h.find(`day(`)
	if got := bar.Says(); got != " A “(” is never closed (character 4)." {
		t.Errorf("a bad expression: %q", got)
	}
	if h.field().Text != "day(" {
		t.Errorf("the field has %q", h.field().Text)
	}
	h.find(`[dk]ay?`)
	before := bar.Says()
	h.run(commands.ArticleNext)
	if got := bar.Says(); got != "1 found" || before != "1 of 1" || !bar.Shown() {
		t.Errorf("in the next article: %q, before %q", got, before)
	}
}

// TestLabelAllInTheProject lists the places of all articles, labels what is ticked
// as one step, and takes it back as one.
func TestLabelAllInTheProject(t *testing.T) {
	h := newHarness(t, 3)
	w := h.shell.work
	w.session.Select(h.at("said “no” on"))
	h.press("2")
	h.click(h.second("said").Start+1, 2)
	h.press("4")
	h.saved()
	h.press("O")
	h.until("the places of the article", func() bool { return w.all.Says() == "1 other place" })
	list := h.shell.win.Canvas().Focused()
	key := func(n fyne.KeyName) {
		list.TypedKey(&fyne.KeyEvent{Name: n})
		h.settle()
	}
	key(fyne.KeyReturn) // nothing is ticked: the place lies in an event
	if !w.all.Shown() {
		t.Fatal("Enter with nothing ticked closes the sheet")
	}
	h.tapWords("Whole project")
	h.until("the places of the project", func() bool { return w.all.Says() == "5 other places in 3 articles" })
	if got := h.wordsOnTop("Label 4 as Cue"); !got {
		t.Error("the button does not say that 4 are ticked")
	}
	key(fyne.KeySpace) // the one in the event, by choice
	key(fyne.KeyReturn)
	h.until("the sheet is gone", func() bool { return !w.all.Shown() })
	h.wantSpans("event said “no” on", "cue said", "cue said")
	step, _ := w.session.NextUndo()
	if step.Title != "Tag 5 × “said” as Cue" {
		t.Errorf("the step is called %q", step.Title)
	}
	if n := h.spansInProject(); n != 7 {
		t.Errorf("%d spans in the project", n)
	}
	h.run(commands.EditUndo)
	if n := h.spansInProject(); n != 2 {
		t.Errorf("%d spans after undo", n)
	}
	h.wantSpans("event said “no” on", "cue said")
}

func (h *harness) spansInProject() int {
	h.t.Helper()
	h.saved()
	stats, err := h.shell.work.store.Stats(context.Background())
	if err != nil {
		h.t.Fatal(err)
	}
	return stats.Spans
}

// wordsOnTop says whether the sheet in front shows some words.
func (h *harness) wordsOnTop(words string) bool {
	h.t.Helper()
	return slices.Contains(widgettest.Words(h.shell.win.Canvas().Overlays().Top()), words)
}

// tapWords presses what says some words in the sheet in front.
func (h *harness) tapWords(words string) {
	h.t.Helper()
	for _, s := range surfaces(h.shell.win.Canvas().Overlays().Top()) {
		if slices.Equal(widgettest.Words(s), []string{words}) {
			s.Tapped(&fyne.PointEvent{})
			h.settle()
			return
		}
	}
	h.t.Fatalf("nothing in the sheet says %q", words)
}

// surfaces are what can be pressed in an object.
func surfaces(o fyne.CanvasObject) []*widgets.Surface {
	var parts []fyne.CanvasObject
	switch o := o.(type) {
	case *widgets.Surface:
		return []*widgets.Surface{o}
	case *fyne.Container:
		parts = o.Objects
	case fyne.Widget:
		parts = test.WidgetRenderer(o).Objects()
	}
	var all []*widgets.Surface
	for _, part := range parts {
		all = append(all, surfaces(part)...)
	}
	return all
}
