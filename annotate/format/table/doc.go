// Package table reads and writes CSV and TSV files with a header.
//
// Read, a column of texts makes the articles; columns named like facts of an article
// become those facts, all others go into its meta. A table with a start, an end and a
// label in each row is one of spans, and a folder with spans.csv one of tables that
// belong together. Written, a row is a span or an article as one annotator sees it.
// The tables themselves are package rows'; docs/formats/csv.md has the names.
package table
