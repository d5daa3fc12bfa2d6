package app

import (
	"context"
	"time"

	"lede/app/crash"
	"lede/app/theme"
	"lede/app/widgets"
)

// watch asks twice a second whether another program has written, and whether the window
// that has the project has let it go. Asking is cheap and repaints nothing.
func (w *workspace) watch() {
	defer crash.Guard()
	const often = time.Second / 2
	waits := w.store.Info().ReadOnly
	ticker := time.NewTicker(often)
	defer ticker.Stop()
	for {
		select {
		case <-w.stop:
			return
		case <-ticker.C:
			if waits {
				waits = w.takeOver()
			}
			position, err := w.store.Position(context.Background())
			if err == nil && position != w.seen.Load() {
				w.shell.dispatch(w.poll)
			}
		}
	}
}

// takeOver tries, off the window's goroutine, to make a project writable that another
// window has, and says whether to try again.
func (w *workspace) takeOver() (again bool) {
	taken, err := w.store.TakeOver(context.Background())
	switch {
	case err != nil:
		w.shell.dispatch(func() {
			if w.shell.holds(w) {
				w.shell.tell(err)
			}
		})
		return false
	case taken:
		w.shell.dispatch(w.tookOver)
		return false
	}
	return true
}

// tookOver goes on as a window that may change the project.
func (w *workspace) tookOver() {
	if !w.shell.holds(w) {
		return
	}
	w.poll() // the last that the other window wrote
	w.shell.tell(w.session.TookOver(context.Background()))
	w.shell.refreshMenu()
	w.shell.notice(notice{
		brief: true, icon: widgets.IconCheck, color: theme.Success,
		title: "You can edit now", text: "The other window let the project go.",
	})
	w.shell.probe.say("tookOver")
}

// advise says, once for each project, what to know of the folder in which it lies.
func (s *shell) advise(path string) {
	s.aside(func() {
		place := s.o.Projects.Place(path)
		key := place.Key()
		if key == "" || s.o.Settings.Advised(path) == key {
			return
		}
		s.dispatch(func() {
			if s.work == nil || s.work.store.Info().Path != path {
				return
			}
			s.remember(s.o.Settings.SetAdvised(path, key))
			title, text := place.Advice()
			s.notice(notice{icon: widgets.IconWarn, color: theme.Warning, title: title, text: text, hint: "docs/shared-folders.md has more."})
			s.probe.say("advice", "title", title)
		})
	})
}
