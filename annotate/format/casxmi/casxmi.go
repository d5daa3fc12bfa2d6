package casxmi

import (
	"path"
	"slices"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/cas"
)

const name = "cas-xmi"

func init() {
	format.Register(&format.Format{
		Name:        name,
		Title:       "UIMA CAS XMI",
		Description: "A folder with a UIMA CAS XMI file (XML 1.0) an article and TypeSystem.xml, for INCEpTION, DKPro and all of UIMA.",
		Extensions:  []string{".xmi"},
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
			"characters that XML 1.0 forbids (most control characters)",
		},
		Detect: detect, Read: read, Fit: cas.Fit,
		FitProject: func(job *format.Job) { cas.FitProject(job, true) },
		Write: func(out format.Target, job *format.Job) (format.Writer, error) {
			return cas.NewWriter(out, job, ".xmi", encode), nil
		},
		ReadBack: readBack,
	})
}

// detect: an XMI file of UIMA, or a folder or zip file with such files.
func detect(s format.Sample) int {
	xmi := func(f string) bool { return strings.EqualFold(path.Ext(f), ".xmi") }
	switch {
	case s.Dir:
		if slices.ContainsFunc(s.Files, xmi) {
			return 92
		}
		return 0
	case slices.ContainsFunc(s.Entries, xmi):
		return 92
	case strings.Contains(s.Head, "http://www.omg.org/XMI") && strings.Contains(s.Head, "uima/cas.ecore"):
		return 98
	}
	return 0
}
