package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lede/annotate"
	"lede/annotate/format"
)

// importFlags are the flags of lede import.
type importFlags struct {
	format, annotator, encoding, duplicate string
	opts, columns, maps                    []string
	dryRun, json, acceptDrift, skipBroken  bool
	noDetect, keepPart                     bool
}

func (a *app) importCommand() *cobra.Command {
	var f importFlags
	cmd := &cobra.Command{
		Use:   "import PROJECT PATH…",
		Short: "Bring articles and annotations into a project",
		Long: `Import reads files and folders into a project, as one step that can be undone.
An import that fails or is cancelled leaves the project as it was.

The format is told by the content unless --format names it. “lede formats” lists
the formats, “lede formats NAME” the options of one. PATH may hold * and ?, and - is
the standard input.`,
		Example: "  lede import strike.lede articles/\n  lede import strike.lede old.txt --encoding windows-1252\n" +
			"  lede import strike.lede coded.jsonl --on-duplicate skip --dry-run\n" +
			"  lede import strike.lede \"wire/*.jsonl\" --map PER=actor\n  curl https://example.org/a.txt | lede import strike.lede -\n" +
			"  lede import strike.lede archive.csv --column text=Story --column title=Headline --column drop=Wordcount",
		Args: takes(2, -1, "a project and at least one file or folder"),
		RunE: func(cmd *cobra.Command, args []string) error {
			o, err := a.importOptions(cmd, f)
			if err != nil {
				return err
			}
			return a.importPaths(cmd.Context(), args[0], args[1:], o, f)
		},
		ValidArgsFunction: projectFiles,
	}
	flags := cmd.Flags()
	flags.StringVar(&f.format, "format", "auto", "format of the files, or auto")
	flags.StringVar(&f.annotator, "annotator", "", "whose annotations they are, where a file names nobody (default: the current annotator)")
	flags.StringVar(&f.encoding, "encoding", "auto", "encoding of files that do not tell it by a byte order mark, such as windows-1252")
	flags.StringVar(&f.duplicate, "on-duplicate", string(format.Merge), "what to do with articles that are there already: merge, skip, replace, keep, or update with a corrected text")
	flags.BoolVar(&f.acceptDrift, "accept-drift", false, "with --on-duplicate update: move spans to where their words stand now, and let those go whose words are gone")
	flags.StringArrayVar(&f.opts, "opt", nil, "option of the format, as KEY=VALUE; may be given several times")
	columnFlag(cmd, &f.columns)
	flags.StringSliceVar(&f.maps, "map", nil, "give labels of the files other names, as PER=actor,LOC=place; a label mapped to nothing (MISC=) stays out")
	flags.BoolVar(&f.skipBroken, "skip-broken", false, "go on without files that cannot be read, and list them")
	flags.BoolVar(&f.noDetect, "no-detect", false, "leave articles without a language of which the files say none")
	flags.BoolVar(&f.keepPart, "keep-part", false, "keep what was read so far, every few minutes as a step of its own and when it is interrupted (Ctrl+C, an error, a power cut); the same import later goes on with the rest")
	flags.BoolVar(&f.dryRun, "dry-run", false, "read and check everything, and change nothing")
	flags.BoolVar(&f.json, "json", false, "report as JSON")
	complete(cmd, "format", func() []string { return append([]string{"auto"}, formatNames(true)...) })
	complete(cmd, "on-duplicate", func() []string { return duplicates() })
	return cmd
}

func (a *app) importOptions(cmd *cobra.Command, f importFlags) (format.ImportOptions, error) {
	opts, err := keyValues(cmd, f.opts)
	if err != nil {
		return format.ImportOptions{}, err
	}
	columns, err := format.ParseColumns(f.columns)
	if err != nil {
		return format.ImportOptions{}, err
	}
	if !slices.Contains(duplicates(), f.duplicate) {
		return format.ImportOptions{}, misuse(cmd, "--on-duplicate is %s, and %q is none of them", strings.Join(duplicates(), ", "), f.duplicate)
	}
	names, err := format.ParseLabelMap(f.maps)
	if err != nil {
		return format.ImportOptions{}, err
	}
	if f.acceptDrift && f.duplicate != string(format.Correct) {
		return format.ImportOptions{}, misuse(cmd, "--accept-drift goes with --on-duplicate update")
	}
	var leaveOut func(error) bool
	if f.skipBroken {
		leaveOut = func(error) bool { return true }
	}
	return format.ImportOptions{
		Stdin: a.Stdin, LeaveOut: leaveOut, Map: names, AcceptDrift: f.acceptDrift, Format: f.format, Encoding: f.encoding, Annotator: a.Settings.Annotator(f.annotator, a.actorFlag),
		OnDuplicate: format.OnDuplicate(f.duplicate), Options: opts, Columns: columns, DryRun: f.dryRun, Actor: a.actor(), Env: a.Env, DetectLanguage: !f.noDetect,
	}, nil
}

func (a *app) importPaths(ctx context.Context, project string, paths []string, o format.ImportOptions, f importFlags) error {
	paths, err := expand(paths)
	if err != nil {
		return err
	}
	var report *format.ImportReport
	err = a.with(ctx, project, modeOf(o.DryRun), func(store annotate.Store) (err error) {
		news, done := a.startProgress()
		defer done()
		o.Progress = news
		if f.keepPart {
			interrupted := ctx
			o.InParts = true
			o.Enough = func() bool { return interrupted.Err() != nil }
			ctx = context.WithoutCancel(ctx)
		}
		report, err = format.Import(ctx, store, paths, o)
		return err
	})
	if err != nil {
		return orSkip(err, paths, f.skipBroken)
	}
	if f.json {
		return a.asJSON(report)
	}
	return a.tellImport(report, f.annotator)
}

// orSkip adds to the error of one file of several that it can be left out.
func orSkip(err error, paths []string, skips bool) error {
	told := (*annotate.Error)(nil)
	if skips || !errors.As(err, &told) || !errors.Is(err, annotate.ErrInvalid) {
		return err
	}
	info, _ := os.Stat(paths[0])
	if len(paths) == 1 && (info == nil || !info.IsDir()) {
		return err
	}
	with := *told
	with.Hint = strings.TrimSpace(with.Hint + " With --skip-broken the other files are imported.")
	return &with
}

// tellImport says what an import did: the result on stdout, remarks on stderr.
func (a *app) tellImport(r *format.ImportReport, annotator string) error {
	verb := map[bool]string{false: "Added", true: "Would add"}[r.DryRun]
	lines := []string{
		"Read " + plural(r.Read.Articles, "article") + " with " + plural(r.Read.Spans, "span") + " from " + sources(r.Sources) + ".",
		verb + " " + plural(r.Added.Articles, "article") + ", " + plural(r.Added.Sets, "annotation set") + ", " +
			plural(r.Added.Spans, "span") + " and " + plural(r.Added.Relations, "relation") + ".",
	}
	var there []string
	for _, c := range []struct {
		n    int
		what string
	}{
		{r.Unchanged, "had nothing new"},
		{r.Merged, "got annotations of further annotators"},
		{r.Replaced, "were replaced"},
		{r.Skipped, "were skipped"},
		{r.Kept, "were added again under a new id"},
		{r.Corrected, "got their corrected text"},
		{r.LeftOut, "were left out"},
	} {
		if c.n > 0 {
			there = append(there, plural(c.n, "article")+" "+c.what)
		}
	}
	if len(there) > 0 {
		lines = append(lines, "Of those there already, "+strings.Join(there, ", ")+".")
	}
	if w := r.Restored; w != nil {
		as := map[bool]string{false: "The project is that of the file again", true: "The project would be that of the file again"}[r.DryRun]
		lines = append(lines, as+", with "+plural(w.Changes, "change")+" of its history and "+plural(w.Binned, "article")+" in the bin.")
	}
	for _, line := range lines {
		if err := a.say("%s", line); err != nil {
			return err
		}
	}
	if r.Parts > 1 {
		a.note("It is %d steps of the history, because it was kept in parts.", r.Parts)
	}
	if r.Stopped {
		a.note("Interrupted: this is what was read so far. The same import goes on with the rest.")
	}
	a.tellCreated(r)
	a.tellDetected(r.Detected)
	a.tellDrift(r)
	a.notes("Remarks:", r.Notes)
	if annotator != "" && r.Read.Sets == 0 {
		a.note("--annotator %s was not needed: the files hold no annotations.", annotator)
	}
	return nil
}

func (a *app) tellCreated(r *format.ImportReport) {
	verb := map[bool]string{false: "New", true: "Would be new"}[r.DryRun]
	for _, c := range []struct {
		what  string
		names []string
	}{
		{"labels", r.Created.Labels},
		{"relation types", r.Created.RelationTypes},
		{"attributes", r.Created.Attributes},
		{"annotators", r.Created.Annotators},
		{"entities", r.Created.Entities},
	} {
		if len(c.names) > 0 {
			a.note("%s in the project: %s %s.", verb, c.what, few(c.names))
		}
	}
}

// few lists names, of many the first and how many there are.
func few(names []string) string {
	const most, first = 20, 5
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more (--json lists them all)", strings.Join(names[:first], ", "), len(names)-first)
}

// sources says in a few words where articles came from.
func sources(list []format.ImportedSource) string {
	if len(list) == 1 {
		return list[0].Path + " (" + list[0].Format + ")"
	}
	var formats []string
	for _, s := range list {
		if !slices.Contains(formats, s.Format) {
			formats = append(formats, s.Format)
		}
	}
	slices.Sort(formats)
	return plural(len(list), "source") + " (" + strings.Join(formats, ", ") + ")"
}

func duplicates() []string {
	var all []string
	for _, d := range format.Duplicates {
		all = append(all, string(d))
	}
	return all
}

// keyValues reads --opt KEY=VALUE.
func keyValues(cmd *cobra.Command, given []string) (map[string]string, error) {
	opts := map[string]string{}
	for _, g := range given {
		key, value, ok := strings.Cut(g, "=")
		if !ok || key == "" {
			return nil, misuse(cmd, "--opt is KEY=VALUE, and %q is not", g)
		}
		if _, twice := opts[key]; twice {
			return nil, misuse(cmd, "--opt %s is there twice", key)
		}
		opts[key] = value
	}
	return opts, nil
}

// formatNames lists the formats that are read, or those that are written.
func formatNames(read bool) []string {
	var names []string
	for _, f := range format.All() {
		if read && f.Reads() || !read && f.Writes() {
			names = append(names, f.Name)
		}
	}
	return names
}

// complete offers values of a flag to the shell.
func complete(cmd *cobra.Command, flag string, values func() []string) {
	_ = cmd.RegisterFlagCompletionFunc(flag, func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return values(), cobra.ShellCompDirectiveNoFileComp
	}) // it fails for flags that do not exist, which a test would see
}
