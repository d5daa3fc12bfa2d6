package app

import (
	"fmt"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/annotate/edit"
	"lede/annotate/text"
	"lede/app/commands"
	"lede/app/screens/picker"
	"lede/app/screens/reader"
	"lede/app/settings"
	"lede/app/widgets"
)

func (s *shell) bindRelations() {
	s.on(commands.RelationNew, s.in((*workspace).beginRelation), s.editable)
	s.on(commands.RelationRetype, s.in((*workspace).pickRelationType), s.relation)
	s.on(commands.RelationReverse, s.in(func(w *workspace) {
		s.tell(w.session.ReverseRelation(w.session.ChosenRelation()))
	}), func() bool {
		if !s.relation() {
			return false
		}
		r, ok := s.work.session.Relation(s.work.session.ChosenRelation())
		return ok && s.work.session.Doc().Reversible(r)
	})
	s.on(commands.ViewRelations, s.in((*workspace).toggleRelations), s.project)
}

// relation says whether there is a chosen relation that can be changed.
func (s *shell) relation() bool { return s.editable() && s.work.session.ChosenRelation() != "" }

// deleteTitle says what Delete would remove, "" for a span.
func (s *shell) deleteTitle() string {
	if s.relation() {
		return "Delete relation"
	}
	return ""
}

func (w *workspace) toggleRelations() {
	on := !w.shell.o.Settings.Settings().Relations
	w.shell.remember(w.shell.o.Settings.Change(func(v *settings.Settings) { v.Relations = on }))
	w.reader.View.SetAllLinks(on)
	w.second.View.SetAllLinks(on)
	w.shell.refreshMenu()
}

// beginRelation looks for the other end of a relation from the chosen span.
func (w *workspace) beginRelation() {
	span, ok := w.session.Doc().Span(w.session.Chosen())
	if !ok {
		w.remark("A relation between two spans", "Choose the span that it begins at, then press its key again. Or drag from one span’s label to another.")
		return
	}
	if !w.session.Doc().Relatable(span.Label, "") {
		w.remark("No relation is offered", fmt.Sprintf("The schema has no relation type for a span with the label “%s”.", w.labelTitle(span)))
		return
	}
	w.reader.Relate("")
}

// remark says something that goes away by itself.
func (w *workspace) remark(title, text string) {
	w.shell.notice(notice{brief: true, title: title, text: text})
	w.shell.probe.say("hint", "title", title, "text", text)
}

func (w *workspace) labelTitle(span annotate.Span) string {
	l, _ := w.session.Schema().Label(span.Label)
	return reader.LabelTitle(l)
}

// relate makes the relation that was drawn from one span to another, of a type or,
// with "", of the only type that the schema offers; if it offers several, it asks.
func (w *workspace) relate(from, to, kind annotate.ID) {
	all := w.session.Offers(from, to)
	offers := slices.DeleteFunc(slices.Clone(all), func(o edit.Offer) bool {
		return kind != "" && (o.Reversed || o.Type.ID != kind)
	})
	left := slices.DeleteFunc(slices.Clone(offers), func(o edit.Offer) bool { return o.Exists })
	switch {
	case len(offers) == 0:
		w.refuseRelation(from, to, kind)
	case len(left) == 0:
		w.remark("They are related already", fmt.Sprintf("“%s” is there.", w.offerTitle(offers[0], to)))
	case len(offers) == 1:
		w.shell.tell(w.session.Relate(left[0], from, to))
	default:
		w.askRelation(left, from, to)
	}
}

// refuseRelation says why there is no relation between two spans.
func (w *workspace) refuseRelation(from, to, kind annotate.ID) {
	a, okA := w.session.Doc().Span(from)
	b, okB := w.session.Doc().Span(to)
	if !okA || !okB || from == to {
		return
	}
	why := fmt.Sprintf("The schema has no relation type between “%s” and “%s”.", w.labelTitle(a), w.labelTitle(b))
	if t, ok := w.session.Schema().RelationType(kind); ok {
		why = fmt.Sprintf("In the schema, “%s” does not lead from “%s” to “%s”.", reader.RelationName(t), w.labelTitle(a), w.labelTitle(b))
	}
	w.remark("No relation is offered", why)
}

// offerTitle words a relation as the span in hand has it: "speaker: Ilse Brandvik",
// "speaker of: “Nobody goes back”".
func (w *workspace) offerTitle(o edit.Offer, to annotate.ID) string {
	name := reader.RelationName(o.Type)
	if o.Reversed {
		name = reader.Reversed(name)
	}
	const isolate, pop = "\u2068", "\u2069" // the excerpt may run from right to left
	return name + ": " + isolate + w.excerpt(to) + pop
}

// excerpt is the beginning of a span's text.
func (w *workspace) excerpt(id annotate.ID) string {
	span, ok := w.session.Doc().Span(id)
	if !ok {
		return ""
	}
	return text.Brief(w.session.Doc().Text.Quote(span.Fragments), 32)
}

// askRelation asks which of several relations is meant.
func (w *workspace) askRelation(offers []edit.Offer, from, to annotate.ID) {
	other, _ := w.session.Doc().Span(to)
	label, _ := w.session.Schema().Label(other.Label)
	o := picker.Options{
		Canvas: w.shell.win.Canvas(), At: w.atSpan(other), Hint: "Which relation? Type a part, or its number",
		None: "No relation is called that.", Width: 360, ByKey: true, Gone: w.reader.Focus,
		Pick: func(id string) {
			i, _ := strconv.Atoi(id)
			w.shell.tell(w.session.Relate(offers[i], from, to))
			w.reader.Focus()
		},
	}
	for i, offer := range offers {
		o.Labels = append(o.Labels, picker.Label{
			ID: strconv.Itoa(i), Title: w.offerTitle(offer, to), Key: numberKey(i), Mark: reader.MarkOf(label),
		})
	}
	// Once the button is up: Fyne takes the keyboard from what opens before.
	w.shell.dispatch(func() { picker.Open(o) })
}

// numberKey is the digit that picks a line of a short list, "" beyond the ninth.
func numberKey(i int) string {
	if i >= 9 {
		return ""
	}
	return strconv.Itoa(i + 1)
}

// pickRelationType asks which type the chosen relation is to have.
func (w *workspace) pickRelationType() {
	r, ok := w.session.Relation(w.session.ChosenRelation())
	if !ok {
		return
	}
	types := w.session.Doc().TypesFor(r)
	to, _ := w.session.Doc().Span(r.To)
	label, _ := w.session.Schema().Label(to.Label)
	o := picker.Options{
		Canvas: w.shell.win.Canvas(), At: w.atSpan(to), Hint: "Make the relation…", None: "No relation is called that.",
		ByKey: true, Gone: w.reader.Focus,
		Pick: func(id string) {
			w.shell.tell(w.session.RetypeRelation(r.ID, annotate.ID(id)))
			w.reader.Focus()
		},
	}
	for i, t := range types {
		o.Labels = append(o.Labels, picker.Label{ID: string(t.ID), Title: reader.RelationName(t), Key: numberKey(i), Mark: reader.MarkOf(label)})
	}
	picker.Open(o)
}

// relationMenu is the menu of a relation in the text.
func (w *workspace) relationMenu(pos fyne.Position, id string) {
	w.session.ChooseRelation(annotate.ID(id))
	r, ok := w.session.Relation(annotate.ID(id))
	if !ok || !w.shell.editable() {
		return
	}
	retype := fyne.NewMenuItem("Change the type", nil)
	retype.ChildMenu = fyne.NewMenu("")
	for _, t := range w.session.Doc().TypesFor(r) {
		item := fyne.NewMenuItem(reader.RelationName(t), func() {
			w.shell.tell(w.session.RetypeRelation(r.ID, t.ID))
			w.reader.Focus()
		})
		item.Checked = t.ID == r.Type
		retype.ChildMenu.Items = append(retype.ChildMenu.Items, item)
	}
	reverse := fyne.NewMenuItem("Reverse", func() {
		w.shell.tell(w.session.ReverseRelation(r.ID))
		w.reader.Focus()
	})
	reverse.Disabled = !w.session.Doc().Reversible(r)
	remove := fyne.NewMenuItem("Delete relation", func() {
		w.shell.tell(w.session.Unlink(r.ID))
		w.reader.Focus()
	})
	menu := fyne.NewMenu("", retype, reverse, fyne.NewMenuItemSeparator(), remove)
	widgets.ShowMenu(menu, w.shell.win.Canvas(), pos)
}
