package migrate

import (
	"fmt"

	"lede/annotate"
)

// RenameKind gives a kind of entity another name: labels stand for it under that
// name, and its entities have it. The name of another kind joins the two.
type RenameKind struct{ From, To string }

func (s RenameKind) compile(p *planner, e *effect) error {
	if s.From == "" || s.To == "" {
		return nameRefused("kind of entity", "", "")
	}
	for i := range p.schema.Labels {
		if l := &p.schema.Labels[i]; l.Entity == s.From {
			l.Entity = s.To
		}
	}
	e.entity = func(n *annotate.Entity) {
		if n.Kind == s.From {
			n.Kind = s.To
			e.touch(&e.entities)
		}
	}
	e.title = fmt.Sprintf("Rename entities “%s” to “%s”", s.From, s.To)
	e.tell = func(e *effect) []string {
		return []string{fmt.Sprintf("Entities of the kind “%s” are called “%s”: %s.", s.From, s.To, count(e.entities, "entity"))}
	}
	return nil
}
