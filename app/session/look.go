package session

import (
	"context"

	"lede/annotate"
	"lede/annotate/edit"
)

// Look reads an article as the annotator on screen has marked it, without opening
// it. Changes that observers hear of are to be applied to it.
func (s *Session) Look(ctx context.Context, article annotate.ID) (*edit.State, error) {
	s.commits.flush() // the store must answer with what is on screen
	doc, err := s.store.Document(ctx, article)
	if err != nil {
		return nil, err
	}
	return edit.NewState(doc, s.schema, s.shown), nil
}
