package annotate

import (
	"cmp"
	"slices"
	"strings"
)

// After is the schema after a change, which may touch other things as well. The one
// before is left as it is.
func (s *Schema) After(c Change) *Schema {
	after := *s
	after.Labels, after.Attributes = slices.Clone(s.Labels), slices.Clone(s.Attributes)
	after.RelationTypes, after.Rules = slices.Clone(s.RelationTypes), slices.Clone(s.Rules)
	for _, op := range c.Ops {
		switch op.Kind {
		case KindLabel:
			after.Labels = put(after.Labels, op)
		case KindAttribute:
			after.Attributes = put(after.Attributes, op)
		case KindRelationType:
			after.RelationTypes = put(after.RelationTypes, op)
		case KindRule:
			after.Rules = put(after.Rules, op)
		default: // no part of the schema
		}
	}
	if c.TouchesSchema() {
		after.Version++
		after.Sort()
	}
	return &after
}

// put is a list with one record as an op leaves it.
func put[T Record](list []T, op Op) []T {
	list = slices.DeleteFunc(list, func(r T) bool { return r.RecordID() == op.ID })
	if op.After == nil {
		return list
	}
	return append(list, op.After.(T))
}

// Sort puts the parts of the schema in the order in which stores list them: as they
// are numbered, then by name.
func (s *Schema) Sort() {
	sortRecords(s.Labels)
	sortRecords(s.Attributes)
	sortRecords(s.RelationTypes)
	sortRecords(s.Rules)
}

func sortRecords[T Record](list []T) {
	slices.SortFunc(list, func(a, b T) int {
		return cmp.Or(cmp.Compare(OrderOf(a), OrderOf(b)), strings.Compare(NameOf(a), NameOf(b)), strings.Compare(string(a.RecordID()), string(b.RecordID())))
	})
}

// OrderOf is the number by which a part of the schema stands among its kind, 0 for
// records that have none.
func OrderOf(r Record) int {
	switch r := r.(type) {
	case Label:
		return r.Order
	case Attribute:
		return r.Order
	case RelationType:
		return r.Order
	}
	return 0
}

// NameOf is the name of a part of the schema, an annotator or an entity, "" for other
// records.
func NameOf(r Record) string {
	switch r := r.(type) {
	case Label:
		return r.Name
	case Attribute:
		return r.Name
	case RelationType:
		return r.Name
	case Rule:
		return r.Name
	case Annotator:
		return r.Name
	case Entity:
		return r.Name
	}
	return ""
}
