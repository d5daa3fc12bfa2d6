package app

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
	"lede/app/figure/emoji"
	"lede/app/screens/about"
	"lede/app/screens/exporter"
	"lede/app/screens/importer"
	"lede/app/screens/palette"
	"lede/app/screens/preferences"
	"lede/app/screens/shortcuts"
	"lede/app/settings"
	"lede/app/textview/layout"
	"lede/app/textview/typeface"
)

// importPaths imports files and folders into the open project, or into a new one;
// without paths it asks for them.
func (s *shell) importPaths(paths []string) {
	if s.work == nil {
		s.newProjectThen(func() { s.importPaths(paths) })
		return
	}
	if s.writable() {
		s.quiet()
		s.work.importing = importer.Open(s.importOptions(), paths)
	}
}

// pasteArticle makes an article of the clipboard's text.
func (s *shell) pasteArticle() {
	if s.work == nil {
		s.newProjectThen(s.pasteArticle)
		return
	}
	if s.writable() {
		s.quiet()
		s.work.importing = importer.Paste(s.importOptions(), s.app.Clipboard().Content())
	}
}

// writable says whether the project can be changed, and tells why not.
func (s *shell) writable() bool {
	info := s.work.store.Info()
	if info.ReadOnly {
		s.tell(&annotate.Error{Kind: annotate.ErrReadOnly, Detail: info.Why})
	}
	return !info.ReadOnly
}

// quiet brings everything to disk before a dialog reads the project.
func (s *shell) quiet() {
	s.work.inspector.Commit()
	s.work.session.Flush()
}

func (s *shell) importOptions() importer.Options {
	w, f := s.work, s.faces
	return importer.Options{
		Fonts:  &layout.Bundle{Sans: f.Chain(typeface.Sans), SansBold: f.Chain(typeface.SansBold), Serif: f.Chain(typeface.Serif), SerifBold: f.Chain(typeface.SerifBold)},
		Emoji:  emoji.Draw,
		Window: s.win, Store: w.store, Env: s.o.Env, Dispatch: s.dispatch,
		Actor: s.o.Settings.Actor(""), Annotator: w.session.Annotator().Name,
		OnImported: func(*format.ImportReport) { w.imported() },
		OnFailed:   s.tell,
		OnShow:     w.openArticle,
		Draft:      &s.draft,
		Folder:     s.place(),
	}
}

// imported reads what an import brought.
func (w *workspace) imported() {
	if !w.shell.holds(w) {
		return
	}
	w.shell.tell(w.session.Poll(context.Background()))
	if w.session.Doc() == nil {
		w.articles.OpenFirst()
	}
	w.shell.refreshMenu()
	w.shell.probe.say("imported", "articles", w.session.List().Len())
}

func (s *shell) export() { s.exportOf(nil) }

// exportOf opens the export of articles; none = all.
func (s *shell) exportOf(articles []annotate.ID) {
	s.quiet()
	_, err := exporter.Open(exporter.Options{
		Window: s.win, Store: s.work.store, Articles: articles, Annotator: s.work.session.Annotator().Name,
		Version: s.o.Version, Dispatch: s.dispatch,
		Folder: s.place(), ShowFolder: s.showFolder,
		OnExported: func(path string) { s.probe.say("exported", "path", path) }, // the dialog says it
	})
	s.tell(err)
}

// openOrImport asks for a file: a project opens, all else is imported.
func (s *shell) openOrImport() {
	s.askFile(nil, func(path string) { s.take([]string{path}) })
}

// take opens the one project among the paths, or imports them all.
func (s *shell) take(paths []string) {
	if len(paths) == 1 && strings.EqualFold(filepath.Ext(paths[0]), extension) {
		if info, err := os.Stat(paths[0]); err == nil && !info.IsDir() {
			s.open(paths[0])
			return
		}
	}
	s.importPaths(paths)
}

func (s *shell) shortcuts() { shortcuts.Open(s.win.Canvas(), s.table, s.changeKeys) }

func (s *shell) palette() { palette.Open(s.win.Canvas(), s.table) }

func (s *shell) preferences() {
	before := s.o.Settings.Settings()
	var pages func()
	if s.o.Backups != nil {
		pages = s.snapshotsPage
	}
	preferences.Open(preferences.Options{
		Canvas: s.win.Canvas(), Store: s.o.Settings, OnFailed: s.remember, Keys: s.changeKeys, Backups: pages,
		PickFont: s.pickFont, DropFont: func(done func()) { s.takeFont("", done) }, FontWrong: s.fontWrong,
		OnChange: func(now settings.Settings) {
			s.prefer(before, now)
			before = now
		},
	})
}

// prefer makes what was chosen true.
func (s *shell) prefer(before, now settings.Settings) {
	if now.Theme != before.Theme {
		s.switchTheme(now.Theme)
	}
	w := s.work
	if w == nil {
		return
	}
	w.restore()
	switch name := s.o.Settings.Annotator("", ""); {
	case now.Actor != before.Actor:
		s.reopen() // who does things is settled when a project opens
	case name != w.session.Annotator().Name:
		s.tell(w.session.Annotate(context.Background(), name))
	}
	s.refreshMenu()
}

// reopen closes the project and opens it again.
func (s *shell) reopen() {
	path := s.work.store.Info().Path
	s.leave()
	s.open(path)
}

func (s *shell) about() {
	about.Open(about.Options{
		Canvas: s.win.Canvas(), Name: s.o.Name, Version: s.o.Version, Built: s.o.Built, Licences: s.o.Licences,
	})
}
