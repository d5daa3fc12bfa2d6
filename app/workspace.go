package app

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/annotate/edit"
	"lede/annotate/text"
	"lede/app/commands"
	"lede/app/screens/articles"
	"lede/app/screens/entities"
	"lede/app/screens/finder"
	"lede/app/screens/importer"
	"lede/app/screens/inspector"
	"lede/app/screens/reader"
	"lede/app/screens/searcher"
	"lede/app/screens/sheet"
	"lede/app/screens/status"
	"lede/app/screens/tidy"
	"lede/app/screens/undo"
	"lede/app/session"
	"lede/app/settings"
	"lede/app/widgets"
)

// workspace is one open project on the screen.
type workspace struct {
	shell   *shell
	store   annotate.Store
	session *session.Session
	asOf    *annotate.Change // the last change that shows, of a project as it was; nil of the present
	steps   *undo.Undo
	object  fyne.CanvasObject

	articles   *articles.Panel
	reader     *reader.Reader
	inspector  *inspector.Panel
	finder     *finder.Bar
	bulk       sheet.Work   // what is done to several articles
	checking   sheet.Work   // a check for damage
	tidying    *tidy.Dialog // the last sheet that gives up what the project keeps
	all        *finder.All  // the last sheet that labels all places
	searching  *searcher.Page
	searched   searcher.State // what was looked for last in the project
	shownPlace text.Range     // the place that it led to
	status     *status.Bar
	left       *fyne.Container
	right      *fyne.Container
	middle     *fyne.Container
	importing  *importer.Dialog // the last one; its import may go on in the background

	trail  trail      // where one has been
	second *second    // the article beside the open one
	coded  *codedLine // how the selected words were labelled before
	screen screen     // the mode in which articles are screened
	warned *warned    // what the codebook would object to
	past   *past      // what was done
	copies likeness   // which articles are nearly the same

	entities    *entities.Page // while it is open
	askEntities func()         // what waits until the entities have been read; nil for nothing

	zoom    float32
	seen    atomic.Int64 // the commit position up to which others' changes are known
	stop    chan struct{}
	unsaved int         // the notice about changes that were not saved, as told counts; 0 for none
	open    annotate.ID // the article whose reading position is being kept
	turn    int         // of the reading position: only the last scroll is written
	around  [2]bool     // whether list and inspector showed before focus mode
}

func newWorkspace(s *shell, store annotate.Store) (*workspace, error) {
	w := &workspace{shell: s, store: store, asOf: store.Info().AsOf, stop: make(chan struct{})}
	sess, err := session.New(context.Background(), session.Options{
		Store: store, Env: s.o.Env,
		Actor: s.o.Settings.Actor(""), Annotator: s.o.Settings.Annotator("", ""),
		Dispatch: s.dispatch,
	})
	if err != nil {
		return nil, err
	}
	w.session = sess
	w.steps = w.stepsBack()
	w.makePanels()
	w.layOut()
	sess.Observe(w.hear)
	w.restore()
	w.takeKept()
	return w, nil
}

func (w *workspace) makePanels() {
	s := w.shell
	hint := func(id string) string { return s.table.Hint(id) }
	w.articles = articles.New(articles.Options{
		Session: w.session, Canvas: s.win.Canvas(), SearchKey: hint(commands.Search), ImportKey: hint(commands.FileImport),
		Open: w.openArticle, Menu: w.articleMenu, Bulk: w.bulkMenu, Import: func() { s.table.Run(commands.FileImport) }, Saved: s.savedFilters(),
		Done: func() { w.reader.Focus() }, Tell: w.unread, Unlisted: w.unlisted, Later: s.later,
		Dispatch: s.dispatch, Aside: s.aside,
	})
	w.finder = w.newFinder()
	w.reader = reader.New(reader.Options{
		Above:   w.finder.Object,
		Session: w.session, Canvas: s.win.Canvas(), Faces: s.faces, Tell: s.tell,
		LabelKey:  s.table.LabelKey,
		NewLabels: func() { s.table.Run(commands.SchemaEdit) }, SchemaKey: hint(commands.SchemaEdit),
		PickLabel: func() { s.table.Run(commands.LabelPick) },
		Context:   w.contextMenu,
		List:      w.listAt, TagQuoted: w.tagQuoted, QuoteKey: hint(commands.SpanQuote),
		Zoom: w.zoomBy, Scrolled: w.scrolled, Snap: w.snap, Mine: w.mine,
		Reading: func() { s.table.Run(commands.ViewReading) },
		Leave:   func() { s.focusMode(false) }, CalmKeys: s.table.Hints(commands.ViewFocus),
		ShiftKey: commands.Held(fyne.KeyModifierShift, s.table.System()),
		Font:     s.offerFont,
		Relate:   w.relate, RelationContext: w.relationMenu, Picked: w.roleWords,
	})
	w.reader.Hear(&screenKeys{s.table.Keyboard(), w})
	w.reader.View.OnJump = w.jumps
	w.inspector = inspector.New(inspector.Options{
		Session: w.session, Canvas: s.win.Canvas(), Tell: s.tell, Soon: s.dispatch, Focus: func() { w.reader.Focus() },
		LabelKey: s.table.LabelKey,
		Reveal:   w.reader.Reveal, SkipReason: s.askSkip, NoteKey: hint(commands.SpanNote),
		AddPartKey: hint(commands.SpanAddPart), Relate: w.fillRole, Run: func(id string) { s.table.Run(id) }, Key: hint, Entity: w.showEntities, Look: w.lookAt, ContinueAs: w.annotateAs,
	})
	w.status = status.New(status.Options{
		Session: w.session, DoneKey: hint(commands.DoneNext),
		Done:   func() { s.table.Run(commands.DoneNext) },
		Switch: w.annotateAs, Show: w.lookAt, Add: w.addAnnotator, Zoom: w.setZoom, Later: s.later,
		Warnings: func() { s.table.Run(commands.WarningList) },
	})
}

func (w *workspace) layOut() {
	w.coded, w.second, w.warned, w.past = w.newCodedLine(), w.newSecond(), w.newWarned(), w.newPast()
	w.left = container.New(fixedWidth{articles.Width}, widgets.NewFrame(nil, nil, nil, widgets.NewHairline(), w.articles.Object))
	w.right = container.New(fixedWidth{inspector.Width}, widgets.NewFrame(nil, nil, widgets.NewHairline(), nil,
		widgets.NewFrame(nil, w.coded.object, nil, nil, w.inspector.Object)))
	texts := widgets.NewFrame(nil, w.warned.panel.Object, nil, nil, w.second.split.Object)
	columns := container.New(columnsLayout{w.left, w.right, texts}, w.left, texts, w.right)
	w.middle = columns
	bottom := w.status.Object
	w.object = container.New(aboveBar{bottom}, widgets.NewFrame(w.pastBanner(), w.past.panel.Object, nil, nil, columns), bottom)
}

// columnsLayout gives the sides their width and the reader the rest. In a narrow
// window the inspector, then the list, gives way.
type columnsLayout struct{ left, right, middle fyne.CanvasObject }

// MinSize is for Fyne.
func (l columnsLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(420, 320) }

// Layout is for Fyne.
func (l columnsLayout) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	least := l.middle.MinSize().Width
	x, rest := float32(0), s.Width
	if l.left.Visible() {
		x = articles.Width
		rest -= x
	}
	right := float32(0)
	if l.right.Visible() {
		right = inspector.Width
		rest -= right
	}
	if rest < least {
		rest += right
		right = -inspector.Width // out of sight, but where it was
	}
	if rest < least {
		rest += x
		x = 0
	}
	l.left.Resize(fyne.NewSize(articles.Width, s.Height))
	l.left.Move(fyne.NewPos(min(0, x-articles.Width), 0))
	l.middle.Resize(fyne.NewSize(rest, s.Height))
	l.middle.Move(fyne.NewPos(x, 0))
	l.right.Resize(fyne.NewSize(inspector.Width, s.Height))
	l.right.Move(fyne.NewPos(x+rest, 0))
	if right < 0 {
		l.right.Move(fyne.NewPos(s.Width, 0))
	}
}

// fixedWidth keeps an object at a width.
type fixedWidth struct{ width float32 }

// MinSize is for Fyne.
func (f fixedWidth) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(f.width, 100) }

// Layout is for Fyne.
func (f fixedWidth) Layout(objects []fyne.CanvasObject, s fyne.Size) { objects[0].Resize(s) }

// aboveBar puts the first object above the bar.
type aboveBar struct{ bar fyne.CanvasObject }

// MinSize is for Fyne.
func (a aboveBar) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().AddWidthHeight(0, a.bar.MinSize().Height)
}

// Layout is for Fyne.
func (a aboveBar) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	h := a.bar.MinSize().Height
	objects[0].Resize(fyne.NewSize(s.Width, s.Height-h))
	a.bar.Resize(fyne.NewSize(s.Width, h))
	a.bar.Move(fyne.NewPos(0, s.Height-h))
}

// restore takes up what was chosen before: zoom, granularity, chips, face.
func (w *workspace) restore() {
	v := w.shell.o.Settings.Settings()
	w.zoom = 1
	if v.Zoom > 0 {
		w.zoom = float32(v.Zoom)
	}
	w.reader.View.SetZoom(w.zoom)
	w.reader.View.SetChips(!v.HideLabels)
	w.reader.View.SetReading(readingOf(v))
	w.reader.View.SetAllLinks(v.Relations)
	w.dressBeside()
	w.status.ShowZoom(w.zoom)
	snap := map[string]text.Granularity{"character": text.Character, "sentence": text.Sentence}
	g, ok := snap[v.Granularity]
	if !ok {
		g = text.Word
	}
	w.session.SetGranularity(g)
}

// begin reads the list, opens the article that was open last, or the first, and
// starts to look out for other programs' changes.
func (w *workspace) begin() {
	if w.shell.calm {
		w.calm(true)
	}
	w.openFirst()
	if w.shell.work != w {
		return
	}
	w.articles.Reload()
	w.readEntities()
	w.offerName()
	w.reader.Banner()
	w.reader.Focus()
	go w.watch()
}

func (w *workspace) openFirst() {
	path := w.store.Info().Path
	if last := w.shell.o.Settings.LastArticle(path); last != "" {
		if err := w.session.Open(context.Background(), annotate.ID(last)); err == nil {
			return
		}
	}
	row, ok, err := w.session.List().Row(context.Background(), 0)
	if err != nil {
		w.unlisted(err)
		return
	}
	if !ok {
		w.showArticle()
		return
	}
	w.openArticle(row.Article.ID)
	if w.session.Doc() == nil { // it could not be read
		w.showArticle()
	}
}

// end waits until every change is on disk and lets the project go.
func (w *workspace) end() {
	if w.importing != nil {
		w.importing.End()
	}
	w.inspector.Commit()
	w.coded.stop()
	w.warned.panel.End()
	w.endHistory()
	w.keepPosition()
	w.keepArticle()
	w.bulk.Stop()
	w.checking.End()
	w.articles.End()
	w.finder.End()
	w.steps.End()
	if w.entities != nil {
		w.entities.End()
	}
	if w.shell.schema != nil {
		w.shell.schema.End()
	}
	if w.all != nil {
		w.all.End()
	}
	w.endCopies()
	close(w.stop)
	w.session.Close()
}

// hear routes the session's events to the parts that they concern.
func (w *workspace) hear(e session.Event) {
	switch e.(type) {
	case session.ArticleOpened, session.SelectionChanged, session.Changed:
		w.shell.hideHint()
		w.followCoded(false)
	}
	defer w.followScreening(e)
	w.hearWarnings(e)
	w.hearHistory(e)
	switch e := e.(type) {
	case session.ArticleOpened:
		w.showArticle()
	case session.Changed:
		w.reader.Changed(e)
		w.hearBeside(e.Change)
		w.articles.Changed(e.Change)
		w.inspector.Changed()
		w.status.Selection()
		w.shell.refreshMenu()
		if e.Origin == session.Remote {
			w.shell.probe.say("remote", "change", e.Change.ID)
		}
	case session.SelectionChanged:
		w.reader.Selection()
		w.inspector.Selection()
		w.finder.Selection()
		w.status.Selection()
		w.shell.refreshMenu()
	case session.EntitiesChanged:
		w.entitiesChanged(e)
	case session.ListChanged:
		w.articles.Reload()
	case session.SavedChanged:
		w.saved(e)
	case session.Refused:
		w.refused(e.Err)
	case session.KeptChanged:
		w.rememberKept()
	case session.AnnotatorChanged:
		w.renewBeside()
		w.status.People()
		w.reader.Banner()
	case session.SchemaChanged:
		w.renewBeside()
		w.reader.SchemaChanged()
		w.inspector.SchemaChanged()
		w.shell.schemaChanged()
		w.shell.bindLabels()
	}
}

func (w *workspace) saved(e session.SavedChanged) {
	w.status.Saved(e.Pending)
	w.savedAgain()
	if e.Pending == 0 {
		w.followCoded(true)
		if w.second.stale {
			w.renewBeside()
		}
		w.articles.Saved()
	}
	w.shell.probe.say("saved", "pending", e.Pending, "change", e.Saved)
}

// showArticle puts the open article on the screen, where reading stopped.
func (w *workspace) showArticle() {
	w.arrives()
	w.keepPosition()
	doc := w.session.Doc()
	offset := 0
	w.open = ""
	if doc != nil {
		path := w.store.Info().Path
		w.open = doc.Article.ID
		offset = w.shell.o.Settings.Position(path, string(w.open))
		const painted = 100 * time.Millisecond
		w.shell.later(painted, func() { // no file is written while the article is being opened
			if w.shell.work == w {
				w.keepArticle()
			}
		})
	}
	w.reader.Opened(offset, w.emptyWords())
	w.articles.Opened()
	w.inspector.Opened()
	w.finder.Opened()
	w.status.Selection()
	w.shell.refreshMenu()
	if doc != nil {
		w.shell.probe.say("opened", "ref", doc.Article.Ref)
	}
}

func (w *workspace) emptyWords() string {
	if w.session.List().Len() == 0 && !w.session.List().Filtered() {
		if w.asOf != nil {
			return "The project had no articles yet."
		}
		return "This project has no articles yet."
	}
	return "Choose an article on the left."
}

func (w *workspace) openArticle(id annotate.ID) {
	if doc := w.session.Doc(); doc != nil && doc.Article.ID == id {
		return
	}
	w.inspector.Commit()
	err := w.session.Open(context.Background(), id)
	if errors.Is(err, annotate.ErrNotFound) && w.inBin() {
		w.shell.notice(notice{brief: true, title: "It is in the bin", text: "Restore it to read it.", offers: []offer{
			{"Restore", func() { w.deed(edit.RestoreArticles(), []annotate.ID{id}) }},
		}})
		return
	}
	w.unread(err)
}

// scrolled writes the reading position down once the text has come to rest.
func (w *workspace) scrolled() {
	const rest = 2 * time.Second
	w.turn++
	turn := w.turn
	w.shell.later(rest, func() {
		if turn == w.turn && w.shell.work == w {
			w.keepPosition()
		}
	})
}

// keepArticle writes down which article is open.
func (w *workspace) keepArticle() {
	s, path := w.shell.o.Settings, w.store.Info().Path
	if w.asOf == nil && w.open != "" && s.LastArticle(path) != string(w.open) {
		w.shell.remember(s.SetLastArticle(path, string(w.open)))
	}
}

func (w *workspace) keepPosition() {
	w.turn++
	if w.asOf != nil || w.open == "" {
		return
	}
	s := w.shell.o.Settings
	path, at := w.store.Info().Path, w.reader.View.ScrollPosition()
	if s.Position(path, string(w.open)) != at {
		w.shell.remember(s.SetPosition(path, string(w.open), at))
	}
}

func (w *workspace) poll() {
	select {
	case <-w.stop:
		return
	default:
	}
	ctx := context.Background()
	position, err := w.store.Position(ctx)
	if err != nil {
		return // the next one will tell, or a change will
	}
	if err := w.session.Poll(ctx); err != nil {
		w.shell.tell(err)
	}
	w.seen.Store(position)
}

// snap changes what selections snap to, for good.
func (w *workspace) snap(g text.Granularity) {
	w.session.SetGranularity(g)
	name := strings.TrimSuffix(reader.SnapName(g), "s")
	w.shell.remember(w.shell.o.Settings.Change(func(v *settings.Settings) { v.Granularity = name }))
	w.shell.submenus()
	w.shell.refreshMenu()
}

func (w *workspace) letGo() {
	s := w.session
	switch {
	case s.Armed() != "":
		s.Arm("")
	case !s.Selection().Empty():
		s.Select(text.Range{})
	case s.ChosenRelation() != "":
		s.ChooseRelation("")
	case s.Chosen() != "":
		s.Choose("")
	case w.screen.on && !w.finder.Shown():
		w.toggleScreening()
	case w.asOf != nil && !w.finder.Shown():
		w.shell.backToNow()
	default:
		w.finder.Close()
	}
}
