package app

import (
	"testing"

	"fyne.io/fyne/v2"

	"lede/app/commands"
	"lede/app/screens/reading"
	"lede/app/screens/sheet"
	"lede/app/settings"
	"lede/app/textview"
)

func TestReadingCommandsAreTrueAndKept(t *testing.T) {
	h := newHarness(t, 1)
	run := func(ids ...string) {
		t.Helper()
		for _, id := range ids {
			if !h.shell.table.Run(id) {
				t.Fatalf("%s was not done", id)
			}
		}
		h.settle()
	}
	run(commands.ViewBigger, commands.ViewBigger, commands.ViewSmaller, commands.ViewWider, commands.ViewNarrower,
		commands.ViewNarrower, commands.ViewLooser, commands.ViewLooser, commands.ViewCloser, commands.ViewNumbers, commands.ViewSans)
	want := settings.Settings{TextSize: 20, LineLength: 65, LineSpacing: 1.1, Numbers: true, Sans: true}
	if got := readingOf(h.settings.Settings()); got != readingOf(want) {
		t.Errorf("kept is %+v, want %+v", got, want)
	}
	view := h.shell.work.reader.View
	if got := view.Reading(); got != readingOf(want) {
		t.Errorf("the article is set as %+v", got)
	}
	for range 30 {
		run(commands.ViewBigger, commands.ViewWider, commands.ViewLooser)
	}
	if got := h.settings.Settings(); got.TextSize != reading.MostSize || got.LineLength != settings.WindowWidth || got.LineSpacing != reading.MostSpacing {
		t.Errorf("beyond the greatest: %+v", got)
	}
	run(commands.ViewNarrower)
	if got := h.settings.Settings().LineLength; got != int(reading.MostLength) {
		t.Errorf("a step back from the window's width is %d characters", got)
	}
	for range 30 {
		run(commands.ViewSmaller, commands.ViewNarrower, commands.ViewCloser)
	}
	if got := h.settings.Settings(); got.TextSize != reading.LeastSize || got.LineLength != int(reading.LeastLength) || got.LineSpacing != reading.LeastSpacing {
		t.Errorf("below the least: %+v", got)
	}
	run(commands.ViewWindowWide, commands.ViewReadingReset)
	if got := readingOf(h.settings.Settings()); got != (textview.Reading{}) {
		t.Errorf("after a reset: %+v", got)
	}
}

func TestReadingPopover(t *testing.T) {
	h := newHarness(t, 1)
	h.shell.table.Run(commands.ViewReading)
	pop, ok := h.shell.win.Canvas().Overlays().Top().(*sheet.Sheet)
	if !ok {
		t.Fatal("no popover")
	}
	key := func(names ...fyne.KeyName) {
		for _, k := range names {
			if f := h.shell.win.Canvas().Focused(); f != nil {
				f.TypedKey(&fyne.KeyEvent{Name: k})
			}
		}
		h.settle()
	}
	key(fyne.KeyRight, fyne.KeyRight)
	h.shell.win.Canvas().FocusNext()
	key(fyne.KeyLeft)
	h.shell.win.Canvas().FocusNext()
	key(fyne.KeyEnd)
	got := h.shell.work.reader.View.Reading()
	if got.Size != 20 || got.Spacing != 0.9 || got.Chars != settings.WindowWidth {
		t.Errorf("the article is set as %+v", got)
	}
	key(fyne.KeyEscape)
	if pop.Shown() || !h.shell.work.reader.Focused() {
		t.Error("Esc did not go back to the text")
	}
}

func TestFocusMode(t *testing.T) {
	h := newHarness(t, 2)
	w := h.shell.work
	seen := func() [2]bool { return [2]bool{w.left.Visible(), w.right.Visible()} }
	h.shell.table.Run(commands.ViewRight)
	before := seen()
	h.shell.table.Run(commands.ViewFocus)
	h.settle()
	if seen() != [2]bool{} || !w.reader.Focused() {
		t.Error("focus mode shows a panel, or the text has not the keyboard")
	}
	for range 4 {
		w.reader.View.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	}
	h.shell.escape()
	if seen() != [2]bool{} || !h.shell.calm {
		t.Error("Esc left focus mode")
	}
	h.shell.table.Run(commands.ViewFocus)
	if seen() != before {
		t.Errorf("left with %v, entered with %v", seen(), before)
	}
	h.shell.table.Run(commands.ViewFocus)
	h.shell.table.Run(commands.ViewRight) // called for meanwhile
	h.shell.table.Run(commands.ViewFocus)
	if seen() != [2]bool{true, true} {
		t.Errorf("a panel that was called for is gone: %v", seen())
	}
	h.shell.table.Run(commands.ViewFocus)
	h.shell.reopen()
	h.until("the project is open again", func() bool { return h.shell.work != nil && h.shell.work != w })
	w = h.shell.work
	if seen() != [2]bool{} {
		t.Error("focus mode ended with the project")
	}
}

// The place where one reads survives other measures, another article, and coming
// back in still other measures.
func TestReadingPositionSurvivesMeasures(t *testing.T) {
	h := newHarness(t, 2)
	s, w := h.shell, h.shell.work
	s.win.Resize(fyne.NewSize(900, 340))
	view := w.reader.View
	if !s.table.Run(commands.ViewNumbers) {
		t.Fatal("no paragraph numbers")
	}
	for range 6 {
		s.table.Run(commands.ViewBigger) // so that the little text needs scrolling
	}
	h.settle()
	view.ScrollTo(40)
	at := view.ScrollPosition()
	if at == 0 {
		t.Fatal("the article does not scroll")
	}
	ids := []string{commands.ViewNarrower, commands.ViewLooser, commands.ViewSans, commands.ViewWider, commands.ViewCloser}
	for _, id := range ids {
		s.table.Run(id)
		h.settle()
		if got := view.ScrollPosition(); got != at {
			t.Errorf("after %s the first character is %d, want %d", id, got, at)
		}
	}
	s.table.Run(commands.ArticleNext)
	h.settle()
	s.table.Run(commands.ArticlePrev)
	h.settle()
	if got := view.ScrollPosition(); got > at || got < at-40 {
		t.Errorf("back in the article the first character is %d, it was %d", got, at)
	}
}
