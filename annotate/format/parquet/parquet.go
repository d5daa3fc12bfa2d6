package parquet

import (
	"path"
	"slices"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/parquetfile"
	"lede/annotate/format/rows"
	"lede/annotate/format/token"
)

func init() {
	format.Register(&format.Format{
		Name: "parquet", Title: "Parquet tables",
		Description:  "A folder of tables for DuckDB, Spark and Polars: articles, sets, spans, relations, tokens. Reads any Parquet table with a text.",
		Extensions:   []string{".parquet"},
		ExtensionFor: func(format.Settings) string { return "" },
		Folder:       true,
		AsFile:       func(string, format.Settings) bool { return false },
		Standoff:     true,
		Several:      true,
		Splits:       true,
		Options: []format.Option{
			rows.ImportOption(),
			{Key: "text-column", For: format.ForImport, Help: "the column that holds the text; default: text, content, body, article, document or sentence"},
			{Key: "partition", Default: "none", For: format.ForExport, Help: "what the folders are made by, in this order: a list of " + strings.Join(partitions, ", ") + "; none"},
			{Key: "compression", Values: parquetfile.Codecs, Default: "zstd", For: format.ForExport, Help: "how the files are packed; snappy is read by all"},
			{Key: "tokens", Values: []string{"yes", "no"}, Default: "yes", For: format.ForExport, Help: "a table of tokens"},
			token.Option(),
		},
		CannotHold: []string{"details of the schema, history, attributes and other names of entities", "kinds of annotators other than gold"},
		Detect:     detect, ColumnsOf: columnsOf, Read: read,
		Fit: fit, FitProject: fitProject, Write: newWriter, ReadBack: readBack,
	})
}

// tables are the tables of an export, in the order in which they are made.
var tables = []string{rows.ArticlesTable, rows.SetsTable, rows.SpansTable, rows.RelationsTable, rows.TokensTable}

func detect(s format.Sample) int {
	if !s.Dir {
		if s.Ext == ".parquet" {
			return 90
		}
		return 0
	}
	if slices.ContainsFunc(s.Files, func(f string) bool { return tableOf(f) == rows.ArticlesTable }) &&
		slices.ContainsFunc(s.Files, func(f string) bool { return tableOf(f) == rows.SetsTable }) {
		return 95
	}
	return 0
}

// tableOf is the table of an export that a file is a part of, "" for none.
func tableOf(file string) string {
	name, _, in := strings.Cut(file, "/")
	if in && path.Ext(file) == ".parquet" && slices.Contains(tables, name) {
		return name
	}
	return ""
}

// fit leaves out, without the text, titles, which are text too.
func fit(a *format.Article, job *format.Job) *format.Article {
	if !job.NoText || a.Title == "" {
		return a
	}
	job.Lose("titles", "titles, which are left out with the text", 1, a.Ref)
	fitted := *a
	fitted.Title = ""
	return &fitted
}

func fitProject(job *format.Job) {
	s := job.Schema
	job.Lose("schema", "details of the schema (titles, colours, keys, guidelines, definitions of attributes, rules)",
		len(s.Labels)+len(s.Attributes)+len(s.RelationTypes)+len(s.Rules), "")
	job.Lose("history", "changes of the history", int(job.Changes), "")
}
