package tidy

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

// Options is what the sheet needs.
type Options struct {
	Canvas   fyne.Canvas
	Dispatch func(func()) // nil = fyne.Do
	Later    func(time.Duration, func())
	OnClose  func()

	Title string
	Days  int    // that are kept, to begin with; 0 = nothing is asked
	Also  string // a choice, which shows where Said says so; "" for none
	Verb  string // on the button
	// Look says what Do would do, off the window's goroutine.
	Look func(ctx context.Context, days int) (Said, error)
	// Do does it, off the window's goroutine, and says what came of it.
	Do   func(ctx context.Context, days int, also bool, news func(phase string, done, total int)) (string, error)
	Done func() // something was done, whole or not
}

// Said is what would be done.
type Said struct {
	Gone string // sentences: what goes
	Kept string // what stays, and what else there is to know
	None bool   // there is nothing to do; Gone says so
	Also bool   // there is something to choose
}

// Dialog is the sheet while it is open.
type Dialog struct {
	o     Options
	sheet *sheet.Sheet
	work  sheet.Work
	turn  int // of what was typed: only the last counts
	said  Said
	ready bool // said is what stands in the field
	doing bool
	on    bool // the choice

	days       *widgets.Field
	gone, kept *widgets.Words
	wrong      *widgets.Words
	verb       *widgets.Surface
	also       fyne.CanvasObject
}

const (
	width float32 = 540
	inner         = width - 2*24
	most          = 36500 // days: a hundred years
)

// Open shows the sheet.
func Open(o Options) *Dialog {
	d := &Dialog{o: o, sheet: sheet.New(o.Canvas, nil)}
	d.work.Dispatch = o.Dispatch
	d.sheet.Room.Width = width
	d.sheet.OnCancel, d.sheet.OnDone = d.cancel, d.toVerb
	d.sheet.OnClose = func() {
		d.work.Stop()
		o.OnClose()
	}
	d.gone, d.kept, d.wrong = widgets.NewBody("Looking …", inner, theme.Text), widgets.NewBody("", inner, theme.Dim), widgets.NewBody("", inner, theme.Danger)
	cancel := widgets.NewBorderedButton("Cancel", d.sheet.Close)
	d.verb = widgets.NewPrimaryButton(o.Verb, d.start)
	column := []fyne.CanvasObject{sheet.NewTitle(o.Title)}
	var first fyne.Focusable = cancel
	if o.Days > 0 {
		d.days = widgets.NewField("")
		d.days.Put(strconv.Itoa(o.Days))
		d.days.OnChanged, d.days.OnEnter = func(string) { d.typed() }, d.toVerb
		column = append(column, widgets.NewRow(8, widgets.NewLine("Keep the changes of the last", theme.TextSize, theme.Text),
			widgets.NewAtLeast(fyne.NewSize(72, 0), d.days), widgets.NewLine("days, and give up all before", theme.TextSize, theme.Text)))
		first = d.days
	}
	column = append(column, d.gone, d.kept)
	if o.Also != "" {
		also := widgets.NewCheck(o.Also, false, func(on bool) { d.on = on })
		d.also = widgets.NewRow(0, widgets.NewPadded(widgets.Pad{Left: -also.Pad.Left}, also.Surface), nil)
		d.also.Hide()
		column = append(column, d.also)
	}
	column = append(column, d.wrong, widgets.NewRow(10, nil, cancel, d.verb))
	for _, empty := range []fyne.CanvasObject{d.kept, d.wrong, d.verb} {
		empty.Hide()
	}
	d.put(widgets.NewColumn(12, column...))
	d.sheet.Open(first)
	if d.days != nil {
		d.days.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
	d.look()
	return d
}

// Shown says whether the sheet is there; Ready whether it says what would be done.
func (d *Dialog) Shown() bool { return d.sheet.Shown() }
func (d *Dialog) Ready() bool { return d.ready }

// Says is what the sheet says.
func (d *Dialog) Says() string { return d.gone.Text + "\n" + d.kept.Text + "\n" + d.wrong.Text }

func (d *Dialog) put(content fyne.CanvasObject) {
	d.sheet.Content = widgets.NewPadded(widgets.Even(24, 22), content)
	d.sheet.Fit()
}

// cancel ends the work that is under way, or else the sheet.
func (d *Dialog) cancel() {
	if d.doing {
		d.work.Cancel()
		return
	}
	d.sheet.Close()
}

// toVerb goes from what was typed to the button: what cannot be undone is not done by
// an Enter that came before it was said what it is.
func (d *Dialog) toVerb() {
	if d.ready && !d.said.None {
		d.sheet.Canvas().Focus(d.verb)
	}
}

// typed looks again once the hands rest.
func (d *Dialog) typed() {
	const rest = 250 * time.Millisecond
	d.turn++
	d.ready = false
	d.verb.Hide()
	d.gone.Color = theme.Dim // it is about what stood in the field before
	d.gone.Refresh()
	turn := d.turn
	d.o.Later(rest, func() {
		if turn == d.turn && d.Shown() && !d.doing {
			d.look()
		}
	})
}

// asked is how many days are kept; false if what stands there is no such number.
func (d *Dialog) asked() (int, bool) {
	if d.days == nil {
		return 0, true
	}
	n, err := strconv.Atoi(strings.TrimSpace(d.days.Text))
	return n, err == nil && n >= 0 && n <= most
}

func (d *Dialog) look() {
	days, ok := d.asked()
	if !ok {
		d.say(Said{Gone: "How many days are kept is a whole number, like 90.", None: true}, nil)
		return
	}
	sheet.Start(&d.work, func(ctx context.Context, _ func(sheet.Progress)) (Said, error) {
		return d.o.Look(ctx, days)
	}, func(sheet.Progress) {}, d.say)
}

func (d *Dialog) say(s Said, err error) {
	d.said, d.ready = s, err == nil
	d.wrong.SetText("")
	if err != nil {
		d.wrong.SetText(sheet.Sentence(err))
	}
	d.gone.Color = theme.Text
	d.gone.SetText(s.Gone)
	d.gone.Refresh()
	d.kept.SetText(s.Kept)
	shown := map[fyne.CanvasObject]bool{d.kept: s.Kept != "", d.wrong: err != nil, d.verb: err == nil && !s.None}
	if d.also != nil {
		shown[d.also] = s.Also
	}
	for o, on := range shown {
		if o.Hide(); on {
			o.Show()
		}
	}
	d.sheet.Fit()
}

// start does it.
func (d *Dialog) start() {
	days, ok := d.asked()
	if d.doing || !d.ready || d.said.None || !ok {
		return
	}
	d.doing = true
	phase := widgets.NewElastic("Beginning …", theme.TextSize, theme.Dim)
	bar := widgets.NewProgress()
	cancel := widgets.NewBorderedButton("Cancel", d.work.Cancel)
	d.put(widgets.NewColumn(12, sheet.NewTitle(d.o.Title), phase, bar, widgets.NewSpace(0, 2), widgets.NewRow(10, nil, cancel)))
	d.sheet.Canvas().Focus(cancel)
	sheet.Start(&d.work, func(ctx context.Context, tell func(sheet.Progress)) (string, error) {
		return d.o.Do(ctx, days, d.on, func(name string, done, total int) { tell(sheet.Progress{Phase: name, Done: done, Total: total}) })
	}, func(p sheet.Progress) {
		bar.Set(p.Part())
		phase.SetText(p.Phase)
	}, d.ended)
}

// ended says what came of it.
func (d *Dialog) ended(result string, err error) {
	d.doing = false
	d.o.Done()
	d.gone, d.kept, d.wrong = widgets.NewBody(result, inner, theme.Text), widgets.NewBody("", inner, theme.Dim), widgets.NewBody("", inner, theme.Danger)
	title := d.o.Title
	switch {
	case errors.Is(err, context.Canceled):
		title = "Cancelled"
		if result == "" {
			d.gone.Text = "Nothing was changed."
		}
	case err != nil:
		d.wrong.Text = sheet.Sentence(err)
	}
	lines := []fyne.CanvasObject{sheet.NewTitle(title)}
	for _, w := range []*widgets.Words{d.gone, d.wrong} {
		if w.Text != "" {
			lines = append(lines, w)
		}
	}
	closing := widgets.NewPrimaryButton("Close", d.sheet.Close)
	d.put(widgets.NewColumn(12, append(lines, widgets.NewRow(10, nil, closing))...))
	d.sheet.OnDone = d.sheet.Close
	d.sheet.Canvas().Focus(closing)
}
