// Package parquet reads and writes folders of Parquet tables, for DuckDB, Spark, Polars
// and whoever has many articles: articles, sets (what an annotator said of an article),
// spans, relations and tokens, each partitioned after Hive's manner if asked. Each row
// has the number of its article in the export, by which the tables are read together
// again, however they were parted. It reads any one Parquet table with a text column, too.
// docs/formats/parquet.md has the columns.
package parquet
