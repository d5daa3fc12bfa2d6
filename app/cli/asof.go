package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"lede/annotate"
)

// asOfFlag is the moment as of which a command reads a project. with looks at it, so
// that a command needs no more than the flag.
type asOfFlag struct {
	cmd   *cobra.Command
	typed string
}

// asOfFlagName is what the flag is called.
const asOfFlagName = "as-of"

// readsAsOf gives a command that reads a project the flag --as-of.
func (a *app) readsAsOf(cmd *cobra.Command, usage string) {
	cmd.Flags().StringVar(&a.asOf.typed, asOfFlagName, "", usage+" the project as it was at this `MOMENT`: a time like 2026-03-04 or “2026-03-04 17:30”, or the id of a change")
	before := cmd.PreRunE
	cmd.PreRunE = func(cmd *cobra.Command, args []string) error {
		if a.asOf.cmd = cmd; cmd.Flags().Changed(asOfFlagName) && a.asOf.typed == "" {
			return misuse(cmd, "--as-of is a time or the id of a change, and it is empty")
		}
		if before != nil {
			return before(cmd, args)
		}
		return nil
	}
}

// then opens the project as of the moment that was asked for; what it gives is closed in
// the place of store.
func (a *app) then(ctx context.Context, store annotate.Store) (annotate.Store, error) {
	position, err := a.momentOf(ctx, store)
	if err != nil {
		return store, err
	}
	news, done := a.startSteps("looking back")
	defer done()
	past, err := store.AsOf(ctx, position, news)
	if errors.Is(err, annotate.ErrNotFound) {
		return store, a.noMoment(store, "the change is not in its history any more.", "“lede history” lists what there is.")
	}
	if err != nil {
		return store, err
	}
	c := past.Info().AsOf
	done()
	a.note("As of %s, after “%s” of %s (%s).", c.At().Local().Format("2006-01-02 15:04:05"), c.Sentence(), c.Actor, c.ID)
	return past, store.Close()
}

func (a *app) noMoment(store annotate.Store, detail, hint string) error {
	return &annotate.Error{Kind: annotate.ErrNotFound, Op: "look into the past of", Subject: store.Info().Path, Detail: detail, Hint: hint}
}

// momentOf is the position of the last change that is seen.
func (a *app) momentOf(ctx context.Context, store annotate.Store) (int64, error) {
	if id, err := uuid.Parse(a.asOf.typed); err == nil {
		found, err := store.History(ctx, annotate.HistoryQuery{IDs: []annotate.ID{annotate.ID(id.String())}, WithoutOps: true})
		if err == nil && len(found) == 0 {
			err = a.noMoment(store, fmt.Sprintf("there is no change %s.", id), "“lede history” lists the changes with their ids.")
		}
		if err != nil {
			return 0, err
		}
		return found[0].Position, nil
	}
	begins, err := moment(a.asOf.cmd, "--"+asOfFlagName, a.asOf.typed, false)
	if err != nil {
		return 0, err
	}
	ends, err := moment(a.asOf.cmd, "--"+asOfFlagName, a.asOf.typed, true)
	if err != nil {
		return 0, err
	}
	if begins.After(a.Env.Now()) {
		return 0, a.noMoment(store, fmt.Sprintf("%s is still to come.", a.asOf.typed), "Name a time that is over.")
	}
	return a.newestUntil(ctx, store, ends)
}

// newestUntil is the position of the newest change of a time or earlier.
func (a *app) newestUntil(ctx context.Context, store annotate.Store, until time.Time) (int64, error) {
	found, err := store.Past(ctx, annotate.PastQuery{Until: until})
	if err != nil {
		return 0, err
	}
	if len(found) > 0 {
		return found[0], nil
	}
	all, err := store.Past(ctx, annotate.PastQuery{})
	if err != nil {
		return 0, err
	}
	first, err := store.PastRows(ctx, all[max(0, len(all)-1):])
	if err != nil {
		return 0, err
	}
	detail := "there is nothing in its history."
	switch {
	case len(first) > 0 && first[0].Replaced != nil:
		return 0, a.noMoment(store, fmt.Sprintf("its history was compacted, and what was before %s was given up.", first[0].At().Local().Format("2006-01-02 15:04:05")),
			"Name a later time. A backup of that time shows the project as it was, too.")
	case len(first) > 0:
		detail = fmt.Sprintf("at %s it was not there yet: its history begins at %s.", a.asOf.typed, first[0].At().Local().Format("2006-01-02 15:04:05"))
	}
	return 0, a.noMoment(store, detail, "Name a later time.")
}
