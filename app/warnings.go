package app

import (
	"fmt"
	"math"
	"slices"
	"time"

	"lede/annotate"
	"lede/annotate/rules"
	"lede/app/commands"
	"lede/app/screens/warnings"
	"lede/app/session"
)

// warned is what the window knows of warnings.
type warned struct {
	panel *warnings.Panel
	turn  int           // of the checks: only the last one is made
	due   bool          // something was changed since the last check
	at    rules.Warning // that was gone to last; its Text is "" for none
	words string        // where it stands: 2 of 5
}

func (w *workspace) newWarned() *warned {
	s := w.shell
	return &warned{panel: warnings.New(warnings.Options{
		Session: w.session, Canvas: s.win.Canvas(), Dispatch: s.dispatch, Later: s.later, Tell: s.tell,
		Focus: func() { w.reader.Focus() }, Go: w.goToWarning,
		Resized: func() { w.middle.Refresh() },
		Listed:  func(n int) { s.probe.say("warned", "places", n) },
	})}
}

// bindWarnings makes the commands of warnings.
func (s *shell) bindWarnings() {
	s.on(commands.WarningList, s.in(func(w *workspace) {
		switch p := w.warned.panel; {
		case p.Shown() && p.HasFocus():
			p.Close()
		default:
			w.inspector.Commit()
			p.Open()
		}
	}), s.project)
	s.on(commands.WarningProject, s.in(func(w *workspace) {
		w.inspector.Commit()
		w.warned.panel.Open()
		w.warned.panel.TurnTo(true)
	}), s.project)
	s.on(commands.WarningNext, s.in(func(w *workspace) { w.stepWarning(false) }), s.article)
	s.on(commands.WarningPrevious, s.in(func(w *workspace) { w.stepWarning(true) }), s.article)
	s.on(commands.WarningAccept, s.in((*workspace).acceptWarning), s.editable)
}

// hearWarnings keeps the warnings in step: what is checked is checked later, off the
// gesture that changed it.
func (w *workspace) hearWarnings(e session.Event) {
	switch e := e.(type) {
	case session.ArticleOpened, session.SchemaChanged, session.EntitiesChanged:
		w.checkSoon()
	case session.Changed:
		w.checkSoon()
		if e.Change.Article == "" || e.Origin == session.Remote {
			w.warned.panel.Stale()
		}
	case session.SelectionChanged:
		if w.warned.at.Text != "" && w.session.Chosen() != w.warned.at.Span {
			w.warned.at = rules.Warning{}
			w.countWarnings()
		}
	case session.WarningsChanged:
		w.countWarnings()
		w.inspector.Warned()
		w.warned.panel.Changed()
	}
}

// checkSoon checks the open article once the hands rest.
func (w *workspace) checkSoon() {
	const rest = 250 * time.Millisecond
	w.warned.turn++
	w.warned.due = true
	turn := w.warned.turn
	w.shell.later(rest, func() {
		if turn == w.warned.turn && w.warned.due {
			w.check(func() {})
		}
	})
}

// check checks the open article in the background, and then goes on.
func (w *workspace) check(then func()) {
	if w.shell.work != w {
		return
	}
	w.warned.due = false
	check := w.session.BeginCheck()
	if check == nil {
		return
	}
	w.shell.aside(func() {
		check.Run()
		w.shell.dispatch(func() {
			if w.shell.work == w {
				w.session.TakeCheck(check)
				w.shell.probe.say("checked", "places", len(w.openWarnings()))
				then()
			}
		})
	})
}

// openWarnings are the warnings of the open article that nobody has accepted.
func (w *workspace) openWarnings() []rules.Warning { return rules.Unaccepted(w.session.Warnings()) }

// countWarnings brings the status bar up to date.
func (w *workspace) countWarnings() {
	open, at := w.openWarnings(), ""
	if w.warned.at.Text != "" && slices.ContainsFunc(open, func(o rules.Warning) bool { return sameWarning(o, w.warned.at) }) {
		at = w.warned.words + " · " + w.warned.at.Text
	}
	w.status.Warned(len(open), at)
}

func sameWarning(a, b rules.Warning) bool {
	return a.Span == b.Span && a.Relation == b.Relation && a.Key() == b.Key()
}

// goToWarning shows the place of a warning: its article, its span, its words. With
// place, which says which of how many it is, the text gets the keyboard.
func (w *workspace) goToWarning(article annotate.ID, at rules.Warning, place string) {
	if at.Span == "" {
		w.openArticle(article)
		w.session.Choose("")
		w.showRight(true)
		w.inspector.ShowArticle()
		w.reader.Focus()
	} else {
		w.jumpTo(article, at.Span, at.Range)
	}
	if place == "" {
		return
	}
	w.warned.at, w.warned.words = at, place
	w.countWarnings()
	w.shell.probe.say("warning", "name", at.Rule)
}

// stepWarning goes to the next or previous warning: of the list, if that of the
// project is open, else of the article, and around its ends.
func (w *workspace) stepWarning(back bool) {
	if w.warned.due {
		w.check(func() { w.stepWarning(back) })
		return
	}
	if p := w.warned.panel; p.Shown() && p.Project() {
		if !p.Step(back) {
			w.remark("That was the last warning of the list", "")
		}
		return
	}
	open := w.openWarnings()
	if len(open) == 0 {
		w.remark("Nothing to warn about in this article", w.shell.table.Hint(commands.WarningList)+" lists the warnings of the whole project.")
		return
	}
	i := w.warningAfter(open, back)
	w.inspector.Commit()
	w.goToWarning(w.session.Doc().Article.ID, open[i], fmt.Sprintf("%d of %d", i+1, len(open)))
}

// warningAfter is the place, in a list, of the warning that follows the one that was
// gone to last; without one, that follows the chosen span or the caret.
func (w *workspace) warningAfter(open []rules.Warning, back bool) int {
	by, n := 1, len(open)
	if back {
		by = n - 1
	}
	if i := slices.IndexFunc(open, func(o rules.Warning) bool { return sameWarning(o, w.warned.at) }); i >= 0 && w.warned.at.Text != "" {
		return (i + by) % n
	}
	here := w.reader.View.Caret()
	if span, ok := w.session.Doc().Span(w.session.Chosen()); ok {
		here = span.Fragments.Start()
	}
	start := func(o rules.Warning) int {
		if o.Range.Empty() {
			return math.MaxInt
		}
		return o.Range.Start
	}
	first := slices.IndexFunc(open, func(o rules.Warning) bool { return start(o) >= here })
	switch {
	case first < 0 && back:
		return n - 1
	case first < 0:
		return 0
	case back:
		return (first + n - 1) % n
	default:
		return first
	}
}

// acceptWarning says that the warning that was gone to, or the first of the chosen
// span, is no problem in its place.
func (w *workspace) acceptWarning() {
	if p := w.warned.panel; p.Shown() && p.HasFocus() {
		p.Accept()
		return
	}
	open := w.openWarnings()
	i := slices.IndexFunc(open, func(o rules.Warning) bool { return sameWarning(o, w.warned.at) && w.warned.at.Text != "" })
	if i < 0 {
		i = slices.IndexFunc(open, func(o rules.Warning) bool { return o.Span != "" && o.Span == w.session.Chosen() })
	}
	if i < 0 {
		w.remark("There is no warning here", "Choose a span with a warning, or go to the next one.")
		return
	}
	w.shell.tell(w.session.Accept(open[i], true))
}
