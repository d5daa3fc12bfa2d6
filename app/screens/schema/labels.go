package schema

import (
	"cmp"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/annotate/edit"
	file "lede/annotate/schema"
	"lede/app/screens/reader"
	"lede/app/screens/sheet"
	"lede/app/widgets"
)

// labels is the area of the labels of spans.
type labels struct {
	e     *Editor
	draft *annotate.Label
}

func (a *labels) title() string { return "Labels" }
func (a *labels) adds() string  { return "Add a label" }
func (a *labels) empty() string {
	return "No labels yet. Add the first: it says what a marked span is, an actor, an event, a quote."
}
func (a *labels) arranges() bool { return true }

func (a *labels) items() []item {
	s := a.e.schema()
	var items []item
	for _, l := range s.Labels {
		mark := reader.MarkOf(l)
		it := item{id: l.ID, title: l.Called(), key: l.Hotkey, mark: &mark}
		if p, ok := s.Label(l.Parent); ok {
			it.below = "a kind of " + p.Called()
		}
		if n, ok := a.e.use.labels[l.Name]; ok {
			it.facts = sheet.Number(n)
		}
		items = append(items, it)
	}
	if a.draft != nil {
		mark := reader.MarkOf(*a.draft)
		items = append(items, item{id: draftID, title: "New label", mark: &mark})
	}
	return items
}

func (a *labels) add() {
	s := a.e.schema()
	colors, pattern := file.Look(len(s.Labels))
	a.draft = &annotate.Label{Color: colors.Light, ColorDark: colors.Dark, Pattern: pattern, Hotkey: a.freeDigit()}
	a.e.chosen[a.e.now] = draftID
}

// freeDigit is the first digit that no label has.
func (a *labels) freeDigit() string {
	for _, k := range "123456789" {
		if _, taken := a.e.schema().LabelByKey(string(k)); !taken {
			return string(k)
		}
	}
	return ""
}

func (a *labels) drop() { a.draft = nil }

func (a *labels) arrange(ids []annotate.ID) {
	a.e.fail(a.e.o.Session.ArrangeSchema("Reorder labels", annotate.KindLabel, ids))
}

func (a *labels) get(id annotate.ID) annotate.Label {
	if id == draftID && a.draft != nil {
		return *a.draft
	}
	l, _ := a.e.schema().Label(id)
	return l
}

// put changes a label. A draft is put into the schema once it has a title.
func (a *labels) put(l annotate.Label, what string) error {
	if l.ID != "" {
		return a.e.o.Session.EditSchema(what+" "+l.Called(), l)
	}
	if a.draft == nil {
		return nil
	}
	if l.Name == "" {
		*a.draft = l
		a.e.soon()
		return nil
	}
	s := a.e.schema()
	l.ID, l.Order = a.e.o.Session.Env().NewID(), edit.NextOrder(s, annotate.KindLabel)
	if err := a.e.o.Session.EditSchema("Add label "+l.Called(), l); err != nil {
		return err
	}
	a.draft = nil
	a.e.added(l.ID)
	a.e.soon()
	return nil
}

// change alters the label of a form.
func (a *labels) change(id annotate.ID, what string, alter func(*annotate.Label)) error {
	l := a.get(id)
	alter(&l)
	return a.put(l, what)
}

// do is change where nothing can be wrong but the project.
func (a *labels) do(id annotate.ID, what string, alter func(*annotate.Label)) {
	a.e.fail(a.change(id, what, alter))
}

func (a *labels) form(f *form, id annotate.ID) {
	l := a.get(id)
	f.put(f.pair(a.e.sample(l, false), a.e.sample(l, true)), widgets.NewSpace(0, 2))
	f.put(f.pair(
		f.row("Title", f.text("title", l.Title, "as people see it", func(s string) error { return a.retitle(id, s) })),
		f.row("Name", f.text("name", l.Name, "as files and exports have it", func(s string) error {
			return a.rename(id, strings.TrimSpace(s))
		})),
	))
	f.put(f.pair(f.row("Key", newKeyField(f, a, l)), f.row("Kind of", a.parentField(f, l))))
	a.lookRows(f, l)
	f.put(f.row("Stands for", a.kindField(f, l)))
	f.put(f.row("In short", f.text("description", l.Description, "one line about it", func(s string) error {
		return a.change(id, "Describe", func(l *annotate.Label) { l.Description = strings.TrimSpace(s) })
	})))
	f.put(f.guideline(l.Guideline, func(s string) error {
		return a.change(id, "Write the guideline of", func(l *annotate.Label) { l.Guideline = strings.TrimRight(s, " \n\t") })
	}))
	if id != draftID {
		a.links(f, l)
		a.useRows(f, l)
	}
}

// retitle gives a title. The name of a draft follows; that of a label stays, because
// files may know it.
func (a *labels) retitle(id annotate.ID, title string) error {
	title = strings.Join(strings.Fields(title), " ")
	return a.change(id, "Rename", func(l *annotate.Label) {
		if id == draftID && title != "" && (l.Name == "" || l.Name == nameFor(l.Title)) {
			l.Name = free(nameFor(title), func(name string) bool {
				_, taken := a.e.schema().LabelNamed(name)
				return taken
			})
		}
		l.Title = title
	})
}

// nameFor is the name in files of something with a title.
func nameFor(title string) string { return cmp.Or(file.NameOf(title), title) }

// free is a name that nothing has, counted on where something has it.
func free(name string, taken func(string) bool) string {
	next := name
	for n := 2; taken(next); n++ {
		next = fmt.Sprintf("%s_%d", name, n)
	}
	return next
}

func (a *labels) parentField(f *form, l annotate.Label) fyne.CanvasObject {
	titles, ids, chosen := []string{"nothing else"}, []annotate.ID{""}, 0
	for _, o := range a.e.schema().Labels {
		if o.ID == l.ID || a.below(o, l.ID) {
			continue
		}
		if o.ID == l.Parent {
			chosen = len(ids)
		}
		titles, ids = append(titles, o.Called()), append(ids, o.ID)
	}
	return f.choice("parent", titles, chosen, func(i int) {
		a.do(f.of, "Change what is above", func(l *annotate.Label) { l.Parent = ids[i] })
	})
}

// below says whether a label is a kind of another, at any depth.
func (a *labels) below(l annotate.Label, of annotate.ID) bool {
	for range a.e.schema().Labels {
		if l.Parent == "" {
			return false
		}
		if l.Parent == of {
			return true
		}
		l, _ = a.e.schema().Label(l.Parent)
	}
	return false
}

// kindField is the kind of entity that spans of the label stand for.
func (a *labels) kindField(f *form, l annotate.Label) fyne.CanvasObject {
	set := func(s string) error {
		return a.change(f.of, "Change the entities of", func(l *annotate.Label) { l.Entity = strings.TrimSpace(s) })
	}
	field := f.text("entity", l.Entity, "no entity", set)
	var options []widgets.Pick
	kinds := a.e.schema().EntityKinds()
	for _, k := range kinds {
		options = append(options, widgets.Pick{Title: k, On: k == l.Entity})
	}
	if len(kinds) == 0 {
		return field
	}
	p := f.picks("kinds", f.fieldWidth()-200, options, func(i int) {
		if kinds[i] == l.Entity {
			a.e.fail(set(""))
			return
		}
		a.e.fail(set(kinds[i]))
	})
	return widgets.NewStretch(12, 1, widgets.NewAtLeast(fyne.NewSize(188, 0), field), p)
}

// links lead to what is about the label elsewhere in the schema.
func (a *labels) links(f *form, l annotate.Label) {
	s := a.e.schema()
	parts := f.attributeLinks(annotate.SpanScope, l.ID)
	parts = append(parts, f.link("add", "+ Add", func() { a.e.addAttributeFor(annotate.SpanScope, l.ID) }))
	f.put(f.head("Attributes of its spans"), widgets.NewWrap(8, f.width, parts...))
	var from, to []fyne.CanvasObject
	for _, t := range s.RelationTypes {
		link := func(end string) fyne.CanvasObject {
			return f.link(end+string(t.ID), titleOr(t.Title, t.Name), func() { a.e.goToRecord(annotate.KindRelationType, t.ID) })
		}
		if t.AllowsFrom(l.ID) {
			from = append(from, link("from"))
		}
		if t.AllowsTo(l.ID) {
			to = append(to, link("to"))
		}
	}
	if len(from)+len(to) > 0 {
		f.put(f.head("Relations"))
	}
	if len(from) > 0 {
		f.put(f.top("From it", widgets.NewWrap(8, f.fieldWidth(), from...)))
	}
	if len(to) > 0 {
		f.put(f.top("To it", widgets.NewWrap(8, f.fieldWidth(), to...)))
	}
}
