package app

import (
	"lede/annotate"
	"lede/annotate/text"
	"lede/app/commands"
	"lede/app/screens/reader"
	"lede/app/settings"
)

// bind says what every command does and when it can be done.
func (s *shell) bind() {
	s.bindFile()
	s.bindEdit()
	s.bindSpans()
	s.bindArticles()
	s.bindView()
}

// in wraps what needs an open project.
func (s *shell) in(f func(*workspace)) func() {
	return func() {
		if s.work != nil {
			f(s.work)
		}
	}
}

// soon is in for commands that a single letter gives and that move the keyboard
// into a field: the letter itself is still to come, and must not be typed there.
func (s *shell) soon(f func(*workspace)) func() {
	do := s.in(f)
	return func() { s.dispatch(do) }
}

func (s *shell) project() bool { return s.work != nil }

func (s *shell) article() bool { return s.work != nil && s.work.session.Doc() != nil }

// editable says whether the open article can be annotated.
func (s *shell) editable() bool { return s.article() && s.work.session.ReadOnly() == "" }

func (s *shell) chosen() bool { return s.editable() && s.work.session.Chosen() != "" }

func (s *shell) bindFile() {
	t := s.table
	t.Bind(commands.FileNew, s.newProject, nil)
	t.Bind(commands.FileOpen, s.openDialog, nil)
	t.Bind(commands.FileRecent, s.recentMenu, func() bool { return len(s.o.Settings.Recent()) > 0 })
	t.Bind(commands.FileSample, s.openSample, func() bool { return s.o.MakeSample != nil })
	t.Bind(commands.FileImport, func() { s.importPaths(nil) }, nil)
	t.Bind(commands.FilePaste, s.pasteArticle, nil)
	t.Bind(commands.FileExport, s.export, s.project)
	t.Bind(commands.FileDuplicate, s.duplicate, s.project)
	t.Bind(commands.FileBackup, s.backUp, s.project)
	t.Bind(commands.FileClose, s.closeProject, s.project)
	t.Bind(commands.FileQuit, s.quit, nil)
	t.Bind(commands.Preferences, s.preferences, nil)
}

func (s *shell) bindEdit() {
	t := s.table
	t.Bind(commands.EditUndo, s.in((*workspace).undo), func() bool {
		_, ok := s.nextUndo()
		return ok
	})
	t.Bind(commands.EditRedo, s.in((*workspace).redo), func() bool {
		_, ok := s.nextRedo()
		return ok
	})
	t.Bind(commands.EditCopy, s.in((*workspace).copyText), s.article)
	t.Bind(commands.EditSelectAll, s.in((*workspace).selectAll), s.article)
	t.Bind(commands.EditDelete, s.in(func(w *workspace) { s.tell(w.session.Delete()) }), s.chosen)
	t.Bind(commands.Find, s.in(func(w *workspace) { w.showLeft(true); w.articles.FocusSearch() }), s.project)
}

func (s *shell) bindSpans() {
	t := s.table
	move := func(start, outward bool) func() {
		return s.in(func(w *workspace) { s.tell(w.session.MoveEnd(start, outward)); w.reader.Reveal() })
	}
	t.Bind(commands.SpanStartOut, move(true, true), s.chosen)
	t.Bind(commands.SpanStartIn, move(true, false), s.chosen)
	t.Bind(commands.SpanEndOut, move(false, true), s.chosen)
	t.Bind(commands.SpanEndIn, move(false, false), s.chosen)
	walk := func(back bool) func() {
		return s.in(func(w *workspace) { w.session.ChooseNext(back); w.reader.Reveal() })
	}
	t.Bind(commands.SpanNext, walk(false), s.article)
	t.Bind(commands.SpanPrevious, walk(true), s.article)
	t.Bind(commands.SpanAddPart, s.in(func(w *workspace) { s.tell(w.addPart()) }), s.editable)
	t.Bind(commands.SpanDropPart, s.in(func(w *workspace) { s.tell(w.dropPart()) }), s.chosen)
	t.Bind(commands.SpanNote, s.soon(func(w *workspace) { w.showRight(true); w.inspector.FocusNote() }), s.chosen)
	t.Bind(commands.LabelPick, s.soon(func(w *workspace) { w.pickLabel(false) }), s.editable)
	t.Bind(commands.LabelArm, s.soon(func(w *workspace) { w.pickLabel(true) }), s.editable)
	t.Bind(commands.LabelRepeat, s.in((*workspace).repeatLabel), s.editable)
	t.Bind(commands.Escape, s.in((*workspace).letGo), s.project)
	t.Bind(commands.Granularity, s.in((*workspace).nextGranularity), s.article)
	for name, g := range map[string]text.Granularity{"word": text.Word, "character": text.Character, "sentence": text.Sentence} {
		t.Bind(commands.GranularityOf+name, s.in(func(w *workspace) { w.snap(g) }), s.project)
	}
	t.Bind(commands.AnnotatorPick, s.in(func(w *workspace) { w.status.PickAnnotator() }), s.project)
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
	t := s.table
	t.Bind(commands.DoneNext, s.in((*workspace).doneNext), s.editable)
	t.Bind(commands.ArticleNext, s.in(func(w *workspace) { w.next(false) }), s.project)
	t.Bind(commands.ArticlePrev, s.in(func(w *workspace) { w.next(true) }), s.project)
	status := func(st annotate.Status) func() {
		return s.in(func(w *workspace) { s.tell(w.session.SetStatus(st, "")) })
	}
	t.Bind(commands.ArticleDone, status(annotate.Done), s.editable)
	t.Bind(commands.ArticleReopen, status(annotate.InProgress), s.editable)
	t.Bind(commands.ArticleSkip, func() { s.askSkip() }, s.editable)
	t.Bind(commands.ArticleFlag, s.soon(func(w *workspace) { w.showRight(true); w.inspector.FocusFlag() }), s.editable)
	t.Bind(commands.ArticleNote, s.soon(func(w *workspace) { w.showRight(true); w.inspector.FocusArticleNote() }), s.editable)
}

func (s *shell) bindView() {
	t := s.table
	t.Bind(commands.ViewZoomIn, s.in(func(w *workspace) { w.zoomBy(1) }), s.project)
	t.Bind(commands.ViewZoomOut, s.in(func(w *workspace) { w.zoomBy(-1) }), s.project)
	t.Bind(commands.ViewZoomReset, s.in(func(w *workspace) { w.setZoom(1) }), s.project)
	t.Bind(commands.ViewTheme, s.nextTheme, nil)
	t.Bind(commands.ViewChips, s.in((*workspace).toggleChips), s.project)
	t.Bind(commands.ViewLeft, s.in(func(w *workspace) { w.showLeft(!w.left.Visible()) }), s.project)
	t.Bind(commands.ViewRight, s.in(func(w *workspace) { w.showRight(!w.right.Visible()) }), s.project)
	t.Bind(commands.ViewFullScreen, func() { s.win.SetFullScreen(!s.win.FullScreen()) }, nil)
	t.Bind(commands.ViewNextPart, s.in(func(w *workspace) { w.nextPart(1) }), s.project)
	t.Bind(commands.ViewPrevPart, s.in(func(w *workspace) { w.nextPart(-1) }), s.project)
	t.Bind(commands.Palette, s.palette, nil)
	t.Bind(commands.HelpShortcuts, s.shortcuts, nil)
	t.Bind(commands.HelpAbout, s.about, nil)
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
	t.SetChecked(commands.ViewChips, !v.HideLabels)
	t.SetChecked(commands.ViewLeft, s.work != nil && s.work.left.Visible())
	t.SetChecked(commands.ViewRight, s.work != nil && s.work.right.Visible())
}

// nextTheme goes from light to dark to the system's.
func (s *shell) nextTheme() {
	next := map[settings.Theme]settings.Theme{
		settings.Light: settings.Dark, settings.Dark: settings.System,
	}[s.o.Settings.Settings().Theme]
	if next == "" {
		next = settings.Light
	}
	s.setTheme(next)
}

func (s *shell) recentMenu() { s.popUpRecent(s.win.Canvas()) }
