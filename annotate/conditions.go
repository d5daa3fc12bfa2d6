package annotate

import (
	"encoding/json"
	"slices"
)

// Offered lists the choices whose conditions hold for the values that are there.
func (a Attribute) Offered(v Values) []Choice {
	var offered []Choice
	for _, c := range a.Choices {
		if Holds(c.When, v) {
			offered = append(offered, c)
		}
	}
	return offered
}

// Applies tells whether the attribute is asked for, given the values that are
// there: its own condition holds and, if it has choices, one of them is offered.
func (a Attribute) Applies(v Values) bool {
	if !Holds(a.When, v) {
		return false
	}
	return len(a.Choices) == 0 || slices.ContainsFunc(a.Choices, func(c Choice) bool { return Holds(c.When, v) })
}

// Holds tells whether each attribute that a condition names has one of the values
// listed there. Of a list, one item is enough; a truth value is "true" or "false".
func Holds(when When, v Values) bool {
	for name, listed := range when {
		if !slices.ContainsFunc(v.Strings(name), func(s string) bool { return slices.Contains(listed, s) }) {
			return false
		}
	}
	return true
}

// Strings is a value as a list: the items of an array, or the one value that
// String gives; nil when there is none.
func (v Values) Strings(name string) []string {
	raw, ok := v[name]
	if !ok {
		return nil
	}
	var items []json.RawMessage
	if json.Unmarshal(raw, &items) != nil || items == nil {
		return []string{v.String(name)}
	}
	all := make([]string, len(items))
	for i, item := range items {
		all[i] = Values{"": item}.String("")
	}
	return all
}

// EntityKinds lists the kinds of entity that the labels stand for, in their
// order, each once.
func (s *Schema) EntityKinds() []string {
	var kinds []string
	for _, l := range s.Labels {
		if l.Entity != "" && !slices.Contains(kinds, l.Entity) {
			kinds = append(kinds, l.Entity)
		}
	}
	return kinds
}

// EntityAttributes lists the attributes of entities of a kind: those for a label
// that stands for the kind, and those for all.
func (s *Schema) EntityAttributes(kind string) []Attribute {
	var apply []Attribute
	for _, a := range s.Attributes {
		ofKind := func(label ID) bool {
			l, ok := s.Label(label)
			return ok && l.Entity == kind && kind != ""
		}
		if a.Scope == EntityScope && (len(a.Labels) == 0 || slices.ContainsFunc(a.Labels, ofKind)) {
			apply = append(apply, a)
		}
	}
	return apply
}
