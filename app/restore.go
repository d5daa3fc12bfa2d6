package app

import (
	"context"
	"errors"
	"path/filepath"
	"slices"

	"lede/annotate"
	"lede/app/backups"
	"lede/app/commands"
	"lede/app/screens/restore"
	"lede/app/screens/sheet"
	"lede/app/screens/snapshots"
	"lede/app/theme"
	"lede/app/told"
	"lede/app/widgets"
)

// bindBackups binds the commands of backups.
func (s *shell) bindBackups() {
	s.on(commands.FileRestore, func() {
		s.quiet()
		s.restoreScreen(s.work.store.Info().Path)
	}, func() bool { return s.work != nil && s.o.Backups != nil })
	s.on(commands.FileSnapshots, s.snapshotsPage, func() bool { return s.o.Backups != nil })
}

// hearBackups tells, in a calm panel, that a project got no snapshot: for damage, too, since
// all of it is read for one.
func (s *shell) hearBackups() {
	if s.o.Backups == nil {
		return
	}
	s.o.Backups.OnFailed(func(err error) { s.dispatch(func() { s.noSnapshot(err) }) })
}

func (s *shell) noSnapshot(err error) {
	if s.work == nil {
		s.tell(err)
		return
	}
	s.work.unread(err)
}

// restoreScreen opens the screen on which a project, open or not, goes back to a backup.
func (s *shell) restoreScreen(project string) {
	k := s.o.Backups
	restore.Open(restore.Options{
		Canvas: s.win.Canvas(), Project: project, Now: s.o.Env.Now(), Dispatch: s.dispatch,
		List: func(ctx context.Context) ([]backups.Backup, error) { return k.List(ctx, project) },
		Look: func(ctx context.Context, path string) (backups.Facts, error) { return backups.Look(ctx, k, path) },
		Compare: func(ctx context.Context, path string, progress func(done, total int)) (*backups.Difference, error, error) {
			return backups.CompareFiles(ctx, k, project, path, progress)
		},
		Restore: func(b backups.Backup) { s.goBack(project, b) },
		Copy:    func(b backups.Backup) { s.openCopy(project, b) },
		Folder:  s.showFolder, OnClose: s.focusText,
		Shown: func(n int) { s.probe.say("backups", "places", n) },
	})
}

// goBack makes a project what a backup is, and opens it again.
func (s *shell) goBack(project string, b backups.Backup) {
	s.unlessImporting(func() {
		if s.opening {
			return
		}
		s.opening = true
		s.leave()
		s.hideNotice()
		working := sheet.New(s.win.Canvas(), widgets.NewPadded(widgets.Even(28, 22),
			widgets.NewLine("Restoring “"+projectTitle(project)+"”…", theme.TextSize, theme.Text)))
		working.OnCancel = func() {} // it is whole or not at all, and soon done
		working.Open(nil)
		s.aside(func() {
			keep, err := s.o.Backups.GoBack(context.Background(), project, b.Path, true)
			s.dispatch(func() {
				working.Close()
				s.opening = false
				if err != nil {
					s.showWelcome()
					s.openThen(project, func() { s.tell(err) })
					return
				}
				s.openThen(project, func() { s.wentBack(project, b, keep) })
			})
		})
	})
}

// wentBack tells where the present is now.
func (s *shell) wentBack(project string, b backups.Backup, keep string) {
	n := notice{
		icon: widgets.IconCheck, color: theme.Success, title: "The project is what it was: " + backups.When(b.At, s.o.Env.Now()),
		text: "Undo goes back from there.",
	}
	if keep != "" {
		n.text = "What it was until now is kept as “" + filepath.Base(keep) + "”. " + n.text
		n.offers = []offer{
			{"Take it back", func() { s.goBack(project, backups.Backup{Path: keep, At: s.o.Env.Now(), Why: backups.Restore}) }},
			{"Show folder", func() { s.showFolder(filepath.Dir(keep)) }},
		}
	}
	s.notice(n)
	s.probe.say("restored", "path", project)
}

// openCopy asks for a name, writes a copy of a backup there and opens it.
func (s *shell) openCopy(project string, b backups.Backup) {
	name := projectTitle(project) + " of " + b.At.In(s.o.Env.Now().Location()).Format("2006-01-02 15-04")
	s.askPath("Open a copy of the backup", "Writes a copy and opens it. Project and backup stay as they are.", name, "Open copy", func(path string) {
		s.aside(func() {
			err := copyBackup(s.o.Projects, b.Path, path)
			s.dispatch(func() {
				if err != nil {
					s.tell(err)
					return
				}
				s.unlessImporting(func() { s.open(path) })
			})
		})
	})
}

func copyBackup(projects annotate.Projects, backup, path string) error {
	store, err := projects.Open(context.Background(), backup, annotate.ModeRead)
	if err != nil {
		return err
	}
	err = store.Backup(context.Background(), path)
	return errors.Join(err, store.Close())
}

// snapshotsPage opens the page of the preferences about backups.
func (s *shell) snapshotsPage() {
	o := snapshots.Options{
		Canvas: s.win.Canvas(), Store: s.o.Settings, OnFailed: s.remember, Dispatch: s.dispatch, OnClose: s.focusText,
		Used:         func() (int64, int) { return s.o.Backups.Policy().Used() },
		ChooseFolder: s.chooseFolder, ShowFolder: s.showFolder,
	}
	if s.work != nil {
		o.Restore = func() { s.table.Run(commands.FileRestore) }
		o.Now = s.backUpNow
	}
	snapshots.Open(o)
}

// backUpNow makes a backup among the snapshots.
func (s *shell) backUpNow(done func(says string, err error)) {
	s.quiet()
	project := s.work.store.Info().Path
	s.aside(func() {
		path, err := s.o.Backups.Take(context.Background(), project)
		s.dispatch(func() { done("Backed up as “"+filepath.Base(path)+"”.", err) })
	})
}

// offerBackups offers, when a project cannot be opened because of its file, to go back
// to a backup of it; if there is none, something else is done.
func (s *shell) offerBackups(project string, err error, otherwise func()) {
	ofFile := errors.Is(err, annotate.ErrDamaged) || errors.Is(err, annotate.ErrForeign) || errors.Is(err, annotate.ErrNotFound)
	if s.o.Backups == nil || project == "" || !ofFile {
		otherwise()
		return
	}
	s.aside(func() {
		all, failed := s.o.Backups.List(context.Background(), project)
		s.dispatch(func() {
			if failed != nil || len(all) == 0 {
				otherwise()
				return
			}
			s.offerThese(project, err, all, otherwise)
		})
	})
}

func (s *shell) offerThese(project string, err error, all []backups.Backup, otherwise func()) {
	told.Log(err)
	t := told.Of(err)
	offers := []offer{{"Restore from backup…", func() {
		s.hideNotice()
		s.restoreScreen(project)
	}}}
	if errors.Is(err, annotate.ErrDamaged) {
		offers = append(offers, offer{"Salvage…", func() {
			s.hideNotice()
			otherwise()
		}})
	}
	offers = append(offers, offer{"Copy details", func() { s.app.Clipboard().SetContent(told.Details(s.o.Version, err)) }})
	s.notice(notice{
		icon: widgets.IconWarn, color: theme.Danger, title: t.Title, text: t.Text, offers: offers,
		hint: s.newestOf(all),
	})
	s.probe.say("offered", "path", project)
}

// newestOf says how many backups there are of a project, and when the newest was made.
func (s *shell) newestOf(all []backups.Backup) string {
	all = slices.DeleteFunc(slices.Clone(all), func(b backups.Backup) bool { return b.Why == backups.Living })
	if len(all) == 0 {
		return "There is a copy of it that was worked on."
	}
	return "There " + are(len(all)) + " of it, the newest: " + backups.When(all[0].At, s.o.Env.Now()) + "."
}

func are(n int) string {
	if n == 1 {
		return "is 1 backup"
	}
	return "are " + sheet.Number(n) + " backups"
}
