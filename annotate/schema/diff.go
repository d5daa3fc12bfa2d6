package schema

import (
	"cmp"
	"slices"

	"lede/annotate"
)

// Diff is what turns a project's schema into that of a file.
type Diff struct {
	Ops []annotate.Op

	// What the ops do, by kind and name, in the order of the file; removals last.
	Added, Changed, Removed []Item
}

// Item is a record of the schema, for people.
type Item struct {
	Kind annotate.Kind
	ID   annotate.ID
	Name string
}

// Records are the file's schema as new records.
func (f *File) Records(env annotate.Env) []annotate.Record {
	var records []annotate.Record
	for _, op := range f.Diff(&annotate.Schema{}, env).Ops {
		records = append(records, op.After)
	}
	return records
}

// Diff says what is to be done to the current schema so that it is the file's.
// Labels, relation types and rules are matched by name, attributes by name, scope
// and labels. A record that is kept keeps its id, its fields that this version
// does not know, and its colours and line where the file is silent.
func (f *File) Diff(current *annotate.Schema, env annotate.Env) *Diff {
	m := matcher{file: f, current: current, newID: env.NewID, labels: map[string]annotate.ID{}, types: map[string]annotate.ID{}}
	m.names()
	labels := m.wantedLabels()
	types := m.wantedTypes()
	attributes := m.wantedAttributes()
	rules := m.wantedRules()

	d := &Diff{}
	compare(d, current.Labels, parentsFirst(labels), func(l annotate.Label) string { return l.Name })
	compare(d, current.RelationTypes, types, func(t annotate.RelationType) string { return t.Name })
	compare(d, current.Attributes, attributes, func(a annotate.Attribute) string { return a.Name })
	compare(d, current.Rules, rules, func(r annotate.Rule) string { return r.Name })

	// Whatever refers goes before what it refers to.
	remove(d, current.Rules, rules, func(r annotate.Rule) string { return r.Name })
	remove(d, current.Attributes, attributes, func(a annotate.Attribute) string { return a.Name })
	remove(d, current.RelationTypes, types, func(t annotate.RelationType) string { return t.Name })
	gone := parentsFirst(current.Labels)
	slices.Reverse(gone)
	remove(d, gone, labels, func(l annotate.Label) string { return l.Name })
	return d
}

func compare[T annotate.Record](d *Diff, current, wanted []T, name func(T) string) {
	for _, w := range wanted {
		item := Item{Kind: w.RecordKind(), ID: w.RecordID(), Name: name(w)}
		i := slices.IndexFunc(current, func(c T) bool { return c.RecordID() == w.RecordID() })
		switch {
		case i < 0:
			d.Ops = append(d.Ops, annotate.Create(w))
			d.Added = append(d.Added, item)
		case !annotate.SameRecord(current[i], w):
			d.Ops = append(d.Ops, annotate.Update(current[i], w))
			d.Changed = append(d.Changed, item)
		}
	}
}

func remove[T annotate.Record](d *Diff, current, wanted []T, name func(T) string) {
	for _, c := range current {
		if !slices.ContainsFunc(wanted, func(w T) bool { return w.RecordID() == c.RecordID() }) {
			d.Ops = append(d.Ops, annotate.Delete(c))
			d.Removed = append(d.Removed, Item{Kind: c.RecordKind(), ID: c.RecordID(), Name: name(c)})
		}
	}
}

// matcher gives every name of a file the record that it stands for.
type matcher struct {
	file          *File
	current       *annotate.Schema
	newID         func() annotate.ID
	labels, types map[string]annotate.ID
}

func (m *matcher) names() {
	for _, l := range m.file.Labels {
		if now, ok := m.current.LabelNamed(l.Name); ok {
			m.labels[l.Name] = now.ID
		} else {
			m.labels[l.Name] = m.newID()
		}
	}
	for _, r := range m.file.Relations {
		if now, ok := m.current.RelationTypeNamed(r.Name); ok {
			m.types[r.Name] = now.ID
		} else {
			m.types[r.Name] = m.newID()
		}
	}
}

func (m *matcher) label(name string) annotate.ID    { return m.labels[name] }
func (m *matcher) relation(name string) annotate.ID { return m.types[name] }

func (m *matcher) wantedLabels() []annotate.Label {
	var wanted []annotate.Label
	for i, l := range m.file.Labels {
		now, _ := m.current.Label(m.labels[l.Name])
		colors, pattern := Look(i)
		if l.Color != "" && l.ColorDark == "" { // a chosen colour is not paired with a stranger
			now.ColorDark, colors.Dark = "", ""
		}
		wanted = append(wanted, annotate.Label{
			ID: m.labels[l.Name], Name: l.Name, Title: cmp.Or(l.Title, TitleOf(l.Name)),
			Color: cmp.Or(l.Color, now.Color, colors.Light), ColorDark: cmp.Or(l.ColorDark, now.ColorDark, colors.Dark),
			Pattern: cmp.Or(l.Pattern, now.Pattern, pattern), Hotkey: l.Hotkey, Description: l.Description,
			Guideline: l.Guideline, Parent: m.labels[l.Parent], Entity: l.Entity, Order: i + 1, Extra: now.Extra,
		})
	}
	return wanted
}

func (m *matcher) wantedTypes() []annotate.RelationType {
	var wanted []annotate.RelationType
	for i, r := range m.file.Relations {
		now, _ := m.current.RelationType(m.types[r.Name])
		wanted = append(wanted, annotate.RelationType{
			ID: m.types[r.Name], Name: r.Name, Title: cmp.Or(r.Title, TitleOf(r.Name)),
			From: each(r.From, m.label), To: each(r.To, m.label), Min: r.Min, Max: r.Max,
			Description: r.Description, Hotkey: r.Hotkey, Order: i + 1, Extra: now.Extra,
		})
	}
	return wanted
}

func (m *matcher) wantedAttributes() []annotate.Attribute {
	wanted := make([]annotate.Attribute, len(m.file.Attributes))
	for i, a := range m.file.Attributes {
		of := m.label
		if a.Scope == annotate.RelationScope {
			of = m.relation
		}
		wanted[i] = annotate.Attribute{
			Scope: a.Scope, Labels: each(a.Labels, of), Name: a.Name, Title: cmp.Or(a.Title, TitleOf(a.Name)),
			Type: a.Type, Required: a.Required, Description: a.Description, Default: a.Default, Order: i + 1,
		}
		if len(a.When) > 0 {
			wanted[i].When = a.When
		}
		for _, c := range a.Choices {
			choice := annotate.Choice{Name: c.Name, Title: cmp.Or(c.Title, TitleOf(c.Name))}
			if len(c.When) > 0 {
				choice.When = c.When
			}
			wanted[i].Choices = append(wanted[i].Choices, choice)
		}
	}
	// The same labels first: an attribute whose labels changed gets what is left.
	free := slices.Clone(m.current.Attributes)
	for _, same := range []func(a, b annotate.Attribute) bool{
		func(a, b annotate.Attribute) bool { return slices.Equal(a.Labels, b.Labels) },
		func(a, b annotate.Attribute) bool { return true },
	} {
		for i := range wanted {
			at := slices.IndexFunc(free, func(a annotate.Attribute) bool {
				return wanted[i].ID == "" && a.Scope == wanted[i].Scope && a.Name == wanted[i].Name && same(a, wanted[i])
			})
			if at >= 0 {
				wanted[i].ID, wanted[i].Extra = free[at].ID, free[at].Extra
				free = slices.Delete(free, at, at+1)
			}
		}
	}
	for i := range wanted {
		if wanted[i].ID == "" {
			wanted[i].ID = m.newID()
		}
	}
	return wanted
}

func (m *matcher) wantedRules() []annotate.Rule {
	free := slices.Clone(m.current.Rules)
	var wanted []annotate.Rule
	for _, r := range m.file.Rules {
		rule := annotate.Rule{Name: r.Name, Label: m.labels[r.Label], Value: r.Value}
		at := slices.IndexFunc(free, func(o annotate.Rule) bool { return o.Name == rule.Name && o.Label == rule.Label })
		if at >= 0 {
			rule.ID, rule.Extra = free[at].ID, free[at].Extra
			free = slices.Delete(free, at, at+1)
		} else {
			rule.ID = m.newID()
		}
		wanted = append(wanted, rule)
	}
	return wanted
}

// parentsFirst puts labels after their parents, otherwise in the same order.
func parentsFirst(labels []annotate.Label) []annotate.Label {
	var sorted []annotate.Label
	placed := map[annotate.ID]bool{}
	for len(sorted) < len(labels) {
		before := len(sorted)
		for _, l := range labels {
			waits := l.Parent != "" && !placed[l.Parent] && slices.ContainsFunc(labels, func(o annotate.Label) bool { return o.ID == l.Parent })
			if !placed[l.ID] && !waits {
				placed[l.ID] = true
				sorted = append(sorted, l)
			}
		}
		if len(sorted) == before { // parents in a circle; no order is better than another
			return labels
		}
	}
	return sorted
}
