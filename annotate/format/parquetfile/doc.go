// Package parquetfile reads and writes Parquet files a row at a time, for the formats
// that are made of them.
//
// Columns keep their order. A value is nil, a string, an int64, a float64, a bool or,
// in a column of lists, a []any of these or of structs ([]any in the order of the
// fields). Files are looked over before they are read, so that what a stranger's file
// claims cannot take more memory than an article may; faults of the library's become
// errors.
package parquetfile
