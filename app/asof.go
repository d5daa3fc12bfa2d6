package app

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/app/commands"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

// The project as it was is a workspace of its own, read-only, in the place of the one
// that is worked in; that waits behind it, with all that it has under way.

// lookingBack is a look into the past that is being worked out.
type lookingBack struct {
	cancel context.CancelFunc
	ended  chan struct{}
	dialog *sheet.Sheet
	bar    *widgets.Progress

	then annotate.Store // what was found, until somebody takes it; set before ended closes
	err  error
}

// end gives the look up and waits until it has let go of the project.
func (l *lookingBack) end() {
	if l == nil {
		return
	}
	l.cancel()
	<-l.ended
	l.dialog.Close()
	if l.then != nil {
		_ = l.then.Close() // nobody has seen it
		l.then = nil
	}
}

func (s *shell) bindAsOf() {
	s.on(commands.HistoryThen, s.in(func(w *workspace) { w.past.panel.LookBack() }), func() bool {
		return s.work != nil && s.work.past.panel.Shown()
	})
	s.on(commands.HistoryNow, s.backToNow, func() bool { return s.present != nil })
}

// holds says whether a workspace is the one on the screen, or the one that waits while
// the past is.
func (s *shell) holds(w *workspace) bool { return s.work == w || s.present == w }

// live is the workspace in which work is done.
func (s *shell) live() *workspace {
	if s.present != nil {
		return s.present
	}
	return s.work
}

// lookBack shows the project as it was right after a change.
func (s *shell) lookBack(c annotate.PastRow) {
	if s.looking != nil || s.opening {
		return
	}
	const patience = 300 * time.Millisecond // below, a dialog would only flicker
	from, store := s.work, s.live().store
	s.quiet()
	ctx, cancel := context.WithCancel(context.Background())
	l := &lookingBack{cancel: cancel, ended: make(chan struct{}), bar: widgets.NewProgress()}
	l.dialog = lookingDialog(s.win.Canvas(), c, l)
	s.looking = l
	s.later(patience, func() {
		if s.looking == l && s.work == from && !s.covered() {
			l.dialog.Open(nil)
		}
	})
	last := time.Now()
	news := func(done, total int) {
		if now := time.Now(); now.Sub(last) > 50*time.Millisecond {
			last = now
			s.dispatch(func() { l.bar.Set(float64(done) / float64(max(total, 1))) })
		}
	}
	s.aside(func() {
		l.then, l.err = store.AsOf(ctx, c.Position, news)
		close(l.ended)
		s.dispatch(func() { s.lookedBack(l, from) })
	})
}

// lookingDialog tells that it takes a while, and lets it be.
func lookingDialog(c fyne.Canvas, row annotate.PastRow, l *lookingBack) *sheet.Sheet {
	const width float32 = 420
	d := sheet.New(c, widgets.NewPadded(widgets.Even(24, 22), widgets.NewColumn(12,
		sheet.NewTitle("Looking back"),
		widgets.NewParagraph("All changes since "+whenWas(row.Change)+" are taken back in a copy. The project stays as it is.", theme.TextSize, width-48, theme.Dim),
		l.bar,
		widgets.NewRow(10, nil, widgets.NewBorderedButton("Cancel", l.cancel)))))
	d.Room.Width, d.OnCancel = width, l.cancel
	return d
}

// whenWas is the moment of a change, for people.
func whenWas(c annotate.Change) string {
	return c.At().Local().Format("2 January 2006 at 15:04:05")
}

// lookedBack shows what was worked out, unless one is elsewhere by now.
func (s *shell) lookedBack(l *lookingBack, from *workspace) {
	if s.looking != l {
		return // it was given up
	}
	s.looking = nil
	if l.err == nil && s.work == from {
		l.dialog.Close()
		then := l.then
		l.then = nil
		s.enterPast(then)
		return
	}
	l.end()
	if !errors.Is(l.err, context.Canceled) {
		s.tell(l.err)
	}
	s.focusHistory()
}

func (s *shell) focusHistory() {
	if s.work != nil && s.work.past.panel.Shown() {
		s.work.past.panel.Focus()
	}
}

// enterPast shows the project as it was in the place of the present, or of another past.
func (s *shell) enterPast(then annotate.Store) {
	work, err := newWorkspace(s, then)
	if err != nil {
		s.tell(errors.Join(err, then.Close()))
		return
	}
	s.hideNotice()
	if s.present == nil {
		s.present, s.calmThen = s.work, s.calm
		s.present.keepPosition()
	} else {
		s.endWork(s.work)
	}
	s.work = work
	s.win.SetTitle(projectTitle(then.Info().Path) + ", " + whenWas(*work.asOf) + " – Lede")
	s.bindLabels()
	s.show("past", work.object)
	work.beginPast()
	s.probe.say("past", "position", work.asOf.Position)
}

// backToNow goes back to where one was in the present.
func (s *shell) backToNow() {
	if s.present == nil {
		return
	}
	s.looking.end()
	s.looking = nil
	past := s.work
	s.work, s.present = s.present, nil
	s.endWork(past)
	w := s.work
	s.hideNotice()
	s.win.SetTitle(projectTitle(w.store.Info().Path) + " – Lede")
	s.bindLabels()
	s.show("project", w.object)
	if s.calm != s.calmThen {
		w.calm(s.calm)
	}
	w.restore() // what was chosen in the past counts here, too
	s.themeChanged()
	w.poll()
	w.reader.Focus()
	s.probe.say("present")
}

// endWork ends a workspace and closes its project.
func (s *shell) endWork(w *workspace) {
	w.end()
	s.tell(w.store.Close())
}

// beginPast fills the screen with the past: where the change was made that it is about,
// else where one was in the present.
func (w *workspace) beginPast() {
	if w.shell.calm {
		w.calm(true)
	}
	if !w.showPlaceOf(w.asOf.ID) {
		w.openFirst()
	}
	w.articles.Reload()
	w.readEntities()
	w.reader.Banner()
	w.reader.Focus()
}

// showPlaceOf shows where a change was made, if that is in one place.
func (w *workspace) showPlaceOf(change annotate.ID) bool {
	const few = 1000 // records
	ctx := context.Background()
	touches, err := w.store.Touches(ctx, change)
	if err != nil || touches.Total() > few {
		return false
	}
	found, err := w.store.History(ctx, annotate.HistoryQuery{IDs: []annotate.ID{change}})
	if err != nil || len(found) != 1 || found[0].Article == "" {
		return false
	}
	return w.session.LookAt(ctx, found[0]) == nil && w.session.Doc() != nil
}

// pastBanner is the line above all of a project as it was; nil in the present.
func (w *workspace) pastBanner() fyne.CanvasObject {
	if w.asOf == nil {
		return nil
	}
	s := w.shell
	head := widgets.NewLine("The project as it was on "+whenWas(*w.asOf)+" – read only", theme.TextSize, theme.Text)
	head.Face = widgets.SansBold
	after := widgets.NewElastic("After: "+w.asOf.Sentence()+" · "+w.asOf.Actor, theme.SmallSize, theme.Dim)
	export := widgets.NewBorderedButton("Export…", func() { s.table.Run(commands.FileExport) })
	now := widgets.NewPrimaryButton("Back to now", s.backToNow)
	row := widgets.NewFrame(nil, nil, container.NewCenter(widgets.NewIcon(widgets.IconClock, 18, theme.Accent)),
		container.NewCenter(widgets.NewRow(8, export, now)),
		container.NewVBox(widgets.NewPadded(widgets.Pad{Left: 12}, widgets.NewColumn(2, head, after))))
	back := container.NewStack(widgets.NewFill(theme.Tint), widgets.NewPadded(widgets.Pad{Left: 16, Top: 8, Right: 14, Bottom: 8}, row))
	return widgets.NewFrame(nil, widgets.NewHairline(), nil, nil, back)
}
