package session

import (
	"lede/annotate"
	"lede/annotate/edit"
)

// ChosenRelation is the chosen relation, "" for none. It lies at the chosen span.
func (s *Session) ChosenRelation() annotate.ID { return s.relation }

// ChooseRelation makes a relation the chosen one, "" none. The chosen span stays
// if it is one of the ends; else the relation's beginning is chosen.
func (s *Session) ChooseRelation(id annotate.ID) {
	if id == "" {
		if s.relation != "" {
			s.relation = ""
			s.tell(SelectionChanged{})
		}
		return
	}
	r, ok := s.Relation(id)
	if !ok || s.relation == id && s.selection.Empty() {
		return
	}
	end := s.chosen
	if end != r.From && end != r.To {
		end = r.From
	}
	s.choose(end)
	s.relation = id
	s.tell(SelectionChanged{})
}

// Relation finds a relation of the open article.
func (s *Session) Relation(id annotate.ID) (annotate.Relation, bool) {
	if s.doc == nil {
		return annotate.Relation{}, false
	}
	return s.doc.Relation(id)
}

// Offers lists the relations that the schema offers between two spans.
func (s *Session) Offers(from, to annotate.ID) []edit.Offer {
	if s.doc == nil {
		return nil
	}
	return s.doc.Offers(from, to)
}

// Relate makes a relation that was offered between two spans.
func (s *Session) Relate(o edit.Offer, from, to annotate.ID) error {
	if o.Reversed {
		from, to = to, from
	}
	return s.Link(o.Type.ID, from, to)
}

// RetypeRelation gives a relation another type.
func (s *Session) RetypeRelation(id, relationType annotate.ID) error {
	c, err := s.edit.Retype(s.doc, id, relationType)
	return s.gesture(c, err)
}

// ReverseRelation makes a relation lead the other way.
func (s *Session) ReverseRelation(id annotate.ID) error {
	c, err := s.edit.Reverse(s.doc, id)
	return s.gesture(c, err)
}
