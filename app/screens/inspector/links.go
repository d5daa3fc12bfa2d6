package inspector

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/app/widgets"
)

// nearest is how many spans a menu of possible ends offers.
const nearest = 12

// links are the buttons that relate a span to another: one for each relation type
// that the schema offers from its label, with the spans near by that it allows.
func (t *spanTab) links(span annotate.Span) fyne.CanvasObject {
	var chips []fyne.CanvasObject
	for _, kind := range t.p.o.Session.Schema().RelationTypes {
		if len(kind.From) > 0 && !slices.Contains(kind.From, span.Label) {
			continue
		}
		items := t.ends(span, kind)
		if len(items) == 0 {
			continue
		}
		var chip *widgets.Chip
		chip = widgets.NewChip("+ "+relationName(kind), func() { below(chip.Surface, items) })
		chips = append(chips, chip.Surface)
	}
	if len(chips) == 0 {
		return nil
	}
	return widgets.NewPadded(widgets.Pad{Top: 4}, widgets.NewWrap(5, inner, chips...))
}

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
		if !linked[to.ID] && (len(kind.To) == 0 || slices.Contains(kind.To, to.Label)) {
			found = append(found, to)
		}
	}
	slices.SortStableFunc(found, func(a, b annotate.Span) int { return gap(from, a) - gap(from, b) })
	var items []*fyne.MenuItem
	for _, to := range found[:min(len(found), nearest)] {
		items = append(items, fyne.NewMenuItem(short(t.words(to)), func() {
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

// short cuts text to what fits a menu.
func short(s string) string {
	const most = 44
	if runes := []rune(s); len(runes) > most {
		return strings.TrimSpace(string(runes[:most])) + "…"
	}
	return s
}
