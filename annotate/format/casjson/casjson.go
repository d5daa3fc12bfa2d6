package casjson

import (
	"path"
	"slices"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/cas"
)

const name = "cas-json"

func init() {
	format.Register(&format.Format{
		Name:        name,
		Title:       "UIMA CAS JSON (INCEpTION)",
		Description: "A folder with a UIMA CAS JSON 0.4 file an article and TypeSystem.xml: INCEpTION's recommended format.",
		Extensions:  []string{".json"},
		Folder:      true,
		Training:    true,
		Splits:      true,
		Several:     true,
		Offsets:     format.UTF16,
		Oracles:     []string{"dkpro-cassis c7e9b90"},
		Options:     append(cas.ImportOptions(), cas.ExportOptions()...),
		CannotHold: []string{
			"ids of spans and relations, origins of spans", "warnings that were said to be no problem",
			"aliases and attributes of entities", "labels and attributes that nothing uses, guidelines",
		},
		Detect: detect, Read: read, Fit: cas.Fit,
		FitProject: func(job *format.Job) { cas.FitProject(job, false) },
		Write: func(out format.Target, job *format.Job) (format.Writer, error) {
			return cas.NewWriter(out, job, ".json", encode), nil
		},
		ReadBack: readBack,
	})
}

// detect: a JSON object that begins with types or feature structures, or a folder of
// JSON files with a type system.
func detect(s format.Sample) int {
	if s.Dir {
		if !slices.Contains(s.Files, cas.TypeSystemFile) {
			return 0
		}
		for _, f := range s.Files {
			switch path.Ext(f) {
			case ".xmi", ".tsv":
				return 0
			}
		}
		if slices.ContainsFunc(s.Files, func(f string) bool { return path.Ext(f) == ".json" }) {
			return 90
		}
		return 0
	}
	head := strings.TrimLeft(s.Head, " \t\r\n")
	if !strings.HasPrefix(head, "{") {
		return 0
	}
	head = strings.TrimLeft(head[1:], " \t\r\n")
	for _, key := range []string{`"%TYPES"`, `"%FEATURE_STRUCTURES"`, `"%VIEWS"`, `"%HEADER"`} {
		if strings.HasPrefix(head, key) {
			return 98
		}
	}
	return 0
}
