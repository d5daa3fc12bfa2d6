package migrate

import (
	"encoding/json"
	"fmt"
	"slices"

	"lede/annotate"
	"lede/annotate/rules"
	"lede/annotate/schema"
)

// onValues lets f alter the values of all that an attribute, as it is now, belongs
// to: spans, relations, entities or document fields. f returns what it made of
// them and how many values it touched.
func (e *effect) onValues(a annotate.Attribute, f func(v annotate.Values) (annotate.Values, int)) {
	labels := slices.Clone(a.Labels)
	belongs := func(i id) bool { return len(labels) == 0 || slices.Contains(labels, i) }
	alter := func(v *annotate.Values, n *int) {
		if _, has := (*v)[a.Name]; !has {
			return
		}
		after, touched := f(*v)
		if touched > 0 {
			*v = after
			e.touch(n)
			e.touchAll(&e.values, touched)
		}
	}
	switch a.Scope {
	case annotate.RelationScope:
		e.relation = func(r *annotate.Relation) bool {
			if belongs(r.Type) {
				alter(&r.Attributes, &e.relations)
			}
			return true
		}
	case annotate.EntityScope:
		kinds := e.p.kindsOf(labels)
		e.entity = func(n *annotate.Entity) {
			if len(labels) == 0 || slices.Contains(kinds, n.Kind) {
				alter(&n.Attributes, &e.entities)
			}
		}
	case annotate.DocumentScope:
		e.set = func(s *annotate.AnnotationSet) { alter(&s.Fields, &e.sets) }
	default:
		e.span = func(s *annotate.Span, _ *annotate.Document) bool {
			if belongs(s.Label) {
				alter(&s.Attributes, &e.spans)
			}
			return true
		}
	}
}

// kindsOf are the kinds of entity that labels stand for.
func (p *planner) kindsOf(labels []id) []string {
	var kinds []string
	for _, i := range labels {
		if l := at(p.schema.Labels, i); l != nil && l.Entity != "" {
			kinds = append(kinds, l.Entity)
		}
	}
	return kinds
}

// where says on what values were touched: 12 values on spans in 3 articles.
func (e *effect) where(a annotate.Attribute, n int) string {
	said := count(n, "value")
	switch a.Scope {
	case annotate.EntityScope:
		return said + " of " + count(e.entities, "entity")
	case annotate.RelationScope:
		said += " on relations"
	case annotate.DocumentScope:
		said += " among document fields"
	default:
		said += " on spans"
	}
	return said + " in " + count(e.articles, "article")
}

// conditions calls f for every condition that can name the attribute.
func (p *planner) conditions(a annotate.Attribute, f func(annotate.When) annotate.When) {
	for i := range p.schema.Attributes {
		o := &p.schema.Attributes[i]
		if o.ID == a.ID || !sameThings(*o, a) {
			continue
		}
		if _, named := o.When[a.Name]; named {
			o.When = f(o.When)
		}
		for k, c := range o.Choices {
			if _, named := c.When[a.Name]; named {
				o.Choices[k].When = f(c.When)
			}
		}
	}
}

// conditioned is a condition in which an attribute has another list of values; none
// removes it from the condition.
func conditioned(w annotate.When, name string, values []string) annotate.When {
	changed := annotate.When{}
	for k, v := range w {
		if k != name {
			changed[k] = v
		}
	}
	if len(values) > 0 {
		changed[name] = values
	}
	if len(changed) == 0 {
		return nil
	}
	return changed
}

// RenameAttribute gives an attribute another name, and its values everywhere.
type RenameAttribute struct {
	Attribute annotate.ID
	Name      string
}

func (s RenameAttribute) compile(p *planner, e *effect) error {
	a, err := p.attribute(s.Attribute)
	if err != nil {
		return err
	}
	old := *a
	if old.Name == s.Name {
		return annotate.ErrNothing
	}
	e.onValues(old, func(v annotate.Values) (annotate.Values, int) {
		return v.With(s.Name, v[old.Name]).With(old.Name, nil), 1
	})
	p.conditions(old, func(w annotate.When) annotate.When {
		return conditioned(conditioned(w, s.Name, w[old.Name]), old.Name, nil)
	})
	e.rewrite(p.rulesOf(old), rules.Renames{Attributes: map[string]string{old.Name: s.Name}})
	a.Name = s.Name
	if a.Title == schema.TitleOf(old.Name) || a.Title == "" {
		a.Title = schema.TitleOf(s.Name)
	}
	e.title = fmt.Sprintf("Rename attribute “%s” to “%s”", old.Name, s.Name)
	e.tell = func(e *effect) []string {
		return []string{fmt.Sprintf("Attribute “%s” is called “%s”: %s.", old.Name, s.Name, e.where(old, e.values))}
	}
	return nil
}

// DeleteAttribute deletes an attribute and its values everywhere, or leaves the
// values where they are.
type DeleteAttribute struct {
	Attribute  annotate.ID
	KeepValues bool
}

func (s DeleteAttribute) compile(p *planner, e *effect) error {
	a, err := p.attribute(s.Attribute)
	if err != nil {
		return err
	}
	old := *a
	p.conditions(old, func(w annotate.When) annotate.When { return conditioned(w, old.Name, nil) })
	p.schema.Attributes = without(p.schema.Attributes, s.Attribute)
	e.rewrite(p.rulesOf(old), rules.Renames{Attributes: map[string]string{old.Name: ""}})
	e.title = "Delete attribute “" + old.Name + "”"
	if s.KeepValues {
		e.tell = func(*effect) []string {
			return []string{fmt.Sprintf("Attribute “%s” is deleted. Its values stay where they are.", old.Name)}
		}
		return nil
	}
	e.onValues(old, func(v annotate.Values) (annotate.Values, int) {
		e.touch(&e.goneValues)
		return v.With(old.Name, nil), 1
	})
	e.tell = func(e *effect) []string {
		if e.values == 0 {
			return []string{fmt.Sprintf("Attribute “%s” is deleted.", old.Name)}
		}
		return []string{fmt.Sprintf("Attribute “%s” is deleted with its %s.", old.Name, e.where(old, e.values))}
	}
	return nil
}

// mapped is a value in which every text, alone or in a list, was put through f; ok
// is whether anything changed. A text for which f says no is left out, and a list
// has each once; nil is no value.
func mapped(raw json.RawMessage, f func(string) (string, bool)) (after json.RawMessage, ok bool) {
	var s string
	if json.Unmarshal(raw, &s) == nil && len(raw) > 0 && raw[0] == '"' {
		now, stays := f(s)
		if !stays {
			return nil, true
		}
		return annotate.StringValue(now), now != s
	}
	var all []json.RawMessage
	if json.Unmarshal(raw, &all) != nil || all == nil {
		return raw, false
	}
	var items []json.RawMessage
	for _, item := range all {
		now, changed := mapped(item, f)
		ok = ok || changed
		if now != nil && !slices.ContainsFunc(items, func(o json.RawMessage) bool { return string(o) == string(now) }) {
			items = append(items, now)
		}
	}
	if len(items) == 0 && ok {
		return nil, true
	}
	return array(items), ok
}

func array(items []json.RawMessage) json.RawMessage {
	raw := json.RawMessage("[")
	for i, item := range items {
		if i > 0 {
			raw = append(raw, ',')
		}
		raw = append(raw, item...)
	}
	return append(raw, ']')
}
