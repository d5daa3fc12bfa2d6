package keys

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/app/commands"
	"lede/app/theme"
	"lede/app/widgets"
)

// panel is what lies below the list: the chosen command, its keys, and what can be
// done with them.
type panel struct {
	e      *Editor
	object *fyne.Container
	inner  *fyne.Container
}

const panelHeight float32 = 84

func newPanel(e *Editor) *panel {
	p := &panel{e: e, inner: container.NewStack()}
	back := widgets.NewFill(theme.Raised)
	back.Stroke, back.Radius = theme.Hairline, theme.Radius
	p.object = widgets.NewAtLeast(fyne.NewSize(0, panelHeight), container.NewStack(back, widgets.NewPadded(widgets.Even(14, 11), p.inner)))
	return p
}

func (p *panel) set(rows ...fyne.CanvasObject) {
	p.inner.Objects = []fyne.CanvasObject{widgets.NewColumn(9, rows...)}
	p.inner.Refresh()
}

// show is the panel while nothing is asked.
func (p *panel) show() {
	c, ok := p.e.chosen()
	title := func(words, help string) fyne.CanvasObject {
		if help != "" {
			words += " · " + help
		}
		return widgets.NewElastic(words, theme.TextSize, theme.Text)
	}
	switch {
	case !ok:
		p.set(title("No command is called that, and none has that key.", ""))
	case p.e.catcher.waiting:
		p.set(title(c.title, c.help), p.e.catcher)
	case c.fixed:
		p.set(title(c.title, c.help), widgets.NewElastic("These keys cannot be changed.", theme.TextSize, theme.Dim))
	default:
		p.set(title(c.title, c.help), p.actions(c))
	}
}

// actions are the keys of a command, each with a cross, and the buttons.
func (p *panel) actions(c entry) fyne.CanvasObject {
	t := p.e.o.Table
	row := []fyne.CanvasObject{}
	seen := map[string]bool{}
	for _, s := range t.Keys(c.id) {
		spelt := commands.Spell(s, t.System())
		if seen[spelt] {
			continue
		}
		seen[spelt] = true
		pill := widgets.NewSurface(widgets.NewRow(5, widgets.NewLine(spelt, theme.SmallSize, theme.Text), widgets.NewIcon(widgets.IconClose, 10, theme.Dim)), func() { p.drop(c.id, spelt) })
		pill.Stroke, pill.Color, pill.Pad = theme.Hairline, theme.Page, widgets.Even(7, 4)
		row = append(row, pill)
	}
	if len(row) == 0 {
		row = append(row, widgets.NewLine("No key", theme.TextSize, theme.Dim))
	}
	row = append(row, widgets.NewLink("Add a key…", p.e.add))
	if c.changed {
		row = append(row, widgets.NewLink("Restore", p.e.restore))
	}
	return widgets.NewRow(7, row...)
}

// drop takes away every key that is shown in that way: the two Enter keys look
// alike.
func (p *panel) drop(id, spelt string) {
	t := p.e.o.Table
	for _, s := range t.Chosen(id) {
		if here := s.On(t.System()); commands.Spell(here, t.System()) == spelt {
			p.e.take(s)
		}
	}
}

// clash asks whether a key is to change hands.
func (p *panel) clash(id string, s commands.Shortcut, owner string) {
	t := p.e.o.Table
	spelt := commands.SpellWords(s.On(t.System()), t.System())
	c, _ := p.e.chosen()
	o, _ := t.Command(owner)
	if !commands.Changeable(owner) {
		back := widgets.NewBorderedButton("Another key…", p.e.add)
		p.set(widgets.NewElastic(spelt+" belongs to “"+trim(o.Title)+"”, which cannot be changed.", theme.TextSize, theme.Text),
			widgets.NewRow(8, back, widgets.NewButton("Cancel", p.e.back)))
		p.e.o.Canvas.Focus(back)
		return
	}
	give := widgets.NewPrimaryButton("Give it to “"+c.title+"”", func() { p.e.give(id, s) })
	p.set(widgets.NewElastic(spelt+" is a key of “"+trim(o.Title)+"”.", theme.TextSize, theme.Text),
		widgets.NewRow(8, give, widgets.NewBorderedButton("Another key…", p.e.add), widgets.NewButton("Cancel", p.e.back)))
	p.e.o.Canvas.Focus(give)
}

func trim(title string) string {
	if r := []rune(title); len(r) > 0 && r[len(r)-1] == '…' {
		return string(r[:len(r)-1])
	}
	return title
}
