package session

import (
	"context"
	"errors"

	"lede/annotate"
	"lede/annotate/edit"
	"lede/annotate/entity"
)

// EntityStep does something to entities, and to their spans in all articles and of all
// annotators, as one change and one step of undo. Write may be called on any goroutine;
// all else belongs to the session's.
type EntityStep struct {
	store  annotate.Store
	id     annotate.ID // of the change
	change func(ctx context.Context, progress func(done, total int)) (annotate.Change, error)
	spans  int
	result annotate.ID // the entity that is left or new, "" for none
	done   annotate.Change
}

// repoint is what a step does that makes spans point elsewhere.
type repoint struct {
	store annotate.Store
	build *edit.Repoint
	from  []annotate.Entity // whose spans are all taken
	spans []annotate.Span   // and these
	total int               // spans there will be, as far as is known
}

// MergeEntities begins to make one entity of several: the spans of the others point
// at the first one then, which becomes after (edit.United says what that may be).
func (s *Session) MergeEntities(after annotate.Entity, others []annotate.ID) (*EntityStep, error) {
	kept, gone, err := s.find(after.ID, others)
	if err != nil {
		return nil, err
	}
	return s.repoint(&repoint{build: s.edit.MergeEntities(kept, after, gone), from: gone}, after.ID)
}

// SplitEntity begins to make a new entity of some of an entity's spans. It is of
// the same kind.
func (s *Session) SplitEntity(from annotate.ID, name string, spans []annotate.Span) (*EntityStep, error) {
	kept, _, err := s.find(from, nil)
	if err != nil {
		return nil, err
	}
	made := annotate.Entity{ID: s.edit.Env.NewID(), Kind: kept.Kind, Name: name}
	return s.repoint(&repoint{build: s.edit.SplitEntity(kept, made), spans: spans}, made.ID)
}

// DeleteEntity begins to delete an entity. Its spans stay and point at nothing.
func (s *Session) DeleteEntity(id annotate.ID) (*EntityStep, error) {
	gone, _, err := s.find(id, nil)
	if err != nil {
		return nil, err
	}
	return s.repoint(&repoint{build: s.edit.DeleteEntity(gone), from: []annotate.Entity{gone}}, "")
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

func (s *Session) repoint(r *repoint, result annotate.ID) (*EntityStep, error) {
	r.store, r.total = s.store, len(r.spans)
	for _, e := range r.from {
		r.total += s.entities.index.Uses(e.ID)
	}
	return s.entityStep(&EntityStep{id: r.build.ID(), change: r.change, result: result})
}

// entityStep is a step that can be written.
func (s *Session) entityStep(step *EntityStep) (*EntityStep, error) {
	if err := s.refuseReadOnlyFile(); err != nil {
		return nil, err
	}
	s.commits.flush() // the store must answer with what is on screen
	step.store = s.store
	s.own[step.id] = true // Poll may see it before WroteEntities
	return step, nil
}

// change reads the spans and makes the change.
func (r *repoint) change(ctx context.Context, progress func(done, total int)) (annotate.Change, error) {
	const page = 10_000 // mentions read at once: each page looks at all of them
	for _, span := range r.spans {
		r.build.Add(span)
	}
	for _, e := range r.from {
		for q := (annotate.MentionQuery{Entity: e.ID, Limit: page, Bin: true}); ; {
			found, err := r.store.Mentions(ctx, q)
			if err != nil {
				return annotate.Change{}, err
			}
			for _, m := range found {
				r.build.Add(m.Span)
			}
			if progress != nil {
				progress(min(r.build.Spans(), r.total), r.total)
			}
			if len(found) < page {
				break
			}
			q.After = &found[len(found)-1]
		}
	}
	return r.build.Change(), nil
}

// Write reads what the step is about, makes the change and writes it in one
// transaction. It can be given up, by ctx, until the writing itself begins; nothing is
// half done. progress may be nil.
func (step *EntityStep) Write(ctx context.Context, progress func(done, total int)) error {
	c, err := step.change(ctx, progress)
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return err
	}
	for _, op := range c.Ops {
		if op.Kind == annotate.KindSpan {
			step.spans++
		}
	}
	done, err := step.store.Apply(ctx, c)
	step.done = done
	if errors.Is(err, annotate.ErrConflict) || errors.Is(err, annotate.ErrInvalid) {
		return &annotate.Error{
			Kind: annotate.ErrConflict, Err: err, Detail: "Somebody changed these entities or spans in the meantime; nothing was written.",
			Hint: "Look again, then try again.",
		}
	}
	return err
}

// Spans is how many spans point elsewhere now.
func (step *EntityStep) Spans() int { return step.spans }

// Result is the entity that is left of a merge, or new after a split; "" after
// anything else.
func (step *EntityStep) Result() annotate.ID { return step.result }

// WroteEntities shows what Write has written.
func (s *Session) WroteEntities(step *EntityStep) {
	c := step.done
	s.reached(c)
	s.headers[c.ID] = c
	s.foldOnce(c)
	s.publish(c, Local)
	s.tell(SavedChanged{Pending: s.commits.pending, Saved: c.ID})
}

// TakeEntityList works out what taking an authority list in does; kind is that of rows
// that name none. It reads the entities, and may be called on any goroutine; what it
// found becomes a step with EntityListStep.
func TakeEntityList(ctx context.Context, store annotate.Store, list *entity.List, kind string, env annotate.Env) (*entity.Plan, error) {
	now, err := store.Entities(ctx)
	if err != nil {
		return nil, err
	}
	schema, err := store.Schema(ctx)
	if err != nil {
		return nil, err
	}
	return entity.Take(list, now, schema, kind, env.NewID)
}

// EntityListStep is the step that takes an authority list in as it was worked out.
func (s *Session) EntityListStep(list *entity.List, plan *entity.Plan) (*EntityStep, error) {
	c, err := plan.Change(list, s.edit.Env, s.edit.Actor)
	if err != nil {
		return nil, err
	}
	return s.entityStep(&EntityStep{id: c.ID, change: func(context.Context, func(int, int)) (annotate.Change, error) { return c, nil }})
}
