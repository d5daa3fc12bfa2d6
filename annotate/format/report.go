package format

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"lede/annotate"
)

// maxExamples bounds the examples kept for each kind of note or loss.
const maxExamples = 5

// Note is one kind of thing that happened and should be told: how often, with a
// few examples.
type Note struct {
	Kind     string   `json:"kind"` // stable, e.g. "ids"
	What     string   `json:"what"` // a sentence without the number
	Count    int      `json:"count"`
	Examples []string `json:"examples,omitempty"`
}

// notes collects Notes by kind and sentence.
type notes struct {
	most  int // examples of each kind; 0 = maxExamples
	byKey map[[2]string]*Note
}

func (n *notes) add(kind, what string, count int, example string) {
	if count == 0 {
		return
	}
	if n.byKey == nil {
		n.byKey = map[[2]string]*Note{}
	}
	key := [2]string{kind, what}
	note := n.byKey[key]
	if note == nil {
		note = &Note{Kind: kind, What: what}
		n.byKey[key] = note
	}
	note.Count += count
	if example != "" && len(note.Examples) < max(maxExamples, n.most) && !slices.Contains(note.Examples, example) {
		note.Examples = append(note.Examples, example)
	}
}

// list is the notes by kind, then sentence.
func (n *notes) list() []Note {
	list := []Note{}
	for _, note := range n.byKey {
		if note.Count != 0 { // what was told may have been taken back
			list = append(list, *note)
		}
	}
	slices.SortFunc(list, func(a, b Note) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.What, b.What))
	})
	return list
}

// Counts is how much there is of everything.
type Counts struct {
	Articles  int `json:"articles"`
	Sets      int `json:"sets"` // annotation sets
	Spans     int `json:"spans"`
	Fragments int `json:"fragments"`
	Relations int `json:"relations"`
}

func (c *Counts) add(a *Article) {
	c.Articles++
	c.addSets(a.Sets)
}

func (c *Counts) addSets(sets []Set) {
	c.Sets += len(sets)
	for i := range sets {
		c.Spans += len(sets[i].Spans)
		c.Relations += len(sets[i].Relations)
		for _, s := range sets[i].Spans {
			c.Fragments += len(s.Fragments)
		}
	}
}

// ImportReport says what an import did, or with DryRun would do.
type ImportReport struct {
	Sources []ImportedSource `json:"sources"`
	DryRun  bool             `json:"dry_run"`

	Read  Counts `json:"read"`  // what the files hold
	Added Counts `json:"added"` // what is new in the project

	// Stopped says that not all was read, because it was Enough.
	Stopped bool `json:"stopped,omitempty"`
	// Parts is how many steps an import in parts became; 0 for one that is one step.
	Parts        int `json:"parts,omitempty"`
	keptArticles int // read when the last part was kept

	// What became of articles that were there already.
	Unchanged int `json:"unchanged"` // nothing new in them
	Merged    int `json:"merged"`    // sets of further annotators added
	Replaced  int `json:"replaced"`
	Skipped   int `json:"skipped"` // --on-duplicate skip
	Kept      int `json:"kept"`    // added a second time under a new ref
	LeftOut   int `json:"left_out"`
	Corrected int `json:"corrected"` // --on-duplicate update: got another text

	Drift []Drifted `json:"drift,omitempty"` // what became of the spans of corrected articles

	// Restored is what else came of a whole project that is as it was; nil otherwise.
	Restored *Restored `json:"restored,omitempty"`

	// Detected counts the articles whose language was detected, by language; "" are those
	// of which it could not be told. A dry run does not look.
	Detected map[string]int `json:"detected,omitempty"`

	Created Created    `json:"created"`
	Labels  []LabelUse `json:"labels,omitempty"` // of the files, as they come
	Notes   []Note     `json:"notes"`            // replaced ids, other offset units, files not read …

	Change       annotate.ID `json:"change,omitempty"`        // "" if the project did not change
	FirstArticle annotate.ID `json:"first_article,omitempty"` // the first new article, to be shown
}

// ImportedSource is one file or folder that was read.
type ImportedSource struct {
	Path     string `json:"path"`
	Format   string `json:"format"`
	Articles int    `json:"articles"`
	// Offsets is the unit in which the spans' offsets were counted: "code points",
	// or another one in which alone the texts of all spans agree.
	Offsets string `json:"offsets"`
}

// Created lists what the project did not have yet, by name.
type Created struct {
	Labels        []string `json:"labels,omitempty"`
	RelationTypes []string `json:"relation_types,omitempty"`
	Attributes    []string `json:"attributes,omitempty"` // document fields among them
	Annotators    []string `json:"annotators,omitempty"`
	Entities      []string `json:"entities,omitempty"`
}

// Plan is what an export would write, lose and leave out.
type Plan struct {
	Format        string            `json:"format"`
	Annotators    []string          `json:"annotators"` // whose sets go out
	Statuses      []annotate.Status `json:"statuses"`   // of these; empty = all
	SchemaVersion int               `json:"schema_version"`
	OffsetUnit    string            `json:"offset_unit"`
	AsOf          *Moment           `json:"as_of,omitempty"`      // nil: the project as it is
	Filter        string            `json:"filter,omitempty"`     // of articles; "" = no filter
	Labels        []string          `json:"labels,omitempty"`     // only these; empty = all
	Map           map[string]string `json:"map,omitempty"`        // labels that go out under other names
	Anonymised    *Anonymised       `json:"anonymised,omitempty"` // nil: names and words are those of the project
	Split         *SplitPlan        `json:"split,omitempty"`      // nil: the data is not split
	In            Counts            `json:"in"`                   // the project
	Out           Counts            `json:"out"`                  // the files
	Losses        []Note            `json:"losses"`
	LeftOut       []Note            `json:"left_out"` // articles, by why
}

// Moment is a moment in the past of a project: right after a change.
type Moment struct {
	Change annotate.ID `json:"change"`
	Time   string      `json:"time"` // when the change was made: RFC 3339, UTC
}

func momentOf(info annotate.Info) *Moment {
	if info.AsOf == nil {
		return nil
	}
	return &Moment{Change: info.AsOf.ID, Time: info.AsOf.At().UTC().Format(time.RFC3339Nano)}
}

// Lossless reports whether nothing is lost or left out.
func (p *Plan) Lossless() bool { return len(p.Losses) == 0 && len(p.LeftOut) == 0 }

// Manifest is the Plan with what was written, kept beside the data. There are
// no times in it but that of a moment in the past: the same project and options give the same bytes.
type Manifest struct {
	Program string `json:"program"` // "lede" and its version
	Plan
	Options map[string]string `json:"options"`
	NoText  bool              `json:"no_text"`
	Seed    *int64            `json:"seed"` // of a split; null without one
	Names   map[string]string `json:"names,omitempty"`
	Files   []FileSum         `json:"files"`
	SHA256  string            `json:"sha256"` // of the lines "<sha256>  <name>\n" of the files
}

// FileSum is one written file.
type FileSum struct {
	Name   string `json:"name"` // relative, with slashes
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// Progress is told while long work goes on. Total is 0 when it is not known.
type Progress struct {
	Done, Total int // articles
	Phase       Phase
}

// Phase is what an import or export is doing.
type Phase string

// The phases.
const (
	Reading  Phase = "reading"
	Writing  Phase = "writing"
	Checking Phase = "checking" // reading back what was written
	Saving   Phase = "saving"
)

// join lists names for a sentence, at most 20.
func join(list []string) string {
	if len(list) > 20 {
		return strings.Join(list[:20], ", ") + " …"
	}
	return strings.Join(list, ", ")
}

// someOf names a few files for a heading, and says how many more there are.
func someOf(files []string) string {
	if more := len(files) - 2; more > 1 {
		return fmt.Sprintf("%s, %s and %d more files", files[0], files[1], more)
	}
	return join(files)
}

// articles is a number of articles.
func articles(n int) string {
	if n == 1 {
		return "1 article"
	}
	return fmt.Sprintf("%d articles", n)
}
