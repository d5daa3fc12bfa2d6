package doccano

import (
	"path"
	"path/filepath"
	"slices"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/jsonobject"
)

func init() {
	format.Register(&format.Format{
		Name:        "doccano",
		Title:       "doccano (JSON lines)",
		Description: "An article a line with its spans, relations or classes, as doccano imports and exports it; a folder has the label types, too.",
		Extensions:  []string{".jsonl", ".json"},
		Folder:      true,
		AsFile:      asFile,
		Training:    true,
		Splits:      true,
		Oracles:     []string{"doccano 1.8.5 (ab6b765)"},
		Options: []format.Option{
			{
				Key: "layout", Values: []string{"auto", "spans", "relations", "classes", "intent"}, Default: "auto", For: format.ForExport,
				Help: "what a line has: spans; spans and relations; classes of the article (its fields); intent: spans and classes. auto: relations if the schema has relation types, classes if it has no labels, else spans",
			},
			{
				Key: "overlap", Values: []string{"keep", "longest"}, Default: "keep", For: format.ForExport,
				Help: "longest leaves out spans that overlap a longer one, for doccano projects that do not allow overlapping spans; those of layout intent never do",
			},
			format.UnitOption("article"),
			{Key: "text-column", Default: "text", For: format.ForImport, Help: "the key that holds the text"},
			{Key: "label-column", For: format.ForImport, Help: "the key that holds spans or classes; default: label, else labels"},
			{Key: "offsets", Values: []string{"code-points", "utf-16"}, Default: "code-points", For: format.ForImport, Help: "utf-16: as doccano counted before version 1.5"},
			{
				Key: "annotators", Values: []string{"auto", "files", "none"}, Default: "auto", For: format.ForImport,
				Help: "files: in a folder, each file is called like its annotator; auto: if two files begin with the same text",
			},
		},
		CannotHold: []string{
			"split spans as one", "attributes, notes, entities and origins of spans", "attributes and notes of relations", "ids of spans and relations",
			"status, flags, notes", "document fields, but for layouts classes and intent", "articles without text", "names of more than 100 characters",
		},
		Detect: detect, Read: joined, Fit: fit, FitProject: fitProject, Write: newWriter, ReadBack: readBack,
	})
}

// asFile: one file if the name ends as one.
func asFile(out string, _ format.Settings) bool {
	ext := strings.ToLower(filepath.Ext(out))
	return out == "" || ext == ".jsonl" || ext == ".json"
}

// The files of a folder.
const (
	dataFile      = "data.jsonl"
	spanTypes     = "span-types.json"
	relationTypes = "relation-types.json"
	categoryTypes = "category-types.json"
	labelConfig   = "label_config" // doccano's own name for any of them, with a number if downloaded twice
)

// isTypes reports whether a file has label types by its name.
func isTypes(name string) bool {
	base := path.Base(name)
	return base == spanTypes || base == relationTypes || base == categoryTypes || strings.HasPrefix(base, labelConfig) && path.Ext(base) == ".json"
}

// detect judges by the spans; classes alone could be anybody's, but nobody else would
// take them.
func detect(s format.Sample) int {
	if s.Dir {
		data := slices.ContainsFunc(s.Files, func(f string) bool { return path.Ext(f) == ".jsonl" || path.Ext(f) == ".json" && !isTypes(f) })
		if data && slices.ContainsFunc(s.Files, isTypes) {
			return 95
		}
		return 0
	}
	sure := 0
	for _, o := range jsonobject.Sample(s, 20) {
		sure = max(sure, detectRow(o))
	}
	return sure
}

func detectRow(o *jsonobject.Object) int {
	if raw, ok := o.Peek("text"); !ok || raw[0] != '"' || o.Has("tokens") || o.Has("answer") || o.Has("annotator") {
		return 0
	}
	for _, key := range []string{"entities", "annotations"} {
		if raw, ok := o.Peek(key); ok && kindOf(raw) == spanObjects {
			return 95
		}
	}
	for _, key := range []string{"label", "labels"} {
		raw, ok := o.Peek(key)
		switch kind := kindOf(raw); {
		case !ok:
		case kind == spanLists || kind == spanObjects:
			return 93
		case kind == words && (o.Has("Comments") || o.Has("annotation_approver")):
			return 93
		case kind == words:
			return 85
		}
	}
	if raw, ok := o.Peek("entities"); ok && kindOf(raw) == spanLists {
		return 93
	}
	if raw, ok := o.Peek("annotations"); ok && kindOf(raw) == classObjects {
		return 90
	}
	return 0
}

// kind is what the value of a column is.
type kind int

const (
	nothing      kind = iota // an empty list: it could be any
	spanLists                // [[0, 5, "actor"]]
	spanObjects              // [{"start_offset": 0, …}]
	classObjects             // [{"label": 3, "user": 1}]
	words                    // "a", ["a", "b"]
	other
)

// kindOf judges a value by its first part.
func kindOf(raw string) kind {
	switch {
	case raw == "":
		return other
	case raw[0] == '"':
		return words
	case raw[0] != '[':
		return other
	}
	for first := range format.JSONElements(raw) {
		switch first[0] {
		case '"':
			return words
		case '[':
			if n := slices.Collect(format.JSONElements(first)); len(n) == 3 && digits(n[0]) && digits(n[1]) {
				return spanLists
			}
		case '{':
			o := jsonobject.Parse(first, format.Place{}, "")
			switch {
			case o.Has("start_offset") && o.Has("end_offset"):
				return spanObjects
			case o.Has("label") && (o.Has("user") || o.Has("prob")) || o.Only("text", "id", "user", "document", "prob") && o.Has("text"):
				return classObjects
			}
		}
		return other
	}
	return nothing
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
