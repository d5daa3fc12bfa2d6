package entities

import (
	"encoding/json"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/annotate/edit"
	"lede/annotate/entity"
	"lede/annotate/text"
	"lede/app/screens/form"
	"lede/app/screens/reader"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

const dialogWidth float32 = 480

// askMerge asks which entity is the same as the chosen one: likely ones first.
func (p *Page) askMerge() {
	e, ok := p.entity()
	if !ok || p.readOnly() {
		return
	}
	p.commit()
	var offered []annotate.Entity
	sheet.Find(sheet.FinderOptions{
		Canvas: p.canvas, Width: 480, Rows: 10, None: "No other entity is called that.",
		Hint: "Which one is the same as “" + text.Brief(e.Name, 44) + "”?", Gone: func() { p.canvas.Focus(p.list) },
		Search: func(f *sheet.Finder, typed string) {
			var found []sheet.Found
			found, offered = p.others(e, typed)
			f.Show(found)
		},
		Pick: func(i int) { p.confirmMerge(e, offered[i]) },
	})
}

// others are entities that may be the same as one, with what the finder shows.
func (p *Page) others(e annotate.Entity, typed string) ([]sheet.Found, []annotate.Entity) {
	var found []sheet.Found
	var all []annotate.Entity
	add := func(other annotate.Entity, uses int, why string) {
		if other.ID == e.ID {
			return
		}
		f := sheet.Found{Title: other.Name, Key: widgets.Facts(why, other.Kind, times(uses))}
		if l, ok := p.o.Session.Schema().LabelOfKind(other.Kind); ok {
			mark := reader.MarkOf(l)
			f.Mark = &mark
		}
		found, all = append(found, f), append(all, other)
	}
	if strings.TrimSpace(typed) == "" {
		const most = 9
		for _, called := range append([]string{e.Name}, e.Aliases...) {
			for _, g := range p.index().Propose(called, entity.Query{Prefer: e.Kind, Limit: most}) {
				if !slices.ContainsFunc(all, func(x annotate.Entity) bool { return x.ID == g.Entity.ID }) {
					add(g.Entity, g.Uses, g.Why())
				}
			}
		}
		if len(all) > 0 {
			return found, all
		}
	}
	for _, m := range p.index().Search(entity.Query{Text: typed, Prefer: e.Kind, Limit: 40}) {
		add(m.Entity, m.Uses, "")
	}
	return found, all
}

func times(n int) string {
	if n == 0 {
		return ""
	}
	return sheet.Number(n) + "×"
}

// confirmMerge asks what the one entity is to be like, and merges. The one with more
// mentions stays: fewer spans have to change.
func (p *Page) confirmMerge(a, b annotate.Entity) {
	kept, gone := a, b
	if p.index().Uses(b.ID) > p.index().Uses(a.ID) {
		kept, gone = b, a
	}
	after, clashes := edit.United(kept, gone)
	dialog := sheet.New(p.canvas, nil)
	names := []string{a.Name, b.Name}
	name := sheet.NewChoice(dialog, names, 0, nil)
	rows := []fyne.CanvasObject{
		sheet.NewTitle("Merge two entities"),
		widgets.NewParagraph(p.mergeWords(a, b), theme.TextSize, dialogWidth-48, theme.Dim),
		sheet.NewRow("Name", name),
	}
	var kind *sheet.Choice
	if a.Kind != b.Kind {
		kind = sheet.NewChoice(dialog, []string{a.Kind, b.Kind}, 0, nil)
		rows = append(rows, sheet.NewRow("Kind", kind))
	}
	choices := make([]*sheet.Choice, len(clashes))
	for i, c := range clashes {
		choices[i] = sheet.NewChoice(dialog, p.valueWords(kept.Kind, c), 0, nil)
		rows = append(rows, sheet.NewRow(form.Title(p.attribute(kept.Kind, c.Name)), choices[i]))
	}
	do := func() {
		after := after
		if kind != nil {
			after.Kind = []string{a.Kind, b.Kind}[kind.Chosen()]
		}
		for i, c := range clashes {
			after.Attributes = after.Attributes.With(c.Name, c.Values[choices[i].Chosen()])
		}
		after = named(after, names[name.Chosen()])
		dialog.Close()
		p.carryOut(p.o.Session.MergeEntities(after, []annotate.ID{gone.ID}))
	}
	rows = append(rows, widgets.NewSpace(0, 2), widgets.NewRow(10, nil, widgets.NewBorderedButton("Cancel", dialog.Close), widgets.NewPrimaryButton("Merge", do)))
	dialog.Content = widgets.NewPadded(widgets.Even(24, 22), widgets.NewColumn(11, rows...))
	dialog.Room.Width, dialog.OnDone, dialog.OnClose = dialogWidth, do, func() { p.canvas.Focus(p.list) }
	dialog.Open(name)
}

// named gives an entity one of its names; the other one becomes an alias.
func named(e annotate.Entity, name string) annotate.Entity {
	if e.Name == name {
		return e
	}
	old := e.Name
	e.Name = name
	e.Aliases = slices.DeleteFunc(slices.Clone(e.Aliases), func(a string) bool { return a == name })
	if !slices.Contains(e.Aliases, old) {
		e.Aliases = append(e.Aliases, old)
	}
	return e
}

func (p *Page) mergeWords(a, b annotate.Entity) string {
	x, y := p.index().Uses(a.ID), p.index().Uses(b.ID)
	return "“" + a.Name + "” (" + mentionCount(x) + ") and “" + b.Name + "” (" + mentionCount(y) +
		") become one, in all articles. Both names are kept: one as the name, the other below “Also called”."
}

// attribute is an attribute of a kind by its name.
func (p *Page) attribute(kind, name string) annotate.Attribute {
	for _, a := range p.o.Session.Schema().EntityAttributes(kind) {
		if a.Name == name {
			return a
		}
	}
	return annotate.Attribute{Name: name, Title: name}
}

// valueWords are the values of a clash as people read them.
func (p *Page) valueWords(kind string, c edit.Clash) []string {
	a := p.attribute(kind, c.Name)
	words := make([]string, len(c.Values))
	for i, raw := range c.Values {
		words[i] = valueOf(a, raw)
	}
	return words
}

func valueOf(a annotate.Attribute, raw json.RawMessage) string {
	if a.Type != "" {
		return form.Words(a, raw)
	}
	return strings.Join(annotate.Values{"": raw}.Strings(""), ", ")
}

// askSplit asks what the ticked mentions are, and splits them off as an entity of
// their own.
func (p *Page) askSplit() {
	e, ok := p.entity()
	spans := p.mentions.tickedSpans()
	if !ok || len(spans) == 0 || p.readOnly() {
		return
	}
	p.commit()
	dialog := sheet.New(p.canvas, nil)
	name := widgets.NewField("Name")
	name.Put(p.splitName())
	do := func() {
		called := strings.Join(strings.Fields(name.Text), " ")
		if called == "" {
			return
		}
		dialog.Close()
		p.carryOut(p.o.Session.SplitEntity(e.ID, called, spans))
	}
	name.OnEnter = do
	words := mentionCount(len(spans)) + " of “" + e.Name + "” will point at a new " + e.Kind + "."
	dialog.Content = widgets.NewPadded(widgets.Even(24, 22), widgets.NewColumn(12,
		sheet.NewTitle("Split mentions off"), widgets.NewParagraph(words, theme.TextSize, dialogWidth-48, theme.Dim),
		sheet.NewRow("Name", name), widgets.NewSpace(0, 2),
		widgets.NewRow(10, nil, widgets.NewBorderedButton("Cancel", dialog.Close), widgets.NewPrimaryButton("Split off", do)),
	))
	dialog.Room.Width, dialog.OnDone, dialog.OnClose = dialogWidth, do, func() { p.canvas.Focus(p.list) }
	dialog.Open(name)
	name.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// splitName is what the ticked mentions are called.
func (p *Page) splitName() string {
	var words []string
	for _, f := range p.mentions.found {
		if p.mentions.ticked[f.Span.ID] {
			words = append(words, f.Words)
		}
	}
	return entity.NameOf(words)
}

// askDelete deletes the chosen entity, after a question if spans point at it.
func (p *Page) askDelete() {
	e, ok := p.entity()
	if !ok || p.readOnly() {
		return
	}
	p.commit()
	do := func() {
		next := p.list.beside()
		step, err := p.o.Session.DeleteEntity(e.ID)
		p.chosen = next
		p.carryOut(step, err)
	}
	n := p.index().Uses(e.ID)
	if n == 0 {
		do()
		return
	}
	sheet.Ask(p.canvas, "Delete “"+text.Brief(e.Name, 44)+"”?", mentionCount(n)+" will point at nothing. The spans themselves stay.", "Delete", do)
}

// beside is the entity that takes the place of the chosen one when it goes.
func (l *list) beside() annotate.ID {
	at := l.at()
	for _, i := range []int{at + 1, at - 1} {
		if i >= 0 && i < len(l.found) {
			return l.found[i].Entity.ID
		}
	}
	return ""
}
