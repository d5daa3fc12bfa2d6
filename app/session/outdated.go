package session

import "lede/annotate"

// outdated refuses a change that gives a label, or makes a relation of a type, that
// another program took out of the schema while it was being chosen. The store would
// refuse it too, but only by ids.
func (s *Session) outdated(c annotate.Change) error {
	for _, op := range c.Ops {
		there, what := true, ""
		switch r := op.After.(type) {
		case annotate.Span:
			_, there = s.schema.Label(r.Label)
			what = "This label"
		case annotate.Relation:
			_, there = s.schema.RelationType(r.Type)
			what = "This type of relation"
		}
		if !there {
			return &annotate.Error{Kind: annotate.ErrConflict, Detail: "The schema was changed in the meantime. " + what + " is not in it any more."}
		}
	}
	return nil
}
