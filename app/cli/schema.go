package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lede/annotate"
	"lede/annotate/schema"
	"lede/assets/schemas"
)

// schemaFlags are the flags of lede schema.
type schemaFlags struct {
	out, apply          string
	dryRun, force, json bool
	jsonSchema          bool
}

func (a *app) schemaCommand() *cobra.Command {
	var f schemaFlags
	cmd := &cobra.Command{
		Use:   "schema PROJECT",
		Short: "Write a project's schema as a file, or apply one",
		Long: `Schema writes the labels, relation types, attributes and rules of a project as a
schema file (YAML), to the standard output or to --out FILE.

--apply FILE makes the project's schema that of the file, as one step that can be
undone. Things are matched by name: what the file lacks is removed, unless it is
in use, which is refused. FILE may be a schema that ships with Lede.

--json-schema writes the JSON Schema of schema files, with which editors complete
and check them; it needs no project.`,
		Example: "  lede schema strike.lede --out codebook.yaml\n  lede schema strike.lede --apply codebook.yaml --dry-run",
		Args: func(cmd *cobra.Command, args []string) error {
			if f.jsonSchema {
				return takes(0, 0, "no project with --json-schema")(cmd, args)
			}
			return takes(1, 1, "one project")(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.jsonSchema {
				_, err := a.Stdout.Write(schemas.JSONSchema)
				return err
			}
			if f.out != "" && f.apply != "" {
				return misuse(cmd, "--out writes a file and --apply reads one; give one of them")
			}
			if f.apply != "" {
				return a.applySchema(cmd.Context(), args[0], f)
			}
			return a.writeSchema(cmd.Context(), args[0], f)
		},
		ValidArgsFunction: onlyProject,
	}
	cmd.Flags().StringVar(&f.out, "out", "", "file to write; - is the standard output")
	cmd.Flags().StringVar(&f.apply, "apply", "", "schema file to apply")
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, "say what would be done, and do nothing")
	cmd.Flags().BoolVar(&f.force, "force", false, "replace the file that --out names")
	cmd.Flags().BoolVar(&f.json, "json", false, "write or report as JSON")
	cmd.Flags().BoolVar(&f.jsonSchema, "json-schema", false, "write the JSON Schema of schema files, for editors")
	return cmd
}

func (a *app) writeSchema(ctx context.Context, project string, f schemaFlags) error {
	var now *annotate.Schema
	err := a.with(ctx, project, annotate.ModeRead, func(store annotate.Store) (err error) {
		now, err = store.Schema(ctx)
		return err
	})
	if err != nil {
		return err
	}
	file := schema.Of(now)
	if f.json {
		return a.asJSON(file)
	}
	raw, err := file.Write()
	if err != nil {
		return err
	}
	if f.out == "" || f.out == "-" {
		_, err := a.Stdout.Write(raw)
		return err
	}
	if err := mayReplace("schema", f.out, project, f.force); err != nil {
		return err
	}
	if f.dryRun {
		return a.say("Would write %s to %s.", counts(file), f.out)
	}
	err = replace(f.out, func(temp string) error {
		return fault("schema", f.out, os.WriteFile(temp, raw, 0o644))
	})
	if err != nil {
		return err
	}
	return a.say("Wrote %s to %s.", counts(file), f.out)
}

func (a *app) applySchema(ctx context.Context, project string, f schemaFlags) error {
	file, err := readSchema(f.apply)
	if err != nil {
		return err
	}
	mode := annotate.ModeWrite
	if f.dryRun {
		mode = annotate.ModeRead
	}
	return a.with(ctx, project, mode, func(store annotate.Store) error {
		now, err := store.Schema(ctx)
		if err != nil {
			return err
		}
		diff := file.Diff(now, a.Env)
		if err := inUse(ctx, store, project, diff); err != nil {
			return err
		}
		if !f.dryRun && len(diff.Ops) > 0 {
			change := annotate.Change{
				ID: a.Env.NewID(), Actor: a.actor(), Cause: annotate.CauseManual,
				Title: "Apply the schema " + filepath.Base(f.apply), Ops: diff.Ops,
			}
			if _, err := store.Apply(ctx, change); err != nil {
				return stillReferred(project, err)
			}
		}
		return a.tellDiff(diff, f)
	})
}

// inUse refuses to remove labels and relation types that annotations use, with
// the counts.
func inUse(ctx context.Context, store annotate.Store, project string, diff *schema.Diff) error {
	var used []string
	if has(diff.Removed, annotate.KindLabel) {
		stats, err := store.Stats(ctx)
		if err != nil {
			return err
		}
		for _, r := range diff.Removed {
			if n := stats.Labels[r.Name]; r.Kind == annotate.KindLabel && n > 0 {
				used = append(used, fmt.Sprintf("label %s (%s)", r.Name, plural(n, "span")))
			}
		}
	}
	if has(diff.Removed, annotate.KindRelationType) {
		relations, err := countRelations(ctx, store)
		if err != nil {
			return err
		}
		for _, r := range diff.Removed {
			if n := relations[r.ID]; n > 0 {
				used = append(used, fmt.Sprintf("relation %s (%s)", r.Name, plural(n, "relation")))
			}
		}
	}
	if len(used) == 0 {
		return nil
	}
	return &annotate.Error{
		Kind: annotate.ErrInvalid, Op: "schema", Subject: project,
		Detail: "the file lacks what is in use: " + strings.Join(used, ", ") + "; nothing was changed.",
		Hint:   "Keep these in the file, or delete those annotations first.",
	}
}

func has(items []schema.Item, kind annotate.Kind) bool {
	return slices.ContainsFunc(items, func(i schema.Item) bool { return i.Kind == kind })
}

func countRelations(ctx context.Context, store annotate.Store) (map[annotate.ID]int, error) {
	count := map[annotate.ID]int{}
	for doc, err := range store.Documents(ctx, annotate.DocumentQuery{}) {
		if err != nil {
			return nil, err
		}
		for _, set := range doc.Sets {
			for _, r := range set.Relations {
				count[r.Type]++
			}
		}
	}
	return count, nil
}

// stillReferred explains a removal that failed although no article in sight uses
// the thing: an import that was undone, or an article in the bin, may come back.
func stillReferred(project string, err error) error {
	var refused *annotate.InvalidError
	if !errors.As(err, &refused) {
		return err
	}
	return &annotate.Error{
		Kind: annotate.ErrInvalid, Op: "schema", Subject: project, Err: err,
		Detail: "something that the file lacks is used by an article in the bin or an import that was undone; nothing was changed.",
		Hint:   "Keep it in the file.",
	}
}

// diffReport is what schema --apply --json writes.
type diffReport struct {
	Added   []string `json:"added"`
	Changed []string `json:"changed"`
	Removed []string `json:"removed"`
	DryRun  bool     `json:"dry_run"`
}

func (a *app) tellDiff(diff *schema.Diff, f schemaFlags) error {
	r := diffReport{items(diff.Added), items(diff.Changed), items(diff.Removed), f.dryRun}
	if f.json {
		return a.asJSON(r)
	}
	if len(diff.Ops) == 0 {
		return a.say("The schema is that of %s already.", f.apply)
	}
	verbs := []string{"Added", "Changed", "Removed"}
	if f.dryRun {
		verbs = []string{"Would add", "Would change", "Would remove"}
	}
	for i, list := range [][]string{r.Added, r.Changed, r.Removed} {
		if len(list) > 0 {
			if err := a.say("%s: %s.", verbs[i], strings.Join(list, ", ")); err != nil {
				return err
			}
		}
	}
	return nil
}

func items(list []schema.Item) []string {
	all := []string{}
	for _, i := range list {
		all = append(all, strings.ReplaceAll(string(i.Kind), "_", " ")+" "+i.Name)
	}
	return all
}
