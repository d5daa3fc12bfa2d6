package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"lede/annotate"
)

func (a *app) restoreCommand() *cobra.Command {
	var dryRun bool
	cmd := &cobra.Command{
		Use:   "restore PROJECT BACKUP",
		Short: "Make a project what it was when a backup was made",
		Long: `Restore puts a copy of a backup in the place of a project. It keeps the present
first, beside the project, and says where: restoring that brings everything back.
The backup itself is only read. A project that is damaged can be restored as well;
what is kept then is the damaged file.

The project must not be open in a window. --dry-run says what would be gone and
what would come back.`,
		Example: "  lede restore strike.lede strike-2026-03-04.lede --dry-run\n  lede restore strike.lede strike-2026-03-04.lede",
		Args:    takes(2, 2, "a project and a backup of it"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.restore(cmd.Context(), args[0], args[1], dryRun)
		},
		ValidArgsFunction: projectFiles,
	}
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "say how project and backup differ, and do nothing")
	return cmd
}

func (a *app) restore(ctx context.Context, project, backup string, dryRun bool) error {
	then, err := a.holds(ctx, backup)
	if err != nil {
		return err
	}
	if dryRun {
		now, err := a.holds(ctx, project)
		if err != nil {
			return a.say("Would restore %s from %s, which has %s. The project cannot be read: %s", project, backup, then, err)
		}
		return a.say("Would restore %s from %s. The project has %s; the backup has %s.", project, backup, now, then)
	}
	keep := a.freeBeside(project)
	if err := a.Projects.Restore(ctx, project, backup, keep); err != nil {
		return err
	}
	return a.say("Restored %s from %s, with %s. What it was before is in %s.", project, backup, then, keep)
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

// freeBeside is a name beside a project for what it is now.
func (a *app) freeBeside(project string) string {
	base := fmt.Sprintf("%s before restore %s", strings.TrimSuffix(project, ".lede"), a.Env.Now().Format("2006-01-02 15-04-05"))
	path := base + ".lede"
	for n := 2; exists(path); n++ {
		path = fmt.Sprintf("%s-%d.lede", base, n)
	}
	return path
}
