package html

import (
	"path/filepath"
	"strings"

	"lede/annotate/format"
)

func init() {
	format.Register(&format.Format{
		Name:        "html",
		Title:       "Web pages",
		Description: "Read: the article of each page, with title, author, date and address. Written: a page for each article with everything that is marked in it, for browsers and printers.",
		Extensions:  pageEndings,
		Folder:      true,
		AsFile:      asFile,
		Several:     true,
		Options: append([]format.Option{
			{
				Key: "pages", Values: []string{"auto", "folder", "one"}, Default: "auto", For: format.ForExport,
				Help: "folder: a page an article, and an index; one: all in one file; auto: one if the name ends in .html",
			},
			{Key: "theme", Values: []string{"auto", "light", "dark"}, Default: "auto", For: format.ForExport, Help: "auto: as the reader's system is set; printed pages are light"},
			{Key: "labels", Values: []string{"yes", "no"}, Default: "yes", For: format.ForExport, Help: "labels above the spans"},
			{Key: "list", Values: []string{"yes", "no"}, Default: "yes", For: format.ForExport, Help: "all relations and spans below the text, with attributes and notes"},
		}, readOptions...),
		CannotHold: []string{
			"ids of spans, relations and entities", "labels, attributes and relation types that the article does not use",
		},
		Detect: detect, Read: readPages,
		Fit: fit, FitProject: fitProject, Write: newWriter, ReadBack: readBack,
	})
}

// asFile says whether all goes into one file.
func asFile(out string, s format.Settings) bool {
	switch s["pages"] {
	case "one":
		return true
	case "folder":
		return false
	}
	ext := strings.ToLower(filepath.Ext(out))
	return out == "" || ext == ".html" || ext == ".htm"
}

const indexName = "index"

// state is what fitting and writing share for one export.
type state struct {
	files  format.FileNames
	labels map[string]int // by name: the place in the schema
}

func fitProject(job *format.Job) {
	s := &state{labels: map[string]int{}}
	s.files.Name(indexName) // taken
	for i, name := range job.SchemaLabels() {
		s.labels[name] = i
	}
	job.State = s
}

func fit(a *format.Article, job *format.Job) *format.Article {
	fitted := *a
	fitted.Name = job.State.(*state).files.Name(a.Ref)
	for _, set := range a.Sets {
		job.Lose("ids", "ids of spans and relations", len(set.Spans)+len(set.Relations), "")
		for _, s := range set.Spans {
			if s.Entity != nil && s.Entity.ID != "" {
				job.Lose("entity_ids", "ids of entities (their names are there)", 1, s.Entity.Name)
			}
			if !job.Settings.Yes("list") {
				job.Lose("list", "attributes of spans (--opt list=no)", len(s.Attributes), a.Ref)
				if s.Note != "" {
					job.Lose("list", "notes on spans (--opt list=no)", 1, a.Ref)
				}
			}
		}
		if !job.Settings.Yes("list") {
			job.Lose("list", "relations (--opt list=no)", len(set.Relations), a.Ref)
		}
	}
	return &fitted
}
