// Package pages reads what is left of an SQLite file, page by page and without
// SQLite, which gives a file up where its tree is broken.
//
// It trusts nothing: every number that stands in the file is held against the file
// before it is followed, and what does not add up is left out, never guessed. It
// reads the file as the format is described at https://sqlite.org/fileformat2.html:
// the tables with rowids and the indexes, rows that go on on overflow pages, the
// pages that are free, and what a write-ahead log beside the file holds. It knows
// nothing of what the tables mean.
package pages
