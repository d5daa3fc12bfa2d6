package edit

import (
	"fmt"
	"slices"

	"lede/annotate"
)

// Stacks are an actor's undo and redo stacks, newest last. They are a fold of
// history and hold the ids of original changes, never of undos or redos.
type Stacks struct {
	Undo []annotate.ID
	Redo []annotate.ID
}

// Fold pushes one more change, in commit order, on the stacks of actor. Undoing
// or redoing somebody's change moves it whoever did so, and who undid another's can
// redo it; a new change clears only its own actor's redo stack.
func (s *Stacks) Fold(c annotate.Change, actor string) {
	switch {
	case c.Undoes != "":
		if (take(&s.Undo, c.Undoes) || c.Actor == actor) && c.Purged == 0 {
			s.Redo = append(s.Redo, c.Undoes)
		}
	case c.Redoes != "":
		if take(&s.Redo, c.Redoes) && c.Purged == 0 {
			s.Undo = append(s.Undo, c.Redoes)
		}
	case c.Actor == actor && c.CanUndo():
		s.Undo = append(s.Undo, c.ID)
		s.Redo = nil
	}
}

func take(stack *[]annotate.ID, id annotate.ID) bool {
	i := slices.Index(*stack, id)
	if i < 0 {
		return false
	}
	*stack = slices.Delete(*stack, i, i+1)
	return true
}

// Undo is the change that takes another back: its ops, last first, inverted.
func (e Editor) Undo(target annotate.Change) annotate.Change {
	c := e.again(target, annotate.CauseUndo, "Undo "+target.Title)
	c.Undoes = target.ID
	for i := len(target.Ops) - 1; i >= 0; i-- {
		op := target.Ops[i]
		if live, undone, ok := importStates(op); ok {
			c.Ops = append(c.Ops, annotate.Update(live, undone))
			continue
		}
		c.Ops = append(c.Ops, op.Inverse())
	}
	return c
}

// Redo is the change that brings an undone one back.
func (e Editor) Redo(target annotate.Change) annotate.Change {
	c := e.again(target, annotate.CauseRedo, "Redo "+target.Title)
	c.Redoes = target.ID
	for _, op := range target.Ops {
		if live, undone, ok := importStates(op); ok {
			op = annotate.Update(undone, live)
		}
		c.Ops = append(c.Ops, op)
	}
	return c
}

// importStates are the two states of the import that an op made: an import is
// never deleted, it goes unseen.
func importStates(op annotate.Op) (live, undone annotate.Import, ok bool) {
	live, ok = op.After.(annotate.Import)
	undone = live
	undone.State = annotate.ImportUndone
	return live, undone, ok && op.Before == nil
}

func (e Editor) again(target annotate.Change, cause annotate.Cause, title string) annotate.Change {
	return annotate.Change{ID: e.Env.NewID(), Actor: e.Actor, Cause: cause, Title: title, Article: target.Article}
}

// AsksFirst says why undoing or redoing a change of that cause, which touches these
// records, should be confirmed, "" if it needs no question: imports, schema changes
// and steps over many records do.
func AsksFirst(cause annotate.Cause, touches annotate.Touches) string {
	const many = 25
	switch n := touches.Total(); {
	case cause == annotate.CauseImport:
		return "Everything that came with this import goes, or comes back, together."
	case touches.Schema():
		return "This changes the schema of the project."
	case n > many:
		return fmt.Sprintf("This changes %d records at once.", n)
	}
	return ""
}

// Undone says which changes are taken back, given changes in commit order.
func Undone(changes []annotate.Change) map[annotate.ID]bool {
	gone := map[annotate.ID]bool{}
	for _, c := range changes {
		if c.Undoes != "" {
			gone[c.Undoes] = true
		}
		if c.Redoes != "" {
			delete(gone, c.Redoes)
		}
	}
	return gone
}
