package session

import "context"

// TookOver shows what can be done now that the project may be changed: the store took
// it over from another window.
func (s *Session) TookOver(ctx context.Context) error {
	s.tell(AnnotatorChanged{})
	s.tell(SchemaChanged{})
	s.tell(SavedChanged{Pending: s.commits.pending})
	return s.reopen(ctx)
}
