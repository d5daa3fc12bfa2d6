// Package format brings articles and annotations into a project and out of it.
//
// Every file format is a Format: a description, a Reader and/or a Writer, found
// through one registry by its name. A format is a package of its own below this
// one that registers itself; package format/all links all of them in. Adding a
// format changes no caller.
//
// Vocabulary:
//
//   - Article: an article as a file has it, everything by name (labels,
//     annotators, relation types), with the place it was read from. Readers
//     yield Articles, writers take them.
//   - fit: what a format can hold of an Article. Fitting is apart from writing,
//     so that every loss is known before anything is written, and so that what
//     was written can be compared with what should have been.
//   - intake: from raw text to stored text (annotate/text). Readers hand over
//     offsets as the file counts them; the import engine maps them.
//   - plan: what an export would write, lose and leave out.
//   - manifest: the same, kept beside the data after an export.
//
// Import and Export are the engines. Offsets are code points, half-open.
//
// The package imports annotate and annotate/text only: no SQL, no window.
package format
