package cli

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/spf13/cobra"

	"lede/annotate"
	"lede/app/backups"
)

func (a *app) restoreCommand() *cobra.Command {
	var dryRun, force bool
	var from string
	cmd := &cobra.Command{
		Use:   "restore PROJECT [BACKUP]",
		Short: "Make a project what it was when a backup was made",
		Long: `Restore puts a copy of a backup in the place of a project. The backup is a file, or
with --from one of those that “lede backups” lists: the newest that is not later
than a time, or “latest”; what cannot be read is passed over. The present is kept first, where the snapshots of the
project lie, and the command says where: restoring that brings everything back.
The backup itself is only read. A project that is damaged or gone can be restored
as well; what is kept of a damaged one is its file.

The project must not be open in a window. --dry-run says what would be gone and
what would come back. A file that never was a Lede project is left alone, unless
--force says that it was one.`,
		Example: "  lede restore strike.lede --from latest --dry-run\n  lede restore strike.lede --from '2026-03-04 15:00'\n  lede restore strike.lede strike-2026-03-04.lede",
		Args:    takes(1, 2, "a project and a backup of it"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if (len(args) == 2) == (from != "") {
				return misuse(cmd, "say what to go back to: either a backup or --from")
			}
			ctx := cmd.Context()
			backup := ""
			if len(args) == 2 {
				backup = args[1]
				if !exists(args[0]) { // else it gets no new name
					if err := annotate.CheckProjectName("restore", filepath.Base(args[0])); err != nil {
						return err
					}
				}
			} else {
				var err error
				if backup, err = a.backupOf(ctx, args[0], from); err != nil {
					return err
				}
			}
			return a.restore(ctx, args[0], backup, dryRun, force)
		},
		ValidArgsFunction: projectFiles,
	}
	cmd.Flags().StringVar(&from, "from", "", "“latest”, or a `time` as 2026-03-04 or '2026-03-04 15:04'")
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "say how project and backup differ, and do nothing")
	cmd.Flags().BoolVar(&force, "force", false, "replace even a file that does not look like a project; it is kept")
	return cmd
}

func (a *app) restore(ctx context.Context, project, backup string, dryRun, force bool) error {
	then, err := a.holds(ctx, backup)
	if err != nil {
		return err
	}
	if dryRun {
		return a.wouldRestore(ctx, project, backup, then)
	}
	keep, err := a.keeper.GoBack(ctx, project, backup, force)
	if err != nil {
		return err
	}
	if keep == "" {
		return a.say("Restored %s from %s, with %s. There was nothing at its place.", project, keptAs(backup), then)
	}
	return a.say("Restored %s from %s, with %s. What it was before is in %s.", project, keptAs(backup), then, keptAs(keep))
}

// wouldRestore says what a restore would change.
func (a *app) wouldRestore(ctx context.Context, project, backup, then string) error {
	now, err := a.holds(ctx, project)
	if err != nil {
		return a.say("Would restore %s from %s, which has %s. The project cannot be read: %s", project, keptAs(backup), then, err)
	}
	d, unread, err := backups.CompareFiles(ctx, a.Projects, project, backup, nil)
	if err = errors.Join(err, unread); err != nil {
		return err
	}
	if err := a.say("Would restore %s from %s. The project has %s; the backup has %s.", project, keptAs(backup), now, then); err != nil {
		return err
	}
	if d.None() {
		return a.say("Nothing that is seen would change.")
	}
	count := func(c backups.Count) string { return plural(c.Articles, "article") + ", " + plural(c.Spans, "span") }
	if err := a.say("Would be gone: %s. Would come back: %s. Would be as before: %s.", count(d.Lost), count(d.Back), plural(d.Changed, "span")); err != nil {
		return err
	}
	if d.Schema {
		return a.say("The schema would be another one.")
	}
	return nil
}

// holds says how much a project has.
func (a *app) holds(ctx context.Context, path string) (says string, err error) {
	err = a.with(ctx, path, annotate.ModeRead, func(store annotate.Store) error {
		stats, err := store.Stats(ctx)
		if err == nil {
			says = plural(stats.Articles, "article") + " and " + plural(stats.Spans, "span")
		}
		return err
	})
	return says, err
}
