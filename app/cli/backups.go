package cli

import (
	"context"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"lede/annotate"
	"lede/app/backups"
)

func (a *app) backupsCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "backups PROJECT",
		Short: "List the backups of a project",
		Long: `Backups lists what a project can go back to, the newest first: the snapshots that it
keeps of itself (when a window opens it, every hour in which it was changed, before
imports and other large changes), and copies that lie beside it. Each is a project
like any other. “lede restore” goes back to one. A copy in which somebody worked on
is told as “worked on”: it is no backup, and never the latest.

How many snapshots stay, and where they lie, is chosen in the window's Preferences.`,
		Example: "  lede backups strike.lede\n  lede backups strike.lede --json",
		Args:    takes(1, 1, "a project"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.backups(cmd.Context(), args[0], asJSON)
		},
		ValidArgsFunction: onlyProject,
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "list as JSON")
	return cmd
}

// backupLine is a backup as the list shows it.
type backupLine struct {
	File     string `json:"file"`
	Made     string `json:"made"` // RFC 3339, UTC
	Reason   string `json:"reason"`
	Bytes    int64  `json:"bytes"`
	Articles int    `json:"articles"`
	Spans    int    `json:"spans"`
	Damaged  string `json:"damaged,omitempty"` // why it cannot be read
}

func (a *app) backups(ctx context.Context, project string, asJSON bool) error {
	all, err := a.keeper.List(ctx, project)
	if err != nil {
		return err
	}
	lines := []backupLine{}
	for _, b := range all {
		line := backupLine{File: b.Path, Made: b.At.Format("2006-01-02T15:04:05Z"), Reason: string(b.Why), Bytes: b.Size}
		facts, err := backups.Look(ctx, a.Projects, b.Path)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			line.Damaged, _ = sentence(err)
		}
		line.Articles, line.Spans = facts.Articles, facts.Spans
		lines = append(lines, line)
	}
	if asJSON {
		return a.asJSON(map[string]any{"folder": a.keeper.Policy().FolderOf(project), "backups": lines})
	}
	if len(lines) == 0 {
		a.note("There is no backup of %s yet.", project)
		return nil
	}
	zone := a.Env.Now().Location()
	for i, l := range lines {
		holds := plural(l.Articles, "article") + ", " + plural(l.Spans, "span")
		if l.Damaged != "" {
			holds = "damaged: it cannot be read"
		}
		err := a.say("%s  %-22s %8s  %s\n  %s", all[i].At.In(zone).Format("2006-01-02 15:04:05"), l.Reason, backups.Size(l.Bytes), holds, l.File)
		if err != nil {
			return err
		}
	}
	return nil
}

// takeSnapshot makes a backup by hand, in the place of the snapshots.
func (a *app) takeSnapshot(ctx context.Context, project string, dryRun bool) error {
	if dryRun {
		if _, err := a.holds(ctx, project); err != nil {
			return err
		}
		return a.say("Would copy %s to a file in %s.", project, a.keeper.Policy().FolderOf(project))
	}
	path, err := a.keeper.Take(ctx, project)
	if err != nil {
		return err
	}
	return a.say("Copied %s to %s.", project, path)
}

// backupOf finds the backup that a restore is from: a file, or words for one of those
// that the project has. What cannot be read is passed over, unless it was named.
func (a *app) backupOf(ctx context.Context, project, from string) (string, error) {
	all, err := a.keeper.List(ctx, project)
	if err != nil {
		return "", err
	}
	for {
		b, err := backups.Choose(all, from, a.Env.Now().Location())
		if err != nil || backups.Names(from, b) {
			return b.Path, err
		}
		wrong := backups.Readable(ctx, a.Projects, b.Path)
		if wrong == nil || ctx.Err() != nil {
			return b.Path, ctx.Err()
		}
		says, _ := sentence(wrong)
		a.note("Passed over %s, which cannot be read: %s", keptAs(b.Path), says)
		if all = slices.DeleteFunc(all, func(x backups.Backup) bool { return x.Path == b.Path }); len(all) == 0 {
			return "", &annotate.Error{Kind: annotate.ErrNotFound, Op: "restore", Subject: from, Detail: "none of the backups can be read.", Hint: "“lede backups PROJECT” lists them; docs/salvage.md says what else can be done."}
		}
	}
}

// keptAs is a path as the result of a command shows it.
func keptAs(path string) string {
	if rel, err := filepath.Rel(".", path); err == nil && filepath.IsLocal(rel) {
		return rel
	}
	return path
}
