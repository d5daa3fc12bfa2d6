// Package lede reads and writes Lede's own exchange format: a zip file with all that a
// project holds, in JSON that any program can read.
//
//   - project.json: what it is, the schema, the annotators, the imports
//   - entities.jsonl: one entity a line
//   - articles.jsonl: one article a line, with its text and annotation sets
//   - unseen.jsonl: the same of what does not show: the bin, undone imports
//   - history.jsonl: one change a line
//
// Everything is a record as the project file keeps it, with its id; records point at
// each other by ids. Read into a project in which nothing was done yet it is the same
// project again, history and all (whole.go). Into another one it is merged, and of a
// project of which a part went out there is no history: then unseen.jsonl and
// history.jsonl are not there or not read (read.go).
//
// docs/formats/lede.md has the keys. Offsets are code points, half-open.
package lede
