package annotate

import "strconv"

// Role is a relation type as a span at its start sees it: something to be filled,
// e.g. the actor of an event.
type Role struct {
	Type RelationType
	Key  string // "1".."9", pressed with Ctrl or Command; "" beyond the ninth
}

// Roles lists the relation types that are offered from a label, in order, with their
// keys: the type's own hotkey, else its place in the list, else the first digit that
// nobody has.
func (s *Schema) Roles(label ID) []Role {
	types := s.RelationTypesFrom(label)
	roles := make([]Role, len(types))
	taken := map[string]bool{"": true}
	take := func(i int, key string) {
		roles[i].Type = types[i]
		if roles[i].Key == "" && !taken[key] {
			roles[i].Key, taken[key] = key, true
		}
	}
	for i, t := range types {
		take(i, t.Hotkey)
	}
	for i := range min(len(types), mostRoleKeys) {
		take(i, strconv.Itoa(i+1))
	}
	for i := range types {
		for n := 1; n <= mostRoleKeys; n++ {
			take(i, strconv.Itoa(n))
		}
	}
	return roles
}

// mostRoleKeys is how many roles have a key: 1 to 9.
const mostRoleKeys = 9

// LabelsTo lists the labels that a relation type may lead to, in the order of the
// schema.
func (s *Schema) LabelsTo(t RelationType) []Label {
	var labels []Label
	for _, l := range s.Labels {
		if t.AllowsTo(l.ID) {
			labels = append(labels, l)
		}
	}
	return labels
}
