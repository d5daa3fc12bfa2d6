// Package prodigy reads and writes the JSON lines of Prodigy: a task a line, with the
// tokens of its text, spans on them, relations between spans, and classes as accepted
// options. What Prodigy adds (keys that begin with "_") is kept as facts of the article
// and given back.
//
// Offsets are code points, ends exclusive; token_end is inclusive.
package prodigy
