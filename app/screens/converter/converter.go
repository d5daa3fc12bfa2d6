package converter

import (
	"context"
	"errors"
	"fmt"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/app/screens/reader"
	"lede/app/screens/sheet"
	"lede/app/session"
	"lede/app/theme"
	"lede/app/widgets"
)

// Options is what the dialog needs.
type Options struct {
	Session  *session.Session
	Canvas   fyne.Canvas
	Dispatch func(func())
	Tell     func(error)
	Done     func(words string) // what was done, in a sentence
	Closed   func()
}

// scope is which spans are meant.
type scope int

const (
	chosen scope = iota
	article
	project
)

// Dialog is the dialog while it is open.
type Dialog struct {
	o      Options
	sheet  *sheet.Sheet
	work   sheet.Work
	scopes []scope
	labels []annotate.Label
	ids    []annotate.ID // chosen when it was opened

	which, from, to *sheet.Choice
	count           *widgets.Words
	button          *widgets.ActionButton
	cancel          *widgets.Surface
	n               int  // spans that are meant, -1 while they are counted
	writing         bool // it is too late to cancel
}

const width float32 = 480

// Open shows the dialog.
func Open(o Options) *Dialog {
	s := o.Session
	d := &Dialog{o: o, labels: s.Schema().Labels, ids: s.ChosenAll()}
	d.work.Dispatch = o.Dispatch
	d.sheet = sheet.New(o.Canvas, nil)
	from := s.LastLabel()
	if span, ok := s.Doc().Span(s.Chosen()); ok {
		from = span.Label
	}
	var titles []string
	at := 0
	for i, l := range d.labels {
		titles = append(titles, reader.LabelTitle(l))
		if l.ID == from {
			at = i
		}
	}
	if len(d.ids) > 0 {
		d.scopes = append(d.scopes, chosen)
	}
	d.scopes = append(d.scopes, article, project)
	d.from = sheet.NewChoice(d.sheet, titles, at, func(int) { d.again() })
	d.to = sheet.NewChoice(d.sheet, titles, (at+1)%max(1, len(titles)), func(int) { d.again() })
	d.which = sheet.NewChoice(d.sheet, d.scopeTitles(), 0, func(int) { d.again() })
	d.count = widgets.NewElastic("", theme.TextSize, theme.Dim)
	d.button = widgets.NewActionButton("Convert", d.convert)
	d.cancel = widgets.NewBorderedButton("Cancel", d.close)
	d.sheet.Content = widgets.NewPadded(widgets.Even(24, 22), widgets.NewColumn(12,
		sheet.NewTitle("Convert labels"),
		sheet.NewRow("Which spans", d.which),
		sheet.NewRow("From", d.from),
		sheet.NewRow("To", d.to),
		widgets.NewSpace(0, 1),
		d.count,
		widgets.NewRow(10, nil, d.cancel, d.button),
	))
	d.sheet.Room.Width, d.sheet.OnDone, d.sheet.OnCancel, d.sheet.OnClose = width, d.convert, d.close, o.Closed
	d.again()
	d.sheet.Open(d.to)
	return d
}

func (d *Dialog) scopeTitles() []string {
	var titles []string
	for _, s := range d.scopes {
		switch {
		case s == chosen && len(d.ids) == 1:
			titles = append(titles, "The chosen span")
		case s == chosen:
			titles = append(titles, fmt.Sprintf("The %d chosen spans", len(d.ids)))
		case s == article:
			titles = append(titles, "All with this label in this article")
		default:
			titles = append(titles, "All with this label in the project")
		}
	}
	return titles
}

func (d *Dialog) scope() scope { return d.scopes[d.which.Chosen()] }
func (d *Dialog) label(c *sheet.Choice) annotate.Label {
	if i := c.Chosen(); i >= 0 && i < len(d.labels) {
		return d.labels[i]
	}
	return annotate.Label{}
}

// again counts what is meant now.
func (d *Dialog) again() {
	d.work.Stop()
	s := d.o.Session
	from := d.label(d.from).ID
	switch d.scope() {
	case chosen:
		d.counted(len(d.ids), 0)
	case article:
		d.counted(len(s.Labelled(from)), 0)
	default:
		d.n = -1
		d.say("Counting…")
		d.ready()
		c := s.Conversion(from, "")
		sheet.Start(&d.work,
			func(ctx context.Context, tell func(sheet.Progress)) (*session.Conversion, error) {
				return c, c.Read(ctx, func(n int) { tell(sheet.Progress{Done: n}) })
			},
			func(p sheet.Progress) { d.say("Counting… " + sheet.Count(p.Done, "article", "articles") + " read") },
			func(c *session.Conversion, err error) {
				if err != nil {
					d.say(sheet.Sentence(err))
					return
				}
				d.counted(c.Spans, c.Articles)
			})
	}
}

func (d *Dialog) counted(n, articles int) {
	d.n = n
	switch {
	case n == 0:
		d.say("No span of yours has this label there.")
	case articles > 0:
		d.say(sheet.Count(n, "span", "spans") + " of yours in " + sheet.Count(articles, "article", "articles") + ". One step: Undo takes it back.")
	default:
		d.say(sheet.Count(n, "span", "spans") + ". One step: Undo takes it back.")
	}
	d.ready()
}

func (d *Dialog) say(words string) {
	d.count.SetText(words)
	d.sheet.Refresh()
}

// ready says whether there is something to convert.
func (d *Dialog) ready() {
	same := d.scope() != chosen && d.from.Chosen() == d.to.Chosen()
	d.from.Off = d.scope() == chosen
	d.from.Refresh()
	title := "Convert"
	if d.n > 0 && !same {
		title = "Convert " + sheet.Count(d.n, "span", "spans")
	}
	if same && d.n > 0 {
		d.say("Choose another label to convert to.")
	}
	d.button.Set(title, d.n > 0 && !same)
	d.sheet.Refresh()
}

func (d *Dialog) convert() {
	if d.button.Off || d.writing {
		return
	}
	s, from, to := d.o.Session, d.label(d.from), d.label(d.to)
	ids := d.ids
	switch d.scope() {
	case chosen:
	case article:
		ids = s.Labelled(from.ID)
	case project:
		d.convertProject(from.ID, to.ID)
		return
	}
	already, err := s.Convert(ids, to.ID)
	d.sheet.Close()
	d.o.Tell(err)
	if err == nil {
		d.done(len(ids)-already, already, to)
	}
}

// convertProject reads and writes in the background; Cancel gives up what was not
// written yet.
func (d *Dialog) convertProject(from, to annotate.ID) {
	c := d.o.Session.Conversion(from, to)
	d.button.Set(d.button.Title(), false)
	d.writing = true
	for _, choice := range []*sheet.Choice{d.which, d.from, d.to} {
		choice.Off = true
		choice.Refresh()
	}
	sheet.Start(&d.work,
		func(ctx context.Context, tell func(sheet.Progress)) (*session.Conversion, error) {
			err := c.Read(ctx, func(n int) { tell(sheet.Progress{Done: n}) })
			if err == nil {
				err = c.Write(ctx)
			}
			return c, err
		},
		func(p sheet.Progress) { d.say("Converting… " + sheet.Count(p.Done, "article", "articles") + " read") },
		func(c *session.Conversion, err error) {
			d.writing = false
			if err == nil {
				err = d.o.Session.Converted(context.Background(), c)
			}
			d.sheet.Close()
			switch {
			case errors.Is(err, context.Canceled):
				d.o.Done("Nothing was converted.")
			case err != nil:
				d.o.Tell(err)
			default:
				d.done(c.Changes(), c.Already, d.label(d.to))
			}
		})
}

// done says what came of it.
func (d *Dialog) done(changed, already int, to annotate.Label) {
	words := sheet.Count(changed, "span is", "spans are") + " " + reader.LabelTitle(to) + " now."
	if already > 0 {
		words += " " + sheet.Count(already, "was left: there is one", "were left: there are spans") + " with that label on the same text already."
	}
	d.o.Done(words)
}

// close is Cancel: while a project is converted it stops that, and the dialog goes
// when it has stopped.
func (d *Dialog) close() {
	if d.writing {
		d.work.Cancel()
		return
	}
	d.work.Stop()
	d.sheet.Close()
}
