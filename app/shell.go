package app

import (
	"context"
	"errors"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver"
	"fyne.io/fyne/v2/driver/desktop"

	"lede/annotate"
	"lede/app/asked"
	"lede/app/commands"
	"lede/app/crash"
	"lede/app/screens/importer"
	"lede/app/screens/schema"
	"lede/app/screens/sheet"
	"lede/app/settings"
	"lede/app/textview"
	"lede/app/theme"
	"lede/app/widgets"
)

// shell is the one window and what is common to everything in it.
type shell struct {
	o     Options
	app   fyne.App
	win   fyne.Window
	table *commands.Table
	faces *textview.Faces
	probe *probe

	content  *fyne.Container // the welcome screen or the workspace
	float    *fyne.Container // notices
	told     int             // notices so far
	brief    bool            // the one that shows is a hint
	work     *workspace      // nil on the welcome screen
	present  *workspace      // what waits behind work while that shows the past; nil otherwise
	calmThen bool            // whether focus mode was on in the present
	looking  *lookingBack    // nil unless a look into the past is being worked out
	draft    importer.Draft  // what was typed to be an article and not added
	stopping *sheet.Sheet    // the question whether to stop an import
	opening  bool
	unkept   bool           // it was said that settings cannot be written
	will     func()         // forgets what is to be done for the project when the program ends by a fault
	menuDue  bool           // the menu bar is about to be brought up to date
	calm     bool           // focus mode
	roles    string         // of the chosen span, as their commands and their menu name them
	schema   *schema.Editor // the screen in which the schema is edited, while it is open

	asked *asked.Requests // by the system

	dispatch func(func())                // runs on the main goroutine
	later    func(time.Duration, func()) // the same, after a while
	aside    func(func())                // runs elsewhere
}

func newShell(a fyne.App, o Options) *shell {
	s := &shell{o: o, app: a, probe: newProbe(), faces: textview.SystemFaces(), asked: &asked.System}
	s.dispatch = fyne.Do
	s.later = func(d time.Duration, f func()) { time.AfterFunc(d, func() { s.dispatch(f) }) }
	s.aside = func(f func()) {
		go func() {
			defer crash.Guard()
			f()
		}()
	}
	return s
}

// start makes the window and decides what it shows first.
func (s *shell) start() {
	s.build()
	s.win.Show()
	switch {
	case s.o.Sample && s.o.MakeSample != nil:
		s.openSample()
	case s.o.Path != "":
		s.open(s.o.Path)
	default:
		s.showWelcome()
	}
	s.hearSystem()
	s.tellSettings()
	s.tellCrash()
}

const (
	defaultWidth  float32 = 1280
	defaultHeight float32 = 800
)

func (s *shell) build() {
	theme.Set(s.app, themeMode(s.o.Settings.Settings().Theme))
	s.faces.SetFile(s.o.Settings.Settings().FontFile)
	s.table = commands.NewTable(commands.SystemOf(runtime.GOOS))
	s.table.Focused = s.focusedField
	s.table.Modal = func() bool { return s.win.Canvas().Overlays().Top() != nil }
	s.table.Over = func() {
		if _, dialog := s.win.Canvas().Overlays().Top().(*sheet.Sheet); dialog && widgets.OnDone != nil {
			widgets.OnDone()
		}
	}
	s.table.Through = func(id string) bool { return s.inSchema(id) || s.inEntities(id) }
	s.win = s.app.NewWindow("Lede")
	s.win.SetPadded(false)
	s.win.SetMaster()
	s.content = container.NewStack()
	s.float = container.New(lowerEdge{})
	s.win.SetContent(container.NewStack(widgets.NewFill(theme.Page), s.content, s.float))
	state := s.o.Settings.State()
	size := fyne.NewSize(state.WindowWidth, state.WindowHeight)
	if size.Width < 480 || size.Height < 320 {
		size = fyne.NewSize(defaultWidth, defaultHeight)
	}
	s.win.Resize(size)
	s.bind()
	s.hearBackups()
	s.takeKeys()
	s.submenus()
	s.win.SetMainMenu(s.table.MainMenu())
	s.table.Install(s.win.Canvas())
	s.hearKeys()
	s.win.SetCloseIntercept(s.quit)
	s.win.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) { s.dropped(uris) })
	s.app.Lifecycle().SetOnEnteredForeground(func() {
		if s.work != nil {
			s.work.poll()
		}
	})
	s.app.Settings().AddListener(func(fyne.Settings) { s.themeChanged() })
	if native, ok := s.win.(driver.NativeWindow); ok {
		native.RunNative(func(context any) { s.table.Keyboard().Scan = commands.ScanCodesOf(context) })
	}
}

// hearKeys catches keys that nothing on screen has a use for.
func (s *shell) hearKeys() {
	canvas := s.win.Canvas()
	unused := func(e *fyne.KeyEvent) {
		if e.Name == fyne.KeyEscape {
			s.escape()
			return
		}
		s.table.Keyboard().Key(e, s.mods()&fyne.KeyModifierShift, false)
	}
	canvas.SetOnTypedKey(unused)
	widgets.OnEscape = s.escape
	widgets.OnFocus = func(o fyne.CanvasObject) {
		if s.schema != nil {
			s.schema.Focused(o)
			return
		}
		if s.work != nil {
			s.work.inspector.Focused(o)
		}
	}
	widgets.OnKey = unused
	widgets.Keys = s.table.Keyboard()
	widgets.Consumed = s.table.Keyboard().Consumed
	widgets.OnShortcut = func(typed fyne.Shortcut) bool { return s.table.Keyboard().Shortcut(typed, false) }
	if d, ok := canvas.(desktop.Canvas); ok {
		d.SetOnKeyDown(s.table.Keyboard().Down)
		d.SetOnKeyUp(s.table.Keyboard().Up)
	}
}

func (s *shell) mods() fyne.KeyModifier {
	if d, ok := s.app.Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()
	}
	return 0
}

// escape closes what is in front; else the text gets the focus back; else it lets
// go of what it holds.
func (s *shell) escape() {
	overlays := s.win.Canvas().Overlays()
	switch {
	case overlays.Top() != nil:
		overlays.Remove(overlays.Top())
	case s.work != nil && s.work.finder.HasFocus():
		s.work.finder.Close()
	case s.work != nil && !s.work.reader.Focused() && (s.work.asOf == nil || s.work.session.Doc() != nil):
		s.focusText()
	case len(s.float.Objects) > 0:
		s.hideNotice()
	case s.work != nil:
		s.work.letGo()
	}
}

func (s *shell) focusText() {
	if s.work != nil {
		s.work.reader.Focus()
	}
}

// focusedField is the text field with the focus, nil if there is none.
func (s *shell) focusedField() fyne.Shortcutable {
	if f, ok := s.win.Canvas().Focused().(*widgets.Field); ok {
		return f
	}
	return nil
}

func themeMode(t settings.Theme) theme.Mode {
	switch t {
	case settings.Light:
		return theme.Light
	case settings.Dark:
		return theme.Night
	default:
		return theme.System
	}
}

// setTheme makes the window light, dark or like the system, for good.
func (s *shell) setTheme(t settings.Theme) {
	s.remember(s.o.Settings.Change(func(v *settings.Settings) { v.Theme = t }))
	s.switchTheme(t)
}

// switchTheme draws the window in other colours. On Windows Fyne has to know, for
// the window's frame.
func (s *shell) switchTheme(t settings.Theme) {
	if runtime.GOOS == "windows" {
		theme.Set(s.app, themeMode(t))
		s.themeChanged()
		return
	}
	theme.Switch(themeMode(t))
	s.themeChanged()
	s.win.SetMainMenu(s.table.MainMenu())
	s.win.Content().Refresh()
	for _, o := range s.win.Canvas().Overlays().List() {
		o.Refresh()
	}
}

func (s *shell) themeChanged() {
	if s.work != nil {
		s.work.reader.ThemeChanged()
		s.work.second.ThemeChanged()
	}
	s.submenus()
	s.refreshMenu()
}

// show puts a screen into the window.
func (s *shell) show(name string, screen fyne.CanvasObject) {
	s.content.Objects = []fyne.CanvasObject{screen}
	s.content.Refresh()
	s.submenus()
	s.refreshMenu()
	s.probe.say("screen", "name", name)
}

// refreshMenu brings the menu bar up to date, soon and once, because that costs
// more than a gesture may.
func (s *shell) refreshMenu() {
	const soon = 120 * time.Millisecond
	if s.menuDue {
		return
	}
	s.menuDue = true
	s.later(soon, func() {
		s.menuDue = false
		s.titles()
		s.table.Refresh()
	})
}

// openSample opens a fresh copy of the sample project.
func (s *shell) openSample() {
	if s.opening || s.o.MakeSample == nil {
		return
	}
	s.opening = true
	s.aside(func() {
		path, err := s.o.MakeSample(context.Background())
		s.dispatch(func() {
			s.opening = false
			if err != nil {
				s.failedToOpen(path, err)
				return
			}
			s.open(path)
		})
	})
}

// open opens a project in place of the one that is open.
func (s *shell) open(path string) { s.openThen(path, nil) }

// openThen does something in the project that was opened.
func (s *shell) openThen(path string, then func()) {
	if s.opening {
		return
	}
	if s.work != nil && samePath(s.work.store.Info().Path, path) {
		s.backToNow()
		if then != nil {
			then()
		}
		return // it would find itself in the way
	}
	s.opening = true
	s.hideNotice()
	s.aside(func() {
		store, err := s.o.Projects.Open(context.Background(), path, annotate.ModeWindow)
		s.dispatch(func() {
			s.opening = false
			if err != nil {
				s.failedToOpen(path, err)
				return
			}
			s.enter(store)
			if then != nil && s.work != nil {
				then()
			}
		})
	})
}

func samePath(a, b string) bool {
	for _, p := range []*string{&a, &b} {
		if abs, err := filepath.Abs(*p); err == nil {
			*p = abs
		}
	}
	return a == b
}

// enter leaves the project that is open and shows another.
func (s *shell) enter(store annotate.Store) {
	s.leave()
	path := store.Info().Path
	work, err := newWorkspace(s, store)
	if err != nil {
		s.failedToOpen(path, errors.Join(err, store.Close()))
		return
	}
	s.work = work
	s.will = crash.Finally(work.session.Flush)
	s.remember(s.o.Settings.AddRecent(path, projectTitle(path)))
	s.win.SetTitle(projectTitle(path) + " – Lede")
	s.bindLabels()
	s.show("project", work.object)
	work.begin()
	if s.work != work {
		return // its list is damaged
	}
	s.advise(path)
	s.probe.say("ready", "path", path)
}

func projectTitle(path string) string {
	return strings.TrimSuffix(filepath.Base(path), ".lede")
}

// leave closes the project that is open: every change is on disk afterwards.
func (s *shell) leave() {
	if s.work == nil {
		return
	}
	s.hideNotice() // what it offers to do is about this project
	s.looking.end()
	work, present := s.work, s.present
	s.looking, s.work, s.present = nil, nil, nil
	if present != nil {
		s.endWork(work)
		work = present
	}
	s.endWork(work)
	s.will()
	s.probe.say("closed")
}

// closeProject goes back to the welcome screen.
func (s *shell) closeProject() {
	s.unlessImporting(func() {
		s.leave()
		s.showWelcome()
	})
}

// importing is the import that is under way, nil if none is.
func (s *shell) importing() *importer.Dialog {
	if s.work == nil || s.live().importing == nil || !s.live().importing.Running() {
		return nil
	}
	return s.live().importing
}

// unlessImporting does what would end an import that is under way only after a
// question.
func (s *shell) unlessImporting(do func()) {
	importing := s.importing()
	if importing == nil {
		do()
		return
	}
	if s.stopping == nil || !s.stopping.Shown() { // it may be asked for again and again
		left := "Nothing of it is kept then."
		if importing.Keeps() {
			left = "What was kept of it so far stays; the same import goes on with the rest."
		}
		s.stopping = sheet.Ask(s.win.Canvas(), "An import is running", "Stop it and close? "+left, "Stop and close", do)
	}
}

// quit closes the window after the last change is on disk, unless an import is to
// go on.
func (s *shell) quit() { s.unlessImporting(s.quitNow) }

func (s *shell) quitNow() {
	size := s.win.Canvas().Size()
	s.remember(s.o.Settings.ChangeState(func(st *settings.State) {
		st.WindowWidth, st.WindowHeight = size.Width, size.Height
	}))
	s.leave()
	s.win.SetCloseIntercept(nil)
	s.app.Quit()
}

// dropped takes in what was dropped on the window: a project opens, all else is
// imported.
func (s *shell) dropped(uris []fyne.URI) {
	var paths []string
	for _, u := range uris {
		if u.Scheme() == "file" {
			paths = append(paths, u.Path())
		}
	}
	if len(paths) > 0 {
		s.take(paths)
	}
}
