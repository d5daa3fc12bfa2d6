// Package jsonl is Lede's own line format: one JSON object a line for each
// article and annotator. What it holds comes back byte for byte: export, import
// into a new project and export again give the same file.
//
// It reads any JSON lines with a text, too: keys that it does not know become
// facts of the article.
//
// docs/formats/jsonl.md has the keys. Offsets are code points, half-open.
package jsonl
