package formattest

import (
	"encoding/json"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate/format"
)

// Grade says how much of a kind of thing a format holds.
type Grade int

// The grades.
const (
	None  Grade = iota // nothing: all of it is told as lost
	Part               // some: what does not come back is told as lost
	Whole              // all: it comes back if what it belongs to does
)

// Kind is a kind of thing that a project holds and a format may lose.
type Kind string

// The kinds of things.
const (
	Articles   Kind = "articles"
	Refs       Kind = "refs" // of articles; never told as lost
	Facts      Kind = "facts"
	Status     Kind = "status" // other than new
	Flags      Kind = "flags"
	SetNotes   Kind = "set_notes"
	Reasons    Kind = "reasons"
	Fields     Kind = "fields"
	Spans      Kind = "spans" // label and all fragments
	Relations  Kind = "relations"
	Attributes Kind = "attributes" // of spans and relations, one by one
	Entities   Kind = "entities"   // links of spans
	Notes      Kind = "notes"      // on spans and relations
	Origins    Kind = "origins"
	IDs        Kind = "ids" // of spans and relations
	Accepted   Kind = "accepted"
	ignored    Kind = "" // of the project, not of articles
)

// kinds are all of them, in the order in which they are told.
var kinds = []Kind{Articles, Refs, Facts, Status, Flags, SetNotes, Reasons, Fields, Spans, Relations, Attributes, Entities, Notes, Origins, IDs, Accepted}

// losses are the kinds in a loss report that all formats share.
var losses = map[string]Kind{
	"articles": Articles, "facts": Facts, "titles": Facts, "status": Status, "flags": Flags, "set_notes": SetNotes, "reasons": Reasons,
	"fields": Fields, "spans": Spans, "overlaps": Spans, "split": Spans, "blanks": Spans, "line_breaks": Spans, "cut": Spans,
	"relations": Relations, "attributes": Attributes, "entities": Entities, "notes": Notes, "origins": Origins, "ids": IDs, "accepted": Accepted,
	"schema": ignored, "history": ignored, "bin": ignored, "annotators": ignored,
}

// Texts says how a text comes back.
type Texts int

// The ways. With Blanks, white space may be another, as in files of tokens: places
// are then compared by the characters between, and a span that begins or ends with
// white space cannot come back.
const (
	Exact Texts = iota
	Blanks
)

// Case says how a format is tried and what it holds.
type Case struct {
	Options map[string]string // of the export
	Import  map[string]string // options of the import
	Holds   map[Kind]Grade    // what is not named is None; Articles is always Whole or Part
	Text    Texts
	// Names says that labels, relation types and attributes come back as they are
	// spelled, not as the manifest's Names say.
	Names bool
	// Nobody says that the file names no annotators: who exports one person's work
	// must say at the import whose it is.
	Nobody bool
	// Lost says what kinds of losses that only this format tells of count.
	Lost map[string]Kind
	// Value is what the format makes of a value of attributes, fields and facts, to
	// be compared, as "1" of 1. Nil: the value itself.
	Value func(raw json.RawMessage) string
	// Entity is what the format holds of an entity. Nil: id, kind and name.
	Entity func(id, kind, name string) string
	// Articles draws the project, nil: Articles(t).
	Articles func(t *rapid.T) []*format.Article
	// Sample is a good file, or a folder's files, for formats that are only read.
	Sample map[string]string
	// Unpack and Pack let faults be planted in a format that is not text: files of
	// one export to texts by name, and back. Nil: zip files are unpacked, others not.
	Unpack func(raw []byte) (map[string]string, error)
	Pack   func(files map[string]string) ([]byte, error)
	// Plain says that places stand in no file as numbers that could be changed, as
	// in files of tokens.
	Plain bool

	written bool // only what is written is tried: the reader was tried before
}

// T is a *testing.T, or what stands for one when the suite itself is tried.
type T = testing.TB
