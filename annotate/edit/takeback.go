package edit

import (
	"context"
	"fmt"

	"lede/annotate"
	"lede/annotate/text"
)

// TakeBack makes the change that undoes any one change of a project's history, however
// old, and returns the one that it undoes. It is refused, with an *annotate.Error, if
// the change is none that can be undone or a later change depends on it.
func (e Editor) TakeBack(ctx context.Context, store annotate.Store, id annotate.ID) (back, target annotate.Change, err error) {
	if target, err = CanTakeBack(ctx, store, id); err != nil {
		return back, target, err
	}
	whole, err := store.History(ctx, annotate.HistoryQuery{IDs: []annotate.ID{id}})
	if err != nil {
		return back, target, err
	}
	if len(whole) == 0 {
		return back, target, noSuchChange(store, id)
	}
	return e.Undo(whole[0]), whole[0], nil
}

// CanTakeBack says, as an *annotate.Error, why a change cannot be taken back; nil if
// nothing is in the way. The change is returned without its ops.
func CanTakeBack(ctx context.Context, store annotate.Store, id annotate.ID) (annotate.Change, error) {
	c, err := CanReverse(ctx, store, id, false)
	if err != nil {
		return c, err
	}
	return c, InTheWay(ctx, store, id)
}

// CanReverse says, as an *annotate.Error, why a change is none that can be taken back, or
// with redo brought back, whatever depends on it: it is fast in a long history, too.
func CanReverse(ctx context.Context, store annotate.Store, id annotate.ID, redo bool) (annotate.Change, error) {
	op, verb := "undo", "undone"
	if redo {
		op, verb = "redo", "redone"
	}
	found, err := store.History(ctx, annotate.HistoryQuery{IDs: []annotate.ID{id}, WithoutOps: true})
	if err != nil {
		return annotate.Change{}, err
	}
	if len(found) == 0 {
		return annotate.Change{}, noSuchChange(store, id)
	}
	rows, err := store.PastRows(ctx, []int64{found[0].Position})
	if err != nil || len(rows) == 0 {
		return found[0], err
	}
	c := rows[0]
	no := func(kind error, detail, hint string) (annotate.Change, error) {
		return c.Change, &annotate.Error{Kind: kind, Op: op, Subject: store.Info().Path, Detail: detail, Hint: hint}
	}
	switch {
	case c.Undoes != "" || c.Redoes != "" || c.Cause == annotate.CauseUndo || c.Cause == annotate.CauseRedo:
		return no(annotate.ErrInvalid, fmt.Sprintf("“%s” is an undo or redo.", c.Title), "Name the change itself.")
	case c.Cause == annotate.CauseCreate:
		return no(annotate.ErrInvalid, "the making of the project cannot be "+verb+".", "")
	case c.Purged > 0:
		return no(annotate.ErrInvalid, "something that this change was about was purged since, so it cannot be "+verb+".", "")
	case c.Replaced != nil:
		return no(annotate.ErrInvalid, "the changes that were made until then were given up, and cannot be "+verb+".", "")
	case !c.CanUndo():
		return no(annotate.ErrInvalid, fmt.Sprintf("“%s” cannot be %s.", c.Sentence(), verb), "")
	case redo && !c.Undone:
		return no(annotate.ErrNothing, fmt.Sprintf("“%s” is redone already.", c.Title), "")
	case c.Undone && !redo:
		return no(annotate.ErrNothing, fmt.Sprintf("“%s” is undone already.", c.Title), "")
	}
	return c.Change, nil
}

func noSuchChange(store annotate.Store, id annotate.ID) error {
	return &annotate.Error{
		Kind: annotate.ErrNotFound, Op: "undo", Subject: store.Info().Path,
		Detail: fmt.Sprintf("there is no change %s.", id), Hint: "“lede history” lists the changes.",
	}
}

// BlockedError is the cause of the refusal of an undo: the newest change that depends on
// what would be undone.
type BlockedError struct{ By annotate.PastRow }

func (e *BlockedError) Error() string { return fmt.Sprintf("change %s depends on it", e.By.ID) }

// InTheWay names, as an *annotate.Error, the newest change in force that depends on
// another one, which therefore cannot be undone; nil if none does. The cause is a
// *BlockedError.
func InTheWay(ctx context.Context, store annotate.Store, id annotate.ID) error {
	const one = 1
	later, err := store.Dependents(ctx, id, one)
	if err != nil || len(later) == 0 {
		return err
	}
	c := later[0]
	where := c.At().Local().Format("2006-01-02 15:04")
	if c.Where != "" {
		where += ", in “" + text.Brief(c.Where, 60) + "”"
	}
	return &annotate.Error{
		Kind: annotate.ErrConflict, Op: "undo", Subject: store.Info().Path,
		Detail: fmt.Sprintf("“%s” by %s changed the same thing later, or rests on it (%s).", c.Title, c.Actor, where),
		Hint:   "Undo that first.", Err: &BlockedError{By: c},
	}
}
