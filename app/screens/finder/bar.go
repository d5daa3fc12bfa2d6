package finder

import (
	"context"
	"errors"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate/find"
	"lede/annotate/text"
	"lede/app/screens/sheet"
	"lede/app/session"
	"lede/app/theme"
	"lede/app/widgets"
)

// BarOptions is what the bar needs. Every function belongs to the window's
// goroutine.
type BarOptions struct {
	Session  *session.Session
	Canvas   fyne.Canvas
	Dispatch func(func())                // brings results back to the window's goroutine
	Mods     func() fyne.KeyModifier     // keys that are held now
	Hint     func(command string) string // the key of a command, "" for none

	Caret    func() int         // code point before which the caret of the text stands
	Show     func([]text.Range) // paints the places found, and that one is at none of them
	Here     func(text.Range)   // paints the place one is at; empty for none
	Reveal   func(text.Range)   // scrolls to a place
	Resized  func()             // the bar came or went
	Focus    func()             // gives the text the keyboard
	LabelAll func(q find.Query) // opens the sheet for what is looked for
	Counted  func(words string) // what the bar says, for the probe
}

// The commands of the bar, by the names of the command table.
const (
	cmdNext, cmdPrevious = "find.next", "find.previous"
	cmdWord, cmdCase     = "find.word", "find.case"
	cmdRegexp            = "find.regexp"
)

// Bar is the line above the article that finds words in it.
type Bar struct {
	Object *fyne.Container
	o      BarOptions

	field    *widgets.Field
	count    *widgets.Words
	says     *widgets.Words
	word     *widgets.Chip
	exact    *widgets.Chip
	regexp   *widgets.Chip
	label    *widgets.Surface
	controls []fyne.Focusable

	query   find.Query
	hits    find.Hits
	here    int // the place one is at, -1 for none
	from    int // code point from which typing looks on
	moving  bool
	message string
	tone    theme.Name
	work    sheet.Work
}

// keep is how many places can be walked and painted; all are counted.
const keep = 200_000

// atOnce is up to how many bytes a text is searched without leaving the window's
// goroutine: less than a frame takes.
const atOnce = 64 << 10

// exprAtOnce is that for a regular expression, which may look at the rest of a line
// from each of its characters.
const exprAtOnce = 4 << 10

// NewBar makes the bar, which does not show yet.
func NewBar(o BarOptions) *Bar {
	b := &Bar{o: o, here: -1}
	b.work.Dispatch = o.Dispatch
	b.field = widgets.NewField("Find in this article")
	b.field.OnChanged = func(string) { b.typed() }
	b.field.OnEnter = func() { b.Step(o.Mods()&fyne.KeyModifierShift != 0) }
	b.field.OnDown = func() { b.Step(false) }
	b.count = widgets.NewLine("", theme.TextSize, theme.Dim)
	b.says = widgets.NewElastic("", theme.TextSize, theme.Dim)
	b.word = b.toggle("Word", "Whole words only", cmdWord, b.ToggleWord)
	b.exact = b.toggle("Aa", "Upper and lower case differ", cmdCase, b.ToggleCase)
	b.regexp = b.toggle(".*", "Regular expression", cmdRegexp, b.ToggleRegexp)
	up := b.button(widgets.IconChevronUp, "Previous place", cmdPrevious, func() { b.Step(true) })
	down := b.button(widgets.IconChevronDown, "Next place", cmdNext, func() { b.Step(false) })
	b.label = widgets.NewLink("Label all…", func() { o.LabelAll(b.query) })
	b.label.OnHover = b.hover("Label every place", "")
	gone := b.button(widgets.IconClose, "Close", "", b.Close)
	b.controls = []fyne.Focusable{b.field, down, up, b.word.Surface, b.exact.Surface, b.regexp.Surface, b.label, gone}
	for _, c := range []*widgets.Chip{b.word, b.exact, b.regexp} {
		c.Pad = widgets.Even(8, 4)
	}
	row := container.New(fit{6, 6, []fyne.CanvasObject{b.label, up, down}},
		b.field, down, up,
		widgets.NewRow(4, b.word.Surface, b.exact.Surface, b.regexp.Surface), widgets.NewAtLeast(fyne.NewSize(4, 0), container.NewWithoutLayout()),
		b.count, b.says, b.label, gone)
	inside := widgets.NewPadded(widgets.Pad{Left: 20, Top: 6, Right: 10, Bottom: 6}, row)
	b.Object = widgets.NewFrame(nil, widgets.NewHairline(), nil, nil, inside)
	b.Object.Hide()
	return b
}

func (b *Bar) toggle(title, says, command string, do func()) *widgets.Chip {
	c := widgets.NewChip(title, func() {
		do()
		if !widgets.ByKey {
			b.o.Canvas.Focus(b.field)
		}
	})
	c.OnHover = b.hover(says, command)
	return c
}

func (b *Bar) button(icon widgets.IconName, says, command string, do func()) *widgets.Surface {
	s := widgets.NewIconButton(icon, do)
	s.OnHover = b.hover(says, command)
	return s
}

// hover shows what a control does, and its key, while the pointer is over it.
func (b *Bar) hover(says, command string) func(bool) {
	return func(on bool) {
		if !on {
			b.write(b.message, b.tone)
			return
		}
		words := says
		if key := b.o.Hint(command); key != "" {
			words += " (" + key + ")"
		}
		b.write(words, theme.Dim)
	}
}

// Says is what the bar says now: the count, and a message behind it.
func (b *Bar) Says() string {
	if b.message == "" {
		return b.count.Text
	}
	return b.count.Text + " " + b.message
}

// Shown says whether the bar is there.
func (b *Bar) Shown() bool { return b.Object.Visible() }

// HasFocus says whether the keyboard is in the bar.
func (b *Bar) HasFocus() bool {
	return b.Shown() && slices.Contains(b.controls, b.o.Canvas.Focused())
}

// Open shows the bar with the keyboard in it. A selection of one paragraph is what
// is looked for then; else it is what was looked for last.
func (b *Bar) Open() {
	const most = 200 // code points: a longer selection is no phrase to look for
	doc := b.o.Session.Doc()
	if doc == nil {
		return
	}
	at := b.o.Session.Selection()
	b.from = b.place()
	fresh := b.appear()
	phrase := doc.Text.Slice(at)
	if !at.Empty() && at.Len() <= most && doc.Text.Paragraph(at.Start).End >= at.End && phrase != b.query.Text {
		if b.query.Regexp {
			b.query.Regexp = false
			b.refreshToggles()
		}
		b.query.Text = phrase
		b.field.Put(phrase)
		fresh = true
	}
	b.o.Canvas.Focus(b.field)
	b.field.TypedShortcut(&fyne.ShortcutSelectAll{})
	if fresh {
		b.search(false)
	}
}

// appear makes the bar show and says whether it did not before.
func (b *Bar) appear() bool {
	if b.Shown() {
		return false
	}
	b.Object.Show()
	b.o.Resized()
	return true
}

// Close takes the bar and what it painted away. The keyboard is in the text then,
// and what was selected stays so.
func (b *Bar) Close() {
	if !b.Shown() {
		return
	}
	b.work.Stop()
	b.hits, b.here = find.Hits{}, -1
	b.o.Show(nil)
	b.Object.Hide()
	b.o.Resized()
	b.o.Focus()
}

// End gives up what is under way.
func (b *Bar) End() { b.work.Stop() }

// ToggleWord, ToggleCase and ToggleRegexp change how is looked for.
func (b *Bar) ToggleWord() { b.alter(func(q *find.Query) { q.Word = !q.Word }) }

// ToggleCase changes whether upper and lower case differ.
func (b *Bar) ToggleCase() { b.alter(func(q *find.Query) { q.Case = !q.Case }) }

// ToggleRegexp changes whether a regular expression is looked for.
func (b *Bar) ToggleRegexp() { b.alter(func(q *find.Query) { q.Regexp = !q.Regexp }) }

func (b *Bar) alter(change func(*find.Query)) {
	change(&b.query)
	b.refreshToggles()
	b.search(true)
}

func (b *Bar) refreshToggles() {
	b.word.Set("Word", b.query.Word)
	b.exact.Set("Aa", b.query.Case)
	b.regexp.Set(".*", b.query.Regexp)
}

func (b *Bar) typed() {
	if b.field.Text != b.query.Text {
		b.query.Text = b.field.Text
		b.search(true)
	}
}

// Opened hears that another article is open: the places are those in it.
func (b *Bar) Opened() {
	b.work.Stop()
	b.hits, b.here, b.from = find.Hits{}, -1, 0
	if b.Shown() {
		b.search(false)
	}
}

// search finds anew. go says whether to go to the first place from where one was.
func (b *Bar) search(move bool) {
	b.work.Stop()
	doc := b.o.Session.Doc()
	if doc == nil {
		b.found(find.Hits{}, false)
		return
	}
	m, err := find.Compile(b.query)
	var bad *find.BadPattern
	if errors.As(err, &bad) {
		b.hits, b.here = find.Hits{}, -1
		b.o.Show(nil)
		b.tell("", bad.Reason, theme.Danger)
		return
	}
	if n := doc.Text.Bytes(); n <= exprAtOnce || n <= atOnce && !b.query.Regexp {
		hits, _ := m.Find(context.Background(), doc.Text, keep)
		b.found(hits, move)
		return
	}
	b.tell("…", "", theme.Dim)
	sheet.Start(&b.work, func(ctx context.Context, _ func(sheet.Progress)) (find.Hits, error) {
		return m.Find(ctx, doc.Text, keep)
	}, func(sheet.Progress) {}, func(hits find.Hits, err error) {
		if err == nil {
			b.found(hits, move)
		}
	})
}

func (b *Bar) found(hits find.Hits, move bool) {
	b.hits, b.here = hits, -1
	b.o.Show(hits.At)
	if move && len(hits.At) > 0 {
		i, _ := slices.BinarySearchFunc(hits.At, b.from, func(r text.Range, at int) int { return r.Start - at })
		b.jump(i % len(hits.At))
	} else {
		b.Selection()
	}
	b.recount("")
}

// Step goes to the next place, or the one before, and around the ends.
func (b *Bar) Step(back bool) {
	doc := b.o.Session.Doc()
	if doc == nil {
		return
	}
	if b.query.Text == "" {
		b.Open()
		return
	}
	if b.appear() {
		b.search(false)
	}
	n := len(b.hits.At)
	if n == 0 {
		return
	}
	at := b.o.Session.Selection()
	first := b.place()
	if !at.Empty() && !back && b.here >= 0 {
		first++
	}
	i, _ := slices.BinarySearchFunc(b.hits.At, first, func(r text.Range, at int) int { return r.Start - at })
	said := ""
	switch {
	case back && i == 0:
		i, said = n-1, "Went on from the end"
	case back:
		i--
	case i == n:
		i, said = 0, "Went on from the start"
	}
	if said != "" && b.hits.Count > n {
		said += " of the first " + sheet.Number(n)
	}
	b.jump(i)
	b.from = b.hits.At[i].Start
	b.recount(said)
}

// place is where looking goes on: the start of the selection, or the caret.
func (b *Bar) place() int {
	if at := b.o.Session.Selection(); !at.Empty() {
		return at.Start
	}
	return b.o.Caret()
}

// jump selects a place: it can be labelled at once.
func (b *Bar) jump(i int) {
	at := b.hits.At[i]
	b.here, b.moving = i, true
	b.o.Session.Select(at)
	b.moving = false
	b.o.Here(at)
	b.o.Reveal(at)
}

// Selection hears that something else is selected: if it is a place, that is where
// one is.
func (b *Bar) Selection() {
	if b.moving || !b.Shown() {
		return
	}
	at := b.o.Session.Selection()
	i, ok := slices.BinarySearchFunc(b.hits.At, at.Start, func(r text.Range, start int) int { return r.Start - start })
	if !ok || b.hits.At[i] != at {
		i = -1
	}
	if !at.Empty() {
		b.from = at.Start
	}
	if i != b.here {
		b.here = i
		b.o.Here(b.at())
		b.recount("")
	}
}

func (b *Bar) at() text.Range {
	if b.here < 0 {
		return text.Range{}
	}
	return b.hits.At[b.here]
}

// recount says how many places there are, and which one is the present one.
func (b *Bar) recount(said string) {
	words := ""
	switch {
	case b.query.Text == "":
	case b.hits.Count == 0:
		words = "Not found"
	case b.here >= 0:
		words = sheet.Number(b.here+1) + " of " + sheet.Number(b.hits.Count)
	default:
		words = sheet.Number(b.hits.Count) + " found"
	}
	b.tell(words, said, theme.Dim)
}

// tell shows the count and a message beside it.
func (b *Bar) tell(count, message string, tone theme.Name) {
	b.message, b.tone = message, tone
	if b.count.Text != count {
		b.count.SetText(count)
	}
	b.write(message, tone)
	b.label.SetOff(b.hits.Count == 0)
	b.Object.Refresh()
	if b.o.Counted != nil && count != "…" {
		b.o.Counted(b.Says())
	}
}

func (b *Bar) write(words string, tone theme.Name) {
	b.says.Color = tone
	b.says.Text = words
	b.says.Refresh()
}
