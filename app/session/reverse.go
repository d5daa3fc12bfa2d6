package session

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"lede/annotate"
	"lede/annotate/edit"
)

// Step is what could be taken back, or brought back, next.
type Step struct {
	ID    annotate.ID // of the change
	Title string
	Asks  string // why to confirm it first; "" = no question
	About About
}

// About says what a step has changed.
type About int

// What steps are about.
const (
	AboutArticles About = iota // annotations, articles, and all that came with an import
	AboutEntities              // entities alone, and which spans point at them
	AboutSchema                // the schema, and what in articles goes with it
)

// NextUndo says what Undo would take back; ok is false if there is nothing.
func (s *Session) NextUndo() (Step, bool) { return s.top(s.stacks.Undo) }

// NextRedo says what Redo would bring back.
func (s *Session) NextRedo() (Step, bool) { return s.top(s.stacks.Redo) }

func (s *Session) top(stack []annotate.ID) (Step, bool) {
	if len(stack) == 0 {
		return Step{}, false
	}
	return s.StepOf(s.headers[stack[len(stack)-1]]), true
}

// StepOf is what taking a change back, or bringing it back, would be.
func (s *Session) StepOf(c annotate.Change) Step {
	touches := s.touched(c)
	return Step{ID: c.ID, Title: c.Title, Asks: edit.AsksFirst(c.Cause, touches), About: aboutOf(c, touches)}
}

// touched says what a change of the stacks is about, which may have been made before
// the session began. Menus ask for it often: it is remembered.
func (s *Session) touched(c annotate.Change) annotate.Touches {
	if len(c.Ops) > 0 {
		return c.Touches()
	}
	known, ok := s.touches[c.ID]
	if !ok {
		var err error
		if known, err = s.store.Touches(context.Background(), c.ID); err != nil {
			return nil // taking it back will say what is wrong
		}
		s.touches[c.ID] = known
	}
	return known
}

func aboutOf(c annotate.Change, touches annotate.Touches) About {
	switch {
	case c.Cause == annotate.CauseImport && touches[annotate.KindImport] > 0:
		return AboutArticles
	case touches.Schema():
		return AboutSchema
	case c.Article == "" && touches[annotate.KindEntity] > 0 && touches.Only(annotate.KindEntity, annotate.KindSpan):
		return AboutEntities
	}
	return AboutArticles
}

// Undo takes the actor's newest change back, whichever article it was made in,
// and shows what changed. It is refused, naming the later change, when somebody
// has touched the same record since.
func (s *Session) Undo(ctx context.Context) error { return s.again(ctx, false) }

// Redo brings the newest undone change back.
func (s *Session) Redo(ctx context.Context) error { return s.again(ctx, true) }

func (s *Session) again(ctx context.Context, redo bool) error {
	next := s.NextUndo
	if redo {
		next = s.NextRedo
	}
	step, ok := next()
	if !ok {
		return nil
	}
	r, err := s.Reverse(ctx, step.ID, redo)
	if err != nil {
		return err
	}
	return s.Reversed(ctx, r, r.Write(ctx))
}

// Reversal is a step that is being taken back, or brought back. Write may be called
// on any goroutine; all else belongs to the session's.
type Reversal struct {
	store  annotate.Store
	edit   edit.Editor
	redo   bool
	light  bool
	target annotate.Change
	id     annotate.ID // of the change that it becomes
	change annotate.Change
}

// Reverse begins to take the newest step back (or, with redo, to bring the newest
// undone one back) and goes to where it was made. It is refused if that is not the step
// that is meant: another program may have made or taken back one since it was named.
// Write and Reversed must follow, and nothing else be changed before they have.
func (s *Session) Reverse(ctx context.Context, id annotate.ID, redo bool) (*Reversal, error) {
	if err := s.refuseReadOnlyFile(); err != nil {
		return nil, err
	}
	if err := s.isNext(ctx, id, redo); err != nil {
		return nil, err
	}
	return s.reverse(ctx, s.headers[id], redo)
}

// isNext refuses a step that is not the next one to be taken back, or with redo brought
// back, and says why it is not.
func (s *Session) isNext(ctx context.Context, id annotate.ID, redo bool) error {
	op, stack, later := "undo", s.stacks.Undo, "“%s” is not the last step any more: “%s” came after it. Nothing was undone."
	if redo {
		op, stack, later = "redo", s.stacks.Redo, "“%s” is not the next step to redo any more: “%s” was undone after it. Nothing was redone."
	}
	n := len(stack)
	if n > 0 && stack[n-1] == id {
		return nil
	}
	refuse := func(detail string) error {
		return &annotate.Error{Kind: annotate.ErrConflict, Op: op, Detail: detail, Hint: "View → History shows what was done, and takes back any step."}
	}
	if slices.Contains(stack, id) {
		return refuse(fmt.Sprintf(later, s.headers[id].Title, s.headers[stack[n-1]].Title))
	}
	if err := s.canReverse(ctx, id, redo); err != nil {
		return err
	}
	if n = len(s.stacks.Undo); redo && n > 0 {
		return refuse(fmt.Sprintf("“%s” was done in the meantime, so nothing can be redone.", s.headers[s.stacks.Undo[n-1]].Title))
	}
	return refuse("This step cannot be taken from here any more. Nothing was changed.")
}

// canReverse says why a change is none that can be taken back, or with redo brought back,
// as edit.CanReverse does, to people who know which project they look at.
func (s *Session) canReverse(ctx context.Context, id annotate.ID, redo bool) error {
	op := "undo"
	if redo {
		op = "redo"
	}
	s.commits.flush() // it may not be on disk yet
	_, err := edit.CanReverse(ctx, s.store, id, redo)
	var told *annotate.Error
	switch {
	case errors.Is(err, annotate.ErrNotFound):
		return &annotate.Error{Kind: annotate.ErrNotFound, Op: op, Detail: "This step is not in the history any more. Nothing was changed."}
	case errors.As(err, &told):
		said := *told
		said.Subject = ""
		if errors.Is(said.Kind, annotate.ErrNothing) { // it is something to whoever asked for it
			said.Kind = annotate.ErrConflict
		}
		return &said
	}
	return err
}

// TakeBack begins to take any one change back, however old and whoever's, or with redo
// to bring back one that was taken back. Ask edit.CanTakeBack first, which may take a
// while in a long history. Write and Reversed must follow, as after Reverse.
func (s *Session) TakeBack(ctx context.Context, id annotate.ID, redo bool) (*Reversal, error) {
	if err := s.refuseReadOnlyFile(); err != nil {
		return nil, err
	}
	if err := s.canReverse(ctx, id, redo); err != nil {
		return nil, err
	}
	target, known := s.headers[id]
	if !known {
		return nil, annotate.ErrNotFound
	}
	return s.reverse(ctx, target, redo)
}

func (s *Session) reverse(ctx context.Context, target annotate.Change, redo bool) (*Reversal, error) {
	r := &Reversal{store: s.store, edit: s.edit, redo: redo, target: target, id: s.edit.Env.NewID()}
	const few = 1000 // so many are read at once; more could hold the window up
	if r.target.Article != "" || s.touched(r.target).Total() <= few {
		var err error
		if r.target, err = s.whole(ctx, r.target.ID); err != nil {
			return nil, err
		}
		if err := s.comeBackTo(ctx, r.target); err != nil {
			return nil, err
		}
		r.light = ofSchemaAlone(r.target) || !s.bulky(r.target)
	}
	if !r.light {
		s.commits.flush()  // what it takes back must be on disk
		s.own[r.id] = true // Poll may see it before Reversed
	}
	return r, nil
}

// Light says whether the step is small, and of one place: Reversed shows it at once
// then, and Write has nothing to do.
func (r *Reversal) Light() bool { return r.light }

// Write writes the step in one transaction, unless it is light.
func (r *Reversal) Write(ctx context.Context) error {
	if r.light {
		return nil
	}
	if len(r.target.Ops) == 0 {
		found, err := r.store.History(ctx, annotate.HistoryQuery{IDs: []annotate.ID{r.target.ID}})
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return annotate.ErrNotFound
		}
		r.target = found[0]
	}
	if r.target.Purged > 0 { // what is left of it is not what was named
		_, err := edit.CanReverse(ctx, r.store, r.target.ID, r.redo)
		return err
	}
	change, err := r.store.Apply(ctx, r.build())
	r.change = change
	return err
}

func (r *Reversal) build() annotate.Change {
	again := r.edit.Undo
	if r.redo {
		again = r.edit.Redo
	}
	c := again(r.target)
	c.ID = r.id
	return c
}

// Reversed shows the step, and what came of it; err is what Write said.
func (s *Session) Reversed(ctx context.Context, r *Reversal, err error) error {
	if r.light {
		if err := s.put(r.build(), nil); err != nil {
			return err
		}
		if !ofSchemaAlone(r.target) {
			s.reveal(r.target)
		}
		return nil
	}
	if err != nil {
		delete(s.own, r.id)
		return s.explainConflict(ctx, r.build(), err)
	}
	s.reached(r.change)
	s.headers[r.change.ID] = r.change
	s.stacks.Fold(r.change, s.edit.Actor) // a second time, after Poll, does nothing
	if onlyEntities(r.change) {
		s.publish(r.change, Reverted)
		s.tell(SavedChanged{Pending: s.commits.pending, Saved: r.change.ID})
		return nil
	}
	return s.reload(ctx, r.change, Reverted)
}
