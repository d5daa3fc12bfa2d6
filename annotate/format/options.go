package format

import (
	"io"

	"lede/annotate"
)

// OnDuplicate says what happens to an article that is there already: one with
// the same ref, else with the same text.
type OnDuplicate string

// The choices. Merge keeps the article and adds the sets of further annotators,
// so that the same import twice changes nothing.
const (
	Merge   OnDuplicate = "merge"
	Skip    OnDuplicate = "skip"
	Replace OnDuplicate = "replace" // only if the text is equal or has no spans
	Keep    OnDuplicate = "keep"    // a second article under a new ref
	Correct OnDuplicate = "update"  // another text under the ref is the corrected one: spans move along
)

// Duplicates lists the choices, the default first.
var Duplicates = []OnDuplicate{Merge, Skip, Replace, Correct, Keep}

// ImportOptions are the options of one import. Actor and Env are needed.
type ImportOptions struct {
	Format      string            // "" or "auto": told by content, source by source
	Encoding    string            // "" or "auto", or a name such as windows-1252; a BOM wins
	Fallback    bool              // Encoding is only for files that are not UTF-8
	Annotator   string            // whose work it is where a file names nobody
	OnDuplicate OnDuplicate       // "" = Merge
	Options     map[string]string // --opt
	Columns     Columns           // --column
	AcceptDrift bool              // with Correct: move spans, and let those go whose words are gone
	Map         map[string]string // other names of labels, by those of the files; "" leaves spans out
	Stdin       io.Reader         // what the path "-" stands for; nil: a file of that name
	// LeaveOut says after the error of one file of several whether the import goes on
	// without it, and notes it; nil: the import ends.
	LeaveOut func(error) bool
	// Enough says that no more is to be read: what was read so far is imported, as one
	// change, and the same import later goes on with the rest, as what is there is known
	// (the article that comes next excepted with Keep). It is asked before each article, on
	// the goroutine of the import; nil: all is read.
	Enough func() bool
	// InParts keeps what was read so far every few minutes, each time as a step of its own:
	// an import that fails, is cancelled or killed leaves that, and the same import goes on
	// with the rest. With Keep nothing is kept early, because nothing could go on.
	InParts bool
	// DetectLanguage gives articles a language of which their file says nothing, where
	// it can be told for sure.
	DetectLanguage bool
	DryRun         bool // read and check everything, change nothing
	Actor          string
	Env            annotate.Env
	spooled        string         // the temporary file that holds Stdin
	Progress       func(Progress) // may be nil; called often, must be quick
}

// ExportOptions are the options of one export.
type ExportOptions struct {
	Format string
	// Out is a file or folder to be made. Stdout, if not nil, takes its place for
	// formats of one file; ManifestPath then says where the manifest goes ("" =
	// nowhere).
	Out          string
	Stdout       io.Writer
	ManifestPath string
	Force        bool // replace what is at Out

	Annotator string            // a name, "gold", "all" or "" (the format's default)
	Statuses  []annotate.Status // none = the format's default
	Articles  []annotate.ID     // none = all
	Filter    string            // which articles these are, in the filter language, for the manifest; "" = not by a filter
	NoText    bool
	Options   map[string]string // --opt

	// Labels are the names of the labels that go out; none = all. Map gives labels
	// other names in the files, several may get one; "" leaves a label out.
	Labels []string
	Map    map[string]string
	// Anonymise calls annotators annotator-1, annotator-2, …; the words of spans with
	// a label of Mask become placeholders, and what else may name somebody stays out.
	// MaskEverywhere hides these words also where they stand unmarked in an article.
	Anonymise      bool
	Mask           []string
	MaskEverywhere bool
	Split          *SplitOptions // nil = no parts

	Version string // of the program, for the manifest

	Progress func(Progress) // may be nil
	// OnPlan is called when everything is worked out and nothing is at Out yet; an
	// error from it ends the export without a trace. May be nil.
	OnPlan func(*Plan) error
}

// AnnotatorError says that an export needs to be told whose work goes out.
type AnnotatorError struct {
	Format string
	Names  []string // who has work, by name
}

func (e *AnnotatorError) Error() string {
	return "format " + e.Format + " holds the work of one annotator, and several have some: " + join(e.Names) +
		". Choose one with --annotator NAME (or gold, or all)."
}
