package app

import (
	"fyne.io/fyne/v2"

	"lede/app/commands"
	"lede/app/screens/reading"
	"lede/app/settings"
	"lede/app/textview"
)

// bindReading binds the commands of reading comfort.
func (s *shell) bindReading() {
	s.on(commands.ViewReading, s.in((*workspace).readingPopover), s.project)
	s.on(commands.ViewFocus, func() { s.focusMode(!s.calm) }, s.project)
	step := func(id string, alter func(*settings.Settings)) {
		s.on(id, func() { s.read(alter) }, s.project)
	}
	step(commands.ViewNumbers, func(v *settings.Settings) { v.Numbers = !v.Numbers })
	step(commands.ViewSans, func(v *settings.Settings) { v.Sans = !v.Sans })
	size := func(by float64) func(*settings.Settings) {
		return func(v *settings.Settings) {
			v.TextSize = max(reading.LeastSize, min(reading.Size(*v)+by*reading.SizeStep, reading.MostSize))
		}
	}
	step(commands.ViewBigger, size(2))
	step(commands.ViewSmaller, size(-2))
	length := func(by float64) func(*settings.Settings) {
		return func(v *settings.Settings) { reading.SetLength(v, reading.Length(*v)+by*reading.LengthStep) }
	}
	step(commands.ViewWider, length(1))
	step(commands.ViewNarrower, length(-1))
	step(commands.ViewWindowWide, func(v *settings.Settings) { v.LineLength = settings.WindowWidth })
	space := func(by float64) func(*settings.Settings) {
		return func(v *settings.Settings) {
			v.LineSpacing = max(reading.LeastSpacing, min(reading.Spacing(*v)+by*reading.SpacingStep, reading.MostSpacing))
		}
	}
	step(commands.ViewLooser, space(1))
	step(commands.ViewCloser, space(-1))
	step(commands.ViewReadingReset, reading.Reset)
}

// read changes how articles are set, for good.
func (s *shell) read(alter func(*settings.Settings)) {
	before := s.o.Settings.Settings()
	s.remember(s.o.Settings.Change(alter))
	s.prefer(before, s.o.Settings.Settings())
}

// readingOf is how the settings want an article to be set.
func readingOf(v settings.Settings) textview.Reading {
	return textview.Reading{
		Size: float32(v.TextSize), Spacing: float32(v.LineSpacing), Chars: v.LineLength, Sans: v.Sans, Numbers: v.Numbers,
	}
}

// readingPopover opens the reading settings below their button.
func (w *workspace) readingPopover() {
	reading.Open(reading.Options{
		Canvas: w.shell.win.Canvas(), At: w.reader.BelowAa(), Store: w.shell.o.Settings,
		Change: w.shell.read, Gone: w.reader.Focus,
	})
}

// focusMode hides all but the article, or shows what was there before. It lasts
// until it is left or the program ends, whatever project is open.
func (s *shell) focusMode(on bool) {
	s.calm = on
	if s.work != nil {
		s.work.calm(on)
		s.work.reader.Focus()
	}
	s.refreshMenu()
}

// calm hides or shows what is around the article. A panel that is called for
// meanwhile comes, and stays afterwards.
func (w *workspace) calm(on bool) {
	if on {
		w.around = [2]bool{w.left.Visible(), w.right.Visible()}
	}
	for i, side := range []*fyne.Container{w.left, w.right} {
		switch {
		case on:
			side.Hide()
		case w.around[i]:
			side.Show()
		}
	}
	w.reader.Calm(on)
	w.middle.Refresh()
}
