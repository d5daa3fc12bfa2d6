package schema

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/annotate/edit"
	"lede/app/screens/reader"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

// attributes is the area of attributes, or that of document fields, which are
// attributes of the document scope.
type attributes struct {
	e      *Editor
	fields bool
	draft  *annotate.Attribute
	value  map[annotate.ID]string // the chosen value of each attribute's list, by name
}

// types are the types of values in the words of the form.
var types = []struct {
	is    annotate.AttributeType
	title string
}{
	{annotate.OneOf, "one of a list"},
	{annotate.ManyOf, "any number of a list"},
	{annotate.TextValue, "text"},
	{annotate.NumberValue, "a number"},
	{annotate.BooleanValue, "yes or no"},
	{annotate.DateValue, "a date"},
}

// scopes are what attributes can belong to.
var scopes = []struct {
	is    annotate.Scope
	title string
}{{annotate.SpanScope, "spans"}, {annotate.RelationScope, "relations"}, {annotate.EntityScope, "entities"}}

func listed(t annotate.AttributeType) bool { return t == annotate.OneOf || t == annotate.ManyOf }

func (a *attributes) title() string {
	if a.fields {
		return "Document fields"
	}
	return "Attributes"
}

func (a *attributes) adds() string { return "Add" }

func (a *attributes) empty() string {
	if a.fields {
		return "No document fields yet. They hold what is said of an article as a whole: its genre, whether it is relevant."
	}
	return "No attributes yet. They hold what is said of a span beside its label: the type of an event, the form of a quote."
}

func (a *attributes) arranges() bool { return true }

func (a *attributes) mine(t annotate.Attribute) bool {
	return (t.Scope == annotate.DocumentScope) == a.fields
}

func (a *attributes) items() []item {
	s := a.e.schema()
	var items []item
	for _, t := range s.Attributes {
		if !a.mine(t) {
			continue
		}
		it := item{id: t.ID, title: titleOr(t.Title, t.Name), below: a.typeWords(t)}
		if whose := a.whose(t); whose != "" {
			it.below += " · " + whose
		}
		if t.Scope == annotate.SpanScope {
			for _, id := range t.Labels {
				if l, ok := s.Label(id); ok {
					it.marks = append(it.marks, reader.MarkOf(l))
				}
			}
		}
		items = append(items, it)
	}
	if a.draft != nil {
		items = append(items, item{id: draftID, title: "New", below: a.typeWords(*a.draft)})
	}
	return items
}

func (a *attributes) typeWords(t annotate.Attribute) string {
	words := ""
	switch t.Type {
	case annotate.OneOf:
		words = "one of " + sheet.Number(len(t.Choices))
	case annotate.ManyOf:
		words = "any of " + sheet.Number(len(t.Choices))
	default:
		for _, k := range types {
			if k.is == t.Type {
				words = k.title
			}
		}
	}
	if t.Required {
		words += ", needed"
	}
	return words
}

// whose is what an attribute belongs to, in a few words.
func (a *attributes) whose(t annotate.Attribute) string {
	s := a.e.schema()
	var names []string
	for _, id := range t.Labels {
		if t.Scope == annotate.RelationScope {
			if r, ok := s.RelationType(id); ok {
				names = append(names, titleOr(r.Title, r.Name))
			}
		} else if l, ok := s.Label(id); ok {
			names = append(names, l.Called())
		}
	}
	all := strings.Join(names, ", ")
	switch t.Scope {
	case annotate.RelationScope:
		return cmp.Or(all, "all relations")
	case annotate.EntityScope:
		return "entities of " + cmp.Or(all, "all kinds")
	case annotate.SpanScope:
		return cmp.Or(all, "all spans")
	default: // every article has the fields of documents
		return ""
	}
}

func (a *attributes) add() {
	a.draft = &annotate.Attribute{Scope: annotate.SpanScope, Type: annotate.OneOf}
	if a.fields {
		a.draft.Scope = annotate.DocumentScope
	}
	a.e.chosen[a.e.now] = draftID
}

func (a *attributes) drop() { a.draft = nil }

func (a *attributes) arrange(ids []annotate.ID) {
	a.e.fail(a.e.o.Session.ArrangeSchema("Reorder "+strings.ToLower(a.title()), annotate.KindAttribute, ids))
}

func (a *attributes) get(id annotate.ID) annotate.Attribute {
	if id == draftID && a.draft != nil {
		return *a.draft
	}
	for _, t := range a.e.schema().Attributes {
		if t.ID == id {
			return t
		}
	}
	return annotate.Attribute{}
}

// put changes an attribute. A draft is put into the schema once it has a title,
// and values if it is a list.
func (a *attributes) put(t annotate.Attribute, what string) error {
	if t.ID != "" {
		return a.e.o.Session.EditSchema(what+" "+titleOr(t.Title, t.Name), t)
	}
	if a.draft == nil {
		return nil
	}
	if t.Name == "" || listed(t.Type) && len(t.Choices) == 0 {
		*a.draft = t
		a.e.soon()
		return nil
	}
	t.ID, t.Order = a.e.o.Session.Env().NewID(), edit.NextOrder(a.e.schema(), annotate.KindAttribute)
	if err := a.e.o.Session.EditSchema("Add "+titleOr(t.Title, t.Name), t); err != nil {
		return err
	}
	a.draft = nil
	a.e.added(t.ID)
	a.e.soon()
	return nil
}

func (a *attributes) change(id annotate.ID, what string, alter func(*annotate.Attribute)) error {
	t := a.get(id)
	t.Labels, t.Choices = slices.Clone(t.Labels), slices.Clone(t.Choices)
	alter(&t)
	return a.put(t, what)
}

func (a *attributes) do(id annotate.ID, what string, alter func(*annotate.Attribute)) {
	a.e.fail(a.change(id, what, alter))
}

func (a *attributes) form(f *form, id annotate.ID) {
	t := a.get(id)
	f.put(f.pair(
		f.row("Title", f.text("title", t.Title, "as people see it", func(s string) error { return a.retitle(id, s) })),
		f.row("Name", f.text("name", t.Name, "as files and exports have it", func(s string) error {
			return a.rename(id, strings.TrimSpace(s))
		})),
	))
	f.put(f.row("In short", f.text("description", t.Description, "one line about it", func(s string) error {
		return a.change(id, "Describe", func(t *annotate.Attribute) { t.Description = strings.TrimSpace(s) })
	})))
	if !a.fields {
		a.whoseRows(f, t)
	}
	f.put(f.pair(f.row("Values", a.typeField(f, t)), f.row("", f.check("required", "needed: warn where it is missing", t.Required, func(on bool) {
		a.do(id, "Change whether it is needed:", func(t *annotate.Attribute) { t.Required = on })
	}))))
	if listed(t.Type) {
		a.choiceRows(f, t)
	}
	f.put(f.row("Begins as", a.defaultField(f, t)))
	a.whenRows(f, "Asked for", "always", t.When, t, func(w annotate.When) {
		a.do(id, "Change when it is asked for:", func(t *annotate.Attribute) { t.When = w })
	})
	if id == draftID {
		words := "It is added once it has a title."
		if listed(t.Type) {
			words = "It is added once it has a title and a value."
		}
		f.put(f.hint(words))
	} else {
		f.deeds("", a.deeds(id))
	}
}

// retitle gives a title. The name of a draft follows; that of an attribute stays,
// because values are kept by it.
func (a *attributes) retitle(id annotate.ID, title string) error {
	title = strings.Join(strings.Fields(title), " ")
	return a.change(id, "Rename", func(t *annotate.Attribute) {
		if id == draftID && title != "" && (t.Name == "" || t.Name == nameFor(t.Title)) {
			t.Name = free(nameFor(title), func(name string) bool {
				return slices.ContainsFunc(a.e.schema().Attributes, func(o annotate.Attribute) bool { return o.Name == name && o.Scope == t.Scope })
			})
		}
		t.Title = title
	})
}

// whoseRows are what an attribute belongs to.
func (a *attributes) whoseRows(f *form, t annotate.Attribute) {
	if f.of == draftID {
		var options []widgets.Pick
		for _, sc := range scopes {
			options = append(options, widgets.Pick{Title: sc.title, On: sc.is == t.Scope})
		}
		f.put(f.row("Belongs to", f.picks("scope", f.fieldWidth(), options, func(i int) {
			a.do(f.of, "", func(t *annotate.Attribute) { t.Scope, t.Labels, t.When = scopes[i].is, nil, nil })
		})))
	}
	s := a.e.schema()
	var picks []widgets.Pick
	var ids []annotate.ID
	if t.Scope == annotate.RelationScope {
		for _, r := range s.RelationTypes {
			picks = append(picks, widgets.Pick{Title: titleOr(r.Title, r.Name), On: slices.Contains(t.Labels, r.ID)})
			ids = append(ids, r.ID)
		}
	} else {
		for _, l := range s.Labels {
			if t.Scope == annotate.EntityScope && l.Entity == "" {
				continue
			}
			mark := reader.MarkOf(l)
			picks = append(picks, widgets.Pick{Title: l.Called(), Mark: &mark, On: slices.Contains(t.Labels, l.ID)})
			ids = append(ids, l.ID)
		}
	}
	titles := map[annotate.Scope]string{annotate.SpanScope: "Spans with", annotate.RelationScope: "Relations", annotate.EntityScope: "Entities of"}
	field := f.picks("labels", f.fieldWidth()-12, picks, func(i int) {
		a.do(f.of, "Change what has", func(t *annotate.Attribute) { t.Labels = toggled(t.Labels, ids[i], ids) })
	})
	f.put(f.top(titles[t.Scope], f.scrolled("labels", field)))
	if len(t.Labels) == 0 {
		f.put(f.hint("None is chosen: it is for all of them."))
	}
}

// toggled is a list of ids with one put in or taken out, in the order of all.
func toggled(now []annotate.ID, id annotate.ID, all []annotate.ID) []annotate.ID {
	var next []annotate.ID
	for _, x := range all {
		if slices.Contains(now, x) != (x == id) {
			next = append(next, x)
		}
	}
	return next
}

// typeField is the type of the values.
func (a *attributes) typeField(f *form, t annotate.Attribute) fyne.CanvasObject {
	var names []string
	chosen := -1
	for i, k := range types {
		names = append(names, k.title)
		if k.is == t.Type {
			chosen = i
		}
	}
	return f.choice("type", names, chosen, func(i int) { a.retype(f.of, types[i].is) })
}

// defaultField is the value that a form begins with.
func (a *attributes) defaultField(f *form, t annotate.Attribute) fyne.CanvasObject {
	set := func(raw json.RawMessage) error {
		return a.change(f.of, "Change what forms begin with for", func(t *annotate.Attribute) { t.Default = raw })
	}
	now := annotate.Values{}
	if len(t.Default) > 0 {
		now[t.Name] = t.Default
	}
	switch t.Type {
	case annotate.OneOf, annotate.BooleanValue:
		titles, values := []string{"nothing"}, []string{""}
		if t.Type == annotate.BooleanValue {
			titles, values = append(titles, "yes", "no"), append(values, "true", "false")
		}
		for _, c := range t.Choices {
			titles, values = append(titles, titleOr(c.Title, c.Name)), append(values, c.Name)
		}
		return f.choice("default", titles, max(0, slices.Index(values, now.String(t.Name))), func(i int) {
			raw := annotate.StringValue(values[i])
			switch {
			case values[i] == "":
				raw = nil
			case t.Type == annotate.BooleanValue:
				raw = json.RawMessage(values[i])
			}
			a.e.fail(set(raw))
		})
	case annotate.ManyOf:
		var options []widgets.Pick
		for _, c := range t.Choices {
			options = append(options, widgets.Pick{Title: titleOr(c.Title, c.Name), On: slices.Contains(now.Strings(t.Name), c.Name)})
		}
		if len(options) == 0 || len(options) > 12 {
			return widgets.NewElastic("nothing", theme.TextSize, theme.Dim)
		}
		return f.picks("default", f.fieldWidth(), options, func(i int) {
			var next []string
			for k, o := range options {
				if o.On != (k == i) {
					next = append(next, t.Choices[k].Name)
				}
			}
			a.e.fail(set(list(next)))
		})
	default:
		return f.text("default", now.String(t.Name), "nothing", func(s string) error {
			raw, problem := typed(t.Type, s)
			if problem != "" {
				return &annotate.Error{Kind: annotate.ErrInvalid, Detail: problem}
			}
			return set(raw)
		})
	}
}

// list is names as a JSON array, nil for none.
func list(names []string) json.RawMessage {
	if len(names) == 0 {
		return nil
	}
	raw, _ := json.Marshal(names) // strings always encode
	return raw
}

// typed is what was typed as a value of a type.
func typed(t annotate.AttributeType, s string) (raw json.RawMessage, problem string) {
	s = strings.TrimSpace(s)
	switch {
	case s == "":
		return nil, ""
	case t == annotate.NumberValue && !json.Valid([]byte(s)):
		return nil, "That is not a number."
	case t == annotate.NumberValue:
		return json.RawMessage(s), ""
	}
	return annotate.StringValue(s), ""
}
