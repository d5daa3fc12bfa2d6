package articles

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/annotate/filter"
	"lede/annotate/text"
	"lede/app/widgets"
)

// The buttons below the search field change the filter that stands in it, and show
// what it says.

var unfinished = []string{string(annotate.New), string(annotate.InProgress)}

// asked are the values that all articles of the list must have of a key; none when
// there is no such term, or one that is more than names.
func (p *Panel) asked(key annotate.FilterKey) (values []string) {
	if term := filter.Top(p.o.Session.List().Passing(), key); term != nil {
		for _, v := range term.Values {
			if v.Before || v.After {
				return nil
			}
			values = append(values, v.Text)
		}
	}
	return values
}

// ask puts values of a key into the filter in the place of those that it has; none
// takes them out.
func (p *Panel) ask(key annotate.FilterKey, values ...string) {
	var term *annotate.Filter
	if len(values) > 0 {
		term = filter.Term(key, values...)
	}
	p.pass(filter.With(p.o.Session.List().Passing(), key, term))
	p.o.Done()
}

func (p *Panel) refreshChips() {
	statuses := p.asked(annotate.FilterStatus)
	p.notDone.Set("not done", slices.Equal(statuses, unfinished))
	p.flagged.Set("flagged", slices.Equal(p.asked(annotate.FilterFlag), []string{"yes"})) // the footer counts: the chips have to fit a line
	sources := p.asked(annotate.FilterSource)
	source := "source ▾"
	if len(sources) > 0 {
		source = text.Brief(strings.Join(sources, ", "), 18) + " ▾"
	}
	p.source.Set(source, len(sources) > 0)
	show(p.source.Surface, len(p.facets.Sources) > 1 || len(sources) > 0)
	other := len(statuses) > 0 && !slices.Equal(statuses, unfinished)
	title := anyStatus
	if other {
		title = strings.ReplaceAll(strings.Join(statuses, ", "), "_", " ") + " ▾"
	}
	p.more.Set(title, other)
}

func (p *Panel) toggleNotDone() {
	if slices.Equal(p.asked(annotate.FilterStatus), unfinished) {
		p.ask(annotate.FilterStatus)
	} else {
		p.ask(annotate.FilterStatus, unfinished...)
	}
}

func (p *Panel) toggleFlagged() {
	if len(p.asked(annotate.FilterFlag)) > 0 {
		p.ask(annotate.FilterFlag)
	} else {
		p.ask(annotate.FilterFlag, "yes")
	}
}

func (p *Panel) pickSource(at fyne.CanvasObject) {
	now := p.asked(annotate.FilterSource)
	items := []*fyne.MenuItem{fyne.NewMenuItem("All sources", func() { p.ask(annotate.FilterSource) })}
	items[0].Checked = len(now) == 0
	for _, s := range p.facets.Sources[:min(len(p.facets.Sources), 200)] {
		item := fyne.NewMenuItem(s, func() { p.ask(annotate.FilterSource, s) })
		item.Checked = slices.Equal(now, []string{s})
		items = append(items, item)
	}
	popUp(at, items)
}

func (p *Panel) pickStatus(at fyne.CanvasObject) {
	now := p.asked(annotate.FilterStatus)
	every := fyne.NewMenuItem("Any status", func() { p.ask(annotate.FilterStatus) })
	every.Checked = len(now) == 0
	items := []*fyne.MenuItem{every}
	for _, s := range annotate.Statuses {
		item := fyne.NewMenuItem(fmt.Sprintf("%s  %s", StatusName(s), number(p.all.Status[s])), func() { p.ask(annotate.FilterStatus, string(s)) })
		item.Checked = slices.Equal(now, []string{string(s)})
		items = append(items, item)
	}
	popUp(at, items)
}

// popUp shows a menu below a button, or above it where there is no room below.
func popUp(at fyne.CanvasObject, items []*fyne.MenuItem) {
	d := fyne.CurrentApp().Driver()
	c := d.CanvasForObject(at)
	if c == nil {
		return
	}
	const line float32 = 31 // about the height of an item
	where, height := d.AbsolutePositionForObject(at), line*float32(len(items))
	if below := where.Y + at.Size().Height + 4; below+height <= c.Size().Height || where.Y < height {
		where.Y = below
	} else {
		where.Y -= height
	}
	widgets.ShowMenu(fyne.NewMenu("", items...), c, where)
}
