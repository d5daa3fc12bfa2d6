package cli

import (
	"context"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"lede/annotate"
)

func (a *app) backupCommand() *cobra.Command {
	var dryRun, force bool
	cmd := &cobra.Command{
		Use:   "backup PROJECT [OUT]",
		Short: "Write a consistent copy of a project",
		Long: `Backup writes a copy that is whole even while others work in the project. The
copy is a project like any other. Without OUT it goes where the snapshots of the
project lie, which “lede backups” lists. With --as-of the copy is the project as it
was then: nothing is in it of what came later.`,
		Example: "  lede backup strike.lede as-it-was.lede --as-of '2026-03-04 17:30'\n  lede backup strike.lede\n  lede backup strike.lede strike-2026-03-04.lede",
		Args:    takes(1, 2, "a project, and may name the copy"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 && a.asOf.typed != "" {
				return misuse(cmd, "--as-of makes another project, which needs a name: OUT")
			}
			if len(args) == 1 {
				return a.takeSnapshot(cmd.Context(), args[0], dryRun)
			}
			return a.backup(cmd.Context(), args[0], args[1], dryRun, force)
		},
		ValidArgsFunction: projectFiles,
	}
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "say what would be done, and do nothing")
	a.readsAsOf(cmd, "copy")
	cmd.Flags().BoolVar(&force, "force", false, "replace a file of that name")
	return cmd
}

func (a *app) backup(ctx context.Context, project, out string, dryRun, force bool) error {
	if err := mayReplace("backup", out, project, force); err != nil {
		return err
	}
	if err := annotate.CheckProjectName("backup", filepath.Base(out)); err != nil {
		return err
	}
	err := a.with(ctx, project, annotate.ModeRead, func(store annotate.Store) error {
		if dryRun {
			return nil
		}
		if !exists(out) {
			return store.Backup(ctx, out)
		}
		return replace(out, func(temp string) error { return store.Backup(ctx, temp) })
	})
	if err != nil {
		return err
	}
	if dryRun {
		return a.say("Would copy %s to %s.", project, out)
	}
	return a.say("Copied %s to %s.", project, out)
}

// mayReplace refuses to write over what is at out without force, over a folder,
// or over the project itself.
func mayReplace(op, out, project string, force bool) error {
	info, err := os.Stat(out)
	if err != nil {
		return nil // nothing there; what else is wrong shows when it is written
	}
	e := &annotate.Error{Kind: annotate.ErrExists, Op: op, Subject: out}
	source, err := os.Stat(project)
	switch {
	case info.IsDir():
		e.Detail, e.Hint = "this is a folder.", "Name a file in it."
	case err == nil && os.SameFile(info, source):
		e.Detail, e.Hint = "this is the project itself.", "Choose another name."
	case !force:
		e.Detail, e.Hint = "there is a file of this name already.", "Choose another name, or replace it with --force."
	default:
		return nil
	}
	return e
}
