package webannotsv

import (
	"path"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/cas"
)

const name = "webanno-tsv"

func init() {
	format.Register(&format.Format{
		Name:        name,
		Title:       "WebAnno TSV 3.3",
		Description: "A folder with a WebAnno TSV 3.3 file an article, a row a token, for WebAnno and INCEpTION.",
		Extensions:  []string{".tsv"},
		Folder:      true,
		Training:    true,
		Splits:      true,
		Several:     true,
		Offsets:     format.UTF16,
		Oracles:     []string{"neuged/webanno_tsv 0.1.0"},
		Options:     append(cas.ImportOptions(), cas.ExportOptions()...),
		CannotHold: []string{
			"articles without text", "ids, status, title and other facts", "notes, flags and fields of the article", "origins of spans",
			"kinds of values: numbers and yes/no are texts, unless the project's schema knows better", "aliases and attributes of entities",
		},
		Detect: detect, Read: read, Fit: fit, FitProject: fitProject,
		Write: func(out format.Target, job *format.Job) (format.Writer, error) {
			return cas.NewWriter(out, job, ".tsv", encode), nil
		},
		ReadBack: readBack,
	})
}

// detect: a file that begins as one, or a folder of such files with a type system, as
// Lede writes it.
func detect(s format.Sample) int {
	if s.Dir {
		tsv := slices.ContainsFunc(s.Files, func(f string) bool { return path.Ext(f) == ".tsv" })
		xmi := slices.ContainsFunc(s.Files, func(f string) bool { return path.Ext(f) == ".xmi" })
		if tsv && !xmi && slices.Contains(s.Files, cas.TypeSystemFile) {
			return 91
		}
		return 0
	}
	if strings.HasPrefix(s.Head, "#FORMAT=WebAnno TSV") {
		return 99
	}
	return 0
}

func fitProject(job *format.Job) {
	s := cas.NewState(job)
	s.Rows = true
	if !s.Builtin {
		s.AddSchema(job)
	}
	cas.LoseEntities(job)
	job.State = s
}

// fit is what rows can hold of an article.
func fit(a *format.Article, job *format.Job) *format.Article {
	s := job.State.(*cas.State)
	if a.Text == "" {
		job.Lose("articles", "articles without text, which have no rows", 1, a.Ref)
		lose(a, job)
		return nil
	}
	keeps := format.Keeps{Relations: true, Attributes: true, SpanNotes: true, Entities: true}
	if s.Builtin {
		keeps = format.Keeps{Entities: true}
	}
	job.LoseRest(a, keeps)
	fitted := *a
	fitted.Name = s.FileName(a)
	fitted.Sets = slices.Clone(a.Sets)
	if s.Builtin {
		for i := range fitted.Sets {
			fitted.Sets[i].Spans, fitted.Sets[i].Relations = cas.Builtin(a, &a.Sets[i], job), nil
		}
	}
	return &fitted
}

// lose tells of what an article that is left out would have had.
func lose(a *format.Article, job *format.Job) {
	job.LoseRest(a, format.Keeps{})
	for i := range a.Sets {
		job.Lose("spans", "spans of such articles", len(a.Sets[i].Spans), a.Ref)
	}
}

// typed makes values of the kinds that the project's schema gives them.
func typed(values annotate.Values, scope annotate.Scope, schema *annotate.Schema) {
	if schema == nil {
		return
	}
	for _, x := range schema.Attributes {
		raw, has := values[x.Name]
		if !has || x.Scope != scope || raw[0] != '"' {
			continue
		}
		if v := cas.Typed(format.JSONString(string(raw)), x.Type); v != nil {
			values[x.Name] = v
		}
	}
}
