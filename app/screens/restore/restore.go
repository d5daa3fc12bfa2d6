package restore

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/app/backups"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

// Options is what the screen needs.
type Options struct {
	Canvas  fyne.Canvas
	Project string    // its path
	Now     time.Time // in the zone in which times are shown

	List    func(context.Context) ([]backups.Backup, error)
	Look    func(ctx context.Context, path string) (backups.Facts, error)
	Compare func(ctx context.Context, path string, progress func(done, total int)) (d *backups.Difference, unread, err error)

	Restore, Copy func(backups.Backup) // after the screen is gone
	Folder        func(path string)    // shows a folder
	Dispatch      func(func())         // nil = fyne.Do
	OnClose       func()
	Shown         func(backups int) // for the probe: that the differences of the first are there; may be nil
}

const (
	sheetWidth  float32 = 880
	sideWidth   float32 = 276
	sheetHeight float32 = 560
)

// Screen is the screen while it is open.
type Screen struct {
	o       Options
	sheet   *sheet.Sheet
	looking sheet.Work // at what the backups hold
	compare sheet.Work

	all    []backups.Backup
	items  []sheet.Item
	wrong  map[int]string // why a backup cannot be read
	chosen int
	found  *backups.Difference // of the chosen one
	width  float32             // of the right side's content
	list   *sheet.List
	right  *fyne.Container
	bar    *widgets.Progress
}

// Open shows the screen. The list comes a moment later.
func Open(o Options) *Screen {
	s := &Screen{o: o, wrong: map[int]string{}}
	s.looking.Dispatch, s.compare.Dispatch = o.Dispatch, o.Dispatch
	s.sheet = sheet.New(o.Canvas, nil)
	room := sheet.Room(o.Canvas, fyne.NewSize(sheetWidth, sheetHeight))
	s.sheet.Room = room
	s.width = room.Width - sideWidth - 1 - 48
	s.right = container.NewStack()
	s.sheet.OnClose = func() {
		s.looking.Stop()
		s.compare.Stop()
		if o.OnClose != nil {
			o.OnClose()
		}
	}
	s.sheet.Content = s.page(nil, widgets.NewLine("Looking for backups…", theme.TextSize, theme.Dim))
	s.sheet.Open(nil)
	sheet.Start(&s.looking, func(ctx context.Context, _ func(sheet.Progress)) ([]backups.Backup, error) {
		return o.List(ctx)
	}, func(sheet.Progress) {}, s.listed)
	return s
}

// Shown says whether the screen is there.
func (s *Screen) Shown() bool { return s.sheet.Shown() }

// listed shows what there is.
func (s *Screen) listed(all []backups.Backup, err error) {
	s.all = all
	if err != nil || len(all) == 0 {
		words, tone := "There is no backup of this project yet. Lede makes snapshots when a project is opened, every hour in which it was changed and before large changes; “Back up project…” makes one now.", theme.Dim
		if err != nil {
			words, tone = sheet.Sentence(err), theme.Danger
		}
		closing := widgets.NewPrimaryButton("Close", s.sheet.Close)
		s.sheet.OnDone = s.sheet.Close
		s.sheet.Room = fyne.NewSize(460, 0)
		s.sheet.Content = widgets.NewPadded(widgets.Even(24, 22), widgets.NewColumn(12, sheet.NewTitle("Restore from backup"),
			widgets.NewParagraph(words, theme.TextSize, 460-48, tone), widgets.NewRow(10, nil, closing)))
		s.sheet.Fit()
		s.o.Canvas.Focus(closing)
		return
	}
	for _, b := range all {
		s.items = append(s.items, sheet.Item{Title: backups.When(b.At, s.o.Now), Below: capital(why(b))})
	}
	first := max(0, slices.IndexFunc(all, func(b backups.Backup) bool { return b.Why != backups.Living }))
	s.list = sheet.NewList(s.sheet, s.items, first)
	s.list.OnChosen = s.choose
	s.sheet.OnDone = s.restore
	s.sheet.Content = sheet.NewSide(s.list, s.right, sideWidth)
	s.sheet.Fit()
	s.o.Canvas.Focus(s.list.Rows)
	s.choose(first)
	s.look(0)
}

// look finds out, one after the other, what the backups hold.
func (s *Screen) look(i int) {
	if i >= len(s.all) {
		return
	}
	sheet.Start(&s.looking, func(ctx context.Context, _ func(sheet.Progress)) (backups.Facts, error) {
		return s.o.Look(ctx, s.all[i].Path)
	}, func(sheet.Progress) {}, func(f backups.Facts, err error) {
		says := sheet.Count(f.Articles, "article", "articles") + ", " + sheet.Count(f.Spans, "span", "spans")
		if err != nil {
			says, s.wrong[i] = "Damaged", sheet.Sentence(err)
		}
		s.items[i].Title += "  ·  " + says
		s.list.Rows.Refresh()
		s.look(i + 1)
	})
}

// choose shows a backup, and what going back to it would change as soon as that is
// known.
func (s *Screen) choose(i int) {
	s.chosen, s.found = i, nil
	s.bar = widgets.NewProgress()
	s.show(s.waiting())
	path := s.all[i].Path
	type result struct {
		d      *backups.Difference
		unread error
	}
	sheet.Start(&s.compare, func(ctx context.Context, tell func(sheet.Progress)) (result, error) {
		d, unread, err := s.o.Compare(ctx, path, func(done, total int) { tell(sheet.Progress{Done: done, Total: total}) })
		return result{d, unread}, err
	}, func(p sheet.Progress) { s.bar.Set(p.Part()) }, func(r result, err error) {
		if err != nil {
			s.wrong[i] = sheet.Sentence(err)
			s.show(s.damaged(s.wrong[i]))
			return
		}
		s.found = r.d
		s.show(s.difference(r.d, r.unread))
		if s.o.Shown != nil {
			s.o.Shown(len(s.all))
		}
	})
}

// why says why there is a backup. A copy that lives on is known by its name.
func why(b backups.Backup) string {
	if b.Why == backups.Living {
		return b.Why.Sentence() + ": " + filepath.Base(b.Path)
	}
	return b.Why.Sentence()
}

// show puts the chosen backup and what is known of it on the right side.
func (s *Screen) show(body fyne.CanvasObject) {
	b := s.all[s.chosen]
	facts := fmt.Sprintf("%s, %s  ·  %s", b.At.In(s.o.Now.Location()).Format("2 January 2006, 15:04:05"), why(b), backups.Size(b.Size))
	restore := widgets.NewActionButton("Restore…", s.restore)
	restore.Set("Restore…", s.usable())
	open := widgets.NewBorderedButton("Open a copy…", s.copy)
	open.Off = s.wrong[s.chosen] != ""
	where := widgets.NewLink("Show folder", func() { s.o.Folder(filepath.Dir(b.Path)) })
	foot := widgets.NewRow(10, widgets.NewPadded(widgets.Pad{Left: -4}, where), nil, widgets.NewBorderedButton("Cancel", s.sheet.Close), open, restore.Surface)
	s.right.Objects = []fyne.CanvasObject{s.page(foot, widgets.NewFrame(
		widgets.NewPadded(widgets.Pad{Bottom: 12}, widgets.NewColumn(4, sheet.NewTitle("Restore from backup"), widgets.NewElastic(facts, theme.TextSize, theme.Dim))),
		nil, nil, nil, body))}
	s.right.Refresh()
	s.sheet.Fit()
}

// page is content with a foot below it.
func (s *Screen) page(foot, content fyne.CanvasObject) fyne.CanvasObject {
	if foot != nil {
		foot = widgets.NewPadded(widgets.Pad{Top: 12}, foot)
	}
	return widgets.NewPadded(widgets.Even(24, 20), widgets.NewFrame(nil, foot, nil, nil, content))
}

// usable says whether there is something to go back to.
func (s *Screen) usable() bool {
	return s.wrong[s.chosen] == "" && s.found != nil && (!s.found.None() || s.found.Steps != 0)
}

// restore asks and hands the chosen backup on.
func (s *Screen) restore() {
	if !s.usable() {
		return
	}
	b := s.all[s.chosen]
	words := "What the project is now is kept as a snapshot first, so that you can come back to it. What can be undone afterwards is what could be undone then."
	sheet.Ask(s.o.Canvas, "Go back to "+backups.When(b.At, s.o.Now)+"?", words, "Restore", func() {
		s.sheet.Close()
		s.o.Restore(b)
	})
}

func (s *Screen) copy() {
	if s.wrong[s.chosen] != "" {
		return
	}
	s.sheet.Close()
	s.o.Copy(s.all[s.chosen])
}
