package cli

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"lede/annotate"
	"lede/app/backups"
)

// purgeFlags are what is asked of a purge.
type purgeFlags struct {
	filter                          filterFlag
	all, yes, backups, dryRun, json bool
}

func (a *app) purgeCommand() *cobra.Command {
	var f purgeFlags
	cmd := &cobra.Command{
		Use:   "purge PROJECT --filter FILTER|--all",
		Short: "Remove articles in the bin for good",
		Long: `Purge removes articles that are in the bin, with their texts, all annotations and all
that the history says of them, and then shrinks the file, so that nothing of them is
left in it. It cannot be undone, and no snapshot is made before. Changes that were
about them stay in the history as “Changed what was purged later” and cannot be undone
either.

What stays: entities that were named in them, as they are the project's; the text of
an article that another article has, too, as that one's; and other versions of an
article that are articles of their own. The backups of the project that were made
before hold everything still: the command says how many there are. --backups-too
removes those that Lede made by itself and those in its folder of backups.

Without --yes the command asks before it does anything.`,
		Example: "  lede bin list strike.lede\n  lede purge strike.lede --all --dry-run\n  lede purge strike.lede --filter 'source:reuters' --yes --backups-too",
		Args:    takes(1, 1, "one project"),
		RunE: func(cmd *cobra.Command, args []string) error {
			bin, err := f.filter.inBin(cmd, f.all)
			if err != nil {
				return err
			}
			f.filter = bin
			return a.purge(cmd.Context(), args[0], f)
		},
		ValidArgsFunction: onlyProject,
	}
	f.filter.add(cmd, "the articles in the bin that pass")
	cmd.Flags().BoolVar(&f.all, "all", false, "all articles in the bin")
	cmd.Flags().BoolVar(&f.yes, "yes", false, "do not ask")
	cmd.Flags().BoolVar(&f.backups, "backups-too", false, "remove the backups of the project, too")
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, "say what would be removed, and change nothing")
	cmd.Flags().BoolVar(&f.json, "json", false, "report as JSON")
	return cmd
}

// purgeReport is the report of purge --json.
type purgeReport struct {
	Articles  int      `json:"articles"`
	Spans     int      `json:"spans"`
	Relations int      `json:"relations"`
	Changes   int      `json:"changes"` // that cannot be undone any more
	Shared    int      `json:"shared_texts"`
	Before    int64    `json:"size_before"`
	After     int64    `json:"size_after"`
	Removed   []string `json:"backups_removed"`
	Left      []string `json:"backups_left"`
	DryRun    bool     `json:"dry_run"`
}

func (a *app) purge(ctx context.Context, project string, f purgeFlags) error {
	kept, err := a.keeper.List(ctx, project)
	if err != nil {
		return err
	}
	report := purgeReport{DryRun: f.dryRun, Removed: []string{}, Left: paths(kept)}
	err = a.with(ctx, project, modeOf(f.dryRun), func(store annotate.Store) error {
		ids, err := f.filter.articles(ctx, a, store)
		if err != nil {
			return err
		}
		plan, err := store.PlanPurge(ctx, ids)
		if err != nil {
			return err
		}
		report.Articles, report.Spans, report.Relations, report.Changes, report.Shared = plan.Articles, plan.Spans, plan.Relations, plan.Changes, plan.Shared
		if !f.json {
			a.tellPurge(plan, len(kept), f.backups)
		}
		if f.dryRun {
			return nil
		}
		if !f.yes && !a.sure("Remove them for good?") {
			return &annotate.Error{Kind: annotate.ErrNothing, Op: "purge", Subject: project, Detail: "nothing was removed.", Hint: "--yes does it without asking."}
		}
		return a.purgeNow(ctx, store, ids, &report)
	})
	if err != nil {
		return err
	}
	if f.backups && !f.dryRun {
		removed, left, err := a.keeper.Forget(ctx, project)
		report.Removed, report.Left = paths(removed), paths(left)
		if err != nil {
			return fmt.Errorf("the articles are removed, but not all backups: %w", err)
		}
	}
	return a.tellPurged(report, f)
}

// purgeNow removes articles and shrinks the file.
func (a *app) purgeNow(ctx context.Context, store annotate.Store, ids []annotate.ID, report *purgeReport) error {
	room, err := store.Room(ctx)
	if err != nil {
		return err
	}
	if _, err := store.Purge(ctx, a.actor(), ids); err != nil {
		return err
	}
	report.Before = room.Size
	if report.After, err = a.shrink(ctx, store); err != nil {
		return fmt.Errorf("the articles are removed, but the file was not shrunk, and may still hold what they said (“lede vacuum” tries again): %w", err)
	}
	return nil
}

// tellPurge says what is removed.
func (a *app) tellPurge(plan annotate.Purge, kept int, too bool) {
	a.note("Removed for good: %s in the bin with their texts, %s and %s. %s about them cannot be undone any more. A purge cannot be undone.",
		plural(plan.Articles, "article"), plural(plan.Spans, "span"), plural(plan.Relations, "relation"), plural(plan.Changes, "change"))
	if plan.Shared > 0 {
		a.note("The texts of %s stay, as another article has the same text.", plural(plan.Shared, "article"))
	}
	switch {
	case kept == 0:
	case too:
		a.note("The project has %s, which hold them still; those that Lede keeps are removed.", plural(kept, "backup"))
	default:
		a.note("The project has %s, which may hold them still: --backups-too removes those that Lede keeps, “lede backups” lists them.", plural(kept, "backup"))
	}
}

func (a *app) tellPurged(r purgeReport, f purgeFlags) error {
	switch {
	case f.json:
		return a.asJSON(r)
	case f.dryRun:
		return a.say("Would remove %s.", plural(r.Articles, "article"))
	}
	if f.backups {
		for _, path := range r.Left {
			a.note("This copy was made by hand and stays: %s", path)
		}
		return a.say("Removed %s and %s. The file has %s, and had %s.", plural(r.Articles, "article"), plural(len(r.Removed), "backup"),
			backups.Size(r.After), backups.Size(r.Before))
	}
	return a.say("Removed %s. The file has %s, and had %s.", plural(r.Articles, "article"), backups.Size(r.After), backups.Size(r.Before))
}

// sure asks the person at the keyboard; nobody there means no.
func (a *app) sure(question string) bool {
	in, ok := a.Stdin.(*os.File)
	if !ok || !terminal(a.Stderr) {
		return false
	}
	_, _ = fmt.Fprint(a.Stderr, question+" [y/N] ")
	answer, _ := bufio.NewReader(in).ReadString('\n') // what cannot be read is no yes
	answer = strings.ToLower(strings.TrimSpace(answer))
	return answer == "y" || answer == "yes"
}

func paths(all []backups.Backup) []string {
	list := make([]string, len(all))
	for i, b := range all {
		list[i] = b.Path
	}
	return list
}
