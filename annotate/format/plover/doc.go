// Package plover writes events as PLOVER records: one JSON object a line, with the
// fields of PLOVER's manual (“Draft 2.0”) and three of ours, so that each text can be
// found again. docs/formats/plover.md has the fields and what the rules of the manual
// change. Offsets are code points, half-open.
package plover
