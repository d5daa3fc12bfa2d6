package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"lede/annotate"
	"lede/annotate/osfile"
	"lede/annotate/schema"
	"lede/assets/schemas"
)

func (a *app) newCommand() *cobra.Command {
	var named string
	var dryRun, force bool
	cmd := &cobra.Command{
		Use:   "new PROJECT",
		Short: "Make a new project",
		Long: `New makes a project: one file that holds articles, schema and annotations.

A project is to be carried between computers: a name that Windows refuses is refused
on every system, and one like it that is allowed is named.

--schema names one that ships with Lede (` + strings.Join(schemas.Names(), ", ") + `) or a schema file.
docs/packs.md says what is in them.`,
		Example: "  lede new strike.lede\n  lede new names.lede --schema ner\n  lede new mine.lede --schema codebook.yaml",
		Args:    takes(1, 1, "the name of the project"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.newProject(cmd.Context(), args[0], named, dryRun, force)
		},
		ValidArgsFunction: onlyProject,
	}
	cmd.Flags().StringVar(&named, "schema", schemas.Default, "schema that ships with Lede, or a schema file")
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "say what would be done, and do nothing")
	cmd.Flags().BoolVar(&force, "force", false, "replace a project of that name")
	_ = cmd.RegisterFlagCompletionFunc("schema", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return schemas.Names(), cobra.ShellCompDirectiveDefault
	})
	return cmd
}

func (a *app) newProject(ctx context.Context, path, named string, dryRun, force bool) error {
	file, err := readSchema(named)
	if err != nil {
		return err
	}
	there := exists(path)
	if there && !force {
		return &annotate.Error{
			Kind: annotate.ErrExists, Op: "new", Subject: path, Detail: "there is a file of this name already.",
			Hint: "Choose another name, or replace the project with --force.",
		}
	}
	if err := annotate.CheckProjectName("new", filepath.Base(path)); err != nil {
		return err
	}
	if there {
		if err := a.replaceable(ctx, path); err != nil {
			return err
		}
	}
	if dryRun {
		return a.say("Would make %s with %s.", path, counts(file))
	}
	if there {
		err = a.replaceProject(ctx, path, file)
	} else {
		err = a.create(ctx, path, file)
	}
	if err != nil {
		return err
	}
	if filepath.Ext(path) != annotate.ProjectEnding {
		a.note("lede: the name does not end in .lede, so the desktop will not know the file as a project.")
	}
	return a.say("Made %s with %s.", path, counts(file))
}

func (a *app) create(ctx context.Context, path string, file *schema.File) error {
	store, err := a.Projects.Create(ctx, path, a.actor(), file.Records(a.Env))
	if err != nil {
		return err
	}
	return store.Close()
}

// replaceable says why the file at path must stay. Only a project that nobody
// has open is replaced: --force is not meant for a picture with the wrong name.
func (a *app) replaceable(ctx context.Context, path string) error {
	store, err := a.Projects.Open(ctx, path, annotate.ModeWindow)
	if err != nil {
		return err
	}
	info := store.Info()
	if err := store.Close(); err != nil {
		return err
	}
	if info.ReadOnly {
		return &annotate.Error{Kind: annotate.ErrReadOnly, Op: "new", Subject: path, Detail: info.Why, Hint: "It was not replaced."}
	}
	return nil
}

// replaceProject makes the new project beside the old one and then takes its
// name, so that there is always one of the two.
func (a *app) replaceProject(ctx context.Context, path string, file *schema.File) error {
	return replace(path, func(temp string) error { return a.create(ctx, temp, file) })
}

// replace lets write make a file in a folder of its own beside path, and gives
// it the name path when it is whole.
func replace(path string, write func(temp string) error) error {
	dir, err := os.MkdirTemp(filepath.Dir(path), ".lede-*")
	if err != nil {
		return fault("write", path, err)
	}
	defer func() { _ = os.RemoveAll(dir) }() // what is left in it is of no use
	temp := filepath.Join(dir, filepath.Base(path))
	if err := write(temp); err != nil {
		return err
	}
	return fault("write", path, osfile.Rename(temp, path))
}

// readSchema reads a schema that ships with Lede, or a file.
func readSchema(named string) (*schema.File, error) {
	if raw, ok := schemas.Read(named); ok {
		return schema.Parse(named+".yaml", raw)
	}
	raw, err := os.ReadFile(named)
	if err != nil && errors.Is(err, fs.ErrNotExist) && filepath.Ext(named) == "" {
		return nil, &annotate.Error{
			Kind: annotate.ErrNotFound, Op: "schema", Subject: named, Detail: "there is neither a schema nor a file of this name.",
			Hint: "Lede has " + strings.Join(schemas.Names(), ", ") + "; or name a schema file.", Err: err,
		}
	}
	if err != nil {
		return nil, fault("schema", named, err)
	}
	return schema.Parse(named, raw)
}

func counts(f *schema.File) string {
	return plural(len(f.Labels), "label") + ", " + plural(len(f.Relations), "relation type") + " and " + plural(len(f.Attributes), "attribute")
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// fault tells a failure of the file system in a sentence; nil stays nil.
func fault(op, path string, err error) error {
	if err == nil {
		return nil
	}
	e := &annotate.Error{Op: op, Subject: path, Err: err}
	var failed *fs.PathError
	var moved *os.LinkError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		e.Kind, e.Detail, e.Hint = annotate.ErrNotFound, "there is no such file or folder.", "Check the path."
	case osfile.InUse(err):
		e.Kind, e.Detail, e.Hint = annotate.ErrBusy, "another program uses it.", "Close it there and try again."
	case errors.Is(err, fs.ErrPermission):
		e.Kind, e.Detail, e.Hint = annotate.ErrForbidden, "permission denied.", "Check the permissions of the file and its folder."
	case errors.As(err, &failed):
		e.Detail = failed.Err.Error() + "."
	case errors.As(err, &moved):
		e.Detail = moved.Err.Error() + "."
	}
	return e
}
