package schema

import (
	"strings"

	"lede/annotate"
	"lede/annotate/migrate"
	"lede/app/screens/reader"
	"lede/app/widgets"
)

// kinds is the area of the kinds of entities: what labels stand for. A kind is
// there as long as a label stands for it.
type kinds struct {
	e     *Editor
	draft bool
	name  string // of the draft
}

func (a *kinds) title() string  { return "Entities" }
func (a *kinds) adds() string   { return "Add" }
func (a *kinds) arranges() bool { return false }
func (a *kinds) drop()          { a.draft, a.name = false, "" }
func (a *kinds) empty() string {
	return "No kinds of entities yet. When labels stand for entities, spans of several articles can point at the same actor, event or place."
}
func (a *kinds) arrange([]annotate.ID) {}

// items are the kinds; their ids are their names.
func (a *kinds) items() []item {
	var items []item
	for _, k := range a.e.schema().EntityKinds() {
		it := item{id: annotate.ID(k), title: k}
		var names []string
		for _, l := range a.e.schema().Labels {
			if l.Entity == k {
				names, it.marks = append(names, l.Called()), append(it.marks, reader.MarkOf(l))
			}
		}
		it.below = "for " + strings.Join(names, ", ")
		items = append(items, it)
	}
	if a.draft {
		items = append(items, item{id: draftID, title: "New kind", below: "choose the labels that stand for it"})
	}
	return items
}

func (a *kinds) add() {
	a.draft = true
	a.e.chosen[a.e.now] = draftID
}

func (a *kinds) form(f *form, id annotate.ID) {
	now := string(id)
	if id == draftID {
		now = a.name
	}
	f.put(f.row("Name", f.text("title", now, "in small letters, as “actor”", func(s string) error {
		return a.rename(id, strings.TrimSpace(s))
	})))
	var options []widgets.Pick
	var ids []annotate.ID
	for _, l := range a.e.schema().Labels {
		mark := reader.MarkOf(l)
		options = append(options, widgets.Pick{Title: l.Called(), Mark: &mark, On: l.Entity == now && now != ""})
		ids = append(ids, l.ID)
	}
	f.put(f.top("Labels", f.scrolled("labels", f.picks("labels", f.fieldWidth()-12, options, func(i int) { a.toggle(id, ids[i]) }))))
	f.put(f.hint("Spans with these labels stand for an entity of this kind. A label stands for one kind at most."))
	if id == draftID {
		return
	}
	parts := f.entityLinks(now)
	for _, l := range a.e.schema().Labels {
		if l.Entity == now {
			parts = append(parts, f.link("add", "+ Add", func() { a.e.addAttributeFor(annotate.EntityScope, l.ID) }))
			break
		}
	}
	f.put(f.head("Attributes of these entities"), widgets.NewWrap(8, f.width, parts...))
	f.deeds("", a.deeds(id))
}

func (a *kinds) deeds(id annotate.ID) []deed {
	return []deed{{"delete", "Delete", 'd', func() { a.remove(id) }}}
}

// rename calls a kind otherwise, in the labels that stand for it and in the list of
// entities.
func (a *kinds) rename(id annotate.ID, name string) error {
	if id == draftID {
		a.name = name
		return nil
	}
	if name == string(id) {
		return nil
	}
	if err := a.e.straight("Rename "+string(id), "Rename", migrate.RenameKind{From: string(id), To: name}); err != nil {
		return err
	}
	a.e.chosen[areaKinds] = annotate.ID(name)
	return nil
}

// remove takes the kind from the labels that stand for it. Entities of the kind stay
// in their list.
func (a *kinds) remove(id annotate.ID) {
	if id == draftID {
		a.drop()
		a.e.show()
		return
	}
	var records []annotate.Record
	for _, l := range a.e.schema().Labels {
		if l.Entity == string(id) {
			l.Entity = ""
			records = append(records, l)
		}
	}
	a.e.fail(a.e.o.Session.EditSchema("Delete the kind "+string(id), records...))
}

// toggle makes a label stand for the kind, or no longer.
func (a *kinds) toggle(id, label annotate.ID) {
	kind := string(id)
	if id == draftID {
		kind = a.name
	}
	if kind == "" {
		a.e.fail(&annotate.Error{Kind: annotate.ErrInvalid, Detail: "Give the kind a name first."})
		return
	}
	l, _ := a.e.schema().Label(label)
	if l.Entity == kind {
		l.Entity = ""
	} else {
		l.Entity = kind
	}
	if err := a.e.o.Session.EditSchema("Change the entities of "+l.Called(), l); err != nil {
		a.e.fail(err)
		return
	}
	if id == draftID {
		a.drop()
		a.e.added(annotate.ID(kind))
	}
	a.e.soon()
}
