package edit

import (
	"errors"
	"fmt"

	"lede/annotate"
	"lede/annotate/text"
)

// LinkWords puts a label on words and relates a span to them, in one change. Where
// there is a span with that label on just these words, only the relation is made. It
// returns the id of the span at the relation's end.
func (e Editor) LinkWords(s *State, relationType, from, label annotate.ID, ranges []text.Range) (annotate.Change, annotate.ID, error) {
	if _, ok := s.Span(from); !ok {
		return annotate.Change{}, "", annotate.ErrNotFound
	}
	c, to, err := e.Tag(s, label, ranges, annotate.OriginManual)
	if errors.Is(err, annotate.ErrNothing) && to != "" {
		if to == from {
			return annotate.Change{}, to, annotate.ErrNothing
		}
		c, _, err = e.Link(s, relationType, from, to)
		return c, to, err
	}
	if err != nil {
		return c, to, err
	}
	t, _ := s.Schema.RelationType(relationType)
	c.Title = fmt.Sprintf("%s and link as %s", c.Title, firstOf(t.Title, t.Name, string(relationType)))
	c.Ops = append(c.Ops, annotate.Create(annotate.Relation{
		ID: e.Env.NewID(), Set: s.Set.ID, Type: relationType, From: from, To: to,
	}))
	return c, to, nil
}
