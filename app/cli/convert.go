package cli

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"lede/annotate"
	"lede/annotate/format"
)

// convertFlags are the flags of lede convert: those of import and those of export.
type convertFlags struct {
	in             importFlags
	out            exportFlags
	inOpts, anyOpt []string
}

func (a *app) convertCommand() *cobra.Command {
	var f convertFlags
	cmd := &cobra.Command{
		Use:   "convert IN… OUT --to FORMAT [--from FORMAT]",
		Short: "Turn files of one format into another, without a project",
		Long: `Convert reads files and folders as “lede import” does and writes OUT as “lede
export” does, with the same checks, losses and manifest, and keeps no project. IN
may hold * and ?; - is the standard input, or as OUT the standard output.

The same files and options give the same bytes. Formats for training hold finished
work alone, so --status all is needed for work that is not marked as done.`,
		Example: "  lede convert brat/ train.conll --to conll\n" +
			"  lede convert \"export/*.jsonl\" --from doccano out/ --to brat --map PER=actor,LOC=place\n" +
			"  cat tasks.json | lede convert - - --from labelstudio --to jsonl\n" +
			"  lede convert project.jsonl --to conll --dry-run",
		Args: takes(1, -1, "files to read, and OUT"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.convertArgs(cmd, args, f) },
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return nil, cobra.ShellCompDirectiveDefault
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.in.format, "from", "auto", "format of the files, or auto")
	flags.StringVar(&f.out.format, "to", "", "format to write")
	flags.StringVar(&f.out.out, "out", "", "file or folder to make, where it is not the last argument")
	flags.StringVar(&f.in.encoding, "encoding", "auto", "encoding of files that do not tell it by a byte order mark, such as windows-1252")
	flags.StringVar(&f.out.annotator, "annotator", "", "whose work goes out: a name, gold or all; also whose it is where a file names nobody")
	flags.StringSliceVar(&f.out.statuses, "status", nil, "which annotation sets go out: new, in_progress, done, skipped, or all")
	flags.StringArrayVar(&f.anyOpt, "opt", nil, "option of either format, as KEY=VALUE; may be given several times")
	flags.StringArrayVar(&f.inOpts, "in-opt", nil, "option of the format that is read, where both have one of that name")
	flags.StringArrayVar(&f.out.opts, "out-opt", nil, "option of the format that is written, where both have one of that name")
	columnFlag(cmd, &f.in.columns)
	f.out.choices.add(flags)
	f.out.parts.add(flags, "split", "make parts: shares as 80/10/10 (train, dev, test) or train=80,dev=10,test=10, or stored for those that the files have")
	flags.BoolVar(&f.out.noText, "no-text", false, "leave out the text, and keep offsets, lengths and hashes")
	flags.StringVar(&f.out.manifest, "manifest", "", "where the manifest goes (default: beside the data; with OUT - nowhere)")
	flags.BoolVar(&f.out.dryRun, "dry-run", false, "say what would be read, written and lost, and write nothing")
	flags.BoolVar(&f.out.force, "force", false, "replace what is at OUT")
	flags.BoolVar(&f.out.json, "json", false, "report as JSON: the import, and the manifest or with --dry-run the plan")
	complete(cmd, "from", func() []string { return append([]string{"auto"}, formatNames(true)...) })
	complete(cmd, "to", func() []string { return formatNames(false) })
	complete(cmd, "status", statuses)
	return cmd
}

func (a *app) convertArgs(cmd *cobra.Command, args []string, f convertFlags) error {
	if f.out.format == "" {
		return misuse(cmd, "--to is needed: %s", strings.Join(formatNames(false), ", "))
	}
	if f.out.out == "" && len(args) > 1 {
		f.out.out, args = args[len(args)-1], args[:len(args)-1]
	}
	f.in.duplicate = string(format.Merge)
	if err := f.shareOptions(cmd); err != nil {
		return err
	}
	in, err := a.importOptions(cmd, f.in)
	if err != nil {
		return err
	}
	if !reservedName(f.out.annotator) {
		in.Annotator = a.Settings.Annotator(f.out.annotator, a.actorFlag)
	}
	out, err := a.exportOptions(cmd, f.out)
	if err != nil {
		return err
	}
	if out.Out != "" && !f.out.force && !f.out.dryRun {
		if _, err := os.Lstat(out.Out); err == nil { // said before the work, not after it
			return &annotate.Error{Kind: annotate.ErrExists, Op: "export", Subject: out.Out, Detail: "it is there already.", Hint: "Choose another name, or replace it with --force."}
		}
	}
	paths, err := expand(args)
	if err != nil {
		return err
	}
	return a.convert(cmd.Context(), paths, in, out, f)
}

func reservedName(name string) bool {
	return strings.EqualFold(name, annotate.GoldName) || strings.EqualFold(name, annotate.AllName)
}

// shareOptions gives each --opt to the side, or the sides, that know it.
func (f *convertFlags) shareOptions(cmd *cobra.Command) error {
	knows := func(list []format.Option, use format.Use, key string) bool {
		return slices.ContainsFunc(list, func(o format.Option) bool { return o.For == use && o.Key == key })
	}
	f.in.opts = slices.Clone(f.inOpts)
	for _, opt := range f.anyOpt {
		key, _, _ := strings.Cut(opt, "=")
		wanted := false
		for _, fm := range format.All() {
			written := fm.Name == f.out.format && knows(slices.Concat(fm.Options, format.ExportOptionsOfAll), format.ForExport, key)
			read := (fm.Name == f.in.format || f.in.format == "auto") && fm.Reads() && knows(slices.Concat(fm.Options, format.ImportOptionsOfAll), format.ForImport, key)
			if written && !slices.Contains(f.out.opts, opt) {
				f.out.opts = append(f.out.opts, opt)
			}
			if read && !slices.Contains(f.in.opts, opt) {
				f.in.opts = append(f.in.opts, opt)
			}
			wanted = wanted || written || read
		}
		if !wanted {
			return misuse(cmd, "neither format has an option %q; “lede formats %s” lists what there is", key, f.out.format)
		}
	}
	return nil
}

// converted is what convert --json reports.
type converted struct {
	Import *format.ImportReport `json:"import"`
	Export any                  `json:"export"`
}

// convert goes by a project that nobody sees.
func (a *app) convert(ctx context.Context, paths []string, in format.ImportOptions, out format.ExportOptions, f convertFlags) error {
	dir, err := os.MkdirTemp("", "lede-convert-*")
	if err != nil {
		return fault("convert", os.TempDir(), err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if in.Env.NewID, err = a.sameIDs(paths, dir, &in); err != nil {
		return err
	}
	store, err := a.Projects.Create(ctx, filepath.Join(dir, "convert.lede"), a.actor(), nil)
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }()
	news, done := a.startProgress()
	defer done()
	in.Progress, out.Progress = news, news
	report, err := format.Import(ctx, store, paths, in)
	if err != nil {
		return err
	}
	plan, manifest, err := a.writeConverted(ctx, store, out, report.Restored != nil, f.out.dryRun)
	done()
	if err != nil {
		return err
	}
	a.notes("Remarks on what was read:", report.Notes)
	a.tellLosses(plan)
	switch {
	case f.out.json && manifest != nil:
		return a.asJSON(converted{report, manifest})
	case f.out.json:
		return a.asJSON(converted{report, plan})
	}
	line := fmt.Sprintf("%s from %s to %s", amount(plan), sources(report.Sources), plan.Format)
	switch {
	case f.out.dryRun:
		return a.say("Would convert %s.", line)
	case out.Stdout != nil:
		a.note("Converted %s.", line)
		return nil
	}
	return a.say("Converted %s in %s.", line, f.out.out)
}

// writeConverted writes what was read; whole says that this was a project with its
// history. Otherwise there is no history but that of the conversion, which is of no use
// and would make other bytes each time.
func (a *app) writeConverted(ctx context.Context, store annotate.Store, o format.ExportOptions, whole, dryRun bool) (*format.Plan, *format.Manifest, error) {
	if f, err := format.Lookup(o.Format); err == nil && f.ReadWhole != nil && !whole {
		o.Options = maps.Clone(o.Options)
		if o.Options == nil {
			o.Options = map[string]string{}
		}
		o.Options["history"] = "no"
	}
	tidy := func(p *format.Plan) error {
		if whole {
			return nil
		}
		p.Losses = slices.DeleteFunc(p.Losses, func(n format.Note) bool { return n.Kind == "history" })
		return nil
	}
	if dryRun {
		plan, err := format.MakePlan(ctx, store, o)
		if err == nil {
			_ = tidy(plan) // it cannot fail
		}
		return plan, nil, err
	}
	o.OnPlan = tidy
	m, err := format.Export(ctx, store, o)
	if err != nil {
		return nil, nil, err
	}
	return &m.Plan, m, nil
}

// sameIDs makes identifiers from what the files hold, so that the same files give the
// same bytes, and other files never the same identifiers. The standard input is kept
// in dir, since it can be read once only.
func (a *app) sameIDs(paths []string, dir string, in *format.ImportOptions) (func() annotate.ID, error) {
	sum := sha256.New()
	for _, p := range paths {
		if p == format.StandardInput && in.Stdin != nil {
			kept, err := keepInput(in.Stdin, filepath.Join(dir, "stdin"), sum)
			if err != nil {
				return nil, err
			}
			in.Stdin = kept
			continue
		}
		if err := hashAll(p, sum); err != nil {
			return nil, err
		}
	}
	seed := sum.Sum(nil)
	count := uint64(0)
	return func() annotate.ID {
		count++
		raw := sha256.Sum256(binary.BigEndian.AppendUint64(slices.Clone(seed), count))
		id := uuid.UUID(raw[:16])
		binary.BigEndian.PutUint32(id[:4], uint32(count)) // in the order in which they are made
		id[6], id[8] = id[6]&0x0f|0x80, id[8]&0x3f|0x80   // version 8: of our own making
		return annotate.ID(id.String())
	}, nil
}

// lazyFile opens a file when it is read first, and closes it at its end.
type lazyFile struct {
	path string
	f    *os.File
}

func (l *lazyFile) Read(p []byte) (int, error) {
	if l.f == nil {
		f, err := os.Open(l.path)
		if err != nil {
			return 0, err
		}
		l.f = f
	}
	n, err := l.f.Read(p)
	if err != nil {
		_ = l.f.Close()
	}
	return n, err
}

func keepInput(r io.Reader, path string, sum io.Writer) (io.Reader, error) {
	f, err := os.Create(path)
	if err == nil {
		_, err = io.Copy(io.MultiWriter(f, sum), r)
		if closing := f.Close(); err == nil {
			err = closing
		}
	}
	if err != nil {
		return nil, fault("convert", "standard input", err)
	}
	return &lazyFile{path: path}, nil
}

// hashAll hashes a file, or the names and contents of all files of a folder. What
// cannot be read the import will tell.
func hashAll(path string, sum io.Writer) error {
	return filepath.WalkDir(path, func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil
		}
		f, err := os.Open(p)
		if err != nil {
			return nil
		}
		defer func() { _ = f.Close() }()
		rel, _ := filepath.Rel(path, p) // it is below
		_, _ = fmt.Fprintf(sum, "%s\x00", filepath.ToSlash(rel))
		_, _ = io.Copy(sum, f)
		return nil
	})
}
