package app

import (
	"lede/annotate"
	"lede/app/commands"
	"lede/app/screens/copies"
	"lede/app/screens/sheet"
	"lede/app/session"
)

// likeness is what the window knows of near-duplicates.
type likeness struct {
	sheet *copies.Sheet
	kept  copies.Kept
}

// bindCopies makes the command of near-duplicates.
func (s *shell) bindCopies() {
	s.on(commands.ArticleCopies, s.in((*workspace).showCopies), s.project)
}

// showCopies shows which articles are nearly the same.
func (w *workspace) showCopies() {
	s := w.shell
	w.inspector.Commit()
	w.copies.sheet = copies.Open(copies.Options{
		Session: w.session, Canvas: s.win.Canvas(), Dispatch: s.dispatch, Tell: s.tell,
		Go:    func(id annotate.ID) { w.openArticle(id) },
		Deed:  w.deed,
		Focus: w.reader.Focus,
		Carried: func(step *session.CarryStep) {
			w.articles.Reload()
			s.probe.say("carried", "spans", step.Spans())
			s.notice(notice{brief: true, title: "Carried over " + sheet.Count(step.Spans(), "span", "spans") + ".", offers: []offer{w.undoing(step.Change())}})
		},
		Shown: func(words string) { s.probe.say("copies", "name", words) },
		Kept:  &w.copies.kept,
	})
}

// endCopies gives up what the sheet does, before the project is closed.
func (w *workspace) endCopies() {
	if w.copies.sheet != nil {
		w.copies.sheet.End()
	}
}
