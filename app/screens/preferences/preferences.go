// Package preferences is the dialog of what a person chose for good: who they
// are, how the window looks, how selections snap. What is changed holds at once.
// It knows the settings and no project.
package preferences

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"lede/app/screens/reading"
	"lede/app/screens/sheet"
	"lede/app/settings"
	"lede/app/widgets"
)

// Options is what the dialog needs.
type Options struct {
	Canvas fyne.Canvas
	Store  *settings.Store
	// OnChange is called after each change, with the settings as they are now; the
	// shell makes them true.
	OnChange func(settings.Settings)
	// OnFailed is told when a change could not be kept for the next start; it holds
	// until then. May be nil.
	OnFailed func(error)
	// PickFont asks for a font file and takes it, DropFont takes it away; done is
	// called when the settings have it. nil leaves the choice out.
	PickFont, DropFont func(done func())
	// FontWrong is a sentence about why that file cannot be used, "" if it can. nil
	// leaves the check out.
	FontWrong func() string
	// Keys opens the dialog in which commands get other keys, Backups the page about
	// snapshots; nil leaves it out.
	Keys, Backups func()
}

const sheetWidth float32 = 560

// Dialog is the dialog while it is open.
type Dialog struct {
	o     Options
	sheet *sheet.Sheet
}

// Open shows the dialog.
func Open(o Options) *Dialog {
	d := &Dialog{o: o, sheet: sheet.New(o.Canvas, nil)}
	d.sheet.Room.Width, d.sheet.OnDone = sheetWidth, d.sheet.Close
	annotator, set := d.annotator(), reading.NewControls(o.Store, d.change)
	file, about := d.font()
	done := widgets.NewPrimaryButton("Close", d.sheet.Close)
	d.sheet.Content = widgets.NewPadded(widgets.Even(24, 20), widgets.NewColumn(7,
		sheet.NewTitle("Preferences"), widgets.NewSpace(0, 4),
		sheet.NewRow("Annotator", annotator),
		hint("Whose annotations you make. The name goes into exports."),
		sheet.NewRow("Your name", d.actor()),
		hint("Who did what, in the history of a project."),
		sheet.NewRow("Colours", d.theme()),
		sheet.NewRow("Zoom", d.zoom()),
		sheet.NewRow("Text size", set.With(set.Size)),
		sheet.NewRow("Line spacing", set.With(set.Spacing)),
		sheet.NewRow("Line length", set.With(set.Length)),
		sheet.NewRow("Article text", d.face()),
		sheet.NewRow("Paragraphs", widgets.NewRow(0, widgets.NewPadded(widgets.Pad{Left: -6}, set.Numbers.Surface))),
		sheet.NewRow("Span labels", d.labels()),
		sheet.NewRow("Selections", d.granularity()),
		sheet.NewRow("Other scripts", file),
		about,
		widgets.NewSpace(0, 6),
		widgets.NewRow(10, d.leads("Change shortcuts…", o.Keys), d.leads("Backups…", o.Backups), nil, done),
	))
	d.sheet.Open(annotator)
	return d
}

// hint is a small line below a field.
func hint(words string) fyne.CanvasObject { return sheet.NewHint(words, sheetWidth-48) }

// leads is a link to another dialog; it is the last thing that is done here.
func (d *Dialog) leads(title string, open func()) fyne.CanvasObject {
	link := widgets.NewLink(title, func() {
		d.sheet.Close()
		open()
	})
	if open == nil {
		link.Hide()
	}
	return link
}

func (d *Dialog) change(alter func(*settings.Settings)) {
	if err := d.o.Store.Change(alter); err != nil && d.o.OnFailed != nil {
		d.o.OnFailed(err)
	}
	if d.o.OnChange != nil {
		d.o.OnChange(d.o.Store.Settings())
	}
}

func (d *Dialog) annotator() *widgets.Field {
	f := widgets.NewField(d.o.Store.Annotator("", ""))
	f.Put(d.o.Store.Settings().Annotator)
	f.OnCommit = func(s string) { d.change(func(c *settings.Settings) { c.Annotator = strings.TrimSpace(s) }) }
	f.OnEnter = d.sheet.Close
	return f
}

func (d *Dialog) actor() *widgets.Field {
	f := widgets.NewField(d.o.Store.Actor(""))
	f.Put(d.o.Store.Settings().Actor)
	f.OnCommit = func(s string) { d.change(func(c *settings.Settings) { c.Actor = strings.TrimSpace(s) }) }
	f.OnEnter = d.sheet.Close
	return f
}

// choice is a field of values, of which the settings have one.
func choice[T comparable](d *Dialog, values []T, titles []string, now T, set func(*settings.Settings, T)) *sheet.Choice {
	return sheet.NewChoice(d.sheet, titles, slices.Index(values, now), func(i int) {
		d.change(func(c *settings.Settings) { set(c, values[i]) })
	})
}

func (d *Dialog) theme() *sheet.Choice {
	now := d.o.Store.Settings().Theme
	if now == "" {
		now = settings.System
	}
	return choice(d, []settings.Theme{settings.System, settings.Light, settings.Dark},
		[]string{"like the system", "light", "dark"}, now, func(c *settings.Settings, t settings.Theme) { c.Theme = t })
}

// zooms are the sizes of everything around and in the article that are offered.
var zooms = []float64{0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2}

func (d *Dialog) zoom() *sheet.Choice {
	values := slices.Clone(zooms)
	now := d.o.Store.Settings().Zoom
	if now == 0 {
		now = 1
	}
	if !slices.Contains(values, now) { // set by the keys
		values = append(values, now)
		slices.Sort(values)
	}
	var titles []string
	for _, z := range values {
		titles = append(titles, fmt.Sprintf("%.0f %%", 100*z))
	}
	return choice(d, values, titles, now, func(c *settings.Settings, z float64) { c.Zoom = z })
}

func (d *Dialog) face() *sheet.Choice {
	return choice(d, []bool{false, true}, []string{"with serifs", "without serifs"}, d.o.Store.Settings().Sans,
		func(c *settings.Settings, sans bool) { c.Sans = sans })
}

func (d *Dialog) labels() *sheet.Choice {
	return choice(d, []bool{false, true}, []string{"named above the text", "lines and colours only"}, d.o.Store.Settings().HideLabels,
		func(c *settings.Settings, hide bool) { c.HideLabels = hide })
}

func (d *Dialog) granularity() *sheet.Choice {
	now := d.o.Store.Settings().Granularity
	if now == "" {
		now = "word"
	}
	return choice(d, []string{"word", "character", "sentence"},
		[]string{"snap to words", "snap to characters", "snap to sentences"}, now,
		func(c *settings.Settings, g string) { c.Granularity = g })
}
