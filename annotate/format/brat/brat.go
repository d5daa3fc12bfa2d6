package brat

import (
	"path"
	"strings"

	"lede/annotate/format"
)

func init() {
	format.Register(&format.Format{
		Name:        "brat",
		Title:       "brat standoff folder",
		Description: "A folder of .txt and .ann files with annotation.conf and visual.conf, one folder per annotator if several.",
		Extensions:  []string{".ann"},
		Folder:      true,
		Training:    true,
		Standoff:    true,
		Several:     true,
		Oracles:     []string{"brat 44ecd82"},
		Options: []format.Option{
			{
				Key: "annotators", Values: []string{"auto", "folders", "none"}, Default: "auto", For: format.ForImport,
				Help: "folders: the first folder of a path is the annotator; auto: if the folders hold the same documents",
			},
		},
		CannotHold: []string{
			"ids, status, title and other facts", "notes, flags and fields of the article", "origins of spans",
			"aliases and attributes of entities",
			"line breaks at the ends of a span, splits at nothing but line breaks, and spans of nothing but blanks",
		},
		Detect: detect, Read: read, Fit: fit, FitProject: fitProject, Write: newWriter, ReadBack: readBack,
	})
}

// detect: a folder with an annotation file beside a text, or one .ann file.
func detect(s format.Sample) int {
	if !s.Dir {
		if s.Ext == ".ann" {
			return 90
		}
		return 0
	}
	if len(documents(s.Files)) > 0 {
		for _, d := range documents(s.Files) {
			if len(d.annotations) > 0 {
				return 95
			}
		}
	}
	return 0
}

// document is the files of one text, relative to the source.
type document struct {
	name        string // without ending
	text        string // .txt, or .json of an export without texts
	annotations []annotation
}

// annotation is one annotation file; annotator is "" unless its name tells.
type annotation struct{ file, annotator string }

// documents pairs texts with annotation files: NAME.ann, BioNLP's NAME.a1 and
// .a2, or PolNeAR's NAME_annotator.ann beside NAME.txt or text/NAME.txt.
func documents(files []string) []document {
	byName := map[string]int{}
	var docs []document
	for _, f := range files {
		switch path.Ext(f) {
		case ".txt":
			name := strings.TrimSuffix(f, ".txt")
			byName[name] = len(docs)
			docs = append(docs, document{name: name, text: f})
		case ".json":
			name := strings.TrimSuffix(f, ".json")
			if _, has := byName[name]; !has && contains(files, name+".ann") && !contains(files, name+".txt") {
				byName[name] = len(docs)
				docs = append(docs, document{name: name, text: f})
			}
		}
	}
	for _, f := range files {
		switch path.Ext(f) {
		case ".ann", ".a1", ".a2":
		default:
			continue
		}
		name := strings.TrimSuffix(f, path.Ext(f))
		if i, ok := byName[name]; ok {
			docs[i].annotations = append(docs[i].annotations, annotation{f, ""})
			continue
		}
		if i, who, ok := polnear(byName, name); ok {
			docs[i].annotations = append(docs[i].annotations, annotation{f, who})
			continue
		}
		if path.Ext(f) == ".ann" {
			docs = append(docs, document{name: name, annotations: []annotation{{f, ""}}}) // refused when read
		}
	}
	return docs
}

// contains finds a name in a sorted list.
func contains(files []string, name string) bool {
	lo, hi := 0, len(files)
	for lo < hi {
		if mid := (lo + hi) / 2; files[mid] < name {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo < len(files) && files[lo] == name
}

// polnear finds the text of NAME_annotator.
func polnear(byName map[string]int, name string) (doc int, who string, ok bool) {
	cut := strings.LastIndexByte(name, '_')
	if cut <= strings.LastIndexByte(name, '/')+1 || cut == len(name)-1 {
		return 0, "", false
	}
	base, who := name[:cut], name[cut+1:]
	for _, candidate := range []string{base, path.Join(path.Dir(base), "text", path.Base(base)), path.Join(path.Dir(path.Dir(base)), "text", path.Base(base))} {
		if i, has := byName[candidate]; has {
			return i, who, true
		}
	}
	return 0, "", false
}

// allowed are the characters of brat's types, roles and values.
func allowed(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '-'
}

// attributesComment and the others are types of comment lines.
const (
	attributesComment = "LedeAttributes"
	notesComment      = "AnnotatorNotes"
	noteComment       = "LedeNote"   // a note of several lines, in the place of the one before it
	entityComment     = "LedeEntity" // of an entity that an N line cannot say
	entityBase        = "Lede"       // the data base of N lines
)
