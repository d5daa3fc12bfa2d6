package schema

import (
	"slices"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

// deeds is the last section of a form: how often the thing is used, and what can
// be done with all of it.
func (f *form) deeds(used string, buttons ...fyne.CanvasObject) {
	row := []fyne.CanvasObject{widgets.NewElastic(used, theme.TextSize, theme.Dim)}
	if !f.off {
		row = append(row, buttons...)
	}
	f.put(widgets.NewPadded(widgets.Pad{Top: 10}, widgets.NewColumn(12, widgets.NewHairline(), widgets.NewStretch(8, 0, row...))))
}

// deed is a button of the section.
func (f *form) deed(name, title string, do func()) fyne.CanvasObject {
	b := widgets.NewBorderedButton(title, do)
	f.name(name, b)
	return b
}

// target is a choice among other things of the schema, with a first one that means
// none of them.
type target struct {
	none   string // "" = one of the others must be chosen
	titles []string
	ids    []annotate.ID
	chosen int // of titles, with none before them
}

// field is the choice as a field of a sheet.
func (t *target) field(c *change) *sheet.Choice {
	titles, chosen := t.titles, t.chosen-1
	if t.none != "" {
		titles, chosen = append([]string{t.none}, titles...), t.chosen
	}
	first := len(t.titles) - len(titles) + 1 // what the first title counts as
	return sheet.NewChoice(c.sheet, titles, chosen, func(i int) {
		t.chosen = i + first
		c.preview()
	})
}

// id is what was chosen, "" for none.
func (t *target) id() annotate.ID {
	if t.chosen == 0 {
		return ""
	}
	return t.ids[t.chosen-1]
}

// several are things of which some are chosen.
type several struct {
	titles []string
	marks  []*widgets.Mark
	ids    []annotate.ID
	on     []annotate.ID
}

// picks are the things as a field of a sheet.
func (s *several) picks(c *change) *widgets.Picks {
	var options []widgets.Pick
	for i, title := range s.titles {
		o := widgets.Pick{Title: title, On: slices.Contains(s.on, s.ids[i])}
		if s.marks != nil {
			o.Mark = s.marks[i]
		}
		options = append(options, o)
	}
	var p *widgets.Picks
	p = widgets.NewPicks(changeRoom-120, options, func(i int) {
		s.on = toggled(s.on, s.ids[i], s.ids)
		at := p.At()
		c.again()
		if next, ok := c.focus.(*widgets.Picks); ok {
			next.GoTo(at)
			c.e.o.Canvas.Focus(next)
		}
	})
	c.focus = p
	return p
}
