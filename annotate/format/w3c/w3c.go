package w3c

import (
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/features"
)

func init() {
	format.Register(&format.Format{
		Name:        "w3c",
		Title:       "Web Annotations (JSON-LD)",
		Description: "W3C Web Annotations as JSON-LD, for Recogito, Annotorious and archives: texts beside, or all in one file.",
		Extensions:  []string{".jsonld", ".json"},
		ExtensionFor: func(s format.Settings) string {
			if s["layout"] == "one" {
				return ".jsonld"
			}
			return ""
		},
		Folder:   true,
		AsFile:   asFile,
		Training: true,
		Several:  true,
		Standoff: true,
		Oracles:  []string{"@recogito/text-annotator 4.1", "jsonld 9"},
		Options: []format.Option{
			{
				Key: "layout", Values: []string{"auto", "folder", "one"}, Default: "auto", For: format.ForExport,
				Help: "folder: a text and a list of annotations an article; one: all in one file, with the texts; auto: one if the name ends in .jsonld or .json",
			},
			format.OffsetsOption("what positions count: code points as the standard says, or UTF-16 code units as programs in JavaScript do"),
		},
		CannotHold: []string{"attributes and other names of entities", "details of the schema"},
		Detect:     detect, Read: read, Fit: fit, FitProject: fitProject, Write: newWriter, ReadBack: readBack,
	})
}

func detect(s format.Sample) int {
	if s.Dir {
		if slices.ContainsFunc(s.Files, func(f string) bool { return path.Ext(f) == ".jsonld" }) {
			return 90
		}
		return 0
	}
	head := strings.TrimSpace(s.Head)
	switch {
	case head == "" || head[0] != '[' && head[0] != '{':
	case strings.Contains(head, `ns/anno.jsonld"`):
		return 97
	case strings.Contains(head, `"TextQuoteSelector"`) || strings.Contains(head, `"TextPositionSelector"`):
		return 92
	}
	return 0
}

func asFile(out string, s format.Settings) bool {
	switch s["layout"] {
	case "one":
		return true
	case "folder":
		return false
	}
	ext := strings.ToLower(filepath.Ext(out))
	return out == "" || ext == ".jsonld" || ext == ".json"
}

const (
	context     = "http://www.w3.org/ns/anno.jsonld"
	program     = "Lede"
	articleIRI  = "urn:x-lede:article:"
	spanIRI     = "urn:x-lede:span:"
	relationIRI = "urn:x-lede:relation:"
	hashOf      = features.Prefix + "sha256"
	lengthOf    = features.Prefix + "length"
	offsetsOf   = features.Prefix + "offsets" // "utf16" if that is what positions count
	// around is how many code points of context go with a quote.
	around = 32
)

// iri is an identifier made of one of Lede's.
func iri(space, id string) string { return space + url.PathEscape(id) }

// idOf is iri backwards; "" if it is none of that space.
func idOf(space, s string) string {
	rest, ok := strings.CutPrefix(s, space)
	if !ok {
		return ""
	}
	id, err := url.PathUnescape(rest)
	if err != nil {
		return ""
	}
	return id
}

type state struct{ files format.FileNames }

func fitProject(job *format.Job) {
	features.LoseProject(job)
	job.State = &state{}
}

// fit keeps everything; without the texts, no titles, which are text too.
func fit(a *format.Article, job *format.Job) *format.Article {
	fitted := *a
	fitted.Name = job.State.(*state).files.Name(a.Ref)
	if job.NoText && a.Title != "" {
		job.Lose("titles", "titles, which are left out with the text", 1, a.Ref)
		fitted.Title = ""
	}
	return &fitted
}
