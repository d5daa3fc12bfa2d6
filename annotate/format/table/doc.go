// Package table reads and writes CSV and TSV files with a header. Read, a column of
// texts makes the articles; columns named like facts of an article become those facts,
// all others go into its meta. Written, each article has a row for each annotator, with
// what is said of the whole article: status, note, document fields. Spans are no
// matter of these tables. docs/formats/csv.md has the names.
package table
