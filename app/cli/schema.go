package cli

import (
	"context"
	"os"

	"github.com/spf13/cobra"

	"lede/annotate"
	"lede/annotate/migrate"
	"lede/annotate/schema"
	"lede/assets/schemas"
)

// schemaFlags are the flags of lede schema.
type schemaFlags struct {
	out, apply          string
	version             int
	rename, remove      []string
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

--version N writes the schema as it was at its version N, rebuilt from the
history. Exports state the version at which they were made.

--apply FILE makes the project's schema that of the file, as one step that can be
undone. Things are matched by name: what the file lacks is removed, unless it is
in use, which is refused with the counts. --rename OLD=NEW says that a thing is
called NEW in the file, or is merged into what is called so already; --delete NAME
says that it goes with all that uses it. A plain name is that of a label; others
are written relation:NAME, attribute:NAME and value:ATTRIBUTE/NAME. FILE may be a
schema that ships with Lede.

--json-schema writes the JSON Schema of schema files, with which editors complete
and check them; it needs no project.`,
		Example: "  lede schema strike.lede --out codebook.yaml\n  lede schema strike.lede --apply codebook.yaml --dry-run\n  lede schema strike.lede --apply codebook.yaml --rename person=actor --delete value:kind/other\n  lede schema strike.lede --version 3",
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
			switch {
			case f.apply != "" && (f.out != "" || cmd.Flags().Changed("version")):
				return misuse(cmd, "--apply changes the project, --out and --version write a schema; give one of them")
			case f.apply == "" && len(f.rename)+len(f.remove) > 0:
				return misuse(cmd, "--rename and --delete say what --apply does")
			}
			if f.apply != "" {
				return a.applySchema(cmd.Context(), args[0], f)
			}
			if !cmd.Flags().Changed("version") {
				f.version = now
			}
			return a.writeSchema(cmd.Context(), args[0], f)
		},
		ValidArgsFunction: onlyProject,
	}
	cmd.Flags().StringVar(&f.out, "out", "", "file to write; - is the standard output")
	cmd.Flags().StringVar(&f.apply, "apply", "", "schema file to apply")
	cmd.Flags().IntVar(&f.version, "version", 0, "write the schema as it was at this version")
	cmd.Flags().StringArrayVar(&f.rename, "rename", nil, "OLD=NEW: what has another name in the file that --apply reads")
	cmd.Flags().StringArrayVar(&f.remove, "delete", nil, "NAME: what goes with all that uses it, as the file lacks it")
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, "say what would be done, and do nothing")
	cmd.Flags().BoolVar(&f.force, "force", false, "replace the file that --out names")
	cmd.Flags().BoolVar(&f.json, "json", false, "write or report as JSON")
	a.readsAsOf(cmd, "write the schema of")
	cmd.Flags().BoolVar(&f.jsonSchema, "json-schema", false, "write the JSON Schema of schema files, for editors")
	return cmd
}

// now is the version of a schema as it is.
const now = -1

func (a *app) writeSchema(ctx context.Context, project string, f schemaFlags) error {
	var s *annotate.Schema
	err := a.with(ctx, project, annotate.ModeRead, func(store annotate.Store) (err error) {
		if f.version == now {
			s, err = store.Schema(ctx)
			return err
		}
		s, err = migrate.At(ctx, store, f.version)
		return err
	})
	if err != nil {
		return about(project, err)
	}
	file := schema.Of(s)
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
