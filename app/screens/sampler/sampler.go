package sampler

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/annotate/sample"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

const (
	width  float32 = 520
	inner          = width - 48
	shown          = 200 // strata that are listed
	listed float32 = 172 // height of the list
)

// Options is what the dialog needs.
type Options struct {
	Canvas   fyne.Canvas
	Store    annotate.Store // everything must be on disk: session.Flush
	Filter   *annotate.Filter
	Typed    string                         // the filter as it is typed; "" = all articles
	Dispatch func(func())                   // nil = fyne.Do
	Draw     func(*sample.Sample, []string) // the sample and its tags
	Tell     func(error)
	OnClose  func()
}

// Dialog is the dialog while it is open.
type Dialog struct {
	o     Options
	sheet *sheet.Sheet
	work  sheet.Work

	frame []annotate.Article
	read  bool
	drawn *sample.Sample
	by    []string

	n, seed, tag *widgets.Field
	chips        map[string]*widgets.Chip
	other        *widgets.Field // a fact of one's own
	said         *widgets.Words
	strata       *fyne.Container
	button       *widgets.ActionButton
}

// facts are those that have chips.
var facts = []string{"source", "month", "year", "language", "author", "tag", "split"}

// Open shows the dialog and reads the frame.
func Open(o Options) *Dialog {
	d := &Dialog{o: o, chips: map[string]*widgets.Chip{}}
	d.work.Dispatch = o.Dispatch
	d.n, d.seed, d.tag, d.other = d.field("100"), d.field("1"), d.field(""), d.field("")
	d.tag.PlaceHolder, d.other.PlaceHolder = "round1", "another fact, as desk"
	d.tag.OnChanged = func(string) { d.tagged() }
	d.said = widgets.NewParagraph("Reading the articles…", theme.SmallSize, inner, theme.Dim)
	d.strata = container.NewStack()
	d.button = widgets.NewActionButton("Draw", d.draw)
	d.sheet = sheet.New(o.Canvas, d.content())
	d.sheet.Room.Width = width
	d.sheet.OnDone = d.draw
	d.sheet.OnClose = func() {
		d.work.Stop()
		if o.OnClose != nil {
			o.OnClose()
		}
	}
	d.show()
	d.sheet.Open(d.n)
	sheet.Start(&d.work, func(ctx context.Context, _ func(sheet.Progress)) ([]annotate.Article, error) {
		return sample.OfFilter(ctx, o.Store, o.Filter)
	}, func(sheet.Progress) {}, func(frame []annotate.Article, err error) {
		if err != nil {
			d.sheet.Close()
			o.Tell(err)
			return
		}
		d.frame, d.read = frame, true
		d.preview()
	})
	return d
}

// field is a field after each key of which the preview is made anew.
func (d *Dialog) field(was string) *widgets.Field {
	f := widgets.NewField("")
	f.Put(was)
	f.OnChanged = func(string) { d.preview() }
	f.OnEnter = d.draw
	return f
}

func (d *Dialog) content() fyne.CanvasObject {
	var chips []fyne.CanvasObject
	for _, fact := range facts {
		d.chips[fact] = widgets.NewChip(fact, func() { d.toggle(fact) })
		chips = append(chips, d.chips[fact].Surface)
	}
	of := "All articles of the project."
	if d.o.Typed != "" {
		of = "The articles in the list: " + d.o.Typed
	}
	return widgets.NewPadded(widgets.Even(24, 22), widgets.NewColumn(10,
		sheet.NewTitle("Draw a sample"),
		widgets.NewParagraph(of, theme.TextSize, inner, theme.Dim),
		sheet.NewExplained("Articles", d.n, "how many are drawn", inner),
		sheet.NewExplained("Seed", d.seed, "another number draws another sample; the same one the same again", inner),
		sheet.NewRow("Strata", widgets.NewWrap(4, inner-120, chips...)),
		sheet.NewRow("", d.other),
		sheet.NewRow("Tag", d.tag),
		widgets.NewHairline(),
		widgets.NewAtLeast(fyne.NewSize(0, listed), d.strata),
		d.said,
		widgets.NewRow(10, nil, widgets.NewBorderedButton("Cancel", d.sheetClose), d.button.Surface),
	))
}

func (d *Dialog) sheetClose() { d.sheet.Close() }

func (d *Dialog) toggle(fact string) {
	if i := slices.Index(d.by, fact); i >= 0 {
		d.by = slices.Delete(d.by, i, i+1)
	} else {
		d.by = append(d.by, fact)
	}
	for name, chip := range d.chips {
		chip.Set(name, slices.Contains(d.by, name))
	}
	d.preview()
}

// asked reads the fields, or says what is wrong with them.
func (d *Dialog) asked() (o sample.Options, wrong string) {
	o.By = slices.Clone(d.by)
	for _, name := range annotate.Listed(d.other.Text) {
		if name = strings.TrimPrefix(name, "meta."); name == "" {
			continue
		}
		if !slices.Contains(sample.Facts, name) {
			name = "meta." + name
		}
		if !slices.Contains(o.By, name) {
			o.By = append(o.By, name)
		}
	}
	var err error
	if o.N, err = strconv.Atoi(strings.TrimSpace(d.n.Text)); err != nil || o.N < 1 {
		return o, "Say how many articles are drawn: a number from 1 on."
	}
	if o.Seed, err = strconv.ParseInt(strings.TrimSpace(d.seed.Text), 10, 64); err != nil {
		return o, "The seed is a whole number."
	}
	return o, ""
}

// preview draws for the look of it, beside the window.
func (d *Dialog) preview() {
	if !d.read {
		return
	}
	d.drawn = nil
	o, wrong := d.asked()
	if wrong != "" {
		d.work.Stop()
		d.say(wrong, true)
		return
	}
	frame := d.frame
	sheet.Start(&d.work, func(context.Context, func(sheet.Progress)) (*sample.Sample, error) {
		return sample.Draw(frame, o)
	}, func(sheet.Progress) {}, func(s *sample.Sample, err error) {
		if err != nil {
			d.say(sheet.Sentence(err), true)
			return
		}
		d.drawn = s
		d.list()
	})
}

// list shows the strata.
func (d *Dialog) list() {
	s := d.drawn
	var rows []fyne.CanvasObject
	for i, st := range s.Strata {
		if i == shown {
			rows = append(rows, widgets.NewElastic(fmt.Sprintf("and %d more", len(s.Strata)-shown), theme.SmallSize, theme.Dim))
			break
		}
		var values []string
		for _, v := range st.Values {
			if v == "" {
				v = "not known"
			}
			values = append(values, v)
		}
		name := strings.Join(values, " · ")
		if len(values) == 0 {
			name = "all"
		}
		rows = append(rows, widgets.NewStretch(12, 0, widgets.NewElastic(name, theme.TextSize, theme.Text),
			widgets.NewLine(fmt.Sprintf("%d of %d", st.Drawn, st.Of), theme.TextSize, theme.Dim)))
	}
	d.strata.Objects = []fyne.CanvasObject{container.NewVScroll(widgets.NewPadded(widgets.Pad{Right: 14}, widgets.NewColumn(4, rows...)))}
	d.tagged()
}

// tagged says what would be drawn, and whether it has a tag.
func (d *Dialog) tagged() {
	s := d.drawn
	if s == nil {
		return
	}
	strata := ""
	if len(s.Strata) > 1 {
		strata = " from " + sheet.Count(len(s.Strata), "stratum", "strata")
	}
	words := fmt.Sprintf("%d of %s%s.", s.N, sheet.Count(s.Frame, "article", "articles"), strata)
	if len(d.tags()) == 0 {
		words += " Give the sample a tag: a filter finds it by that."
	}
	d.say(words, false)
}

func (d *Dialog) say(words string, wrong bool) {
	d.said.Color = theme.Dim
	if wrong {
		d.said.Color = theme.Warning
		d.strata.Objects = nil
	}
	d.said.SetText(words)
	d.show()
}

func (d *Dialog) show() {
	d.button.Set("Draw", d.drawn != nil && len(d.tags()) > 0)
	d.sheet.Content.Refresh()
}

// tags are those that the sample gets.
func (d *Dialog) tags() []string { return annotate.Listed(d.tag.Text) }

// draw draws, unless a tag is taken.
func (d *Dialog) draw() {
	tags := d.tags()
	if d.drawn == nil || len(tags) == 0 || d.work.Busy() {
		return
	}
	s := d.drawn
	sheet.Start(&d.work, func(ctx context.Context, _ func(sheet.Progress)) (struct{}, error) {
		return struct{}{}, sample.Unused(ctx, d.o.Store, tags)
	}, func(sheet.Progress) {}, func(_ struct{}, err error) {
		if err != nil {
			d.say(sheet.Sentence(err), true)
			return
		}
		d.sheet.Close()
		d.o.Draw(s, tags)
	})
}
