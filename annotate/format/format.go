package format

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"

	"lede/annotate"
)

// Format is one file format.
type Format struct {
	Name        string // as in --format: lower case
	Title       string // as in the dialogs
	Description string // one sentence
	Extensions  []string
	// ExtensionFor is the ending that a file with these options should have. Nil: the
	// first of Extensions.
	ExtensionFor func(s Settings) string
	Folder       bool // it is written as a folder, not as one file
	// AsFile says that a folder is written as one file this time, because of the
	// options or of the name (out, "" for the standard output). Nil: never.
	AsFile func(out string, s Settings) bool
	// Training formats hold one annotator's finished work by default; the others
	// hold everything.
	Training bool
	// SchemaAlone formats hold the schema and no articles: nothing is read of those.
	SchemaAlone bool
	Standoff    bool // it can be written without the text (--no-text)
	// Splits says that with shares of training, development and test data (Job.Splits)
	// its writer makes a file, or a part, of each.
	Splits bool
	// Offsets is the unit that the format prescribes, or that its tokens are told in.
	// Readers hand over offsets as they stand in the file; writers convert.
	Offsets Offsets
	// Oracles are the programs of others whose own readers accepted exports, with their
	// versions, as "spaCy 3.6.1". None: nobody but Lede has read one (unverified).
	Oracles    []string
	Options    []Option
	CannotHold []string // what it has no place for, whatever the project

	// ColumnsOf lists the columns (of JSON objects: the keys) of a source, for formats
	// that understand Source.Columns. Nil: it has no columns.
	ColumnsOf func(src Source, s Settings) ([]string, error)

	// Detect says from 0 (no) to 100 (sure) how much a sample looks like it.
	Detect func(Sample) int
	// Read streams the articles of a source; an error ends the stream. Nil: the
	// format is only written.
	Read func(ctx context.Context, src Source, s Settings) iter.Seq2[*Article, error]
	// ReadWhole brings a whole project with its history back, in place of Read, where
	// nothing was done yet. The result is false, and begin was not called, if the source
	// holds no history. Nil: the format holds none, and Job.Whole is nil. The option
	// "history" set to "no" keeps it from being asked.
	ReadWhole func(ctx context.Context, src Source, begin func() (annotate.Restorer, error)) (bool, error)

	// Fit returns what the format can hold of an article, and tells the job of
	// each loss. It must not change the article it is given. Nil: all of it.
	Fit func(a *Article, job *Job) *Article
	// FitProject begins a job: it tells of losses that lie in no article, such as
	// guidelines, and prepares what Fit needs.
	FitProject func(job *Job)
	// Several says that one export can hold the work of several annotators apart.
	Several bool
	// Write starts writing; the engine hands over fitted articles only. Nil: the
	// format is only read.
	Write func(out Target, job *Job) (Writer, error)
	// ReadBack reads what was written with other code than the writer's, and
	// compares it with what should be there.
	ReadBack func(open OpenFunc, want *Expectations, job *Job) error
}

// Reads and Writes say what the format can do.
func (f *Format) Reads() bool { return f.Read != nil }

// Writes says whether the format can be exported to.
func (f *Format) Writes() bool { return f.Write != nil }

// FolderFor says whether an export to o.Out with these options makes a folder.
func (f *Format) FolderFor(o ExportOptions) bool {
	s, err := settings(o.Options, f.Name, ForExport, f.Options, ExportOptionsOfAll)
	return o.Split != nil || f.Folder && (err != nil || f.AsFile == nil || !f.AsFile(o.Out, s))
}

// Extension is the ending that a file with these options should have, "" for none.
func (f *Format) Extension(options map[string]string) string {
	if s, err := settings(options, f.Name, ForExport, f.Options, ExportOptionsOfAll); err == nil && f.ExtensionFor != nil {
		return f.ExtensionFor(s)
	}
	if len(f.Extensions) == 0 {
		return ""
	}
	return f.Extensions[0]
}

// Option is one --opt KEY=VALUE of a format.
type Option struct {
	Key     string   `json:"key"`
	Values  []string `json:"values,omitempty"` // the allowed ones; none = any
	Default string   `json:"default"`
	Help    string   `json:"help"`
	For     Use      `json:"for"`
	Title   string   `json:"-"` // in the dialogs; "" = made from the key
	// Names says that the value lists names of labels, relations or attributes: only
	// schemas that call them otherwise need it.
	Names bool `json:"-"`
}

// Use says when an option applies.
type Use string

// The uses.
const (
	ForImport Use = "import"
	ForExport Use = "export"
)

// ImportOptionsOfAll are understood with every format that is read.
var ImportOptionsOfAll = []Option{
	{Key: "title-in-text", Values: []string{"yes", "no"}, Default: "no", For: ForImport, Help: "put the title and a blank line before the text"},
	{Key: "coreference", Default: "auto", For: ForImport, Help: "relation types (a,b,…) that say that two spans are the same: the spans get one entity; auto: types called coreference, identity and the like; none"},
	{Key: "same-names", Values: []string{"yes", "no"}, Default: "no", For: ForImport, Help: "spans that are the same in several articles get one entity if they are called the same"},
	{Key: "date-order", Values: []string{"dmy", "mdy"}, For: ForImport, Help: "how 03/04/2026 is meant: day or month first"},
}

// ExportOptionsOfAll are understood with every format that is written.
var ExportOptionsOfAll = []Option{
	{Key: "origin", Values: []string{"all", "manual"}, Default: "all", For: ForExport, Help: "manual leaves out what a model or a rule made"},
}

// Settings are the options of one run, checked, with defaults filled in.
type Settings map[string]string

// Yes reports whether a yes/no option is on.
func (s Settings) Yes(key string) bool { return s[key] == "yes" }

var registry = struct {
	sync.Mutex
	formats map[string]*Format
}{formats: map[string]*Format{}}

// Register adds a format. Formats call it when their package is linked in; a
// name that is taken is a mistake of the program.
func Register(f *Format) {
	registry.Lock()
	defer registry.Unlock()
	if _, taken := registry.formats[f.Name]; taken {
		panic("format " + f.Name + " is registered twice")
	}
	registry.formats[f.Name] = f
}

// All lists the formats by name.
func All() []*Format {
	registry.Lock()
	defer registry.Unlock()
	all := make([]*Format, 0, len(registry.formats))
	for _, f := range registry.formats {
		all = append(all, f)
	}
	slices.SortFunc(all, func(a, b *Format) int { return cmp.Compare(a.Name, b.Name) })
	return all
}

// Lookup finds a format by its name.
func Lookup(name string) (*Format, error) {
	registry.Lock()
	f := registry.formats[strings.ToLower(name)]
	registry.Unlock()
	if f != nil {
		return f, nil
	}
	var names []string
	for _, f := range All() {
		names = append(names, f.Name)
	}
	return nil, usage("there is no format %q.", "Formats: %s.", name, strings.Join(names, ", "))
}

// settings checks --opt values against what the format and the engine know.
func settings(given map[string]string, name string, use Use, lists ...[]Option) (Settings, error) {
	s := Settings{}
	var known []string
	for _, list := range lists {
		for _, o := range list {
			if o.For != use {
				continue
			}
			known = append(known, o.Key)
			s[o.Key] = o.Default
			v, ok := given[o.Key]
			if !ok {
				continue
			}
			if len(o.Values) > 0 && !slices.ContainsFunc(o.Values, func(p string) bool { return matches(p, v) }) {
				return nil, usage("option %s has no value %q.", "Values: %s.", o.Key, v, strings.Join(o.Values, ", "))
			}
			s[o.Key] = v
		}
	}
	for key := range given {
		if !slices.Contains(known, key) {
			slices.Sort(known)
			return nil, usage("format %s has no option %q for %s.", "Options: %s.", name, key, string(use), strings.Join(known, ", "))
		}
	}
	return s, nil
}

// matches compares a value with an allowed one; "window:N" allows window:…
func matches(pattern, value string) bool {
	head, _, open := strings.Cut(pattern, ":")
	return pattern == value || (open && strings.HasPrefix(value, head+":"))
}

// UsageError is a request that cannot be meant: exit code 2.
type UsageError struct{ Detail, Hint string }

func (e *UsageError) Error() string {
	if e.Hint == "" {
		return e.Detail
	}
	return e.Detail + " " + e.Hint
}

// usage makes a UsageError; the last argument fills the hint, the others the
// detail.
func usage(detail, hint string, args ...any) error {
	n := strings.Count(detail, "%")
	return &UsageError{Detail: fmt.Sprintf(detail, args[:n]...), Hint: fmt.Sprintf(hint, args[n:]...)}
}
