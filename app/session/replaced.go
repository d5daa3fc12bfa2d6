package session

import (
	"context"

	"lede/annotate"
	"lede/annotate/edit"
)

// first is the change that made the project, "" once something was done in it: from then
// on no other history can take its place.
func (s *Session) first(ctx context.Context) (annotate.ID, error) {
	if s.position > 1 {
		return "", nil
	}
	changes, err := s.store.History(ctx, annotate.HistoryQuery{Limit: 1, WithoutOps: true})
	if err != nil || len(changes) == 0 {
		return "", err
	}
	return changes[0].ID, nil
}

// replaced reads everything anew if the project, in which nothing was done, was filled
// with a whole other one since.
func (s *Session) replaced(ctx context.Context, position int64) (bool, error) {
	if s.made == "" || s.position > 1 {
		return false, nil
	}
	first, err := s.first(ctx)
	if err != nil || first == s.made {
		return false, err
	}
	s.made, s.position = first, position
	s.headers, s.touches, s.stacks = map[annotate.ID]annotate.Change{}, map[annotate.ID]annotate.Touches{}, edit.Stacks{}
	s.restore()
	s.tell(AnnotatorChanged{})
	s.tell(Changed{Origin: Remote}) // no change in particular
	return true, nil
}
