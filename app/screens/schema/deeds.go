package schema

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

// deed is something that can be done with a whole thing of the schema: a button of
// its form, a line of its menu, a letter in the list.
type deed struct {
	name  string // of the button
	title string
	key   rune // in the list; 0 for none
	do    func()
}

// deeds is the last section of a form: how often the thing is used, and what can
// be done with all of it.
func (f *form) deeds(used string, deeds []deed) {
	row := []fyne.CanvasObject{widgets.NewElastic(used, theme.TextSize, theme.Dim)}
	for _, d := range deeds {
		if !f.off {
			row = append(row, f.press(d.name, func(tapped func()) *widgets.Surface { return widgets.NewBorderedButton(d.title, tapped) }, d.do))
		}
	}
	f.put(widgets.NewPadded(widgets.Pad{Top: 10}, widgets.NewColumn(12, widgets.NewHairline(), widgets.NewStretch(8, 0, row...))))
}

// menu shows what can be done with the chosen thing.
func (l *outline) menu(at fyne.Position) {
	id := l.e.chosen[l.e.now]
	if id == "" || id == draftID || l.e.o.Session.SchemaReadOnly() != "" {
		return
	}
	var items []*fyne.MenuItem
	if l.movable() {
		up := fyne.NewMenuItem("Move up", func() { l.move(id, l.at()-1) })
		down := fyne.NewMenuItem("Move down", func() { l.move(id, l.at()+2) })
		up.Disabled, down.Disabled = l.at() == 0, l.at() == len(l.lines)-1
		items = append(items, up, down, fyne.NewMenuItemSeparator())
	}
	for _, d := range l.e.area().deeds(id) {
		items = append(items, fyne.NewMenuItem(d.title, d.do))
	}
	widgets.ShowMenu(fyne.NewMenu("", items...), l.e.o.Canvas, at)
}

// do does what a letter stands for.
func (l *outline) do(key rune) {
	id := l.e.chosen[l.e.now]
	if id == "" || id == draftID || l.e.readOnly() {
		return
	}
	for _, d := range l.e.area().deeds(id) {
		if d.key == key {
			d.do()
			return
		}
	}
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
	room   *container.Scroll // for very many
}

// picks are the things as a field of a sheet.
func (s *several) picks(c *change) fyne.CanvasObject {
	var options []widgets.Pick
	for i, title := range s.titles {
		o := widgets.Pick{Title: title, On: slices.Contains(s.on, s.ids[i])}
		if s.marks != nil {
			o.Mark = s.marks[i]
		}
		options = append(options, o)
	}
	var p *widgets.Picks
	p = widgets.NewPicks(changeRoom-132, options, func(i int) {
		s.on = toggled(s.on, s.ids[i], s.ids)
		at := p.At()
		c.again()
		if next, ok := c.focus.(*widgets.Picks); ok {
			next.GoTo(at)
			c.e.o.Canvas.Focus(next)
		}
	})
	c.focus = p
	o, room := scrolled(p, s.room)
	s.room = room
	return o
}
