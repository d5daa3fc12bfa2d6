package bdocjs

import (
	"path/filepath"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/features"
)

func init() {
	format.Register(&format.Format{
		Name:        "bdocjs",
		Title:       "GATE documents (JSON)",
		Description: "GATE's documents as JSON (bdocjs), an annotation set per annotator: a file an article, or a line an article.",
		Extensions:  []string{".bdocjs", ".json", ".jsonl"},
		ExtensionFor: func(s format.Settings) string {
			if s["layout"] == "lines" {
				return ".jsonl"
			}
			return ""
		},
		Folder:   true,
		AsFile:   asFile,
		Training: true,
		Several:  true,
		Oracles:  []string{"python-gatenlp 1.0.9-dev0"},
		Options: []format.Option{
			{
				Key: "layout", Values: []string{"auto", "folder", "lines"}, Default: "auto", For: format.ForExport,
				Help: "folder: a file an article; lines: one file with a line an article; auto: lines if the name ends in .jsonl or .json",
			},
			format.OffsetsOption("what offsets count: code points as in Python, or UTF-16 code units as in Java; the file says which"),
		},
		CannotHold: []string{
			"a span in several pieces: GATE sees one annotation from the first to the last (Lede reads the pieces back)",
			"attributes and other names of entities", "details of the schema",
		},
		Detect: detect, Read: read, Fit: fit, FitProject: fitProject, Write: newWriter, ReadBack: readBack,
	})
}

// detect: a document with GATE's annotation sets, or a folder of such files.
func detect(s format.Sample) int {
	if s.Dir {
		for _, f := range s.Files {
			if !strings.HasSuffix(f, ".bdocjs") {
				return 0
			}
		}
		if len(s.Files) > 0 {
			return 95
		}
		return 0
	}
	head := strings.TrimSpace(s.Head)
	switch {
	case !strings.HasPrefix(head, "{"):
	case strings.Contains(head, `"annotation_sets"`) && strings.Contains(head, `"offset_type"`):
		return 98
	case s.Ext == ".bdocjs":
		return 96
	}
	return 0
}

func asFile(out string, s format.Settings) bool {
	switch s["layout"] {
	case "lines":
		return true
	case "folder":
		return false
	}
	ext := strings.ToLower(filepath.Ext(out))
	return out == "" || ext == ".jsonl" || ext == ".json" || ext == ".bdocjs"
}

// names are those of features that the format uses itself.
var names = features.Names{}

// The features that are this format's alone.
const (
	fragmentsFeature = features.Prefix + "fragments"
	relationsFeature = features.Prefix + "relations"
)

type state struct{ files format.FileNames }

func fitProject(job *format.Job) {
	features.LoseProject(job)
	job.State = &state{}
}

func fit(a *format.Article, job *format.Job) *format.Article {
	for i := range a.Sets {
		for _, s := range a.Sets[i].Spans {
			if len(s.Fragments) > 1 {
				job.Lose("gaps", "gaps of spans in several pieces, which only Lede sees", 1, a.Ref)
			}
		}
	}
	fitted := *a
	fitted.Name = job.State.(*state).files.Name(a.Ref)
	return &fitted
}
