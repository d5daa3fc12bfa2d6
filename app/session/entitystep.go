package session

import (
	"context"
	"errors"

	"lede/annotate"
	"lede/annotate/edit"
)

// EntityStep merges, splits or deletes entities, with their spans in all articles
// and of all annotators, as one change and one step of undo. Write may be called on
// any goroutine; all else belongs to the session's.
type EntityStep struct {
	store  annotate.Store
	build  *edit.Repoint
	from   []annotate.Entity // whose spans are all taken
	spans  []annotate.Span   // and these
	total  int               // spans there will be, as far as is known
	result annotate.ID       // the entity that is left or new, "" for none
	done   annotate.Change
}

// MergeEntities begins to make one entity of several: the spans of the others point
// at the first one then, which becomes after (edit.United says what that may be).
func (s *Session) MergeEntities(after annotate.Entity, others []annotate.ID) (*EntityStep, error) {
	kept, gone, err := s.find(after.ID, others)
	if err != nil {
		return nil, err
	}
	return s.entityStep(&EntityStep{build: s.edit.MergeEntities(kept, after, gone), from: gone, result: after.ID})
}

// SplitEntity begins to make a new entity of some of an entity's spans. It is of
// the same kind, and takes the attributes along.
func (s *Session) SplitEntity(from annotate.ID, name string, spans []annotate.Span) (*EntityStep, error) {
	kept, _, err := s.find(from, nil)
	if err != nil {
		return nil, err
	}
	made := annotate.Entity{ID: s.edit.Env.NewID(), Kind: kept.Kind, Name: name, Attributes: kept.Attributes}
	return s.entityStep(&EntityStep{build: s.edit.SplitEntity(kept, made), spans: spans, result: made.ID})
}

// DeleteEntity begins to delete an entity. Its spans stay and point at nothing.
func (s *Session) DeleteEntity(id annotate.ID) (*EntityStep, error) {
	gone, _, err := s.find(id, nil)
	if err != nil {
		return nil, err
	}
	return s.entityStep(&EntityStep{build: s.edit.DeleteEntity(gone), from: []annotate.Entity{gone}})
}

func (s *Session) find(id annotate.ID, others []annotate.ID) (annotate.Entity, []annotate.Entity, error) {
	first, ok := s.Entity(id)
	var rest []annotate.Entity
	for _, other := range others {
		e, there := s.Entity(other)
		if ok = ok && there && other != id; ok {
			rest = append(rest, e)
		}
	}
	if !ok {
		return first, nil, &annotate.Error{
			Kind: annotate.ErrNotFound, Detail: "The entity is not there any more.", Hint: "Somebody merged or deleted it meanwhile.",
		}
	}
	return first, rest, nil
}

func (s *Session) entityStep(step *EntityStep) (*EntityStep, error) {
	if err := s.refuseReadOnlyFile(); err != nil {
		return nil, err
	}
	s.commits.flush() // the store must answer with what is on screen
	step.store, step.total = s.store, len(step.spans)
	for _, e := range step.from {
		step.total += s.entities.index.Uses(e.ID)
	}
	s.own[step.build.ID()] = true // Poll may see it before WroteEntities
	return step, nil
}

// Write reads the spans, makes the change and writes it in one transaction. It can
// be given up, by ctx, until the writing itself begins; nothing is half done.
func (step *EntityStep) Write(ctx context.Context, progress func(done, total int)) error {
	const page = 1000 // mentions read at once
	for _, span := range step.spans {
		step.build.Add(span)
	}
	for _, e := range step.from {
		for q := (annotate.MentionQuery{Entity: e.ID, Limit: page, Bin: true}); ; {
			found, err := step.store.Mentions(ctx, q)
			if err != nil {
				return err
			}
			for _, m := range found {
				step.build.Add(m.Span)
			}
			if progress != nil {
				progress(min(step.build.Spans(), step.total), step.total)
			}
			if len(found) < page {
				break
			}
			q.After = &found[len(found)-1]
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	done, err := step.store.Apply(ctx, step.build.Change())
	step.done = done
	if errors.Is(err, annotate.ErrConflict) || errors.Is(err, annotate.ErrInvalid) {
		return &annotate.Error{
			Kind: annotate.ErrConflict, Err: err, Detail: "Somebody changed these entities or spans at the same moment; nothing was written.",
			Hint: "Try again.",
		}
	}
	return err
}

// Spans is how many spans point elsewhere now.
func (step *EntityStep) Spans() int { return step.build.Spans() }

// Result is the entity that is left of a merge, or new after a split; "" after a
// deletion.
func (step *EntityStep) Result() annotate.ID { return step.result }

// WroteEntities shows what Write has written.
func (s *Session) WroteEntities(step *EntityStep) {
	c := step.done
	s.reached(c)
	s.headers[c.ID] = c
	s.foldOnce(c)
	s.publish(c, Local)
	s.tell(SavedChanged{Pending: s.commits.pending})
}
