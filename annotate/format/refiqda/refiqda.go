package refiqda

import (
	"strings"

	"lede/annotate/format"
)

func init() {
	format.Register(&format.Format{
		Name:        "refi-qda",
		Title:       "QDA project (REFI-QDA)",
		Description: "A project for programs of qualitative data analysis (.qdpx): NVivo, ATLAS.ti, MAXQDA, QualCoder.",
		Extensions:  []string{".qdpx"},
		Training:    true,
		Several:     true,
		Oracles:     []string{"Project.xsd (REFI-QDA 1.5)", "QualCoder c320464"},
		Options: []format.Option{
			{
				Key: "line-ends", Values: []string{"auto", "one", "two"}, Default: "auto", For: format.ForImport,
				Help: "whether places count a Windows line end as one character or as two; auto: one in projects of ATLAS.ti, else two",
			},
			{
				Key: "end", Values: []string{"exclusive", "inclusive"}, Default: "exclusive", For: format.ForImport,
				Help: "inclusive if the end of a selection is its last character, not the place behind it",
			},
		},
		CannotHold: []string{
			"statuses, flags, reasons for skipping, origins, ids", "the same label twice on one piece of text by one annotator",
			"titles of labels, keys, rules; types of attributes and relations", "attributes and other names of entities",
		},
		Detect: detectProject, Read: readProject, Fit: fit, FitProject: fitProject, Write: newWriter, ReadBack: readBack,
	})
	format.Register(&format.Format{
		Name:        "refi-qdc",
		Title:       "QDA codebook (REFI-QDA)",
		Description: "The labels as a codebook for programs of qualitative data analysis (.qdc), with colours, descriptions and parents.",
		Extensions:  []string{".qdc"},
		SchemaAlone: true,
		Oracles:     []string{"Codebook.xsd (REFI-QDA 1.5)", "QualCoder c320464"},
		CannotHold: []string{
			"articles and annotations: it is the schema alone", "titles and keys of labels, attributes without a list of values, relations, rules",
		},
		Detect: detectCodebook, Read: readCodebook, FitProject: fitCodebook, Write: newCodebook, ReadBack: readBackCodebook,
	})
}

func detectProject(s format.Sample) int {
	if !s.Dir && s.Ext == ".qdpx" && strings.HasPrefix(s.Head, "PK") {
		return 97
	}
	return 0
}

func detectCodebook(s format.Sample) int {
	switch {
	case s.Dir:
		return 0
	case strings.Contains(s.Head, "urn:QDA-XML:codebook:"):
		return 98
	case s.Ext == ".qdc":
		return 96
	}
	return 0
}
