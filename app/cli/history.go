package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"lede/annotate"
	"lede/annotate/edit"
)

func (a *app) historyCommand() *cobra.Command {
	var asJSON bool
	var limit int
	cmd := &cobra.Command{
		Use:   "history PROJECT",
		Short: "List the changes made to a project, newest first",
		Args:  takes(1, 1, "one project"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if limit < 0 {
				return misuse(cmd, "--limit is a number from 0, and it is %d", limit)
			}
			return a.history(cmd.Context(), args[0], limit, asJSON)
		},
		ValidArgsFunction: onlyProject,
	}
	cmd.Flags().IntVar(&limit, "limit", 0, "how many at most; 0 lists all")
	cmd.Flags().BoolVar(&asJSON, "json", false, "report as JSON")
	return cmd
}

// changeReport is one change of history --json.
type changeReport struct {
	ID       annotate.ID    `json:"id"`
	Time     string         `json:"time"` // RFC 3339, UTC
	Actor    string         `json:"actor"`
	Cause    annotate.Cause `json:"cause"`
	Title    string         `json:"title"`
	Article  annotate.ID    `json:"article,omitempty"`
	Undoes   annotate.ID    `json:"undoes,omitempty"`
	Redoes   annotate.ID    `json:"redoes,omitempty"`
	Undone   bool           `json:"undone"`
	Position int64          `json:"position"`
}

func (a *app) history(ctx context.Context, project string, limit int, asJSON bool) error {
	var all []annotate.Change
	err := a.with(ctx, project, annotate.ModeRead, func(store annotate.Store) (err error) {
		all, err = store.History(ctx, annotate.HistoryQuery{WithoutOps: true})
		return err
	})
	if err != nil {
		return err
	}
	gone := edit.Undone(all)
	slices.Reverse(all)
	if limit > 0 {
		all = all[:min(limit, len(all))]
	}
	if asJSON {
		reports := make([]changeReport, len(all))
		for i, c := range all {
			reports[i] = changeReport{
				c.ID, c.At().UTC().Format(time.RFC3339Nano), c.Actor, c.Cause, c.Title, c.Article, c.Undoes, c.Redoes, gone[c.ID], c.Position,
			}
		}
		return a.asJSON(reports)
	}
	var rows [][]string
	for _, c := range all {
		title := c.Title
		if gone[c.ID] {
			title += " (undone)"
		}
		rows = append(rows, []string{string(c.ID), c.At().Local().Format("2006-01-02 15:04:05"), c.Actor, title})
	}
	return table(a.Stdout, rows)
}

func (a *app) undoCommand() *cobra.Command {
	var id string
	var dryRun, asJSON bool
	cmd := &cobra.Command{
		Use:   "undo PROJECT",
		Short: "Take back the newest change, or the one that --id names",
		Long: `Undo takes back the newest change of whoever runs it (see --actor), or the change
of anybody that --id names; “lede history” lists the ids. It is refused if a later
change touched the same thing, and says which. Undoing is a change like any other
and stays in the history; the window can redo it.`,
		Args: takes(1, 1, "one project"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.undo(cmd.Context(), args[0], annotate.ID(id), dryRun, asJSON)
		},
		ValidArgsFunction: onlyProject,
	}
	cmd.Flags().StringVar(&id, "id", "", "the change to take back")
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "say what would be taken back, and do nothing")
	cmd.Flags().BoolVar(&asJSON, "json", false, "report as JSON")
	return cmd
}

func (a *app) undo(ctx context.Context, project string, id annotate.ID, dryRun, asJSON bool) error {
	return a.with(ctx, project, modeOf(dryRun), func(store annotate.Store) error {
		target, err := a.toUndo(ctx, store, project, id)
		if err != nil {
			return err
		}
		back := edit.Editor{Env: a.Env, Actor: a.actor()}.Undo(target)
		if dryRun {
			err = inTheWay(ctx, store, project, target)
		} else if _, err = store.Apply(ctx, back); errors.Is(err, annotate.ErrConflict) || errors.Is(err, annotate.ErrInvalid) {
			if blocked := inTheWay(ctx, store, project, target); blocked != nil {
				err = blocked
			}
		}
		if err != nil {
			return err
		}
		return a.tellUndo(target, back, dryRun, asJSON)
	})
}

func (a *app) tellUndo(target, back annotate.Change, dryRun, asJSON bool) error {
	if asJSON {
		return a.asJSON(struct {
			Undone annotate.ID `json:"undone"`
			Title  string      `json:"title"`
			Actor  string      `json:"actor"`
			Change annotate.ID `json:"change,omitempty"`
			DryRun bool        `json:"dry_run"`
		}{target.ID, target.Title, target.Actor, map[bool]annotate.ID{false: back.ID}[dryRun], dryRun})
	}
	verb := map[bool]string{false: "Undid", true: "Would undo"}[dryRun]
	return a.say("%s “%s” of %s by %s.", verb, target.Title, target.At().Local().Format("2006-01-02 15:04:05"), target.Actor)
}

// toUndo finds the change to take back, with its ops.
func (a *app) toUndo(ctx context.Context, store annotate.Store, project string, id annotate.ID) (annotate.Change, error) {
	all, err := store.History(ctx, annotate.HistoryQuery{WithoutOps: true})
	if err != nil {
		return annotate.Change{}, err
	}
	no := func(kind error, hint, text string, args ...any) error {
		return &annotate.Error{Kind: kind, Op: "undo", Subject: project, Detail: fmt.Sprintf(text, args...), Hint: hint}
	}
	if id == "" {
		var stacks edit.Stacks
		for _, c := range all {
			stacks.Fold(c, a.actor())
		}
		if len(stacks.Undo) == 0 {
			return annotate.Change{}, no(annotate.ErrNothing, "“lede history” lists the changes of others; --id takes one of them back.",
				"there is nothing of %s to undo.", a.actor())
		}
		id = stacks.Undo[len(stacks.Undo)-1]
	}
	i := slices.IndexFunc(all, func(c annotate.Change) bool { return c.ID == id })
	switch {
	case i < 0:
		return annotate.Change{}, no(annotate.ErrNotFound, "“lede history” lists the changes.", "there is no change %s.", id)
	case all[i].Cause == annotate.CauseCreate:
		return annotate.Change{}, no(annotate.ErrInvalid, "", "the making of the project cannot be undone.")
	case all[i].Undoes != "" || all[i].Redoes != "":
		return annotate.Change{}, no(annotate.ErrInvalid, "Name the change itself.", "“%s” is an undo or redo.", all[i].Title)
	case edit.Undone(all)[id]:
		return annotate.Change{}, no(annotate.ErrNothing, "", "“%s” is undone already.", all[i].Title)
	}
	found, err := store.History(ctx, annotate.HistoryQuery{IDs: []annotate.ID{id}})
	if err == nil && len(found) == 0 {
		err = annotate.ErrNotFound
	}
	if err != nil {
		return annotate.Change{}, err
	}
	return found[0], nil
}

// inTheWay names the newest later change, not undone since, that touched what an
// undo would change or built on it; nil if there is none.
func inTheWay(ctx context.Context, store annotate.Store, project string, target annotate.Change) error {
	later, err := store.History(ctx, annotate.HistoryQuery{After: target.Position})
	if err != nil {
		return err
	}
	if c, ok := edit.InTheWay(target, later); ok {
		return &annotate.Error{
			Kind: annotate.ErrConflict, Op: "undo", Subject: project,
			Detail: fmt.Sprintf("“%s” by %s changed the same thing later.", c.Title, c.Actor),
			Hint:   "Undo that first: --id " + string(c.ID) + ".",
		}
	}
	return nil
}
