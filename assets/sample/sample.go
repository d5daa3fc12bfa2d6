// Package sample holds the articles of the sample project: five reports of one
// invented harbour strike, by outlets that do not exist, partly annotated.
//
// They are there to be learned from, so each shows something that news does to
// spans: quotes that are direct, indirect, split by "she said", or run over two
// paragraphs; actors inside actors; names in other scripts; a text in Arabic and
// one in Chinese; emoji made of several code points.
//
//   - varno-1: in progress. The first two paragraphs are tagged, the rest waits
//     for whoever opens it.
//   - eastline-1: done.
//   - sahil-1 (Arabic): in progress.
//   - haiwan-1 (Chinese) and courier-1: untouched.
//
// The package imports nothing of ours: it is only bytes.
package sample

import (
	"bytes"
	_ "embed"
)

// Annotator is whose annotations the sample holds. Actor brings them into a project: not
// the person, whose first undo must not take the sample away.
const (
	Annotator = "ana"
	Actor     = "lede"
)

//go:embed sample.jsonl
var jsonl []byte

// JSONL returns the sample in Lede's own lines (format jsonl), in project order.
// Every call returns a copy of its own.
func JSONL() []byte {
	return bytes.Clone(jsonl)
}
