package annotate

import "cmp"

// EntityKind is the kind of entity that spans with the label stand for: what the
// schema says, else the label's own name.
func (l Label) EntityKind() string { return cmp.Or(l.Entity, l.Name) }
