package entities

import (
	"encoding/json"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/app/screens/form"
	"lede/app/screens/reader"
	"lede/app/theme"
	"lede/app/widgets"
)

const cardColumn = 92 // where the fields begin

// inner is the width of what is in the card.
func (c *card) inner() float32 { return c.p.wide[1] - 1 - 2*20 }

// card is what is known of the chosen entity, and what can be done with it.
type card struct {
	p      *Page
	object *container.Scroll
	body   *fyne.Container
	of     annotate.Entity // that is shown; ID "" = none
	name   *widgets.Field
	also   *widgets.Field
	kinds  *widgets.Picks
	form   *form.Form
	split  *widgets.Surface
	words  *widgets.Words // of the button that splits
}

func newCard(p *Page) *card {
	c := &card{p: p, body: container.NewStack(), form: form.New()}
	c.object = container.NewVScroll(widgets.NewPadded(widgets.Pad{Left: 20, Top: 18, Right: 20, Bottom: 24}, c.body))
	c.name = widgets.NewField("Name")
	c.name.OnCommit = func(s string) { c.alter(func(e *annotate.Entity) { c.rename(e, s) }) }
	c.also = widgets.NewNote("One on each line", 2)
	c.also.OnCommit = func(s string) { c.alter(func(e *annotate.Entity) { e.Aliases = aliasesIn(s, e.Name) }) }
	return c
}

// forget makes the next show begin anew.
func (c *card) forget() { c.of = annotate.Entity{} }

func (c *card) commit() { c.form.Commit() }

// begin puts the keyboard into the name.
func (c *card) begin() {
	if c.of.ID != "" {
		c.p.canvas.Focus(c.name)
		c.name.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

func (c *card) editable() bool { return !c.p.o.Session.Store().Info().ReadOnly }

// show shows an entity. A field in which somebody types is left as it is.
func (c *card) show(e annotate.Entity) {
	if e.ID != c.of.ID {
		c.form.Commit()
		c.form.Forget()
		c.object.ScrollToTop()
	}
	for _, f := range []struct {
		field *widgets.Field
		now   string
	}{{c.name, e.Name}, {c.also, strings.Join(e.Aliases, "\n")}} {
		if e.ID != c.of.ID || !f.field.Dirty() {
			f.field.Put(f.now)
		}
		if c.editable() {
			f.field.Enable()
		} else {
			f.field.Disable()
		}
	}
	c.of = e
	rows := []fyne.CanvasObject{c.row("Name", c.name), c.row("It is", c.kindField(e)), c.row("Also called", c.also)}
	parts := []fyne.CanvasObject{widgets.NewColumn(8, rows...)}
	if fields := c.fields(e); len(fields) > 0 {
		parts = append(parts, widgets.NewColumn(8, append([]fyne.CanvasObject{widgets.NewHead("Attributes")}, fields...)...))
	}
	if c.editable() {
		parts = append(parts, c.acts())
	}
	c.body.Objects = []fyne.CanvasObject{widgets.NewColumn(20, parts...)}
	c.body.Refresh()
	c.object.Refresh()
}

// row is a title with a field.
func (c *card) row(title string, field fyne.CanvasObject) fyne.CanvasObject {
	return container.New(topRow{c.inner()}, widgets.NewElastic(title, theme.TextSize, theme.Dim), field)
}

// topRow puts a title at the first line of a field.
type topRow struct{ width float32 }

// MinSize is for Fyne.
func (l topRow) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.width, max(o[0].MinSize().Height, o[1].MinSize().Height))
}

// Layout is for Fyne.
func (topRow) Layout(o []fyne.CanvasObject, s fyne.Size) {
	const firstLine = 34
	h := o[0].MinSize().Height
	o[0].Move(fyne.NewPos(0, max(0, (min(s.Height, firstLine)-h)/2)))
	o[0].Resize(fyne.NewSize(cardColumn-10, h))
	o[1].Move(fyne.NewPos(cardColumn, 0))
	o[1].Resize(fyne.NewSize(s.Width-cardColumn, s.Height))
}

// kindField offers the kinds. The keyboard goes on from where it was.
func (c *card) kindField(e annotate.Entity) fyne.CanvasObject {
	kinds := c.p.allKinds()
	var options []widgets.Pick
	for _, k := range kinds {
		o := widgets.Pick{Title: k, On: k == e.Kind}
		if l, ok := c.p.o.Session.Schema().LabelOfKind(k); ok {
			mark := reader.MarkOf(l)
			o.Mark = &mark
		}
		options = append(options, o)
	}
	if c.kinds != nil && samePicks(c.kinds.Options, options) {
		c.kinds.Off = !c.editable()
		return c.kinds
	}
	focused := c.kinds != nil && c.p.canvas.Focused() == fyne.Focusable(c.kinds)
	c.kinds = widgets.NewPicks(c.inner()-cardColumn, options, func(i int) {
		c.alter(func(e *annotate.Entity) { e.Kind = kinds[i] })
	})
	c.kinds.Off = !c.editable()
	if focused {
		c.p.o.Soon(func() { c.p.canvas.Focus(c.kinds) })
	}
	return c.kinds
}

// fields are the rows of the attributes.
func (c *card) fields(e annotate.Entity) []fyne.CanvasObject {
	s := c.p.o.Session
	return c.form.Fill(form.Options{
		Canvas: c.p.canvas, Width: c.inner(), Column: cardColumn,
		Attributes: s.Schema().EntityAttributes(e.Kind), Things: []annotate.Values{e.Attributes}, Editable: c.editable(),
		Set: func(name string, alter func(annotate.Values) json.RawMessage) {
			c.alter(func(e *annotate.Entity) { e.Attributes = e.Attributes.With(name, alter(e.Attributes)) })
		},
		Show: c.p.showPage, Leave: func() { c.p.canvas.Focus(c.p.list) }, Of: e.Kind,
	})
}

// alter changes the entity that is shown.
func (c *card) alter(change func(*annotate.Entity)) {
	after, ok := c.p.o.Session.Entity(c.of.ID)
	if !ok {
		return
	}
	after.Aliases = slices.Clone(after.Aliases)
	change(&after)
	c.p.fail(c.p.o.Session.ChangeEntity(after))
}

// rename gives an entity a name; without one it keeps its own.
func (c *card) rename(e *annotate.Entity, name string) {
	if name = strings.Join(strings.Fields(name), " "); name == "" {
		c.name.Put(e.Name)
		return
	}
	e.Name = name
	e.Aliases = slices.DeleteFunc(e.Aliases, func(a string) bool { return a == name })
}

// aliasesIn are the other names in lines of text.
func aliasesIn(text, name string) []string {
	var aliases []string
	for line := range strings.Lines(text) {
		if line = strings.Join(strings.Fields(line), " "); line != "" && line != name && !slices.Contains(aliases, line) {
			aliases = append(aliases, line)
		}
	}
	return aliases
}

// acts is what can be done with the entity.
func (c *card) acts() fyne.CanvasObject {
	c.split, c.words = act("", "S", theme.Accent, c.p.askSplit)
	c.offerSplit()
	merge, _ := act("Merge with another…", "M", theme.Accent, c.p.askMerge)
	remove, _ := act("Delete…", "Del", theme.Danger, c.p.askDelete)
	lines := make([]fyne.CanvasObject, 0, 3)
	for _, o := range []fyne.CanvasObject{merge, c.split, remove} {
		lines = append(lines, widgets.NewPadded(widgets.Pad{Left: -4}, widgets.NewRow(0, o)))
	}
	return widgets.NewColumn(2, lines...)
}

// offerSplit says how many mentions would be split off.
func (c *card) offerSplit() {
	if c.split == nil {
		return
	}
	n := len(c.p.mentions.ticked)
	c.words.Text, c.words.Color = "Split ticked mentions off…", theme.Faint
	if n > 0 {
		c.words.Text, c.words.Color = "Split "+mentionCount(n)+" off…", theme.Accent
	}
	c.split.Off = n == 0
	c.words.Refresh()
	c.split.Refresh()
}

// act is a word that does something, with the letter that does so in the list.
func act(title, key string, color theme.Name, do func()) (*widgets.Surface, *widgets.Words) {
	words := widgets.NewLine(title, theme.TextSize, color)
	s := widgets.NewSurface(widgets.NewRow(8, words, widgets.NewKeyCap(key)), do)
	s.Pad, s.Radius = widgets.Pad{Left: 4, Top: 4, Right: 8, Bottom: 4}, 4
	return s, words
}
