package finder

import (
	"errors"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/annotate/find"
	"lede/annotate/text"
	"lede/app/screens/reader"
	"lede/app/screens/sheet"
	"lede/app/session"
	"lede/app/theme"
	"lede/app/widgets"
)

// AllOptions is what the sheet needs.
type AllOptions struct {
	Session  *session.Session
	Canvas   fyne.Canvas
	Dispatch func(func())
	Later    func(time.Duration, func())
	Tell     func(error)
	Go       func(article annotate.ID, at text.Range) // shows a place behind the sheet
	Focus    func()                                   // gives the text the keyboard
	Listed   func(places, ticked int)                 // for the probe
	Done     func(spans int)                          // that many were made

	Query  find.Query
	Like   annotate.Span // whose label, attributes and entity the places get; the label may be ""
	Except text.Range    // of the open article: a span that is there already
}

// All is the sheet that labels every occurrence of what is looked for.
type All struct {
	o     AllOptions
	sheet *sheet.Sheet
	work  sheet.Work
	home  annotate.ID // the article from which it was opened

	query   find.Query
	project bool
	copies  bool
	labels  []annotate.Label
	writing bool

	found   find.Found
	ticks   []bool
	ticked  int
	rows    []int // places; ^i is the head of article i
	current int
	turn    int // of going to places: only the last one counts

	field  *widgets.Field
	word   *widgets.Chip
	exact  *widgets.Chip
	regexp *widgets.Chip
	here   *widgets.Chip
	whole  *widgets.Chip
	label  *sheet.Choice
	list   *widgets.Rows
	says   *widgets.Words
	empty  *widgets.Words
	bar    *widgets.Progress
	button *widgets.ActionButton
	foot   *fyne.Container
}

// most is how many places are listed; all are counted.
const most = 100_000

// OpenAll opens the sheet over the lower part of the window.
func OpenAll(o AllOptions) *All {
	a := &All{o: o, query: o.Query, copies: true, home: o.Session.Doc().Article.ID}
	a.labels = o.Session.Schema().Labels
	a.work.Dispatch = o.Dispatch
	a.sheet = sheet.New(o.Canvas, nil)
	a.sheet.Clear, a.sheet.OnDone, a.sheet.OnCancel = true, a.apply, a.cancel
	a.sheet.OnClose = func() {
		a.work.Stop()
		o.Focus()
	}
	a.build()
	size := o.Canvas.Size()
	a.sheet.Room = fyne.NewSize(min(980, size.Width-4*theme.Unit), min(440, size.Height*0.56))
	a.sheet.At = &fyne.Position{X: (size.Width - a.sheet.Room.Width) / 2, Y: size.Height - a.sheet.Room.Height - 40}
	a.sheet.Open(a.list)
	a.search()
	return a
}

// Shown says whether the sheet is there.
func (a *All) Shown() bool { return a.sheet.Shown() }

// End gives up what is under way and waits until it has let go of the project.
func (a *All) End() { a.work.End() }

// Says is the sentence at the foot.
func (a *All) Says() string { return a.says.Text }

func (a *All) build() {
	a.field = widgets.NewField("Words to label")
	a.field.Put(a.query.Text)
	a.field.OnChanged = func(words string) {
		if words != a.query.Text {
			a.query.Text = words
			a.search()
		}
	}
	a.field.OnEnter = a.apply
	a.field.OnDown = func() { a.o.Canvas.Focus(a.list) }
	chip := func(title string, do func()) *widgets.Chip {
		c := widgets.NewChip(title, func() { do(); a.chips(); a.search() })
		c.Pad = widgets.Even(9, 4)
		return c
	}
	a.word = chip("Whole words", func() { a.query.Word = !a.query.Word })
	a.exact = chip("Match case", func() { a.query.Case = !a.query.Case })
	a.regexp = chip("Expression", func() { a.query.Regexp = !a.query.Regexp })
	a.here = chip("This article", func() { a.project = false })
	a.whole = chip("Whole project", func() { a.project = true })
	a.list = widgets.NewRows(rowHeight)
	a.list.Quiet = true
	a.list.Count = func() int { return len(a.rows) }
	a.list.Make = func() fyne.CanvasObject { return newRow(a) }
	a.list.Fill = func(i int, o fyne.CanvasObject) { o.(*row).show(i) }
	a.list.OnStep, a.list.OnEnter = a.step, a.sheet.Done
	a.list.OnSpace = func() { a.toggle(a.current) }
	a.says = widgets.NewElastic("", theme.TextSize, theme.Dim)
	a.empty = widgets.NewLine("", theme.TextSize, theme.Dim)
	a.bar = widgets.NewProgress()
	a.bar.Hide()
	a.button = widgets.NewActionButton("Label", a.apply)
	a.chips()
	a.sheet.Content = a.layout()
}

func (a *All) layout() fyne.CanvasObject {
	var titles []string
	chosen := 0
	for i, l := range a.labels {
		titles = append(titles, reader.LabelTitle(l))
		if l.ID == a.o.Like.Label {
			chosen = i
		}
	}
	a.label = sheet.NewChoice(a.sheet, titles, chosen, func(int) { a.reset() })
	top := widgets.NewStretch(8, 0, sheet.NewTitle("Label all like this"),
		widgets.NewRow(4, a.here.Surface, a.whole.Surface))
	look := widgets.NewStretch(8, 0, a.field, widgets.NewRow(4, a.word.Surface, a.exact.Surface, a.regexp.Surface))
	as := []fyne.CanvasObject{
		widgets.NewLine("Label as", theme.TextSize, theme.Dim), widgets.NewAtLeast(fyne.NewSize(180, 0), a.label),
	}
	if len(a.o.Like.Attributes) > 0 || a.o.Like.Entity != "" {
		as = append(as, widgets.NewCheck("with the attributes of the span", true, func(on bool) { a.copies = on }).Surface)
	}
	as = append(as, nil, widgets.NewLink("Tick all", func() { a.tickAll(true) }), widgets.NewLink("Tick none", func() { a.tickAll(false) }))
	head := widgets.NewColumn(8, top, look, widgets.NewRow(8, as...))
	a.foot = widgets.NewStretch(12, 0, a.says, widgets.NewAtLeast(fyne.NewSize(120, 0), a.bar),
		widgets.NewBorderedButton("Cancel", a.cancel), a.button.Surface)
	return widgets.NewFrame(
		widgets.NewFrame(nil, widgets.NewHairline(), nil, nil, widgets.NewPadded(widgets.Pad{Left: 20, Top: 14, Right: 20, Bottom: 10}, head)),
		widgets.NewFrame(widgets.NewHairline(), nil, nil, nil, widgets.NewPadded(widgets.Pad{Left: 20, Top: 10, Right: 20, Bottom: 12}, a.foot)),
		nil, nil, container.NewStack(a.list, container.NewCenter(a.empty)))
}

func (a *All) chips() {
	a.word.Set("Whole words", a.query.Word)
	a.exact.Set("Match case", a.query.Case)
	a.regexp.Set("Expression", a.query.Regexp)
	a.here.Set("This article", !a.project)
	a.whole.Set("Whole project", a.project)
}

func (a *All) chosen() annotate.Label {
	if i := a.label.Chosen(); i >= 0 && i < len(a.labels) {
		return a.labels[i]
	}
	return annotate.Label{}
}

// say shows a sentence at the foot.
func (a *All) say(words string, tone theme.Name) {
	a.says.Text, a.says.Color = words, tone
	a.says.Refresh()
}

// offer brings the button and the sentence up to date.
func (a *All) offer() {
	label := reader.LabelTitle(a.chosen())
	a.button.Set("Label "+sheet.Number(a.ticked)+" as "+label, a.ticked > 0 && !a.writing)
	a.foot.Refresh()
	a.list.Refresh()
	if a.o.Listed != nil && !a.work.Busy() {
		a.o.Listed(len(a.found.Places), a.ticked)
	}
}

// fault says what is wrong with the expression, "" for nothing.
func fault(err error) string {
	var bad *find.BadPattern
	if errors.As(err, &bad) {
		return bad.Reason
	}
	return ""
}
