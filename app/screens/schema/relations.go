package schema

import (
	"cmp"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/annotate/edit"
	"lede/app/commands"
	"lede/app/screens/reader"
	"lede/app/widgets"
)

// relations is the area of the types of relations.
type relations struct {
	e     *Editor
	draft *annotate.RelationType
}

func (a *relations) title() string  { return "Relations" }
func (a *relations) adds() string   { return "Add" }
func (a *relations) arranges() bool { return true }
func (a *relations) drop()          { a.draft = nil }
func (a *relations) empty() string {
	return "No relations yet. They lead from span to span: from a quote to its speaker, from an event to its place."
}

func (a *relations) items() []item {
	var items []item
	for _, t := range a.e.schema().RelationTypes {
		items = append(items, item{
			id: t.ID, title: titleOr(t.Title, t.Name), key: ctrlKey(t.Hotkey),
			below: a.names(t.From) + " to " + a.names(t.To),
		})
	}
	if a.draft != nil {
		items = append(items, item{id: draftID, title: "New relation", below: a.names(a.draft.From) + " to " + a.names(a.draft.To)})
	}
	return items
}

// system is whose keys the forms name.
var system = commands.SystemOf(runtime.GOOS)

// held is the key that goes with the keys of relations.
func held(system commands.System) string {
	if system == commands.Mac {
		return "Command"
	}
	return "Ctrl"
}

// ctrlKey is the key of a relation as a row shows it.
func ctrlKey(key string) string {
	if key == "" {
		return ""
	}
	return commands.Spell(commands.Shortcut{Key: fyne.KeyName(key), Mods: commands.Mod}.On(system), system)
}

// names are labels in a few words.
func (a *relations) names(ids []annotate.ID) string {
	var all []string
	for _, id := range ids {
		if l, ok := a.e.schema().Label(id); ok {
			all = append(all, l.Called())
		}
	}
	return cmp.Or(strings.Join(all, ", "), "any")
}

func (a *relations) add() {
	a.draft = &annotate.RelationType{}
	a.e.chosen[a.e.now] = draftID
}

func (a *relations) arrange(ids []annotate.ID) {
	a.e.fail(a.e.o.Session.ArrangeSchema("Reorder relations", annotate.KindRelationType, ids))
}

func (a *relations) get(id annotate.ID) annotate.RelationType {
	if id == draftID && a.draft != nil {
		return *a.draft
	}
	t, _ := a.e.schema().RelationType(id)
	return t
}

// put changes a relation type. A draft is put into the schema once it has a title.
func (a *relations) put(t annotate.RelationType, what string) error {
	if t.ID != "" {
		return a.e.o.Session.EditSchema(what+" "+titleOr(t.Title, t.Name), t)
	}
	if a.draft == nil {
		return nil
	}
	if t.Name == "" {
		*a.draft = t
		a.e.soon()
		return nil
	}
	t.ID, t.Order = a.e.o.Session.Env().NewID(), edit.NextOrder(a.e.schema(), annotate.KindRelationType)
	if err := a.e.o.Session.EditSchema("Add relation "+titleOr(t.Title, t.Name), t); err != nil {
		return err
	}
	a.draft = nil
	a.e.added(t.ID)
	a.e.soon()
	return nil
}

func (a *relations) change(id annotate.ID, what string, alter func(*annotate.RelationType)) error {
	t := a.get(id)
	alter(&t)
	return a.put(t, what)
}

func (a *relations) form(f *form, id annotate.ID) {
	t := a.get(id)
	f.put(f.pair(
		f.row("Title", f.text("title", t.Title, "as people see it", func(s string) error { return a.retitle(id, s) })),
		f.row("Name", f.text("name", t.Name, "as files and exports have it", func(s string) error {
			return a.rename(id, strings.TrimSpace(s))
		})),
	))
	f.put(f.row("In short", f.text("description", t.Description, "one line about it", func(s string) error {
		return a.change(id, "Describe", func(t *annotate.RelationType) { t.Description = strings.TrimSpace(s) })
	})))
	f.put(f.top("From", a.ends(f, "from", t.From, func(t *annotate.RelationType, ids []annotate.ID) { t.From = ids })))
	f.put(f.top("To", a.ends(f, "to", t.To, func(t *annotate.RelationType, ids []annotate.ID) { t.To = ids })))
	if len(t.From) == 0 || len(t.To) == 0 {
		f.put(f.hint("Where none is chosen, it is offered for all labels."))
	}
	f.put(f.pair(
		f.row("At least", a.count(f, "min", t.Min, "0", func(t *annotate.RelationType, n int) { t.Min = n })),
		f.row("At most", a.count(f, "max", t.Max, "any number", func(t *annotate.RelationType, n int) { t.Max = n })),
	))
	f.put(f.hint("How many a span at its start should have. Others are warned about, never refused."))
	f.put(f.pair(f.row("Key", a.keyField(f, t)), widgets.NewSpace(0, 0)))
	f.put(f.hint("With " + held(system) + ", while a span is chosen that it can start from. Without a key of its own it is counted by its place in the list."))
	if id != draftID {
		a.links(f, t)
		f.deeds("", a.deeds(id))
	}
}

// retitle gives a title; the name of a draft follows.
func (a *relations) retitle(id annotate.ID, title string) error {
	title = strings.Join(strings.Fields(title), " ")
	return a.change(id, "Rename", func(t *annotate.RelationType) {
		if id == draftID && title != "" && (t.Name == "" || t.Name == nameFor(t.Title)) {
			t.Name = free(nameFor(title), func(name string) bool {
				_, taken := a.e.schema().RelationTypeNamed(name)
				return taken
			})
		}
		t.Title = title
	})
}

// ends are the labels at one end.
func (a *relations) ends(f *form, name string, now []annotate.ID, set func(*annotate.RelationType, []annotate.ID)) fyne.CanvasObject {
	var options []widgets.Pick
	var ids []annotate.ID
	for _, l := range a.e.schema().Labels {
		mark := reader.MarkOf(l)
		options = append(options, widgets.Pick{Title: l.Called(), Mark: &mark, On: slices.Contains(now, l.ID)})
		ids = append(ids, l.ID)
	}
	return f.scrolled(name, f.picks(name, f.fieldWidth()-12, options, func(i int) {
		a.e.fail(a.change(f.of, "Change the ends of", func(t *annotate.RelationType) { set(t, toggled(now, ids[i], ids)) }))
	}))
}

// count is a field for a number of relations; 0 is shown as nothing.
func (a *relations) count(f *form, name string, now int, hint string, set func(*annotate.RelationType, int)) fyne.CanvasObject {
	shown := ""
	if now > 0 {
		shown = strconv.Itoa(now)
	}
	return f.text(name, shown, hint, func(s string) error {
		n, err := strconv.Atoi(cmp.Or(strings.TrimSpace(s), "0"))
		if err != nil {
			return &annotate.Error{Kind: annotate.ErrInvalid, Detail: "That is not a whole number."}
		}
		return a.change(f.of, "Change how many there should be of", func(t *annotate.RelationType) { set(t, n) })
	})
}

func (a *relations) keyField(f *form, t annotate.RelationType) fyne.CanvasObject {
	digit := func(key string) bool { return len(key) == 1 && key >= "1" && key <= "9" }
	return f.keyField("key", t.Hotkey, digit, func(key string) string { // others may have it for other labels
		for _, o := range a.e.schema().RelationTypes {
			if o.ID != t.ID && o.Hotkey == key && edit.ShareStart(o, t) {
				return titleOr(o.Title, o.Name)
			}
		}
		return ""
	}, nil, func(key string) error {
		t := a.get(f.of)
		t.Hotkey = key
		var records []annotate.Record
		for _, o := range a.e.schema().RelationTypes {
			if key != "" && o.ID != t.ID && o.Hotkey == key && edit.ShareStart(o, t) {
				o.Hotkey = ""
				records = append(records, o)
			}
		}
		if f.of == draftID {
			if len(records) > 0 {
				a.e.fail(a.e.o.Session.EditSchema("Take a key from a relation", records...))
			}
			return a.put(t, "")
		}
		return a.e.o.Session.EditSchema("Change the key of "+titleOr(t.Title, t.Name), append(records, t)...)
	})
}

// links lead to the attributes of the relation.
func (a *relations) links(f *form, t annotate.RelationType) {
	parts := f.attributeLinks(annotate.RelationScope, t.ID)
	parts = append(parts, f.link("add", "+ Add", func() { a.e.addAttributeFor(annotate.RelationScope, t.ID) }))
	f.put(f.head("Its attributes"), widgets.NewWrap(8, f.width, parts...))
}
