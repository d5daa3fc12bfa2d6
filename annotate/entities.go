package annotate

import "cmp"

// EntityKind is the kind of entity that spans with the label stand for: what the
// schema says, else the label's own name.
func (l Label) EntityKind() string { return cmp.Or(l.Entity, l.Name) }

// LabelOfKind is the first label that stands for a kind of entity: the one whose look
// entities of that kind have.
func (s *Schema) LabelOfKind(kind string) (Label, bool) {
	return find(s.Labels, func(l Label) bool { return kind != "" && l.EntityKind() == kind })
}
