// Package importer is the dialog that brings articles into a project: files,
// folders, or text from the clipboard.
//
// Words: looking (look.go) reads the first articles and then, without changing
// anything, all of them, in the background, each time something is chosen; the
// dialog shows what it found and asks what only a person can know: the encoding,
// the column with the text, the order of day and month. Only then does the
// import itself run (run.go), as one change that shows when all is there, or,
// cancelled, leaves no trace.
//
// The labels of the files are decided about one by one (labels.go): one of the
// project, a new one, or left out; so are the columns of a table, and what becomes of
// the spans of texts that were corrected. The first articles are drawn with their spans
// as they would be (marked.go).
//
// The package imports annotate/format but no format, and never storage.
package importer
