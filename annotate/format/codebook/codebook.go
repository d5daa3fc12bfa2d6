package codebook

import (
	"io"
	"path/filepath"
	"strings"

	"lede/annotate/format"
)

func init() {
	format.Register(&format.Format{
		Name:        "codebook",
		Title:       "Codebook (Markdown or HTML)",
		Description: "The schema for people, as for the appendix of a paper: labels with guidelines, attributes, relations, entities, rules.",
		Extensions:  []string{".md", ".html"},
		ExtensionFor: func(s format.Settings) string {
			return map[string]string{page: ".html"}[s["as"]] + map[string]string{markdown: ".md", auto: ".md"}[s["as"]]
		},
		SchemaAlone: true,
		Options: []format.Option{
			{Key: "as", Values: []string{auto, markdown, page}, Default: auto, For: format.ForExport, Help: "auto: html if the name ends in .html, else markdown"},
			{Key: "title", Default: "Codebook", For: format.ForExport, Help: "the heading"},
		},
		CannotHold: []string{"articles and annotations: it is the schema alone", "ids"},
		Write:      newWriter, ReadBack: readBack,
	})
}

// The values of the option as.
const (
	auto     = "auto"
	markdown = "markdown"
	page     = "html"
)

// asPage says whether a page is written.
func asPage(job *format.Job) bool {
	if as := job.Settings["as"]; as != auto {
		return as == page
	}
	ext := strings.ToLower(filepath.Ext(job.Out))
	return ext == ".html" || ext == ".htm"
}

type writer struct{}

func newWriter(t format.Target, job *format.Job) (format.Writer, error) {
	out, err := t.Create("")
	if err != nil {
		return nil, err
	}
	blocks := build(job.Schema, job.Settings["title"])
	var text string
	if asPage(job) {
		text, err = writePage(blocks, job.Schema)
	} else {
		text = writeMarkdown(blocks)
	}
	if err == nil {
		_, err = io.WriteString(out, text)
	}
	if closing := out.Close(); err == nil {
		err = closing
	}
	return writer{}, err
}

// Write is never called: there are no articles.
func (writer) Write(*format.Article) error { return nil }

// Close has nothing to do: all was written.
func (writer) Close() error { return nil }
