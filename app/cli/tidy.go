package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"lede/annotate"
	"lede/app/backups"
)

// compactFlags are what is asked of a compaction.
type compactFlags struct {
	before       string
	keep         int
	dryRun, json bool
}

func (a *app) compactCommand() *cobra.Command {
	var f compactFlags
	cmd := &cobra.Command{
		Use:   "compact PROJECT --before TIME|--keep DAYS",
		Short: "Give up old changes of the history, and make the file smaller",
		Long: `Compact gives up the changes that were made before a time. They can no longer be
undone or brought back, “lede history” no longer lists them, and nobody can see any
more what the project was before they were made. Who made how many of them, and from
when to when, stays in the history as its beginning.

All articles, texts, annotations, annotators and the schema stay as they are, and so
does the bin; so do all later changes, which can be undone as before. It cannot be
undone itself: a snapshot of the project is kept first, which has the whole history
for as long as it is kept (“lede backups”). Snapshots and copies that were made before
keep it as well. Then the file is shrunk, as “lede vacuum” does.

TIME is like 2026-03-04 or “2026-03-04 17:30”, in the time of this computer.`,
		Example: "  lede compact strike.lede --keep 90 --dry-run\n  lede compact strike.lede --before 2026-01-01",
		Args:    takes(1, 1, "one project"),
		RunE: func(cmd *cobra.Command, args []string) error {
			before, err := f.until(cmd, a.Env.Now())
			if err != nil {
				return err
			}
			return a.compact(cmd.Context(), args[0], f, before)
		},
		ValidArgsFunction: onlyProject,
	}
	cmd.Flags().StringVar(&f.before, "before", "", "give up the changes made before this `TIME`")
	cmd.Flags().IntVar(&f.keep, "keep", 0, "keep the changes of this many `DAYS`, give up all before")
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, "say what would be given up, and change nothing")
	cmd.Flags().BoolVar(&f.json, "json", false, "report as JSON")
	return cmd
}

// until is the time before which changes are given up.
func (f compactFlags) until(cmd *cobra.Command, now time.Time) (time.Time, error) {
	keep := cmd.Flags().Changed("keep")
	switch {
	case keep == (f.before != ""):
		return now, misuse(cmd, "say which changes: either --before TIME or --keep DAYS")
	case f.before != "":
		return moment(cmd, "--before", f.before, false)
	case f.keep < 0:
		return now, misuse(cmd, "--keep is a number of days from 0, and it is %d", f.keep)
	}
	return annotate.KeepDays(now, f.keep), nil
}

// compactReport is the report of compact --json.
type compactReport struct {
	Changes int                     `json:"changes"` // given up
	Kept    int                     `json:"kept"`
	From    string                  `json:"from"` // RFC 3339, UTC
	Until   string                  `json:"until"`
	Actors  []annotate.ActorChanges `json:"actors"` // with those of earlier compactions
	Bytes   int64                   `json:"bytes"`  // that they took, about
	Before  int64                   `json:"size_before"`
	After   int64                   `json:"size_after"`
	DryRun  bool                    `json:"dry_run"`
}

func (a *app) compact(ctx context.Context, project string, f compactFlags, before time.Time) error {
	return a.with(ctx, project, modeOf(f.dryRun), func(store annotate.Store) error {
		plan, err := store.PlanCompaction(ctx, before)
		if errors.Is(err, annotate.ErrNothing) && !f.json {
			a.note("Nothing to give up: no change is as old as that.")
			return nil
		}
		if err != nil {
			return err
		}
		room, err := store.Room(ctx)
		if err != nil {
			return err
		}
		report := compactReport{
			Changes: plan.Fresh, Kept: plan.Kept, From: rfc(plan.Began()), Until: rfc(plan.Ended()), Actors: plan.Actors, Bytes: plan.Bytes,
			Before: room.Size, After: max(0, room.After-plan.Bytes), DryRun: f.dryRun,
		}
		if !f.json {
			a.tellCompaction(plan)
		}
		if !f.dryRun {
			if report.After, err = a.compactNow(ctx, store, int64(plan.Changes)); err != nil {
				return err
			}
		}
		if f.json {
			return a.asJSON(report)
		}
		if f.dryRun {
			return a.say("Would give up %s, which take about %s of %s.", plural(plan.Fresh, "change"), backups.Size(plan.Bytes), backups.Size(room.Size))
		}
		return a.say("Gave up %s. The file has %s, and had %s.", plural(plan.Fresh, "change"), backups.Size(report.After), backups.Size(room.Size))
	})
}

func rfc(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// tellCompaction says what is given up and what stays.
func (a *app) tellCompaction(plan annotate.Compaction) {
	gone := plan.Sentence()
	if plan.Fresh < plan.Changes {
		gone = fmt.Sprintf("%s (with those of earlier compactions, %s)", plural(plan.Fresh, "change"), gone)
	}
	a.note("Given up: %s. They can no longer be undone, brought back or looked at, nor what the project was before them.", gone)
	a.note("Kept: all articles, annotations, annotators and the schema as they are, the bin, and %s made later.", plural(plan.Kept, "change"))
}

// compactNow gives changes up and shrinks the file; after is its size then.
func (a *app) compactNow(ctx context.Context, store annotate.Store, through int64) (after int64, err error) {
	news, done := a.startSteps("giving up changes")
	_, err = store.Compact(ctx, a.actor(), through, news)
	done()
	if err != nil {
		return 0, err
	}
	if after, err = a.shrink(ctx, store); err != nil {
		return 0, fmt.Errorf("the changes are given up, but the file was not shrunk, and may still hold what they said: %w", err)
	}
	return after, nil
}

// shrink shrinks the file of a project; after is its size then.
func (a *app) shrink(ctx context.Context, store annotate.Store) (after int64, err error) {
	const mega = 1 << 20
	news, done := a.startSteps("writing the file anew, MB")
	err = store.Shrink(ctx, func(n, total int64) { news(int(n/mega), int(total/mega)+1) })
	done()
	if err != nil {
		return 0, err
	}
	room, err := store.Room(ctx)
	return room.Size, err
}

func (a *app) vacuumCommand() *cobra.Command {
	var dryRun, asJSON bool
	cmd := &cobra.Command{
		Use:   "vacuum PROJECT",
		Short: "Make the file of a project as small as it can be",
		Long: `Vacuum writes the file of a project anew without the room that deleted things left,
and nothing stays in it of what was removed from the project. What the project holds,
and its history, stay as they are. It is done whole or not at all, and while others
read the project; what others write waits until it is done. The disk needs room for
the file twice meanwhile.`,
		Example: "  lede vacuum strike.lede --dry-run\n  lede vacuum strike.lede",
		Args:    takes(1, 1, "one project"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.vacuum(cmd.Context(), args[0], dryRun, asJSON)
		},
		ValidArgsFunction: onlyProject,
	}
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "say how small the file would get, and change nothing")
	cmd.Flags().BoolVar(&asJSON, "json", false, "report as JSON")
	return cmd
}

// vacuumReport is the report of vacuum --json. Sizes are in bytes.
type vacuumReport struct {
	Before int64 `json:"size_before"`
	After  int64 `json:"size_after"`
	Needed int64 `json:"needed"` // free on the disk meanwhile
	Free   int64 `json:"free"`   // -1: the system does not say
	DryRun bool  `json:"dry_run"`
}

func (a *app) vacuum(ctx context.Context, project string, dryRun, asJSON bool) error {
	return a.with(ctx, project, modeOf(dryRun), func(store annotate.Store) error {
		room, err := store.Room(ctx)
		if err != nil {
			return err
		}
		report := vacuumReport{Before: room.Size, After: room.After, Needed: room.Needed, Free: room.Free, DryRun: dryRun}
		if !dryRun {
			if report.After, err = a.shrink(ctx, store); err != nil {
				return err
			}
		}
		switch {
		case asJSON:
			return a.asJSON(report)
		case dryRun:
			return a.say("The file has %s and would have about %s. While it is written anew, %s must be free on the disk.",
				backups.Size(room.Size), backups.Size(room.After), backups.Size(room.Needed))
		}
		return a.say("The file has %s, and had %s.", backups.Size(report.After), backups.Size(room.Size))
	})
}
