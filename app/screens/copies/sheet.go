package copies

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/annotate/duplicates"
	"lede/annotate/edit"
	"lede/app/screens/sheet"
	"lede/app/session"
	"lede/app/theme"
	"lede/app/widgets"
)

// Kept is what was found before, so that opening the sheet again takes no time.
type Kept struct {
	found    *duplicates.Found
	position int64 // of the project
	by       annotate.ID
}

// Options is what the sheet needs.
type Options struct {
	Session  *session.Session
	Canvas   fyne.Canvas
	Dispatch func(func())
	Tell     func(error)
	Go       func(article annotate.ID)              // opens an article, after the sheet is gone
	Deed     func(deed edit.Deed, of []annotate.ID) // does something to articles, after the sheet is gone
	Focus    func()                                 // gives the text the keyboard
	Carried  func(step *session.CarryStep)          // it is made
	Shown    func(words string)                     // for the probe: what the sentence at the foot says
	Kept     *Kept                                  // must not be nil
}

// Sheet is the sheet while it is open.
type Sheet struct {
	o     Options
	sheet *sheet.Sheet
	work  sheet.Work // looking for copies, and writing
	side  sheet.Work // what is shown on the right

	threshold float64
	found     *duplicates.Found
	rows      []at
	current   int
	bases     map[int]int // of clusters, by place: which copy is the base, if not the first
	carrying  bool        // the right side shows spans
	writing   bool
	plan      *plan

	choice *sheet.Choice
	list   *widgets.Rows
	spans  *widgets.Rows
	right  *fyne.Container
	empty  *widgets.Words
	says   *widgets.Words
	bar    *widgets.Progress
	mode   *widgets.Segments
	button *widgets.ActionButton
	mark   *widgets.Surface
	goTo   *widgets.Surface
	base   *widgets.Surface
	foot   *fyne.Container
}

// at is a row of the list: a copy of a cluster, or with copy -1 its head.
type at struct{ cluster, copy int }

const listWidth float32 = 400

// thresholds are offered.
var thresholds = []float64{0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1}

// Open opens the sheet, and looks for copies unless they are known.
func Open(o Options) *Sheet {
	s := &Sheet{o: o, threshold: 0.5, bases: map[int]int{}}
	s.work.Dispatch, s.side.Dispatch = o.Dispatch, o.Dispatch
	if o.Kept.found != nil {
		s.threshold = o.Kept.found.Threshold
	}
	s.sheet = sheet.New(o.Canvas, nil)
	s.sheet.OnDone, s.sheet.OnCancel = s.open, s.cancel
	s.sheet.OnClose = func() {
		s.work.Stop()
		s.side.Stop()
		o.Focus()
	}
	s.build()
	s.sheet.Room = sheet.Room(o.Canvas, fyne.NewSize(1180, 720))
	s.sheet.Open(s.list)
	s.search()
	return s
}

// Shown says whether the sheet is there.
func (s *Sheet) Shown() bool { return s.sheet.Shown() }

// End gives up what is under way and waits until it has let go of the project.
func (s *Sheet) End() {
	s.work.End()
	s.side.End()
}

// Says is the sentence at the foot.
func (s *Sheet) Says() string { return s.says.Text }

func (s *Sheet) build() {
	s.list = widgets.NewRows(lineHeight)
	s.list.Quiet = true
	s.list.Count = func() int { return len(s.rows) }
	s.list.Make = func() fyne.CanvasObject { return newLine(s.list, s.tapped) }
	s.list.Fill = func(i int, o fyne.CanvasObject) { o.(*line).show(i, s.lineOf(i)) }
	s.list.OnStep, s.list.OnEnter = func(by int) { s.visit(s.current + by) }, s.sheet.Done
	s.spans = widgets.NewRows(lineHeight)
	s.spans.Quiet = true
	s.spans.Count = func() int { return s.plan.count() }
	s.spans.Make = func() fyne.CanvasObject { return newLine(s.spans, func(i int, _ bool) { s.tickRow(i) }) }
	s.spans.Fill = func(i int, o fyne.CanvasObject) { o.(*line).show(i, s.spanLine(i)) }
	s.spans.OnStep = func(by int) { s.plan.step(by); s.spans.ScrollTo(s.plan.current); s.spans.Refresh() }
	s.spans.OnSpace, s.spans.OnEnter = func() { s.tickRow(s.plan.current) }, s.sheet.Done
	s.says = widgets.NewElastic("", theme.TextSize, theme.Dim)
	s.empty = widgets.NewLine("", theme.TextSize, theme.Dim)
	s.bar = widgets.NewProgress()
	s.bar.Hide()
	s.right = container.NewStack()
	s.mode = widgets.NewSegments("Differences", "Annotations")
	s.mode.OnChosen = func(i int) {
		s.carrying = i == 1
		s.showRight()
	}
	s.button = widgets.NewActionButton("Carry over", s.carry)
	s.mark = widgets.NewBorderedButton("Mark copies", s.markCopies)
	s.goTo = widgets.NewBorderedButton("Open article", s.open)
	s.base = widgets.NewBorderedButton("Compare with this one", s.setBase)
	var titles []string
	chosen := 0
	for i, t := range thresholds {
		titles = append(titles, fmt.Sprintf("alike by %.0f %%", t*100))
		if t == s.threshold {
			chosen = i
		}
	}
	titles[len(titles)-1] = "the same words"
	s.choice = sheet.NewChoice(s.sheet, titles, chosen, func(i int) {
		s.threshold = thresholds[i]
		s.search()
	})
	s.layout()
	s.offer()
}

func (s *Sheet) layout() {
	top := widgets.NewStretch(12, 0, sheet.NewTitle("Near-duplicates"), s.base, s.mode.Container,
		widgets.NewAtLeast(fyne.NewSize(150, 0), s.choice))
	s.foot = widgets.NewStretch(10, 0, s.says, widgets.NewAtLeast(fyne.NewSize(120, 0), s.bar), s.mark, s.goTo,
		widgets.NewBorderedButton("Close", s.cancel), s.button.Surface)
	left := widgets.NewFrame(nil, nil, nil, widgets.NewHairline(), widgets.NewAtLeast(fyne.NewSize(listWidth, 0), s.list))
	s.sheet.Content = widgets.NewFrame(
		widgets.NewFrame(nil, widgets.NewHairline(), nil, nil, widgets.NewPadded(widgets.Pad{Left: 20, Top: 14, Right: 20, Bottom: 10}, top)),
		widgets.NewFrame(widgets.NewHairline(), nil, nil, nil, widgets.NewPadded(widgets.Pad{Left: 20, Top: 10, Right: 20, Bottom: 12}, s.foot)),
		left, nil, container.NewStack(s.right, container.NewCenter(s.empty)))
}

// say shows a sentence at the foot.
func (s *Sheet) say(words string, tone theme.Name) {
	s.says.Text, s.says.Color = words, tone
	s.says.Refresh()
	if s.o.Shown != nil {
		s.o.Shown(words)
	}
}

// offer brings the buttons up to date.
func (s *Sheet) offer() {
	n := 0
	if s.carrying {
		n = s.plan.made()
	}
	words := "Carry over"
	if n > 0 {
		words = "Carry " + sheet.Count(n, "span", "spans")
	}
	s.button.Set(words, n > 0 && !s.writing)
	s.button.Surface.Hidden = !s.carrying
	cluster, copied := s.here()
	s.goTo.Hidden = copied == nil
	s.base.Hidden = copied == nil || s.baseOf(s.rows[s.current].cluster) == s.rows[s.current].copy
	s.mark.Hidden = s.found == nil || len(s.found.Clusters) == 0
	if cluster == nil {
		s.goTo.Hidden, s.base.Hidden = true, true
	}
	s.foot.Refresh()
	s.sheet.Content.Refresh()
	s.list.Refresh()
}

// here is the cluster and the copy at the chosen row; nil at none, and at a head.
func (s *Sheet) here() (duplicates.Cluster, *duplicates.Copy) {
	if s.found == nil || s.current < 0 || s.current >= len(s.rows) {
		return nil, nil
	}
	row := s.rows[s.current]
	c := s.found.Clusters[row.cluster]
	if row.copy < 0 {
		return c, nil
	}
	return c, &c[row.copy]
}

// baseOf is the place of a cluster's base in it.
func (s *Sheet) baseOf(cluster int) int { return s.bases[cluster] }

// setBase makes the chosen copy the one with which the others are compared.
func (s *Sheet) setBase() {
	row := s.rows[s.current]
	if row.copy < 0 {
		return
	}
	s.bases[row.cluster] = row.copy
	s.o.Canvas.Focus(s.list)
	s.showRight()
}

// cancel ends what is under way, or closes the sheet.
func (s *Sheet) cancel() {
	if s.work.Busy() {
		s.work.Cancel()
		return
	}
	s.sheet.Close()
}

// open opens the chosen article in the window.
func (s *Sheet) open() {
	if s.work.Busy() {
		return
	}
	if _, copied := s.here(); copied != nil {
		s.sheet.Close()
		s.o.Go(copied.Article.ID)
	}
}

// markCopies keeps in each copy of which article it is one.
func (s *Sheet) markCopies() {
	if s.work.Busy() || s.found == nil {
		return
	}
	found, store := s.found, s.o.Session.Store()
	s.sheet.Close()
	deed, ids, err := found.Mark(ctx(), store)
	if err != nil {
		s.o.Tell(err)
		return
	}
	s.o.Deed(deed, ids)
}
