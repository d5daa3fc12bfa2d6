package format

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"lede/annotate"
)

// Import reads files and folders into a project, as one change that shows when
// all is read. After an error or a cancelled ctx the project is as it was.
//
// Articles that are there already are treated as o.OnDuplicate says. Labels,
// relation types, annotators and entities that the project does not have are
// made and listed in the report.
func Import(ctx context.Context, store annotate.Store, paths []string, o ImportOptions) (*ImportReport, error) {
	remove, err := o.spool(paths)
	if err != nil {
		return nil, err
	}
	defer remove()
	jobs, files, err := plan(paths, o)
	if err != nil {
		return nil, err
	}
	return importJobs(ctx, store, jobs, files, o)
}

// ImportArticles brings in articles that come from no file (pasted text). name
// says in the history where they came from. articles must be repeatable.
func ImportArticles(ctx context.Context, store annotate.Store, name string, articles iter.Seq2[*Article, error], o ImportOptions) (*ImportReport, error) {
	s, err := settings(o.Options, "", ForImport, ImportOptionsOfAll)
	if err != nil {
		return nil, err
	}
	j := &job{src: Source{Path: name, Name: name, Rel: name}, settings: s}
	j.read = func(context.Context) iter.Seq2[*Article, error] { return articles }
	return importJobs(ctx, store, []*job{j}, notes{}, o)
}

// job is one source with the format it is read as.
type job struct {
	src      Source
	format   *Format
	settings Settings
	read     func(ctx context.Context) iter.Seq2[*Article, error]
	unit     int // of units
	told     int // the unit that the format prescribes
	articles int
	part     string // of the data, by the manifest of the folder; "" if it is not split
}

func (j *job) name() string {
	if j.format == nil {
		return ""
	}
	return j.format.Name
}

// plan finds the sources below the paths and the format of each.
func plan(paths []string, o ImportOptions) ([]*job, notes, error) {
	var jobs []*job
	var first error
	unread := notes{most: importExamples}
	if len(paths) == 0 {
		return nil, unread, usage("the import needs a file or a folder.", "")
	}
	for _, p := range paths {
		src, err := source(p, o)
		if err != nil {
			return nil, unread, err
		}
		found, err := jobsOf(src, o, &unread)
		if err != nil && !o.without(err, &unread) {
			return nil, unread, err
		}
		first = cmp.Or(first, err)
		jobs = append(jobs, found...)
	}
	if len(jobs) == 0 {
		return nil, unread, first
	}
	if err := checkColumns(jobs, o); err != nil {
		return nil, unread, err
	}
	return jobs, unread, jobSettings(jobs, o)
}

func source(name string, o ImportOptions) (Source, error) {
	if name == StandardInput && o.spooled != "" {
		return Source{Path: o.spooled, Name: "standard input", Rel: "stdin", Encoding: o.Encoding, Fallback: o.Fallback}, nil
	}
	info, err := os.Stat(name)
	if err != nil {
		return Source{}, fileFault("import", name, err)
	}
	src := Source{Path: name, Name: name, Rel: filepath.Base(name), Dir: info.IsDir(), Encoding: o.Encoding, Fallback: o.Fallback, Columns: o.Columns}
	if !info.IsDir() && !info.Mode().IsRegular() {
		return src, Refuse(src.At(0), "Give a file or a folder.", "it is neither a file nor a folder")
	}
	return src, nil
}

// jobsOf is the jobs of one path: itself, or the files below a folder.
func jobsOf(src Source, o ImportOptions, unread *notes) ([]*job, error) {
	named := o.Format != "" && !strings.EqualFold(o.Format, "auto")
	if named {
		f, err := readable(o.Format)
		if err != nil {
			return nil, err
		}
		if !src.Dir || f.Folder && !fileByFile(f, src) {
			return []*job{{src: src, format: f}}, nil
		}
		return folderJobs(src, o, unread, func(file Source) (*Format, error) {
			if !slices.Contains(f.Extensions, strings.ToLower(filepath.Ext(file.Path))) {
				return nil, nil
			}
			return f, nil
		})
	}
	if !src.Dir {
		f, err := DetectFormat(src)
		if err != nil {
			return nil, err
		}
		return []*job{{src: src, format: f}}, nil
	}
	if sample, err := sampleOf(src); err != nil {
		return nil, err
	} else if f := folderFormat(sample); f != nil {
		for _, rel := range sample.Files {
			if ext := strings.ToLower(path.Ext(rel)); ext != ".txt" && !slices.Contains(f.Extensions, ext) && extensionKnown(ext) {
				unread.add("files", "not read, because their folder was taken as "+f.Name, 1, src.File(rel).Name)
			}
		}
		return []*job{{src: src, format: f}}, nil
	}
	return folderJobs(src, o, unread, func(file Source) (*Format, error) {
		ext := strings.ToLower(filepath.Ext(file.Path))
		if !extensionKnown(ext) {
			return nil, nil
		}
		return DetectFormat(file)
	})
}

// extensionKnown reports whether files with the ending are looked at in folders.
func extensionKnown(ext string) bool {
	return slices.ContainsFunc(All(), func(f *Format) bool { return f.Reads() && slices.Contains(f.Extensions, ext) })
}

func readable(name string) (*Format, error) {
	f, err := Lookup(name)
	if err == nil && !f.Reads() {
		err = usage("format %s is only written.", "lede formats lists what is read.", f.Name)
	}
	return f, err
}

// folderFormat is the format whose unit is a folder that it looks most like, if any.
func folderFormat(s Sample) (best *Format) {
	top := 0
	for _, f := range All() {
		if !f.Reads() || !f.Folder || f.Detect == nil {
			continue
		}
		if c := f.Detect(s); c > top {
			best, top = f, c
		}
	}
	return best
}

func folderJobs(src Source, o ImportOptions, unread *notes, formatOf func(Source) (*Format, error)) ([]*job, error) {
	files, err := Walk(src)
	if err != nil {
		return nil, err
	}
	var jobs []*job
	var first error
	parts := partsOf(src.Path)
	for _, rel := range files {
		file := src.File(rel)
		f, err := formatOf(file)
		if errors.Is(err, errUntold) {
			// Endings such as .xml and .rtf are those of many kinds of files.
			unread.add("files", "not read, because their format cannot be told", 1, file.Name)
			continue
		}
		if err != nil && !o.without(err, unread) {
			return nil, err
		}
		if err != nil {
			first = cmp.Or(first, err)
			continue
		}
		if f == nil {
			unread.add("files", "not read, because Lede knows no format with that ending", 1, file.Name)
			continue
		}
		jobs = append(jobs, &job{src: file, format: f, part: partOf(rel, parts)})
	}
	if len(jobs) == 0 && first != nil {
		return nil, first
	}
	if len(jobs) == 0 {
		return nil, Refuse(src.At(0), "lede formats lists what can be read.", "the folder holds no file that can be read")
	}
	return jobs, nil
}

// jobSettings checks the options: each must be known to a format that is used.
func jobSettings(jobs []*job, o ImportOptions) error {
	known, last := map[string]bool{}, error(nil)
	byFormat := map[*Format]Settings{}
	for _, j := range jobs {
		if _, done := byFormat[j.format]; !done {
			mine := map[string]string{}
			for _, opt := range slices.Concat(j.format.Options, ImportOptionsOfAll) {
				if v, ok := o.Options[opt.Key]; ok && opt.For == ForImport {
					mine[opt.Key], known[opt.Key] = v, true
				}
			}
			s, err := settings(mine, j.format.Name, ForImport, j.format.Options, ImportOptionsOfAll)
			if err != nil {
				return err
			}
			byFormat[j.format] = s
			if len(mine) < len(o.Options) {
				_, last = settings(o.Options, j.format.Name, ForImport, j.format.Options, ImportOptionsOfAll)
			}
		}
		j.settings = byFormat[j.format]
		j.told = unitOf(j.format)
		j.unit = j.told
		j.read = inPart(j.part, func(ctx context.Context) iter.Seq2[*Article, error] { return j.format.Read(ctx, j.src, j.settings) })
	}
	for key := range maps.Keys(o.Options) {
		if !known[key] {
			return last
		}
	}
	return nil
}

// importJobs runs the jobs; when the offsets of a source turn out to be counted
// in another unit, it begins anew with that unit.
func importJobs(ctx context.Context, store annotate.Store, jobs []*job, unread notes, o ImportOptions) (*ImportReport, error) {
	if o.OnDuplicate == "" {
		o.OnDuplicate = Merge
	}
	if !slices.Contains(Duplicates, o.OnDuplicate) {
		return nil, usage("there is no way %q to treat duplicates.", "Ways: merge, skip, replace, update, keep.", string(o.OnDuplicate))
	}
	if report, done, err := importWhole(ctx, store, jobs, unread, o); done || err != nil {
		return report, err
	}
	for {
		im, err := newImporter(ctx, store, o)
		if err != nil {
			return nil, err
		}
		im.report.Notes = unread.list()
		for _, j := range jobs {
			j.src.Schema = im.schema
		}
		report, err := im.run(ctx, jobs)
		if bad := (*annotate.InvalidError)(nil); errors.As(err, &bad) {
			err = refuseFor(err, Place{File: im.from}, "Mend the file.", "what it holds does not fit together: %s", bad)
		}
		if err != nil {
			im.abort(ctx)
			err = im.tellKept(err)
		}
		wrong := (*wrongUnit)(nil)
		if !errors.As(err, &wrong) || im.report.Parts > 0 {
			return report, err
		}
		if err := otherUnit(ctx, wrong.job); err != nil {
			return nil, err
		}
	}
}

// wrongUnit says that a job's offsets do not fit its text in the unit tried.
type wrongUnit struct {
	job *job
	err error
}

func (e *wrongUnit) Error() string { return e.err.Error() }
func (e *wrongUnit) Unwrap() error { return e.err }

// otherUnit finds the unit in which all spans of the job fit, never one for a
// single span. If there is none, the first error stands.
func otherUnit(ctx context.Context, j *job) error {
	var first error
	for u := range units {
		err := verify(ctx, j, units[u])
		if err == nil {
			j.unit = u
			return nil
		}
		if wrong := (*offsetError)(nil); !errors.As(err, &wrong) {
			return err
		}
		if first == nil {
			first = err
		}
	}
	return errors.Unwrap(first)
}

func verify(ctx context.Context, j *job, u unit) error {
	for a, err := range j.read(ctx) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		if a.aside {
			continue
		}
		if _, err := takeIn(a, u, j.settings); err != nil {
			return err
		}
	}
	return nil
}

// run reads everything and commits.
func (im *importer) run(ctx context.Context, jobs []*job) (*ImportReport, error) {
	var names, formats []string
	for _, j := range jobs {
		names = append(names, filepath.Base(j.src.Name))
		if !slices.Contains(formats, j.name()) {
			formats = append(formats, j.name())
		}
	}
	// A thousand files of a folder are told as the first few.
	im.from, im.format = someOf(names), join(formats)
	var first error
	for _, j := range jobs {
		if err := im.sound(ctx, j); err != nil {
			if !im.o.without(err, &im.notes) {
				return nil, err
			}
			first = cmp.Or(first, err)
			continue
		}
		if im.report.Stopped {
			break
		}
		if err := im.source(ctx, j); err != nil {
			return nil, err
		}
		im.report.Sources = append(im.report.Sources, ImportedSource{j.src.Name, j.name(), j.articles, units[j.unit].name})
		if j.unit != j.told {
			im.notes.add("offsets", "files whose offsets are counted in "+units[j.unit].name+": only so do the texts of all spans agree", 1, j.src.Name)
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if len(im.report.Sources) == 0 {
		return nil, first // of several files, none was sound
	}
	im.tellUnmapped()
	title := fmt.Sprintf("Import %s of %s", articles(im.report.Read.Articles), im.from)
	if im.report.Stopped {
		title = fmt.Sprintf("Import the first %d articles of %s", im.report.Read.Articles, im.from)
	}
	if im.report.Parts > 0 {
		title = im.partTitle(im.report.keptArticles+1, im.report.Read.Articles)
	}
	return im.finish(ctx, title)
}

func (im *importer) source(ctx context.Context, j *job) error {
	j.articles = 0
	im.same, im.sameNames = identityOf(j.settings["coreference"], j.format, im.schema), j.settings.Yes("same-names")
	for a, err := range j.read(ctx) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		if im.o.Enough != nil && im.o.Enough() {
			im.report.Stopped = true
			return nil
		}
		im.notes.told(a)
		if a.aside {
			im.describe(a.describes)
			if err := im.restore(ctx, a.Place, a.restores); err != nil {
				return err
			}
			continue
		}
		t, err := takeIn(im.mapped(a), units[j.unit], j.settings)
		if wrong := (*offsetError)(nil); errors.As(err, &wrong) {
			if j.unit != j.told {
				return wrong.err // verified before: the file changed meanwhile
			}
			return &wrongUnit{j, wrong.err}
		}
		if err != nil {
			return err
		}
		if err := im.article(ctx, t); err != nil {
			return err
		}
		j.articles++
		if err := im.keepPart(ctx); err != nil {
			return err
		}
		if im.o.Progress != nil {
			im.o.Progress(Progress{Done: im.report.Read.Articles, Phase: Reading})
		}
	}
	return nil
}
