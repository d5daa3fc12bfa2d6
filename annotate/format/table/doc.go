// Package table reads CSV and TSV files with a header and a column of texts.
// Columns named like facts of an article become those facts, all others go into
// its meta. docs/formats/csv.md has the names.
package table
