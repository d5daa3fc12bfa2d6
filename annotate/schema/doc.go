// Package schema reads and writes schema files: the labels, attributes, relation
// types and rules of a project as YAML that people write, share and keep under
// version control.
//
// A schema file names things by their names; records of a project refer to each
// other by id. Parse and Write go between YAML and File, Of and Records between
// File and records, and Diff says which ops turn a project's schema into that of
// a file: things are matched by name, so that a new colour changes one record
// and a missing label is a deletion.
//
// Parse is strict: an unknown field, a name that stands for nothing or a hotkey
// given twice is an error with file, line and reason, never a guess.
//
// The package imports annotate and a YAML parser, no store and no window.
package schema
