package snapshots

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"lede/app/backups"
	"lede/app/screens/sheet"
	"lede/app/settings"
	"lede/app/theme"
	"lede/app/widgets"
)

// Options is what the page needs.
type Options struct {
	Canvas   fyne.Canvas
	Store    *settings.Store
	OnFailed func(error) // a change could not be kept for the next start; may be nil

	Used         func() (bytes int64, snapshots int) // on any goroutine
	ChooseFolder func(from string, chosen func(string))
	ShowFolder   func(path string)
	// Now makes a backup of the open project and calls done with a sentence; Restore
	// opens the screen of that name. nil where no project is open.
	Now     func(done func(says string, err error))
	Restore func()

	Dispatch func(func()) // nil = fyne.Do
	OnClose  func()
}

const width float32 = 560

// Page is the page while it is open.
type Page struct {
	o     Options
	sheet *sheet.Sheet
	work  sheet.Work
	place *widgets.Words
	reset *widgets.Surface
	used  *widgets.Words
	says  *widgets.Words
}

// counts are how many of the newest can stay.
var counts = []int{0, 3, 5, 10, 20, 50}

// Open shows the page.
func Open(o Options) *Page {
	p := &Page{o: o, sheet: sheet.New(o.Canvas, nil)}
	p.work.Dispatch = o.Dispatch
	p.sheet.Room.Width, p.sheet.OnDone = width, p.sheet.Close
	p.sheet.OnClose = func() {
		p.work.Stop()
		if o.OnClose != nil {
			o.OnClose()
		}
	}
	p.place = widgets.NewElastic("", theme.TextSize, theme.Text)
	p.used = widgets.NewElastic("…", theme.TextSize, theme.Text)
	p.says = widgets.NewElastic("", theme.SmallSize, theme.Dim)
	p.reset = widgets.NewLink("Reset", func() { p.setPlace("") })
	keep := p.keep()
	p.sheet.Content = widgets.NewPadded(widgets.Even(24, 20), widgets.NewColumn(7,
		sheet.NewTitle("Backups"), widgets.NewSpace(0, 2),
		widgets.NewParagraph("A project keeps snapshots of itself: when it is opened, every hour in which it was changed, and before imports and other large changes. Each is a whole project.", theme.TextSize, width-48, theme.Dim),
		widgets.NewSpace(0, 4),
		sheet.NewRow("Keep", keep),
		hint("Of the older ones, the last of each of 24 hours, 14 days and 8 weeks stays, too. What you back up by hand stays until you delete it."),
		sheet.NewRow("In the folder", widgets.NewStretch(4, 0, p.place, widgets.NewLink("Choose…", p.choose), p.reset)),
		hint("Another disk is best. Snapshots that were made so far stay where they are."),
		sheet.NewRow("Disk use", widgets.NewStretch(4, 0, p.used, widgets.NewLink("Show folder", func() { o.ShowFolder(o.Store.BackupPlace()) }))),
		p.says, p.foot(),
	))
	p.show()
	p.sheet.Open(keep)
	return p
}

func hint(words string) fyne.CanvasObject { return sheet.NewHint(words, width-48) }

func (p *Page) foot() fyne.CanvasObject {
	now := widgets.NewBorderedButton("Back up now", p.now)
	restore := widgets.NewBorderedButton("Restore…", func() {
		p.sheet.Close()
		p.o.Restore()
	})
	if p.o.Now == nil {
		now.Hide()
	}
	if p.o.Restore == nil {
		restore.Hide()
	}
	return widgets.NewRow(10, now, restore, nil, widgets.NewPrimaryButton("Close", p.sheet.Close))
}

func (p *Page) keep() *sheet.Choice {
	values, now := slices.Clone(counts), p.o.Store.Settings().NewestSnapshots()
	if !slices.Contains(values, now) { // written by hand
		values = append(values, now)
		slices.Sort(values)
	}
	var titles []string
	for _, n := range values {
		titles = append(titles, fmt.Sprintf("the newest %d of each project", n))
	}
	titles[0] = "none: make no snapshots"
	return sheet.NewChoice(p.sheet, titles, slices.Index(values, now), func(i int) {
		p.change(func(s *settings.Settings) {
			s.Snapshots = values[i]
			if values[i] == 0 {
				s.Snapshots = settings.NoSnapshots
			}
		})
	})
}

func (p *Page) change(alter func(*settings.Settings)) {
	if err := p.o.Store.Change(alter); err != nil && p.o.OnFailed != nil {
		p.o.OnFailed(err)
	}
	p.show()
}

func (p *Page) choose() { p.o.ChooseFolder(p.o.Store.BackupPlace(), p.setPlace) }

func (p *Page) setPlace(path string) {
	p.change(func(s *settings.Settings) { s.BackupPlace = path })
}

// show brings the place and the disk use up to date.
func (p *Page) show() {
	p.place.SetText(sheet.Short(p.o.Store.BackupPlace()))
	p.reset.Hidden = p.o.Store.Settings().BackupPlace == ""
	p.reset.Refresh()
	type use struct {
		bytes int64
		n     int
	}
	sheet.Start(&p.work, func(context.Context, func(sheet.Progress)) (use, error) {
		bytes, n := p.o.Used()
		return use{bytes, n}, nil
	}, func(sheet.Progress) {}, func(u use, _ error) {
		says := "nothing yet"
		if u.n > 0 {
			says = backups.Size(u.bytes) + " in " + sheet.Count(u.n, "backup", "backups") + " of all projects"
		}
		p.used.SetText(says)
	})
	if p.sheet.Shown() {
		p.sheet.Fit()
	}
}

// now makes a backup.
func (p *Page) now() {
	p.tell("Backing up…", theme.Dim)
	p.o.Now(func(says string, err error) {
		if !p.sheet.Shown() {
			return
		}
		if err != nil {
			p.tell(sheet.Sentence(err), theme.Danger)
			return
		}
		p.tell(says, theme.Success)
		p.show()
	})
}

func (p *Page) tell(words string, tone theme.Name) {
	p.says.Text, p.says.Color = words, tone
	p.says.Refresh()
}
