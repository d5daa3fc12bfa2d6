package session

import (
	"context"
	"errors"
	"slices"
	"strings"

	"lede/annotate"
)

// refused are the changes that could not be written, for a full disk and the like, in the
// order in which they were made. They were taken back out, and can be tried again until
// another change, made after that was told, is saved: then work went on without them.
type refused struct {
	changes []annotate.Change
	next    annotate.ID // the first change that was made since
}

// mostRefused is how many changes are kept to be tried again.
const mostRefused = 1000

func (r *refused) other(id annotate.ID) {
	if len(r.changes) > 0 && r.next == "" {
		r.next = id
	}
}

func (r *refused) saved(id annotate.ID) {
	if r.next == id {
		*r = refused{}
	}
}

// Unsaved says how many changes were taken back out that TryAgain would make again.
func (s *Session) Unsaved() int { return len(s.refused.changes) }

// TryAgain makes changes again that could not be written.
func (s *Session) TryAgain() {
	again := s.refused.changes
	s.refused = refused{}
	for _, c := range again {
		s.make(c)
	}
}

// passing says whether a change was refused for a reason that may go away: of the disk,
// not of what the change is.
func passing(cause error) bool {
	var told *annotate.Error
	if !errors.As(cause, &told) {
		return false
	}
	for _, kind := range []error{annotate.ErrConflict, annotate.ErrInvalid, annotate.ErrDamaged, annotate.ErrForeign, annotate.ErrNewer} {
		if errors.Is(cause, kind) {
			return false
		}
	}
	return true
}

// refuse begins to take a refused change back out. Changes that build on it are
// refused by the store as well, each in its turn; of them nothing more is said.
func (s *Session) refuse(c annotate.Change, cause error) {
	delete(s.own, c.ID)
	delete(s.headers, c.ID)
	var conflict *annotate.ConflictError
	var invalid *annotate.InvalidError
	builds := s.stale && len(s.refused.changes) > 0 && (errors.As(cause, &conflict) || errors.As(cause, &invalid))
	s.stale, s.out = true, append(s.out, c)
	if (builds || passing(cause)) && len(s.refused.changes) < mostRefused {
		s.refused.changes, s.refused.next = append(s.refused.changes, c), ""
	}
	if builds {
		return
	}
	cause = s.explainConflict(context.Background(), c, cause)
	var told *annotate.Error
	switch {
	case errors.As(cause, &told):
	case errors.As(cause, &invalid):
		told = &annotate.Error{Kind: annotate.ErrInvalid, Detail: invalid.Reason + "."} // its id says nothing to people
	default:
		told = &annotate.Error{Kind: annotate.ErrConflict, Detail: cause.Error() + "."}
	}
	s.tell(Refused{Err: &annotate.Error{
		Kind: told.Kind, Op: "save", Subject: "“" + c.Title + "”", Err: cause,
		Detail: told.Detail, Hint: strings.TrimSpace(told.Hint + " The step was taken back out."),
	}})
}

// restore reads everything anew once the queue is empty, which leaves exactly
// what is on disk. Where nothing can be read, what was refused is taken back out of what is
// in memory, and it is read when a change is saved again: nothing shows that is not saved.
func (s *Session) restore() {
	out := s.out
	s.stale, s.unread, s.out = false, false, nil
	ctx := context.Background()
	if err := s.readable(ctx); err != nil {
		s.unread = true
		for _, c := range slices.Backward(out) {
			s.takeOut(c)
		}
		if len(out) == 0 { // else it follows from what is told already
			s.tell(Refused{Err: err})
		}
		return
	}
	s.refreshPeople()
	s.tell(EntitiesChanged{Stale: true})
	s.tell(SchemaChanged{})
	s.tell(ListChanged{})
	if err := s.List().Reload(ctx); err != nil {
		s.tell(Refused{Err: err})
	}
	if err := s.reopen(ctx); err != nil {
		s.tell(Refused{Err: err})
	}
}

// readable reads the schema and the history, if the open article can be read, too. After an
// error nothing has changed.
func (s *Session) readable(ctx context.Context) error {
	if s.doc != nil {
		if _, err := s.store.Document(ctx, s.doc.Article.ID); err != nil && !errors.Is(err, annotate.ErrNotFound) {
			return err
		}
	}
	schema, people := s.schema, s.people
	err := s.loadSchema(ctx)
	if err == nil {
		err = s.refold()
	}
	if err != nil {
		s.schema, s.people = schema, people
	}
	return err
}

// takeOut takes a refused change out of what is in memory.
func (s *Session) takeOut(c annotate.Change) {
	back := s.edit.Undo(c)
	switch {
	case c.Undoes != "":
		s.stacks.Fold(annotate.Change{Actor: c.Actor, Redoes: c.Undoes}, s.edit.Actor)
	case c.Redoes != "":
		s.stacks.Fold(annotate.Change{Actor: c.Actor, Undoes: c.Redoes}, s.edit.Actor)
	default:
		s.stacks.Undo = slices.DeleteFunc(s.stacks.Undo, func(id annotate.ID) bool { return id == c.ID })
	}
	s.publish(back, Reverted)
}
