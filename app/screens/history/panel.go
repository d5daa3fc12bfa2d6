package history

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/app/screens/sheet"
	"lede/app/session"
	"lede/app/theme"
	"lede/app/widgets"
)

// Options is what the panel needs. Every function belongs to the window's goroutine.
type Options struct {
	Session  *session.Session
	Canvas   fyne.Canvas
	Dispatch func(func()) // brings results back to the window's goroutine
	Later    func(time.Duration, func())
	Aside    func(func()) // runs elsewhere
	Now      func() time.Time
	Tell     func(error)
	Focus    func()                              // gives the text the keyboard
	Go       func(annotate.PastRow)              // shows where a change was made
	TakeBack func(c annotate.PastRow, redo bool) // takes a change back, or brings it back
	LookBack func(c annotate.PastRow)            // shows the project as it was right after a change
	Resized  func()                              // the panel came or went
	Listed   func(changes int)                   // for the probe
}

// height is that of the panel.
const height float32 = 284

// Panel is the list of changes.
type Panel struct {
	Object *fyne.Container

	o     Options
	work  sheet.Work
	query annotate.PastQuery
	when  int // of the choices of times
	here  bool
	turn  int // of what was typed and of what was heard: only the last one counts

	positions []int64
	rows      map[int64]annotate.PastRow
	fresh     map[int64]bool // those read since the list was found
	wanted    map[int64]bool // rows in sight that are to be read
	reading   map[int64]bool // those that are being read
	found     int            // how often the list was found
	current   int
	stood     int64 // the position of the change one is at

	search  *widgets.Field
	article *widgets.Chip
	whole   *widgets.Chip
	who     *widgets.Words
	about   *widgets.Words
	since   *widgets.Words
	pickers [3]*widgets.Surface
	list    *widgets.Rows
	empty   *widgets.Words
	words   *widgets.Words
	verb    *widgets.Words
	undo    *widgets.Surface
	then    *widgets.Surface
	foot    *fyne.Container
}

// New makes the panel, closed.
func New(o Options) *Panel {
	p := &Panel{o: o, rows: map[int64]annotate.PastRow{}, fresh: map[int64]bool{}, wanted: map[int64]bool{}}
	p.work.Dispatch = o.Dispatch
	p.build()
	p.Object.Hide()
	return p
}

func (p *Panel) build() {
	chip := func(title string, here bool) *widgets.Chip {
		c := widgets.NewChip(title, func() { p.TurnTo(here) })
		c.Pad = widgets.Even(9, 3)
		return c
	}
	p.article, p.whole = chip("This article", true), chip("Whole project", false)
	for i, made := range []struct {
		words **widgets.Words
		pick  func()
	}{{&p.who, p.pickWho}, {&p.about, p.pickAbout}, {&p.since, p.pickWhen}} {
		*made.words = widgets.NewLine("", 12, theme.Dim)
		p.pickers[i] = widgets.NewDropDown(*made.words, made.pick)
		p.pickers[i].Pad = widgets.Even(6, 3)
	}
	p.search = widgets.NewField("Search the history")
	p.search.OnChanged = func(string) { p.typed() }
	p.search.OnDown = func() { p.Focus() }
	p.search.OnEnter = func() { p.Focus() }
	title := widgets.NewHead("History")
	title.Elastic = false
	head := widgets.NewRow(6, title, widgets.NewSpace(4, 0), p.whole.Surface, p.article.Surface, widgets.NewSpace(4, 0),
		p.pickers[0], p.pickers[1], p.pickers[2], nil,
		widgets.NewAtLeast(fyne.NewSize(220, 0), p.search), widgets.NewIconButton(widgets.IconClose, p.Close))

	p.list = widgets.NewRows(rowHeight)
	p.list.Quiet = true
	p.list.Count = func() int { return len(p.positions) }
	p.list.Make = func() fyne.CanvasObject { return newRow(p) }
	p.list.Fill = func(i int, o fyne.CanvasObject) { o.(*row).show(i) }
	p.list.OnStep, p.list.OnEnter = p.step, func() { p.visit(p.current) }
	p.list.OnTyped = p.typedKey
	p.empty = widgets.NewLine("", theme.TextSize, theme.Dim)

	p.words = widgets.NewElastic("", theme.SmallSize, theme.Dim)
	p.verb = widgets.NewLine("", theme.SmallSize, theme.Accent)
	p.undo = widgets.NewSurface(widgets.NewRow(6, p.verb, widgets.NewKeyCap("Del")), p.takeBack)
	p.undo.Radius, p.undo.Pad = 4, widgets.Even(4, 3)
	then := widgets.NewLine("View the project as it was then", theme.SmallSize, theme.Accent)
	p.then = widgets.NewSurface(widgets.NewRow(6, then, widgets.NewKeyCap("V")), p.LookBack)
	p.then.Radius, p.then.Pad = 4, widgets.Even(4, 3)
	p.foot = widgets.NewStretch(10, 0, p.words, p.then, p.undo)
	body := widgets.NewFrame(
		widgets.NewPadded(widgets.Pad{Left: 16, Top: 6, Right: 8, Bottom: 5}, head),
		widgets.NewFrame(widgets.NewHairline(), nil, nil, nil, widgets.NewPadded(widgets.Pad{Left: 16, Top: 2, Right: 8, Bottom: 3}, p.foot)),
		nil, nil, container.NewStack(p.list, container.NewCenter(p.empty)))
	p.Object = widgets.NewAtLeast(fyne.NewSize(0, height),
		container.NewStack(widgets.NewFill(theme.Panel), widgets.NewFrame(widgets.NewHairline(), nil, nil, nil, body)))
	p.follow()
}

// Shown says whether the panel is open.
func (p *Panel) Shown() bool { return p.Object.Visible() }

// HasFocus says whether the keyboard is in the list.
func (p *Panel) HasFocus() bool { return p.list.HasFocus() }

// Open shows the panel and gives the list the keyboard.
func (p *Panel) Open() {
	if !p.Shown() {
		p.Object.Show()
		p.o.Resized()
		p.find()
	}
	p.Focus()
}

// Focus gives the list the keyboard.
func (p *Panel) Focus() { p.o.Canvas.Focus(p.list) }

// Close takes the panel away.
func (p *Panel) Close() {
	p.work.Stop()
	p.Object.Hide()
	p.o.Resized()
	p.o.Focus()
}

// End gives up what is under way and waits until it has let go of the project.
func (p *Panel) End() {
	p.turn++
	p.work.End()
}

// TurnTo turns to the changes of the open article or of the whole project.
func (p *Panel) TurnTo(here bool) {
	p.here = here
	p.anew()
}

// Here says whether only the changes of the open article are listed.
func (p *Panel) Here() bool { return p.here }

// Changed hears, soon after, that a change is on disk, or that another article is open.
func (p *Panel) Changed(articleOpened bool) {
	const soon = 150 * time.Millisecond
	if !p.Shown() || articleOpened && !p.here {
		return
	}
	p.turn++
	turn := p.turn
	p.o.Later(soon, func() {
		if turn == p.turn && p.Shown() {
			p.find()
		}
	})
}

// typed finds what is looked for once the hands rest.
func (p *Panel) typed() {
	const rest = 200 * time.Millisecond
	p.turn++
	turn := p.turn
	p.o.Later(rest, func() {
		if turn == p.turn && p.Shown() {
			p.current, p.stood = 0, 0
			p.list.Top()
			p.find()
		}
	})
}

// anew lists other changes, from the newest.
func (p *Panel) anew() {
	p.current, p.stood = 0, 0
	p.list.Top()
	p.find()
	p.Focus()
}

// find looks for the changes that are asked for, in the background.
func (p *Panel) find() {
	q := p.ask()
	if p.here && q.Article == "" {
		p.take(nil)
		return
	}
	store := p.o.Session.Store()
	sheet.Start(&p.work, func(ctx context.Context, _ func(sheet.Progress)) ([]int64, error) {
		return store.Past(ctx, q)
	}, func(sheet.Progress) {}, func(found []int64, err error) {
		if err != nil {
			p.o.Tell(err)
			return
		}
		p.take(found)
		if p.o.Listed != nil {
			p.o.Listed(len(found))
		}
	})
}

// take lists changes. One stays at the change where one was, if it is still listed.
func (p *Panel) take(positions []int64) {
	p.positions = positions
	p.found++
	p.fresh, p.wanted, p.reading = map[int64]bool{}, map[int64]bool{}, nil
	if at, ok := place(positions, p.stood); ok && (p.current > 0 || p.list.HasFocus()) {
		p.current = at
	}
	p.current = max(0, min(p.current, len(positions)-1))
	p.stand(p.current)
	p.list.Refresh()
}
