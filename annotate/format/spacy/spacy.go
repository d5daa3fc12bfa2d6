package spacy

import (
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/token"
)

// Numbers of attributes of tokens, as spaCy has them.
const (
	orth    = 65
	entIOB  = 77
	entType = 78
	entKBID = 452
)

// Values of entIOB; 0 means that nobody knows.
const (
	inside  = 1
	outside = 2
	begins  = 3
)

// group is the name of the span group that spaCy's span categorizer looks for.
const group = "sc"

// version is that of the layout of a DocBin.
const version = "0.1"

func init() {
	format.Register(&format.Format{
		Name:        "spacy",
		Title:       "spaCy",
		Description: "A DocBin (.spacy), as spaCy 3 trains on it: doc.ents, doc.spans and doc.cats.",
		Extensions:  []string{".spacy"},
		Folder:      true,
		AsFile:      func(string, format.Settings) bool { return true }, // a folder only if the data is split
		Training:    true,
		Splits:      true,
		Oracles:     []string{"spaCy 3.6.1"},
		Options: []format.Option{
			{Key: "spans", Values: []string{"both", "ents", "sc"}, Default: "both", For: format.ForExport, Help: "ents: doc.ents, where of overlapping spans the longest wins; sc: the span group “sc”, which holds all; or both"},
			token.Option(),
			format.UnitOption("article"),
			{Key: "spans", Values: []string{"all", "ents", "groups"}, Default: "all", For: format.ForImport, Help: "what is read: doc.ents, the span groups, or all (a span in both is read once)"},
		},
		CannotHold: []string{
			"split spans as one", "relations, attributes, notes, entities", "blanks at the ends of spans",
			"ids of spans, status, title and other facts", "document fields but as classes", "more than one annotator",
		},
		Detect: detect, Read: read, Fit: fit, FitProject: fitProject, Write: newWriter, ReadBack: readBack,
	})
}

// detect goes by the ending: what is in the file is compressed. zlib's data begins
// with an x.
func detect(s format.Sample) int {
	if !s.Dir && s.Ext == ".spacy" && strings.HasPrefix(s.Head, "x") {
		return 95
	}
	return 0
}
