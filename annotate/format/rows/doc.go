// Package rows makes tables of annotated articles, and articles of such tables. It is
// shared by the formats that write tables of spans: csv, tsv, xlsx, parquet.
//
//   - Cell: a value with its kind; Column: a name with the kind of its cells.
//   - Table: a table that is being made. Its columns are known only when all rows are,
//     because attributes and facts may turn up in any article, so rows wait in
//     temporary files, one for each part.
//   - Holds: what a set of tables can hold, by which Fit tells the losses.
//   - Decoder: rows of a span table back into articles.
//
// docs/formats/csv.md has the columns.
package rows
