package app

import (
	"fyne.io/fyne/v2/widget"

	"lede/annotate"
	"lede/annotate/edit"
	"lede/annotate/text"
	"lede/app/commands"
	"lede/app/screens/reader"
	"lede/app/screens/sheet"
	"lede/app/settings"
	"lede/app/widgets"
)

// bind says what every command does and when it can be done.
func (s *shell) bind() {
	s.bindFile()
	s.bindBackups()
	s.bindTidy()
	s.bindEdit()
	s.bindFind()
	s.bindSpans()
	s.bindShape()
	s.bindArticles()
	s.bindView()
	s.bindReading()
	s.bindPicture()
	s.bindPlaces()
	s.bindCite()
	s.bindRelations()
	s.bindRoles()
	s.bindScreening()
	s.bindCoded()
	s.bindBeside()
	s.bindSchema()
	s.bindNeeds()
	s.bindWarnings()
	s.bindHistory()
	s.bindAsOf()
	s.bindCopies()
	s.bindForms()
	s.bindEntities()
	s.bindSalvage()
}

// on says what a command does; while a dialog is open it does nothing, because
// the menu bar hears its keys even then.
func (s *shell) on(id string, run func(), enabled func() bool) {
	s.table.Bind(id, func() {
		if !s.covered() {
			s.hideHint()
			run()
		}
	}, enabled)
}

// covered says whether a dialog is in front of the window.
func (s *shell) covered() bool {
	switch s.win.Canvas().Overlays().Top().(type) {
	case *sheet.Sheet, *widget.PopUp, *widgets.Menu:
		return true
	}
	return false
}

// in wraps what needs an open project.
func (s *shell) in(f func(*workspace)) func() {
	return func() {
		if s.work != nil {
			f(s.work)
		}
	}
}

func (s *shell) project() bool { return s.work != nil }

func (s *shell) article() bool { return s.work != nil && s.work.session.Doc() != nil }

// editable says whether the open article can be annotated.
func (s *shell) editable() bool { return s.article() && s.work.session.ReadOnly() == "" }

func (s *shell) chosen() bool { return s.editable() && s.work.session.Chosen() != "" }

func (s *shell) bindFile() {
	s.on(commands.FileNew, s.newProject, nil)
	s.on(commands.FileOpen, s.openDialog, nil)
	s.on(commands.FileRecent, s.recentMenu, func() bool { return len(s.o.Settings.Recent()) > 0 })
	s.on(commands.FileSample, s.openSample, func() bool { return s.o.MakeSample != nil })
	s.on(commands.FileImport, func() { s.importPaths(nil) }, nil)
	s.on(commands.FilePaste, s.pasteArticle, nil)
	s.on(commands.FileExport, s.export, s.project)
	s.on(commands.FileDuplicate, s.duplicate, s.project)
	s.on(commands.FileBackup, s.backUp, s.project)
	s.on(commands.FileClose, s.closeProject, s.project)
	s.on(commands.FileQuit, s.quit, nil)
	s.on(commands.Preferences, s.preferences, nil)
}

func (s *shell) bindEdit() {
	s.on(commands.EditUndo, s.in((*workspace).undo), func() bool {
		_, ok := s.nextUndo()
		return ok
	})
	s.on(commands.EditRedo, s.in((*workspace).redo), func() bool {
		_, ok := s.nextRedo()
		return ok
	})
	s.on(commands.EditCopy, s.in((*workspace).copyText), s.article)
	s.on(commands.EditSelectAll, s.in((*workspace).selectAll), s.article)
	s.on(commands.EditDelete, s.in(func(w *workspace) { s.tell(w.session.Delete()) }), s.chosen)
	s.on(commands.DrawSample, s.in(func(w *workspace) { w.drawSample() }), s.editable)
	s.on(commands.ArticlesBulk, s.in((*workspace).showActions), s.editable)
	s.on(commands.SavedFilters, s.in(func(w *workspace) { w.showLeft(true); w.articles.ShowSaved() }), s.project)
	s.on(commands.Search, s.in(func(w *workspace) { w.showLeft(true); w.articles.FocusSearch() }), s.project)
}

func (s *shell) bindSpans() {
	move := func(start, outward bool) func() {
		return s.in(func(w *workspace) { w.moveEnd(start, outward, w.session.Granularity()) })
	}
	s.on(commands.SpanStartOut, move(true, true), s.chosen)
	s.on(commands.SpanStartIn, move(true, false), s.chosen)
	s.on(commands.SpanEndOut, move(false, true), s.chosen)
	s.on(commands.SpanEndIn, move(false, false), s.chosen)
	walk := func(back bool) func() {
		return s.in(func(w *workspace) {
			if len(w.session.Doc().Spans()) == 0 {
				w.remark("There is no span in this article yet", "Select some words, then press a label’s key.")
			}
			w.session.ChooseNext(back)
			w.reader.Reveal()
		})
	}
	s.on(commands.SpanNext, walk(false), s.article)
	s.on(commands.SpanPrevious, walk(true), s.article)
	s.on(commands.SpanAddPart, s.in(func(w *workspace) { s.tell(w.addPart()) }), s.editable)
	s.on(commands.SpanDropPart, s.in(func(w *workspace) { s.tell(w.dropPart()) }), s.chosen)
	s.on(commands.SpanNote, s.in(func(w *workspace) { w.showRight(true); w.inspector.FocusNote() }), s.chosen)
	s.on(commands.LabelPick, s.in(func(w *workspace) { w.pickLabel(false) }), s.editable)
	s.on(commands.LabelArm, s.in(func(w *workspace) { w.pickLabel(true) }), s.editable)
	s.on(commands.LabelRepeat, s.in((*workspace).repeatLabel), s.editable)
	s.on(commands.Escape, s.in((*workspace).letGo), s.project)
	s.on(commands.Granularity, s.in((*workspace).nextGranularity), s.article)
	for name, g := range map[string]text.Granularity{"word": text.Word, "character": text.Character, "sentence": text.Sentence} {
		s.on(commands.GranularityOf+name, s.in(func(w *workspace) { w.snap(g) }), s.project)
	}
	s.on(commands.AnnotatorPick, s.in(func(w *workspace) { w.status.PickAnnotator() }), s.project)
}

// bindLabels makes the commands of the labels of the open project.
func (s *shell) bindLabels() {
	if s.work == nil {
		return
	}
	var labels []commands.Label
	for _, l := range s.work.session.Schema().Labels {
		labels = append(labels, commands.Label{ID: string(l.ID), Title: reader.LabelTitle(l), Hotkey: l.Hotkey})
	}
	give := func(id string) {
		s.in(func(w *workspace) { w.giveLabel(annotate.ID(id)) })()
	}
	arm := func(id string) {
		s.in(func(w *workspace) { w.session.Arm(annotate.ID(id)) })()
	}
	s.table.SetLabels(labels, give, arm, s.editable)
	s.refreshMenu()
}

func (s *shell) bindArticles() {
	s.on(commands.DoneNext, s.in(func(w *workspace) {
		if s.focusedField() != nil { // a note is done, not the article
			w.inspector.Commit()
			w.reader.Focus()
			return
		}
		w.doneNext()
	}), s.editable)
	s.on(commands.ArticleBin, s.in(func(w *workspace) { w.deed(edit.BinArticles(), []annotate.ID{w.session.Doc().Article.ID}) }), s.editable)
	s.on(commands.BinRestore, s.in(func(w *workspace) { w.restoreFromBin() }), func() bool { return s.work != nil && s.work.inBin() && s.work.session.List().Len() > 0 })
	s.on(commands.BinShow, s.in(func(w *workspace) { w.showBin() }), s.project)
	s.on(commands.ArticleNext, s.in(func(w *workspace) { w.next(false) }), s.project)
	s.on(commands.ArticlePrev, s.in(func(w *workspace) { w.next(true) }), s.project)
	status := func(st annotate.Status) func() {
		return s.in(func(w *workspace) { s.tell(w.session.SetStatus(st, "")) })
	}
	s.on(commands.ArticleDone, status(annotate.Done), s.editable)
	s.on(commands.ArticleReopen, status(annotate.InProgress), s.editable)
	s.on(commands.ArticleSkip, func() { s.askSkip() }, s.editable)
	s.on(commands.ArticleFlag, s.in(func(w *workspace) { w.showRight(true); w.inspector.FocusFlag() }), s.editable)
	s.on(commands.ArticleFields, s.in((*workspace).fillInArticle), s.editable)
	s.on(commands.ArticleFacts, s.in(func(w *workspace) { w.showRight(true); w.inspector.FocusFacts() }), s.editable)
	s.on(commands.ArticleNote, s.in(func(w *workspace) { w.showRight(true); w.inspector.FocusArticleNote() }), s.editable)
}

func (s *shell) bindView() {
	s.on(commands.ViewZoomIn, s.in(func(w *workspace) { w.zoomBy(1) }), s.project)
	s.on(commands.ViewZoomOut, s.in(func(w *workspace) { w.zoomBy(-1) }), s.project)
	s.on(commands.ViewZoomReset, s.in(func(w *workspace) { w.setZoom(1) }), s.project)
	for id, t := range themes {
		s.on(id, func() { s.setTheme(t) }, nil)
	}
	s.on(commands.ViewChips, s.in((*workspace).toggleChips), s.project)
	s.on(commands.ViewLeft, s.in(func(w *workspace) { w.showLeft(!w.left.Visible()) }), s.project)
	s.on(commands.ViewRight, s.in(func(w *workspace) { w.showRight(!w.right.Visible()) }), s.project)
	s.on(commands.ViewFullScreen, func() { s.win.SetFullScreen(!s.win.FullScreen()) }, nil)
	s.on(commands.ViewNextPart, s.in(func(w *workspace) { w.nextPart(1) }), s.project)
	s.on(commands.ViewPrevPart, s.in(func(w *workspace) { w.nextPart(-1) }), s.project)
	s.on(commands.Palette, s.palette, nil)
	s.on(commands.HelpShortcuts, s.shortcuts, nil)
	s.on(commands.HelpKeys, s.changeKeys, nil)
	s.on(commands.HelpAbout, s.about, nil)
}

// titles names the steps of undo and redo, and marks what is switched on.
func (s *shell) titles() {
	t := s.table
	t.SetTitle(commands.EditUndo, "")
	t.SetTitle(commands.EditRedo, "")
	if step, ok := s.nextUndo(); ok {
		t.SetTitle(commands.EditUndo, "Undo "+step.Title)
	}
	if step, ok := s.nextRedo(); ok {
		t.SetTitle(commands.EditRedo, "Redo "+step.Title)
	}
	v := s.o.Settings.Settings()
	for id, theme := range themes {
		t.SetChecked(id, theme == v.Theme || theme == settings.System && v.Theme == "")
	}
	t.SetChecked(commands.ViewChips, !v.HideLabels)
	t.SetChecked(commands.ViewNumbers, v.Numbers)
	t.SetChecked(commands.ViewSans, v.Sans)
	t.SetChecked(commands.ViewFocus, s.calm)
	t.SetChecked(commands.ViewRelations, v.Relations)
	t.SetChecked(commands.Screen, s.work != nil && s.work.screen.on)
	t.SetTitle(commands.EditDelete, s.deleteTitle())
	t.SetChecked(commands.ViewLeft, s.work != nil && s.work.left.Visible())
	s.placeTitles()
	s.roleTitles()
	t.SetChecked(commands.ViewBeside, s.work != nil && s.work.second.split.IsOpen())
	t.SetChecked(commands.ViewRight, s.work != nil && s.work.right.Visible())
}

// themes are the commands that choose colours.
var themes = map[string]settings.Theme{
	commands.ViewLight: settings.Light, commands.ViewDark: settings.Dark, commands.ViewSystem: settings.System,
}

func (s *shell) recentMenu() { s.popUpRecent(s.win.Canvas()) }
