package warnings

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/annotate/rules"
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
	Tell     func(error)
	Focus    func()                                                   // gives the text the keyboard
	Go       func(article annotate.ID, w rules.Warning, words string) // shows the place of a warning
	Resized  func()                                                   // the panel came or went
	Listed   func(warnings int)                                       // for the probe
}

// height is that of the panel.
const height float32 = 236

// Panel is the list of warnings below the text.
type Panel struct {
	Object *fyne.Container

	o    Options
	work sheet.Work
	turn int // of the searches: only the last one is shown

	here    []found // the open article, if there is one
	all     []found // the project's articles with warnings, in project order
	checked map[annotate.ID]bool
	whose   annotate.ID // whose work the list of the project is about
	beyond  int         // warnings that are counted and not listed
	stale   bool        // the project was changed since it was checked
	stopped bool        // not all of it was checked

	project  bool
	byRule   bool
	accepted bool
	rule     string // "" = all

	rows          []line
	current       int
	stood         listed // what is there
	visits        int    // only the last one counts
	counts        map[string]int
	acceptedCount int
	total         int
	inArticles    int
	progress      string

	article *widgets.Chip
	whole   *widgets.Chip
	group   *widgets.Chip
	taken   *widgets.Chip
	filter  *widgets.Words
	choose  *widgets.Surface
	list    *widgets.Rows
	empty   *widgets.Words
	words   *widgets.Words
	bar     *widgets.Progress
	stop    *widgets.Surface
	again   *widgets.Surface
	accept  *widgets.Surface
	verb    *widgets.Words
	head    *fyne.Container
	foot    *fyne.Container
}

// New makes the panel, closed.
func New(o Options) *Panel {
	p := &Panel{o: o, checked: map[annotate.ID]bool{}}
	p.work.Dispatch = o.Dispatch
	p.build()
	p.Object.Hide()
	return p
}

func (p *Panel) build() {
	chip := func(title string, do func()) *widgets.Chip {
		c := widgets.NewChip(title, do)
		c.Pad = widgets.Even(9, 3)
		return c
	}
	p.article = chip("This article", func() { p.TurnTo(false) })
	p.whole = chip("Whole project", func() { p.TurnTo(true) })
	p.group = chip("By rule", func() { p.byRule = !p.byRule; p.anew() })
	p.taken = chip("Accepted", func() { p.accepted = !p.accepted; p.anew() })
	p.filter = widgets.NewLine("", 12, theme.Dim)
	p.choose = widgets.NewDropDown(p.filter, p.pickRule)
	p.choose.Pad = widgets.Even(6, 3)
	title := widgets.NewHead("Warnings")
	title.Elastic = false
	p.head = widgets.NewRow(6, title, widgets.NewSpace(4, 0), p.article.Surface, p.whole.Surface, widgets.NewSpace(4, 0),
		p.choose, p.group.Surface, p.taken.Surface, nil, widgets.NewIconButton(widgets.IconClose, p.Close))

	p.list = widgets.NewRows(rowHeight)
	p.list.Quiet = true
	p.list.Count = func() int { return len(p.rows) }
	p.list.Make = func() fyne.CanvasObject { return newRow(p) }
	p.list.Fill = func(i int, o fyne.CanvasObject) { o.(*row).show(i) }
	p.list.OnStep, p.list.OnEnter, p.list.OnSpace = p.step, p.enter, p.Accept
	p.empty = widgets.NewLine("", theme.TextSize, theme.Dim)

	p.words = widgets.NewElastic("", theme.SmallSize, theme.Dim)
	p.bar = widgets.NewProgress()
	p.stop = widgets.NewLink("Stop", p.work.Cancel)
	p.again = widgets.NewLink("Look again", p.search)
	p.verb = widgets.NewLine("", theme.SmallSize, theme.Accent)
	p.accept = widgets.NewSurface(widgets.NewRow(6, p.verb, widgets.NewKeyCap("Space")), p.Accept)
	p.accept.Radius, p.accept.Pad = 4, widgets.Even(4, 3)
	p.foot = widgets.NewStretch(10, 0, p.words, widgets.NewAtLeast(fyne.NewSize(90, 0), p.bar), p.stop, p.again, p.accept)

	body := widgets.NewFrame(
		widgets.NewPadded(widgets.Pad{Left: 16, Top: 6, Right: 8, Bottom: 5}, p.head),
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
		p.put()
		p.rebuild()
		p.o.Resized()
		p.listed()
	}
	p.Focus()
}

// Focus gives the list the keyboard.
func (p *Panel) Focus() { p.o.Canvas.Focus(p.list) }

// Close takes the panel away.
func (p *Panel) Close() {
	p.stopped = p.stopped || p.work.Busy()
	p.work.Stop()
	p.progress = ""
	p.Object.Hide()
	p.o.Resized()
	p.o.Focus()
}

// End gives up what is under way and waits until it has let go of the project.
func (p *Panel) End() { p.work.End() }

// Changed hears that the warnings of the open article are others, or that another
// article is open.
func (p *Panel) Changed() {
	if !p.Shown() {
		return
	}
	p.put()
	p.rebuild()
	p.listed()
}

// Stale hears that more than the open article was changed.
func (p *Panel) Stale() {
	if len(p.checked) > 0 && !p.stale {
		p.stale = true
		p.follow()
	}
}

// TurnTo turns to the warnings of the article or of the whole project.
func (p *Panel) TurnTo(project bool) {
	p.project = project
	if project && (len(p.checked) == 0 || p.stale || p.stopped || p.whose != p.o.Session.Shown().ID) && !p.work.Busy() {
		p.search()
	}
	p.put()
	p.anew()
	p.listed()
}

// anew shows the list from its top, after other things are listed.
func (p *Panel) anew() {
	p.current, p.stood = 0, listed{}
	p.list.Top()
	p.rebuild()
	p.Focus()
}

// Project says whether the list is that of the whole project.
func (p *Panel) Project() bool { return p.project }

func (p *Panel) pickRule() {
	item := func(title, rule string) *fyne.MenuItem {
		i := fyne.NewMenuItem(title, func() {
			p.rule = rule
			p.anew()
		})
		i.Checked = p.rule == rule
		return i
	}
	menu := fyne.NewMenu("", item("All rules", ""))
	for _, k := range kinds {
		if n := p.counts[k.Name]; n > 0 {
			menu.Items = append(menu.Items, item(k.Title+"   "+sheet.Number(n), k.Name))
		}
	}
	widgets.ShowMenuAbove(menu, p.o.Canvas, p.choose)
}

// follow brings everything around the list up to date.
func (p *Panel) follow() {
	p.article.Set("This article", !p.project)
	p.whole.Set("Whole project", p.project)
	p.group.Set("By rule", p.byRule)
	p.taken.Set("Accepted", p.accepted)
	show(p.taken.Surface, p.acceptedCount > 0 || p.accepted)
	p.filter.Text = "All rules"
	if kind, ok := rules.KindOf(p.rule); ok {
		p.filter.Text = kind.Title
	}
	p.words.Text = p.says()
	busy := p.project && p.work.Busy()
	if busy && p.progress != "" {
		p.words.Text = p.progress + " · " + p.words.Text
	}
	show(p.bar, busy)
	show(p.stop, busy)
	show(p.again, p.project && (p.stale || p.stopped) && !busy)
	e, ok := p.at(p.current)
	show(p.accept, ok && p.o.Session.ReadOnly() == "")
	p.verb.Text = "Not a problem here"
	if e.Accepted {
		p.verb.Text = "Warn again"
	}
	p.empty.Text = p.nothing(busy)
	for _, o := range []fyne.CanvasObject{p.filter, p.choose, p.words, p.verb, p.empty, p.head, p.foot, p.list} {
		o.Refresh()
	}
}

// nothing is what stands in a list without warnings.
func (p *Panel) nothing(busy bool) string {
	switch {
	case len(p.rows) > 0:
		return ""
	case busy:
		return "Checking the project…"
	case p.project && p.stopped && len(p.checked) == 0:
		return "Nothing was checked yet."
	case p.project:
		return "Nothing to warn about in this project."
	case p.o.Session.Doc() == nil:
		return "No article is open."
	default:
		return "Nothing to warn about in this article."
	}
}

func show(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}

func (p *Panel) listed() {
	if p.o.Listed != nil && !(p.project && p.work.Busy()) {
		p.o.Listed(p.total)
	}
}

// step goes through the list with the keys, and shows the place once they rest.
func (p *Panel) step(by int) {
	const rest = 120 * time.Millisecond
	to := max(0, min(p.current+by, len(p.rows)-1))
	if _, ok := p.at(to); !ok { // past heads
		side := 1
		if by < 0 {
			side = -1
		}
		if to = p.next(to, side); to < len(p.rows) && to >= 0 && p.rows[to].head != "" {
			to = p.next(to, -side)
		}
	}
	if !p.stand(to) {
		return
	}
	visit := p.visits
	p.o.Later(rest, func() {
		if e, ok := p.at(p.current); ok && visit == p.visits && p.Shown() && p.HasFocus() {
			p.o.Go(e.article, e.Warning, "")
			p.Focus()
		}
	})
}

// stand makes a row the present one; it is false if it has no warning.
func (p *Panel) stand(row int) bool {
	if _, ok := p.at(row); !ok {
		return false
	}
	p.visits++
	p.current = row
	p.stood, _ = p.at(row)
	p.list.ScrollTo(row)
	p.follow()
	return true
}

// enter goes to the place of the present row, and gives the text the keyboard.
func (p *Panel) enter() { p.visit(p.current) }

func (p *Panel) visit(row int) {
	if p.stand(row) {
		e, _ := p.at(row)
		p.o.Go(e.article, e.Warning, p.place())
	}
}

// place says which of how many the present row is.
func (p *Panel) place() string {
	n, before := 0, 0
	for i, l := range p.rows {
		if l.head == "" {
			n++
			if i <= p.current {
				before++
			}
		}
	}
	return sheet.Number(before) + " of " + sheet.Number(n)
}

// Step goes to the place of the next or previous warning of the list; it is false at
// the end.
func (p *Panel) Step(back bool) bool {
	by := 1
	if back {
		by = -1
	}
	to := p.next(p.current, by)
	if to == p.current {
		return false
	}
	p.visit(to)
	return true
}

// Accept says that the warning one is at is no problem in its place, or takes that
// back.
func (p *Panel) Accept() {
	e, ok := p.at(p.current)
	if !ok {
		return
	}
	focused := p.HasFocus()
	if doc := p.o.Session.Doc(); doc == nil || doc.Article.ID != e.article {
		p.o.Go(e.article, e.Warning, "") // the session changes the open article only
	}
	p.o.Tell(p.o.Session.Accept(e.Warning, !e.Accepted))
	if focused {
		p.Focus()
	}
}

// Says is the sentence at the foot.
func (p *Panel) Says() string { return p.words.Text }

// List is the list, for those who type into it.
func (p *Panel) List() *widgets.Rows { return p.list }
