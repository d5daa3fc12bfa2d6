// Package roles is what the formats for coded news have in common: it finds out of an
// annotation set who did what, or who said what, by the names that a schema gives its
// labels, relations and attributes, and writes tables of it.
//
// Words: the hub is the span that a row is about (an event, a quote); a role is a type
// of relation that leads from the hub to a filler; a mention is a span with its text
// and its place.
//
// It is no format itself and registers none. Offsets are code points, half-open.
package roles
