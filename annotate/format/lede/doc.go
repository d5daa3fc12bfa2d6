// Package lede reads and writes Lede's own exchange format: a zip file with all that a
// project holds but its history and its bin, in JSON that any program can read.
//
//   - project.json: what it is, the schema and the annotators
//   - entities.jsonl: one entity a line
//   - articles.jsonl: one article a line, with its text and annotation sets
//
// Everything is a record as the project file keeps it, with its id; records point at
// each other by ids. Imported into an empty project it is the same project again.
//
// docs/formats/lede.md has the keys. Offsets are code points, half-open.
package lede
