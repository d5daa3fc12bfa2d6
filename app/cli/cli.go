package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"lede/annotate"
	"lede/app/backups"
	"lede/app/settings"
)

// Options is what the command line needs from main.
type Options struct {
	Version  string
	Built    Built
	Licences string // of Lede and of what it is made of: their texts
	Projects annotate.Projects
	Settings *settings.Store
	Env      annotate.Env

	// Window opens the window, on a project or, with path "", on the welcome
	// screen; sample opens a copy of the sample project. It returns when the
	// window is closed.
	Window func(ctx context.Context, path string, sample bool) error

	Drawing Drawing // what pictures of passages need

	Stdin          io.Reader // what - stands for where a file is read; nil = nothing
	Stdout, Stderr io.Writer
}

// The exit codes.
const (
	exitDone   = 0
	exitFailed = 1 // or problems found
	exitUsage  = 2
)

// Run does what the arguments (without the program's name) say and returns the
// exit code.
func Run(ctx context.Context, o Options, args []string) int {
	cobra.MousetrapHelpText = "" // on Windows, a double click is for the window and no mistake
	a := newApp(o)
	root := a.root()
	root.SetArgs(args)
	root.SetOut(o.Stdout)
	root.SetErr(o.Stderr)
	root.PersistentPreRun = func(cmd *cobra.Command, _ []string) {
		if cmd != root { // the window says it itself
			a.tellCrash()
		}
	}
	return a.tell(root.ExecuteContext(ctx))
}

// Root is the whole tree of commands, for the documentation.
func Root(o Options) *cobra.Command {
	return newApp(o).root()
}

// app is one run of the command line.
type app struct {
	Options
	keeper    *backups.Keeper // of snapshots; projects are opened through it
	actorFlag string
	asOf      asOfFlag
}

func newApp(o Options) *app {
	a := &app{Options: o}
	a.keeper = backups.NewKeeper(backups.Options{
		Projects: o.Projects, Now: o.Env.Now,
		Policy: func() backups.Policy { return backups.PolicyOf(o.Settings) },
	})
	a.Projects = a.keeper
	a.keeper.OnFailed(func(err error) { a.note("lede: %s", err) })
	return a
}

func (a *app) root() *cobra.Command {
	var sample bool
	root := &cobra.Command{
		Use:   "lede [PROJECT]",
		Short: "Mark actors, events and quotes in news articles",
		Long: `Lede marks up news articles: actors, events, quotes or labels of your own.

Without a command it opens its window, on PROJECT if one is named. The commands
do the same work without a window. Results go to the standard output, everything
else to the standard error; the exit code is 0 when it is done, 1 when it failed
or found problems, and 2 when the command was used wrongly.`,
		Version:       a.Version,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.window(cmd, args, sample)
		},
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: projectFiles,
	}
	root.SetVersionTemplate("lede {{.Version}}\n")
	root.PersistentFlags().StringVar(&a.actorFlag, "actor", "", "who does it, for the history (default: LEDE_ACTOR, else the login name)")
	root.Flags().BoolVar(&sample, "sample", false, "open a copy of the sample project")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error { return misuse(cmd, "%s", err) })
	root.AddCommand(
		a.newCommand(), a.importCommand(), a.exportCommand(), a.convertCommand(), a.splitCommand(), a.tagCommand(), a.assignCommand(), a.binCommand(), a.sampleCommand(), a.editCommand(), a.detectCommand(), a.duplicatesCommand(), a.carryCommand(), a.schemaCommand(), a.statsCommand(), a.searchCommand(), a.checkCommand(),
		a.entitiesCommand(), a.historyCommand(), a.undoCommand(), a.compactCommand(), a.vacuumCommand(), a.purgeCommand(), a.backupCommand(), a.restoreCommand(), a.formatsCommand(), a.renderCommand(), a.versionCommand(),
	)
	root.AddCommand(laterCommands()...)
	root.AddCommand(a.backupsCommand())
	return root
}

// window opens the window, after a look whether a command was misspelled.
func (a *app) window(cmd *cobra.Command, args []string, sample bool) error {
	switch {
	case len(args) > 1:
		return misuse(cmd, "the window opens one project, and %d names were given", len(args))
	case sample && len(args) > 0:
		return misuse(cmd, "--sample opens the sample, so no project can be named beside it")
	case sample, len(args) == 0:
		return a.Window(cmd.Context(), "", sample)
	}
	path := args[0]
	if _, err := os.Stat(path); err == nil || strings.ContainsAny(path, `./\`) {
		return a.Window(cmd.Context(), path, false)
	}
	if near := cmd.SuggestionsFor(path); len(near) > 0 {
		return misuse(cmd, "there is neither a command nor a project %q; do you mean “%s”?", path, near[0])
	}
	return misuse(cmd, "there is neither a command nor a project %q", path)
}

// actor is who does it.
func (a *app) actor() string { return a.Settings.Actor(a.actorFlag) }

// open opens a project for a command. A project that cannot be written is
// refused here if the command writes.
func (a *app) open(ctx context.Context, path string, mode annotate.Mode) (annotate.Store, error) {
	store, err := a.Projects.Open(ctx, path, mode)
	if err != nil {
		return nil, err
	}
	if info := store.Info(); mode != annotate.ModeRead && info.ReadOnly {
		_ = store.Close() // nothing was written
		return nil, &annotate.Error{Kind: annotate.ErrReadOnly, Op: "open project", Subject: path, Detail: info.Why}
	}
	return store, nil
}

// modeOf is how a command opens a project that it may change: a dry run only reads.
func modeOf(dryRun bool) annotate.Mode {
	if dryRun {
		return annotate.ModeRead
	}
	return annotate.ModeWrite
}

// with opens a project, as of the moment that was asked for, lets f use it and closes it; a failure to close (the
// last to close settles the file) is a failure of the command.
func (a *app) with(ctx context.Context, path string, mode annotate.Mode, f func(annotate.Store) error) error {
	if a.asOf.typed != "" && mode != annotate.ModeRead {
		return misuse(a.asOf.cmd, "--as-of is for reading; what is over cannot be changed")
	}
	store, err := a.open(ctx, path, mode)
	if err != nil {
		return err
	}
	if a.asOf.typed != "" {
		store, err = a.then(ctx, store)
	}
	if err == nil {
		err = f(store)
	}
	if closed := store.Close(); err == nil {
		err = closed
	}
	return err
}

// say writes a line of result to stdout. Only the format can break it, nothing that is
// filled in.
func (a *app) say(format string, args ...any) error {
	_, err := fmt.Fprintf(a.Stdout, format+"\n", unbrokenAll(args)...)
	return err
}

// note writes a line to stderr, unbroken as say does. Where nobody listens, there is
// nobody to tell.
func (a *app) note(format string, args ...any) {
	_, _ = fmt.Fprintf(a.Stderr, format+"\n", unbrokenAll(args)...)
}

// asJSON writes a result as JSON to stdout.
func (a *app) asJSON(v any) error {
	enc := json.NewEncoder(a.Stdout)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// projectFiles completes the first argument with project files, later ones with
// any file.
func projectFiles(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return []string{"lede"}, cobra.ShellCompDirectiveFilterFileExt
	}
	return nil, cobra.ShellCompDirectiveDefault
}

// onlyProject completes one project file and nothing after it.
func onlyProject(cmd *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return projectFiles(cmd, args, word)
}
