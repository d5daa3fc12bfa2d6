package app

import (
	"lede/app/commands"
	"lede/app/told"
)

// refused says why a change was not saved. Where that may pass, it offers to try again, and
// to go on in a copy at another place.
func (w *workspace) refused(err error) {
	w.second.stale = true
	w.status.NotSaved(told.Of(err).Text)
	if w.session.Unsaved() == 0 {
		w.shell.tell(err)
		return
	}
	w.shell.tellWith(err,
		offer{"Try again", func() {
			w.shell.hideNotice()
			w.session.TryAgain()
		}},
		offer{"Go on in a copy elsewhere…", func() { w.shell.table.Run(commands.FileDuplicate) }})
	w.unsaved = w.shell.told
}

// notSaved says whether a notice shows that offers to save changes once more.
func (w *workspace) notSaved() bool {
	return w.unsaved > 0 && w.unsaved == w.shell.told && len(w.shell.float.Objects) > 0
}

// savedAgain takes the notice away when there is nothing more to try again.
func (w *workspace) savedAgain() {
	if w.notSaved() && w.session.Unsaved() == 0 {
		w.shell.hideNotice()
		w.unsaved = 0
	}
}
