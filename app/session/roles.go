package session

import (
	"cmp"
	"slices"

	"lede/annotate"
	"lede/annotate/text"
)

// Role is something that a span has to be told of others: a relation type that the
// schema offers from its label, and the relations of it that there are.
type Role struct {
	annotate.Role
	Relations []annotate.Relation // by the place of their ends in the text
}

// Missing says whether the schema asks for more fillers than there are.
func (r Role) Missing() bool { return len(r.Relations) < r.Type.Min }

// Surplus says whether there are more fillers than the schema asks for.
func (r Role) Surplus() bool { return r.Type.Max > 0 && len(r.Relations) > r.Type.Max }

// Roles lists the roles of a span in the order of the schema, filled or not.
func (s *Session) Roles(id annotate.ID) []Role {
	span, ok := s.span(id)
	if !ok {
		return nil
	}
	var roles []Role
	at := map[annotate.ID]int{}
	for _, r := range s.schema.Roles(span.Label) {
		at[r.Type.ID] = len(roles)
		roles = append(roles, Role{Role: r})
	}
	if len(roles) == 0 {
		return nil
	}
	for _, r := range s.doc.RelationsOf(id) {
		if i, ok := at[r.Type]; ok && r.From == id {
			roles[i].Relations = append(roles[i].Relations, r)
		}
	}
	for _, r := range roles {
		slices.SortStableFunc(r.Relations, func(a, b annotate.Relation) int {
			one, _ := s.doc.Span(a.To)
			other, _ := s.doc.Span(b.To)
			return cmp.Or(s.doc.Compare(one, other), cmp.Compare(a.ID, b.ID))
		})
	}
	return roles
}

// LinkWords gives words a label and relates a span to them, as one step. The span
// stays the chosen one, ready for its next role.
func (s *Session) LinkWords(relationType, from, label annotate.ID, r text.Range) error {
	if s.doc == nil {
		return nil
	}
	r = s.doc.Text.Trim(r)
	c, _, err := s.edit.LinkWords(s.doc, relationType, from, label, []text.Range{r})
	s.dress(&c)
	if err := s.gesture(c, err); err != nil {
		return err
	}
	if s.chosen == from && s.selection == r {
		s.selection = text.Range{}
		s.tell(SelectionChanged{})
	}
	return nil
}

// roleOf is the span of which a change made another one, that is gone now, a role.
func (s *Session) roleOf(c annotate.Change, gone annotate.ID) annotate.ID {
	for _, op := range c.Ops {
		r, ok := op.After.(annotate.Relation)
		if _, there := s.doc.Span(r.From); ok && there && op.Before == nil && r.To == gone {
			return r.From
		}
	}
	return ""
}
