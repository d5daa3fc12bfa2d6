// Package w3c reads and writes Web Annotations (W3C, JSON-LD), as Recogito,
// Annotorious and Hypothesis exchange them. docs/formats/w3c.md has the rules.
//
// A span is an annotation whose target has a position and a quote; its label is a
// body that tags, each attribute one that classifies, a note one that comments. A
// relation is an annotation that links two others. The texts lie beside, or in an
// annotation of the article as a whole. On import the quote counts for more than the
// position.
package w3c
