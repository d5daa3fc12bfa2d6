package annotate

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"lede/annotate/text"
)

// AnnotatorKind says what kind of annotator made a set.
type AnnotatorKind string

// The kinds of annotators.
const (
	Human AnnotatorKind = "human"
	Model AnnotatorKind = "model"
	Gold  AnnotatorKind = "gold"
)

// GoldName and AllName are reserved: the adjudicated set, and every annotator.
const (
	GoldName = "gold"
	AllName  = "all"
)

// Annotator is one whose annotations are kept apart. Names are unique whatever
// their case.
type Annotator struct {
	ID    ID            `json:"id"`
	Name  string        `json:"name"`
	Kind  AnnotatorKind `json:"kind"`
	Extra Extra         `json:"-"`
}

// Status is how far an annotator is with an article.
type Status string

// The statuses. Editing a done set leaves it done.
const (
	New        Status = "new"
	InProgress Status = "in_progress" // set by the first change
	Done       Status = "done"
	Skipped    Status = "skipped" // not relevant, with a reason
)

// Statuses lists every status in the order in which work passes through them.
var Statuses = []Status{New, InProgress, Done, Skipped}

// AnnotationSet is all that one annotator says of one article, but for the spans
// and relations, which are records of their own.
type AnnotationSet struct {
	ID        ID     `json:"id"`
	Article   ID     `json:"article"`
	Annotator ID     `json:"annotator"`
	Status    Status `json:"status"`
	Reason    string `json:"reason,omitempty"` // why it was skipped
	Flag      string `json:"flag,omitempty"`   // a question to the lead
	Note      string `json:"note,omitempty"`
	Fields    Values `json:"fields,omitempty"` // document fields
	Import    ID     `json:"import,omitempty"` // the import that brought it

	// Accepted are warnings about the fields that are no problem here, by
	// rules.Warning.Key.
	Accepted []string `json:"accepted,omitempty"`
	Extra    Extra    `json:"-"`
}

// Origins of a span, beside "model:<name>".
const (
	OriginManual = "manual"
	OriginImport = "import"
	OriginRule   = "rule"
)

// Fragments is where a span lies: half-open ranges in code points, sorted,
// non-empty, neither overlapping nor touching.
type Fragments []text.Range

// Start is the start of the first fragment.
func (f Fragments) Start() int { return f[0].Start }

// End is the end of the last fragment.
func (f Fragments) End() int { return f[len(f)-1].End }

// Extent is from the start of the first fragment to the end of the last.
func (f Fragments) Extent() text.Range { return text.Range{Start: f.Start(), End: f.End()} }

// MarshalJSON writes [[start,end],…].
func (f Fragments) MarshalJSON() ([]byte, error) {
	var b strings.Builder
	b.WriteByte('[')
	for i, r := range f {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "[%d,%d]", r.Start, r.End)
	}
	b.WriteByte(']')
	return []byte(b.String()), nil
}

// UnmarshalJSON reads [[start,end],…].
func (f *Fragments) UnmarshalJSON(raw []byte) error {
	var pairs [][2]int
	if err := json.Unmarshal(raw, &pairs); err != nil {
		return fmt.Errorf("fragments must be [[start,end],…]: %w", err)
	}
	*f = make(Fragments, len(pairs))
	for i, p := range pairs {
		(*f)[i] = text.Range{Start: p[0], End: p[1]}
	}
	return nil
}

// Normalize sorts ranges, drops empty ones and joins those that overlap or
// touch: the form in which fragments are stored.
func Normalize(ranges []text.Range) Fragments {
	sorted := slices.Clone(ranges)
	slices.SortFunc(sorted, func(a, b text.Range) int { return a.Start - b.Start })
	var joined Fragments
	for _, r := range sorted {
		if r.Start >= r.End {
			continue
		}
		if n := len(joined); n > 0 && r.Start <= joined[n-1].End {
			joined[n-1].End = max(joined[n-1].End, r.End)
			continue
		}
		joined = append(joined, r)
	}
	return joined
}

// Span is one label on one or more fragments of an article's text.
type Span struct {
	ID         ID        `json:"id"`
	Set        ID        `json:"set"`
	Label      ID        `json:"label"`
	Fragments  Fragments `json:"fragments"`
	Attributes Values    `json:"attributes,omitempty"` // keyed by attribute name
	Entity     ID        `json:"entity,omitempty"`
	Origin     string    `json:"origin"`
	Note       string    `json:"note,omitempty"`
	Accepted   []string  `json:"accepted,omitempty"` // warnings that are no problem here, by rules.Warning.Key
	Extra      Extra     `json:"-"`
}

// CompareSpans orders spans by start, then longest first, then label, then id:
// the order of every list and file. The label is compared by the given rank or
// name.
func CompareSpans(a, b Span, label func(ID) string) int {
	if c := a.Fragments.Start() - b.Fragments.Start(); c != 0 {
		return c
	}
	if c := b.Fragments.End() - a.Fragments.End(); c != 0 {
		return c
	}
	if c := strings.Compare(label(a.Label), label(b.Label)); c != 0 {
		return c
	}
	return strings.Compare(string(a.ID), string(b.ID))
}

// Relation is a typed, directed link between two spans of one annotation set.
type Relation struct {
	ID         ID     `json:"id"`
	Set        ID     `json:"set"`
	Type       ID     `json:"type"`
	From       ID     `json:"from"`
	To         ID     `json:"to"`
	Attributes Values `json:"attributes,omitempty"`
	Note       string `json:"note,omitempty"`

	// Accepted are warnings that are no problem here, by rules.Warning.Key.
	Accepted []string `json:"accepted,omitempty"`
	Extra    Extra    `json:"-"`
}

// Entity is an actor, event or place of the real world that spans point at.
type Entity struct {
	ID         ID       `json:"id"`
	Kind       string   `json:"kind"`
	Name       string   `json:"name"`
	Aliases    []string `json:"aliases,omitempty"` // other names that it goes by
	Attributes Values   `json:"attributes,omitempty"`
	Extra      Extra    `json:"-"`
}

// SetData is an annotation set with its spans (in CompareSpans order) and
// relations (by id).
type SetData struct {
	Set       AnnotationSet
	Annotator Annotator
	Spans     []Span
	Relations []Relation
}

// Document is an article with its text and the annotation sets asked for, by
// annotator name.
type Document struct {
	Article Article
	Text    *text.Text
	Sets    []SetData
}
