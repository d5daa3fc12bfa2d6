package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"lede/annotate"
	"lede/app/commands"
	"lede/app/screens/salvage"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/told"
	"lede/app/widgets"
)

func (s *shell) bindSalvage() {
	s.on(commands.FileCheck, s.check, s.project)
}

// check looks the open project through for damage.
func (s *shell) check() {
	w := s.work
	s.quiet()
	s.notice(notice{title: "Checking the project …", text: "You can go on working.", offers: []offer{{"Cancel", w.checking.Cancel}}})
	w.checking.Dispatch = s.dispatch
	sheet.Start(&w.checking, func(ctx context.Context, _ func(sheet.Progress)) ([]annotate.Problem, error) {
		return w.store.Check(ctx)
	}, func(sheet.Progress) {}, func(found []annotate.Problem, err error) {
		if s.work != w {
			return
		}
		s.hideNotice()
		switch {
		case errors.Is(err, context.Canceled):
		case err != nil:
			s.tell(err)
		case len(found) == 0:
			s.notice(notice{icon: widgets.IconCheck, color: theme.Success, title: "No problems found", text: "Every text, annotation and change in this project is as it should be."})
		default:
			s.damaged(w.store.Info().Path, found)
		}
		s.probe.say("damage", "problems", len(found))
	})
}

// failedToOpen tells why a project could not be opened, and what can be done about
// one that is damaged.
func (s *shell) failedToOpen(path string, err error) {
	if s.work == nil {
		s.showWelcome()
	}
	s.offerBackups(path, err, func() {
		if !errors.Is(err, annotate.ErrDamaged) {
			s.tell(err)
			return
		}
		s.damaged(path, []annotate.Problem{{Where: "file", What: told.Of(err).Text + " It cannot be opened."}})
	})
}

// unlisted tells why the list of a project that was opened could not be read. One that is
// damaged there is let go, like one that does not open: nothing can be done in it.
func (w *workspace) unlisted(err error) {
	s := w.shell
	if s.work != w || w.asOf != nil || !errors.Is(err, annotate.ErrDamaged) {
		s.tell(err)
		return
	}
	path := w.store.Info().Path
	s.leave()
	s.failedToOpen(path, err)
}

// unread tells why something in the open project could not be read. Of a project that is
// damaged there the rest can be, and it is told what else can be done.
func (w *workspace) unread(err error) {
	s := w.shell
	if s.work != w || w.asOf != nil || !errors.Is(err, annotate.ErrDamaged) {
		s.tell(err)
		return
	}
	path := w.store.Info().Path
	var offers []offer
	if s.o.Backups != nil {
		offers = append(offers, offer{"Restore from backup…", func() {
			s.hideNotice()
			s.table.Run(commands.FileRestore)
		}})
	}
	s.tellWith(err, append(offers, offer{"Salvage…", func() {
		s.hideNotice()
		s.quiet()
		s.damaged(path, []annotate.Problem{{Where: "file", What: told.Of(err).Text}})
	}})...)
}

// damaged says what is wrong with a project and offers to salvage it.
func (s *shell) damaged(path string, found []annotate.Problem) {
	s.probe.say("damaged", "path", path)
	salvage.Open(salvage.Options{
		Canvas: s.win.Canvas(), Dispatch: s.dispatch,
		Title: projectTitle(path), Wrong: found, Into: filepath.Join(s.placeFor(path), freeTitle(s.placeFor(path), annotate.PortableName(projectTitle(path)+" salvaged"))+extension),
		Folder: s.chooseFolder,
		Begin: func() {
			if s.work != nil && samePath(s.work.store.Info().Path, path) {
				s.leave()
				s.showWelcome()
			}
		},
		Salvage: func(ctx context.Context, into string, news func(done, total int)) (*annotate.Salvaged, error) {
			report, err := s.o.Projects.Salvage(ctx, path, into, s.o.Settings.Actor(""), news)
			if err == nil {
				s.dispatch(func() { s.probe.say("salvaged", "path", into) })
			}
			return report, err
		},
		Open: s.open, Copy: s.app.Clipboard().SetContent, OnClose: s.focusText,
	})
}

// placeFor is the folder for what is made of a project: its own, unless that is
// Lede's hidden one.
func (s *shell) placeFor(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	folder := filepath.Dir(path)
	if within(s.o.Settings.StateDir(), folder) {
		return home()
	}
	return folder
}

// freeTitle is a title that no project in a folder has.
func freeTitle(dir, title string) string {
	name := title
	for n := 2; ; n++ {
		if _, err := os.Lstat(filepath.Join(dir, name+extension)); err != nil {
			return name
		}
		name = fmt.Sprintf("%s %d", title, n)
	}
}
