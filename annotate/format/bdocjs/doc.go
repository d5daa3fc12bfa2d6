// Package bdocjs reads and writes GATE's documents as JSON ("bdocjs"), as the Python
// package gatenlp and GATE's plugin Format_Bdoc know them: one document a file, or
// one a line. docs/formats/bdocjs.md has the rules.
//
// Each annotator has an annotation set of that name. What Lede knows of a span stands
// in the annotation's features; relations are a feature of the annotation they come
// from.
package bdocjs
