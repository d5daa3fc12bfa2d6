package session

import (
	"lede/annotate"
)

// EditSchema puts records of the schema in the place of those with their ids, and
// adds those that are new: one change, shown at once. The title is what the step is
// called in the Edit menu. What a schema cannot be is refused with a sentence.
func (s *Session) EditSchema(title string, records ...annotate.Record) error {
	c, err := s.edit.EditSchema(s.schema, title, records...)
	return s.applySchema(c, err)
}

// ArrangeSchema puts the records of one kind in another order. Those that are not
// named keep their places among the others.
func (s *Session) ArrangeSchema(title string, kind annotate.Kind, ids []annotate.ID) error {
	c, err := s.edit.Arrange(s.schema, title, kind, ids)
	return s.applySchema(c, err)
}

// Env is where identifiers of records that are to be added come from.
func (s *Session) Env() annotate.Env { return s.edit.Env }

// SchemaReadOnly says why the schema cannot be changed, "" if it can. Whose
// annotations are on screen does not matter to it.
func (s *Session) SchemaReadOnly() string {
	if info := s.store.Info(); info.ReadOnly {
		return info.Why
	}
	return ""
}

func (s *Session) applySchema(c annotate.Change, err error) error {
	if why := s.SchemaReadOnly(); why != "" {
		return &annotate.Error{Kind: annotate.ErrReadOnly, Detail: why}
	}
	return s.put(c, err)
}

// publishSchema shows what a change does to the schema.
func (s *Session) publishSchema(c annotate.Change) {
	if !c.TouchesSchema() {
		return
	}
	s.schema = s.schema.After(c)
	if s.doc != nil {
		s.doc.Schema = s.schema
	}
	s.tell(SchemaChanged{})
}

// ofSchemaAlone says whether a change touches the schema and nothing else: it is
// shown, and taken back, without reading anything anew.
func ofSchemaAlone(c annotate.Change) bool {
	for _, op := range c.Ops {
		if !op.Kind.OfSchema() {
			return false
		}
	}
	return len(c.Ops) > 0
}
