package format

import (
	"fmt"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/text"
)

// Place is where something was read: a file, and a line from 1 (0: the whole
// file).
type Place struct {
	File string
	Line int
}

func (p Place) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d", p.File, p.Line)
}

// Article is an article as a file has it, everything by name.
type Article struct {
	Place Place

	Ref string // the file's id of it, "" for none
	// RefFromName says that Ref was made from a file name: such a ref never makes
	// two different texts the same article.
	RefFromName bool

	Title, Publisher, URL, Author string
	Published                     string // as the file has it
	PublishedISO                  string // on export: the part of it that is a date in ISO 8601, or ""
	Language                      string
	// LanguageTold: no other is looked for; a file of ours says that there is none.
	LanguageTold bool
	Meta         annotate.Values

	// Text is the raw decoded text on import (the engine takes it in), the stored
	// text on export.
	Text string
	// NoText: the file holds no text; Hash (sha256, hex) and Length (code points)
	// of the stored text say which article is meant; without a Hash its Ref does.
	NoText bool
	Hash   string
	Length int

	// LinesSplit: the file cannot hold line breaks inside a fragment, so fragments
	// with nothing but line breaks between them belong together.
	LinesSplit bool

	// Name is the file name without its ending, in exports of a file an article.
	Name string

	// Split is the part of the data, as train, dev or test, for which the article is
	// meant; "" if there are none.
	Split string

	// Piece says that it is a piece of an article, nil that it is all of one.
	Piece *Piece

	// Prepared is what a format's Fit worked out for its writer.
	Prepared any

	Sets []Set

	// Record is the article's own record: on export always; on import of a file that
	// holds it. The other fields say the same; of the record count the id, if it is free,
	// what the date means, the version of the intake step and fields of later versions.
	// The text is then stored text, and offsets count in it.
	Record *annotate.Article

	index   *text.Text
	skipped []Note // of what the reader left out
	aside   bool   // no article: only skipped and describes count

	restores  []annotate.Record // records that the file holds as they are
	describes *annotate.Schema  // what the file says of labels and attributes
}

// Index is the text with its offset index, made once.
func (a *Article) Index() *text.Text {
	if a.index == nil {
		a.index = text.New(a.Text)
	}
	return a.index
}

// Set is all that one annotator says of an article. Annotator "" is nobody (an
// untouched article) or, when there is something in the set, whoever the import
// was told.
type Set struct {
	Place     Place
	Annotator string
	Status    annotate.Status // "" = not said
	Flag      string
	Note      string
	Reason    string // why it was skipped
	Fields    annotate.Values
	Accepted  []string // warnings about the fields that are no problem
	// LocalIDs: the ids of spans and relations only link them inside the file and
	// are not worth keeping.
	LocalIDs  bool
	Spans     []Span
	Relations []Relation
	Record    *annotate.AnnotationSet // as Article.Record: of it count id and fields of later versions
	Same      [][]string              // on import: ids of spans that stand for one thing, at least two each
}

// Blank reports whether the set says nothing.
func (s *Set) Blank() bool {
	return (s.Status == "" || s.Status == annotate.New) && s.Flag == "" && s.Note == "" && s.Reason == "" &&
		len(s.Fields) == 0 && len(s.Accepted) == 0 && len(s.Spans) == 0 && len(s.Relations) == 0
}

// Span is one label on fragments of the text. On import the fragments count in
// the raw text.
type Span struct {
	Place      Place
	ID         string // "" = none
	Label      string
	Fragments  []text.Range
	Text       string // the file's own copy
	HasText    bool   // whether the file has one
	Attributes annotate.Values
	Entity     *Entity
	Origin     string // "" = not said
	Note       string
	Accepted   []string       // warnings that are no problem
	Extra      annotate.Extra // fields of later versions
}

// Entity is what a span points at.
type Entity struct {
	ID, Kind, Name string
	// NoKind: the file cannot say the kind; it is the one for which the span's label
	// stands.
	NoKind bool
}

// Relation links two spans of its set by their ids.
type Relation struct {
	Place      Place
	ID         string
	Type       string
	From, To   string
	Attributes annotate.Values
	Note       string
	Accepted   []string       // warnings that are no problem
	Extra      annotate.Extra // fields of later versions
}

// compareSpans is the order of spans in every file: start, longest first, label
// name, id.
func compareSpans(a, b Span) int {
	x, y := a.Fragments, b.Fragments
	if c := x[0].Start - y[0].Start; c != 0 {
		return c
	}
	if c := y[len(y)-1].End - x[len(x)-1].End; c != 0 {
		return c
	}
	if c := strings.Compare(a.Label, b.Label); c != 0 {
		return c
	}
	return strings.Compare(a.ID, b.ID)
}

// SortSpans puts spans in file order.
func SortSpans(spans []Span) { slices.SortFunc(spans, compareSpans) }

// names turns the ids of a project into names.
type names struct {
	labels, types map[annotate.ID]string
	entities      map[annotate.ID]annotate.Entity
}

func namesOf(schema *annotate.Schema, entities []annotate.Entity) names {
	n := names{map[annotate.ID]string{}, map[annotate.ID]string{}, map[annotate.ID]annotate.Entity{}}
	for _, l := range schema.Labels {
		n.labels[l.ID] = l.Name
	}
	for _, t := range schema.RelationTypes {
		n.types[t.ID] = t.Name
	}
	for _, e := range entities {
		n.entities[e.ID] = e
	}
	return n
}

// article is a document by names: facts, and the sets as they are.
func (n names) article(doc *annotate.Document) *Article {
	f := doc.Article
	a := &Article{
		Ref: f.Ref, Title: f.Title, Publisher: f.Source, URL: f.URL, Author: f.Author, Published: f.Published,
		PublishedISO: f.PublishedISO, Language: f.Language, Meta: f.Meta, Text: doc.Text.String(), Hash: f.TextHash, Length: f.Length, index: doc.Text, Record: &doc.Article,
	}
	for _, d := range doc.Sets {
		a.Sets = append(a.Sets, n.set(d))
	}
	slices.SortStableFunc(a.Sets, func(x, y Set) int { return strings.Compare(x.Annotator, y.Annotator) })
	return a
}

func (n names) set(d annotate.SetData) Set {
	s := Set{
		Annotator: d.Annotator.Name, Status: d.Set.Status, Flag: d.Set.Flag, Note: d.Set.Note,
		Reason: d.Set.Reason, Fields: d.Set.Fields, Accepted: d.Set.Accepted, Record: &d.Set,
	}
	for _, x := range d.Spans {
		span := Span{
			ID: string(x.ID), Label: n.labels[x.Label], Fragments: x.Fragments, Attributes: x.Attributes,
			Origin: x.Origin, Note: x.Note, Accepted: x.Accepted, Extra: x.Extra,
		}
		if e, ok := n.entities[x.Entity]; ok {
			span.Entity = &Entity{ID: string(e.ID), Kind: e.Kind, Name: e.Name}
		}
		s.Spans = append(s.Spans, span)
	}
	for _, r := range d.Relations {
		s.Relations = append(s.Relations, Relation{
			ID: string(r.ID), Type: n.types[r.Type], From: string(r.From), To: string(r.To), Attributes: r.Attributes, Note: r.Note,
			Accepted: r.Accepted, Extra: r.Extra,
		})
	}
	SortSpans(s.Spans)
	slices.SortFunc(s.Relations, func(a, b Relation) int { return strings.Compare(a.ID, b.ID) })
	return s
}
