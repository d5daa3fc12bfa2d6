// Package rules says what a codebook would object to: it holds what an annotator
// said of an article against the schema and its rules.
//
// Nothing is ever refused because of a warning: warnings are shown, listed and
// counted, and a person may say that one is no problem in this place.
//
// There are two kinds. Rules are written into the schema (annotate.Rule): how long
// a span may be, what it may overlap, which relation it needs. Checks follow from
// the model itself: a required attribute is missing, a value is not in its list, a
// relation leads to a label that its type does not allow. List has the rules and
// Checks the checks, each with its name, which files, filters and the schema use.
//
// Compile prepares a schema once; Checker.Check then takes time that grows with the
// spans and the text they cover, not with the pairs of spans.
//
// The package imports annotate and its text, no store and no window. Offsets are
// Unicode code points.
package rules
