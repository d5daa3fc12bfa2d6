package sheet

import (
	"slices"
	"sort"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"github.com/sahilm/fuzzy"

	"lede/app/theme"
	"lede/app/widgets"
)

// Found is a line of a Finder: a title, a key on the right, and the mark of a
// label before it, if it is one.
type Found struct {
	Title string
	Key   string
	Mark  *widgets.Mark
	Dot   *widgets.State // before the title, where there is no mark: how far an article is
	Off   bool           // shown dim and after all others; it cannot be chosen
}

// Finder is a light sheet in which one of many things is found by typing a part
// of its title, words that begin with it first; where no title holds it, its
// letters in their order.
type Finder struct {
	Sheet *Sheet
	Field *finderField

	items []Found
	pick  func(int)
	none  string
	rows  *widgets.Rows
	found []fuzzy.Match
	at    int // the chosen row
	width float32
	most  int // rows in sight

	ask     func(*Finder, string) // finds elsewhere; Show tells what
	waiting bool                  // for Show
	entered bool                  // Enter was pressed meanwhile
}

// finderRow is the height of a line of a Finder.
const finderRow float32 = 32

// FinderOptions is what a Finder needs.
type FinderOptions struct {
	Canvas fyne.Canvas
	Items  []Found
	Hint   string         // in the empty field
	None   string         // where nothing is found
	Width  float32        // of the panel
	Rows   int            // in sight, at most
	ByKey  bool           // the key of a line picks it while nothing is typed
	At     *fyne.Position // the panel's corner; nil = the upper middle
	Pick   func(int)      // called after the finder is gone
	// Search finds the items for what was typed, instead of looking among Items; it
	// answers by Finder.Show, at once or later, on the main goroutine.
	Search func(f *Finder, typed string)
	Gone   func() // after it is gone without a choice; may be nil
}

// Find shows a finder.
func Find(o FinderOptions) *Finder {
	f := &Finder{items: o.Items, pick: o.Pick, none: o.None, ask: o.Search, Field: &finderField{}}
	f.Field.ExtendBaseWidget(f.Field)
	f.Field.PlaceHolder = o.Hint
	f.Field.OnChanged, f.Field.OnEnter, f.Field.step = f.search, f.run, f.step
	f.Field.page = max(1, o.Rows-1)
	if o.ByKey {
		f.Field.pick = f.pickKey
	}
	f.rows = widgets.NewRows(finderRow)
	f.rows.Count = func() int { return max(1, len(f.found)) }
	f.rows.Make = func() fyne.CanvasObject { return newFinderLine(f) }
	f.rows.Fill = func(i int, line fyne.CanvasObject) { line.(*finderLine).show(i) }
	f.Sheet = New(o.Canvas, container.NewBorder(
		widgets.NewPadded(widgets.Pad{Left: 10, Top: 10, Right: 10, Bottom: 8}, f.Field), widgets.NewSpace(0, 8), nil, nil, f.rows))
	f.width, f.most = o.Width, o.Rows
	f.Sheet.At = o.At
	if o.At == nil {
		f.Sheet.At = &fyne.Position{X: (o.Canvas.Size().Width - o.Width) / 2, Y: 9 * theme.Unit}
	}
	f.Sheet.Light, f.Sheet.OnDone = true, f.run
	f.Sheet.OnCancel = func() {
		f.Sheet.Close()
		if o.Gone != nil {
			o.Gone()
		}
	}
	f.search("")
	f.Sheet.Open(f.Field)
	return f
}

// Found lists the numbers of the items that are shown, in order.
func (f *Finder) Found() []int {
	var shown []int
	for _, m := range f.found {
		shown = append(shown, m.Index)
	}
	return shown
}

type found []Found

func (l found) String(i int) string { return l[i].Title }
func (l found) Len() int            { return len(l) }

func (f *Finder) search(typed string) {
	if f.ask != nil {
		f.waiting = true
		f.fit()
		f.ask(f, typed)
		return
	}
	f.found, f.at = nil, 0
	if typed == "" {
		for i := range f.items {
			f.found = append(f.found, fuzzy.Match{Index: i})
		}
	} else {
		f.found = f.matches(typed)
	}
	slices.SortStableFunc(f.found, func(a, b fuzzy.Match) int { return f.off(a) - f.off(b) })
	f.fit()
}

// Show shows what a Search found, best first. Enter that was pressed before it
// came chooses the first of it.
func (f *Finder) Show(items []Found) {
	f.items, f.found, f.at, f.waiting = items, nil, 0, false
	for i := range items {
		f.found = append(f.found, fuzzy.Match{Index: i})
	}
	f.fit()
	if f.entered {
		f.entered = false
		f.run()
	}
}

// fit shows what was found in a panel as high as that, so that no more of the
// window is covered.
func (f *Finder) fit() {
	height := f.Field.MinSize().Height + 34 + float32(max(1, min(f.most, len(f.found))))*finderRow
	if f.waiting && f.Sheet.Room.Height > 0 { // no panel that shrinks and grows while one types
		f.rows.Refresh()
		return
	}
	f.Sheet.Room = fyne.NewSize(f.width, height)
	f.rows.Top()
	f.rows.Refresh()
	f.Sheet.Fit()
}

func (f *Finder) off(m fuzzy.Match) int {
	if f.items[m.Index].Off {
		return 1
	}
	return 0
}

// matches are the titles for what was typed. Those that have only its letters,
// scattered, are none where a title holds it as it is.
func (f *Finder) matches(typed string) []fuzzy.Match {
	matches := fuzzy.FindFrom(typed, found(f.items))
	sort.Stable(matches)
	rank := func(m fuzzy.Match) int { return closeness(f.items[m.Index].Title, typed) }
	slices.SortStableFunc(matches, func(a, b fuzzy.Match) int { return rank(a) - rank(b) })
	if len(matches) > 0 && rank(matches[0]) < scattered {
		matches = slices.DeleteFunc(matches, func(m fuzzy.Match) bool { return rank(m) == scattered })
	}
	return matches
}

// scattered is the closeness of a title that does not hold what was typed.
const scattered = 3

// closeness says how well a title holds what was typed, 0 best: at its beginning,
// at that of a word, within a word.
func closeness(title, typed string) int {
	title, typed = strings.ToLower(title), strings.ToLower(strings.TrimSpace(typed))
	switch {
	case strings.HasPrefix(title, typed):
		return 0
	case strings.Contains(title, " "+typed):
		return 1
	case strings.Contains(title, typed):
		return 2
	}
	return scattered
}

// step goes to another line: by one around the ends, by more up to them.
func (f *Finder) step(by int) {
	n := len(f.found)
	if n == 0 {
		return
	}
	if by == 1 || by == -1 {
		f.at = (f.at + by + n) % n
	} else {
		f.at = max(0, min(f.at+by, n-1))
	}
	f.rows.ScrollTo(f.at)
	f.rows.Refresh()
}

func (f *Finder) run() {
	if f.entered = f.waiting; !f.waiting {
		f.choose(f.at)
	}
}

func (f *Finder) choose(row int) {
	if row < 0 || row >= len(f.found) {
		return
	}
	i := f.found[row].Index
	if f.items[i].Off {
		return
	}
	f.Sheet.Close()
	f.pick(i)
}

// pickKey picks the item with a key.
func (f *Finder) pickKey(key string) bool {
	i := slices.IndexFunc(f.items, func(item Found) bool { return item.Key == key && !item.Off })
	if i < 0 || key == "" {
		return false
	}
	f.Sheet.Close()
	f.pick(i)
	return true
}

// finderField is a text field whose arrow keys go through the lines below it.
type finderField struct {
	widgets.Field
	step func(int)
	page int
	pick func(key string) bool // nil: keys only type
	last fyne.KeyName
}

// TypedRune is for Fyne. It is the last that is heard of a press: what has the
// keyboard then does not get a part of it. The digit row counts by its keys, which
// type other characters on some layouts.
func (e *finderField) TypedRune(r rune) {
	if e.pick != nil && e.Text == "" && (e.pick(string(r)) || e.pick(string(e.last))) {
		return
	}
	e.Field.TypedRune(r)
}

// TypedKey is for Fyne.
func (e *finderField) TypedKey(k *fyne.KeyEvent) {
	e.last = k.Name
	switch k.Name {
	case fyne.KeyDown:
		e.step(1)
	case fyne.KeyUp:
		e.step(-1)
	case fyne.KeyPageDown:
		e.step(e.page)
	case fyne.KeyPageUp:
		e.step(-e.page)
	default:
		e.Field.TypedKey(k)
	}
}

// AcceptsTab keeps Tab: there is nowhere else to go.
func (e *finderField) AcceptsTab() bool { return true }
