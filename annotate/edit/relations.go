package edit

import (
	"fmt"
	"slices"

	"lede/annotate"
)

// Offer is a relation type that the schema offers between two spans.
type Offer struct {
	Type     annotate.RelationType
	Reversed bool // it leads from the second span to the first: "speaker of"
	Exists   bool // the two are related so already
}

// Offers lists the relations that the schema offers between two spans, in the
// order of the schema: those from the first to the second, and, reversed, those
// that fit the other way only. A span is not related to itself.
func (s *State) Offers(from, to annotate.ID) []Offer {
	a, okA := s.Span(from)
	b, okB := s.Span(to)
	if !okA || !okB || from == to {
		return nil
	}
	var offers []Offer
	for _, t := range s.Schema.RelationTypes {
		switch {
		case t.Allows(a.Label, b.Label):
			offers = append(offers, Offer{Type: t, Exists: s.related(t.ID, from, to)})
		case t.Allows(b.Label, a.Label):
			offers = append(offers, Offer{Type: t, Reversed: true, Exists: s.related(t.ID, to, from)})
		}
	}
	return offers
}

// related tells whether there is a relation of a type from one span to another.
func (s *State) related(relationType, from, to annotate.ID) bool {
	_, ok := s.findRelation(relationType, from, to)
	return ok
}

func (s *State) findRelation(relationType, from, to annotate.ID) (annotate.Relation, bool) {
	ids := s.linked[from]
	if others := s.linked[to]; len(others) < len(ids) { // one end may have thousands
		ids = others
	}
	for _, id := range ids {
		if r := s.relations[id]; r.Type == relationType && r.From == from && r.To == to {
			return r, true
		}
	}
	return annotate.Relation{}, false
}

// TypesFor lists the types that the schema offers for a relation as it leads, and
// its own type, in the order of the schema.
func (s *State) TypesFor(r annotate.Relation) []annotate.RelationType {
	from, _ := s.Span(r.From)
	to, _ := s.Span(r.To)
	var types []annotate.RelationType
	for _, t := range s.Schema.RelationTypes {
		if t.ID == r.Type || t.Allows(from.Label, to.Label) {
			types = append(types, t)
		}
	}
	return types
}

// Reversible tells whether the schema offers a relation's type the other way
// round as well, and the two are not related so yet.
func (s *State) Reversible(r annotate.Relation) bool {
	from, _ := s.Span(r.From)
	to, _ := s.Span(r.To)
	t, ok := s.Schema.RelationType(r.Type)
	return ok && r.From != r.To && t.Allows(to.Label, from.Label) && !s.related(r.Type, r.To, r.From)
}

// Retype gives a relation another type. If the two spans are related so already,
// it is ErrNothing.
func (e Editor) Retype(s *State, id, relationType annotate.ID) (annotate.Change, error) {
	t, ok := s.Schema.RelationType(relationType)
	if !ok {
		return annotate.Change{}, annotate.ErrNotFound
	}
	title := fmt.Sprintf("Make a relation %s", firstOf(t.Title, t.Name))
	return e.updateRelation(s, id, title, func(r *annotate.Relation) { r.Type = relationType })
}

// Reverse makes a relation lead the other way. If the two spans are related so
// already, it is ErrNothing.
func (e Editor) Reverse(s *State, id annotate.ID) (annotate.Change, error) {
	return e.updateRelation(s, id, "Reverse a relation", func(r *annotate.Relation) { r.From, r.To = r.To, r.From })
}

func (e Editor) updateRelation(s *State, id annotate.ID, title string, alter func(*annotate.Relation)) (annotate.Change, error) {
	before, ok := s.Relation(id)
	if !ok {
		return annotate.Change{}, annotate.ErrNotFound
	}
	after := before
	alter(&after)
	if s.related(after.Type, after.From, after.To) { // by itself, or by another
		return annotate.Change{}, annotate.ErrNothing
	}
	c := e.begin(s, title)
	c.Ops = append(c.Ops, annotate.Update(before, after))
	return c, nil
}

// Relatable tells whether the schema has a relation type that a span of a
// label can be an end of; kind limits it to one type and to its beginning, "" to
// none.
func (s *State) Relatable(label, kind annotate.ID) bool {
	return slices.ContainsFunc(s.Schema.RelationTypes, func(t annotate.RelationType) bool {
		if kind != "" {
			return t.ID == kind && t.AllowsFrom(label)
		}
		return t.AllowsFrom(label) || t.AllowsTo(label)
	})
}
