package inspector

import (
	"slices"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/annotate/text"
	"lede/app/screens/reader"
	"lede/app/theme"
	"lede/app/widgets"
)

// nearest is how many spans a menu of possible ends offers.
const nearest = 12

// ends are the spans that a relation of a kind may lead to, nearest first, but
// for those that it leads to already.
func (t *spanTab) ends(from annotate.Span, kind annotate.RelationType) []*fyne.MenuItem {
	s := t.p.o.Session
	linked := map[annotate.ID]bool{from.ID: true}
	for _, r := range s.Doc().RelationsOf(from.ID) {
		if r.From == from.ID && r.Type == kind.ID {
			linked[r.To] = true
		}
	}
	var found []annotate.Span
	for _, to := range s.Doc().Spans() {
		if !linked[to.ID] && kind.AllowsTo(to.Label) {
			found = append(found, to)
		}
	}
	slices.SortStableFunc(found, func(a, b annotate.Span) int { return gap(from, a) - gap(from, b) })
	var items []*fyne.MenuItem
	for _, to := range found[:min(len(found), nearest)] {
		items = append(items, fyne.NewMenuItem(text.Brief(t.words(to), 44), func() {
			t.p.o.Tell(s.Link(kind.ID, from.ID, to.ID))
			t.p.after()
		}))
	}
	return items
}

// gap is how far apart two spans are, in code points; 0 if they overlap.
func gap(a, b annotate.Span) int {
	return max(0, b.Fragments.Start()-a.Fragments.End(), a.Fragments.Start()-b.Fragments.End())
}

// relation is the chosen relation in detail.
func (t *spanTab) relation(r annotate.Relation) fyne.CanvasObject {
	t.forget() // a field of the span is not to be written to from here
	s := t.p.o.Session
	kind, _ := s.Schema().RelationType(r.Type)
	var types []*fyne.MenuItem
	for _, other := range s.Doc().TypesFor(r) {
		item := fyne.NewMenuItem(relationName(other), func() {
			t.p.o.Tell(s.RetypeRelation(r.ID, other.ID))
			t.p.after()
		})
		item.Checked = other.ID == r.Type
		types = append(types, item)
	}
	rows := []fyne.CanvasObject{
		formRow("Relation", choiceOf(nil, relationName(kind), types, t.editable())),
		formRow("From", t.end(r.From)),
		formRow("To", t.end(r.To)),
	}
	parts := []fyne.CanvasObject{widgets.NewColumn(6, rows...)}
	if r.Note != "" {
		parts = append(parts, section("Note", 0, widgets.NewParagraph(r.Note, theme.TextSize, inner, theme.Text)))
	}
	if t.editable() {
		var can []fyne.CanvasObject
		if s.Doc().Reversible(r) {
			can = append(can, t.action(widgets.IconReturn, "Reverse", theme.Accent, func() { t.p.o.Tell(s.ReverseRelation(r.ID)) }))
		}
		can = append(can, t.action(widgets.IconTrash, "Delete relation", theme.Danger, func() { t.p.o.Tell(s.Unlink(r.ID)) }))
		parts = append(parts, widgets.NewColumn(2, can...))
	}
	return widgets.NewColumn(18, parts...)
}

// end is a button that chooses an end of a relation.
func (t *spanTab) end(id annotate.ID) *widgets.Surface {
	s := t.p.o.Session
	span, _ := s.Doc().Span(id)
	label, _ := s.Schema().Label(span.Label)
	end := widgets.NewSurface(widgets.NewStretch(8, 1, widgets.NewSwatch(reader.MarkOf(label)),
		widgets.NewElastic(t.words(span), theme.TextSize, theme.Text)), func() {
		s.Choose(id)
		t.p.o.Reveal()
		t.p.o.Focus()
	})
	end.Pad, end.Radius = widgets.Even(4, 4), 4
	return end
}

// action is a word with an icon that does something to the relation.
func (t *spanTab) action(icon widgets.IconName, title string, color theme.Name, do func()) fyne.CanvasObject {
	s := widgets.NewSurface(widgets.NewRow(6, widgets.NewIcon(icon, 14, color), widgets.NewLine(title, theme.TextSize, color)), func() {
		do()
		t.p.o.Focus()
	})
	s.Pad, s.Radius = widgets.Pad{Left: 4, Top: 4, Right: 8, Bottom: 4}, 4
	return widgets.NewPadded(widgets.Pad{Left: -4}, widgets.NewRow(0, s))
}
