package app

import (
	"lede/annotate/text"
	"lede/app/commands"
	"lede/app/screens/finder"
)

// bindFind binds what looks for words.
func (s *shell) bindFind() {
	s.on(commands.Find, s.in(func(w *workspace) { w.finder.Open() }), s.article)
	s.on(commands.FindNext, s.in(func(w *workspace) { w.finder.Step(false) }), s.article)
	s.on(commands.FindPrevious, s.in(func(w *workspace) { w.finder.Step(true) }), s.article)
	finding := func() bool { return s.article() && s.work.finder.Shown() }
	s.on(commands.FindWord, s.in(func(w *workspace) { w.finder.ToggleWord() }), finding)
	s.on(commands.FindCase, s.in(func(w *workspace) { w.finder.ToggleCase() }), finding)
	s.on(commands.FindRegexp, s.in(func(w *workspace) { w.finder.ToggleRegexp() }), finding)
}

// newFinder makes the bar that finds words in the article.
func (w *workspace) newFinder() *finder.Bar {
	s := w.shell
	return finder.NewBar(finder.BarOptions{
		Session: w.session, Canvas: s.win.Canvas(), Dispatch: s.dispatch, Mods: s.mods, Hint: s.table.Hint,
		Caret:   func() int { return w.reader.View.Caret() },
		Show:    func(hits []text.Range) { w.reader.ShowHits(hits) },
		Here:    func(at text.Range) { w.reader.ShowHere(at) },
		Reveal:  func(at text.Range) { w.reader.View.Reveal(at) },
		Resized: func() { w.reader.Object.Refresh() },
		Focus:   func() { w.reader.Focus() },
		Counted: func(words string) { s.probe.say("found", "name", words) },
	})
}
