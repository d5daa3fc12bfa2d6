package articles

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/annotate/filter"
	"lede/app/session"
	"lede/app/theme"
	"lede/app/widgets"
)

// Width is the width of the panel.
const Width float32 = 264

const rowHeight float32 = 60

const anyStatus = "status ▾"

// Options is what the panel needs.
type Options struct {
	Session   *session.Session
	Canvas    fyne.Canvas
	SearchKey string // the shortcut that leads to the search field, as people see it
	ImportKey string
	Open      func(annotate.ID)
	Menu      func(annotate.ID, fyne.Position)   // the menu of an article; nil = none
	Bulk      func([]annotate.ID, fyne.Position) // the menu of several
	Import    func()
	Saved     Saved
	Done      func() // the person is finished here: back to the text
	Tell      func(error)
	Unlisted  func(error)                 // tells that not even the beginning of the list could be read
	Later     func(time.Duration, func()) // calls on the main goroutine
	Dispatch  func(func())                // the same, at once
	Aside     func(func())                // calls elsewhere
}

// Panel is the article list with its search field, filters and footer.
type Panel struct {
	Object fyne.CanvasObject

	o       Options
	search  *widgets.Field
	help    *help
	saved   *widgets.Surface // opens the saved filters
	notDone *widgets.Chip
	flagged *widgets.Chip
	source  *widgets.Chip
	more    *widgets.Chip
	chips   *fyne.Container
	opened  int     // counts openings
	reveal  bool    // the open article is to be brought into sight
	hunted  int     // the turn in which its row was looked for
	lines   float32 // the height that the chips take
	order   *widgets.Chip
	rows    *widgets.Rows
	empty   *fyne.Container
	none    *fyne.Container
	nothing *widgets.Words // of none: what it says
	footer  *widgets.Words
	bar     *widgets.Progress

	selected selection
	loader
	all   annotate.ArticleCount // without any filter
	stale bool                  // all is behind what the session knows
	typed int                   // keystrokes of the search: only the last one counts

	putting  bool            // the panel itself writes into the search field
	facets   annotate.Facets // what there is to ask for
	known    bool            // facets are those of the articles as they are
	outdated int             // counts changes of what there is to ask for
}

// New makes the panel.
func New(o Options) *Panel {
	p := &Panel{o: o}
	search, shown := widgets.NewSearch("Search articles…", o.SearchKey)
	p.search = search
	p.saved = widgets.NewIconButton(widgets.IconPin, p.ShowSaved)
	p.makeSearch()
	p.notDone = widgets.NewChip("not done", p.toggleNotDone)
	p.flagged = widgets.NewChip("flagged", p.toggleFlagged)
	p.source = widgets.NewChip("source ▾", func() { p.pickSource(p.source.Surface) })
	p.more = widgets.NewChip(anyStatus, func() { p.pickStatus(p.more.Surface) })
	p.order = widgets.NewChip("order ▾", func() { p.pickOrder(p.order.Surface) })
	p.rows = p.makeRows()
	p.makeSelection()
	p.empty = p.makeEmpty()
	p.none = p.makeNone()
	p.footer = widgets.NewElastic("", theme.SmallSize, theme.Dim)
	p.bar = widgets.NewProgress()
	for _, c := range []*widgets.Chip{p.notDone, p.flagged, p.source, p.more, p.order} {
		c.Pad.Left, c.Pad.Right = 5, 5
	}
	p.chips = widgets.NewWrap(4, Width-20, p.notDone.Surface, p.flagged.Surface, p.source.Surface, p.more.Surface)
	head := widgets.NewPadded(widgets.Pad{Left: 10, Top: 12, Right: 10, Bottom: 9}, widgets.NewColumn(11, widgets.NewStretch(4, 0, widgets.NewAtLeast(fyne.NewSize(0, 34), shown), p.saved), p.help.object, p.chips))
	// Below the rows: above them it would move them from under the pointer.
	foot := widgets.NewPadded(widgets.Pad{Left: 14, Top: 9, Right: 10, Bottom: 10}, widgets.NewColumn(8, p.selected.bar, widgets.NewStretch(8, 0, p.footer, p.order.Surface), p.bar))
	p.Object = container.NewStack(widgets.NewFill(theme.Panel), widgets.NewFrame(
		widgets.NewFrame(nil, widgets.NewHairline(), nil, nil, head),
		widgets.NewFrame(widgets.NewHairline(), nil, nil, nil, foot),
		nil, nil,
		container.NewStack(p.rows, p.empty, p.none),
	))
	return p
}

func (p *Panel) makeRows() *widgets.Rows {
	rows := widgets.NewRows(rowHeight)
	rows.Count = p.o.Session.List().Len
	made := map[fyne.CanvasObject]*row{}
	rows.Make = func() fyne.CanvasObject {
		r := newRow()
		made[r.object] = r
		return r.object
	}
	rows.Fill = func(i int, o fyne.CanvasObject) { p.fillRow(i, made[o]) }
	rows.OnStep = p.step
	rows.OnTyped = p.selectKey
	rows.OnEnter = func() { p.o.Done() }
	return rows
}

func (p *Panel) makeEmpty() *fyne.Container {
	hint := "No articles yet. Drop files here"
	if p.o.ImportKey != "" {
		hint += ", or press " + p.o.ImportKey
	}
	text := widgets.NewParagraph(hint+" to choose them.", theme.TextSize, Width-48, theme.Dim)
	button := widgets.NewBorderedButton("Import articles…", p.o.Import)
	return widgets.NewPadded(widgets.Even(24, 24), widgets.NewColumn(14, text, widgets.NewRow(0, button)))
}

func (p *Panel) makeNone() *fyne.Container {
	p.nothing = widgets.NewParagraph("", theme.TextSize, Width-48, theme.Dim)
	all := widgets.NewLink("Clear the filter", p.ClearFilter)
	return widgets.NewPadded(widgets.Even(24, 24), widgets.NewColumn(8, p.nothing, widgets.NewRow(0, all)))
}

// Changed takes in a change: statuses and numbers of spans.
func (p *Panel) Changed(c annotate.Change) {
	for _, op := range c.Ops {
		p.stale = p.stale || op.Kind == annotate.KindSet
		if op.Kind == annotate.KindArticle || op.Kind == annotate.KindArticleState || op.Kind == annotate.KindImport {
			p.known = false
			p.outdated++
		}
	}
	if list := p.o.Session.List(); p.stale && !list.Filtered() && list.Current() {
		p.stale = false
		p.all = list.Count()
	}
	p.Refresh()
}

// Saved says that everything is on disk: a good moment to count.
func (p *Panel) Saved() {
	if p.stale {
		p.stale = false
		p.Reload()
	}
}

// Opened brings the open article into sight.
func (p *Panel) Opened() {
	p.opened++
	p.reveal, p.hunted = true, 0
	p.follow()
	p.Refresh()
}

// current is the row of the open article, if it is on a page that was read.
func (p *Panel) current() (int, bool) {
	doc := p.o.Session.Doc()
	if doc == nil {
		return -1, false
	}
	at := p.o.Session.List().Index(doc.Article.ID)
	return at, at >= 0
}

// Refresh shows the list as it is now.
func (p *Panel) Refresh() {
	list := p.o.Session.List()
	p.refreshChips()
	p.refreshOrder()
	p.chips.Refresh()
	if h := p.chips.MinSize().Height; h != p.lines {
		p.lines = h
		p.Object.Refresh()
	}
	done := p.all.Status[annotate.Done]
	p.footer.SetText(p.foot())
	if p.all.Total > 0 {
		p.bar.Set(float64(done+p.all.Status[annotate.Skipped]) / float64(p.all.Total))
	} else {
		p.bar.Set(0)
	}
	show(p.rows, list.Len() > 0)
	if list.Current() { // else what was read is of another filter, and says nothing of this one
		show(p.empty, list.Len() == 0 && !list.Filtered() && p.loaded)
		show(p.none, list.Len() == 0 && list.Filtered() && p.loaded)
	}
	p.nothing.SetText("No article passes the filter.")
	if f := list.Passing(); f != nil && f == filter.Top(f, annotate.FilterIn) && f.Values[0].Text == "bin" {
		p.nothing.SetText("The bin is empty.")
	}
	p.rows.Refresh()
}

// foot is how far the work is, in as many words as there is room for. How many articles
// have which status is in the menu of the statuses, too.
func (p *Panel) foot() string {
	list, all := p.o.Session.List(), p.all
	if all.Total == 0 {
		return ""
	}
	of := fmt.Sprintf("%s of %s", number(all.Status[annotate.Done]), number(all.Total))
	skipped, flagged := "", ""
	if n := all.Status[annotate.Skipped]; n > 0 {
		skipped = fmt.Sprintf(" · %s skipped", number(n))
	}
	if all.Flagged > 0 {
		flagged = fmt.Sprintf(" · %s flagged", number(all.Flagged))
	}
	words := []string{of + " done" + skipped + flagged, of + " done" + flagged, of + " done", of}
	if list.Filtered() && list.Current() {
		found := number(list.Len())
		words = []string{
			found + " found · " + words[0], found + " found · " + words[2],
			fmt.Sprintf("%s of %s found", found, number(all.Total)), found + " found",
		}
	}
	room := Width - 14 - 10 - 8 - p.order.MinSize().Width
	for _, w := range words {
		if widgets.NewLine(w, theme.SmallSize, theme.Dim).MinSize().Width <= room {
			return w
		}
	}
	return words[len(words)-1]
}

// StatusName is a status as people say it.
func StatusName(s annotate.Status) string { return strings.ReplaceAll(string(s), "_", " ") }

func show(o fyne.CanvasObject, on bool) {
	if on != o.Visible() {
		if on {
			o.Show()
		} else {
			o.Hide()
		}
	}
}

func (p *Panel) step(steps int) {
	list := p.o.Session.List()
	i, ok := p.current()
	if doc := p.o.Session.Doc(); !ok && doc != nil && -list.Len() < steps && steps < list.Len() {
		p.stepAside(steps < 0)
		return
	}
	i = max(0, min(i+steps, list.Len()-1))
	row, ok, err := list.Row(context.Background(), i)
	if err != nil {
		p.o.Tell(err)
	}
	if ok {
		p.o.Open(row.Article.ID)
		p.rows.ScrollTo(i)
	}
}

// stepAside goes to the next article of the list (the previous one with back) from one that
// is not on the pages that were read, or not of the list.
func (p *Panel) stepAside(back bool) {
	next, err := p.o.Session.Beside(context.Background(), back)
	switch {
	case errors.Is(err, annotate.ErrNotFound): // the open article is in the bin
		p.rows.OnStep(-math.MaxInt32)
	case err != nil:
		p.o.Tell(err)
	case next != "":
		p.o.Open(next)
	}
}

// FocusSearch puts the keyboard into the search field.
func (p *Panel) FocusSearch() {
	p.focus(p.search)
	p.search.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// FocusList puts the keyboard into the list, or, if nothing is listed, into the
// search field.
func (p *Panel) FocusList() {
	if p.rows.Visible() {
		p.focus(p.rows)
	} else {
		p.focus(p.search)
	}
}

// HasFocus says whether the keyboard is in the list, the search field or a chip.
func (p *Panel) HasFocus() bool {
	switch f := p.o.Canvas.Focused(); f {
	case p.rows, p.search, p.saved, p.notDone.Surface, p.flagged.Surface, p.source.Surface, p.more.Surface, p.order.Surface:
		return true
	default:
		return false
	}
}

func (p *Panel) focus(o fyne.Focusable) { p.o.Canvas.Focus(o) }

// number is a count with a comma between thousands.
func number(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
