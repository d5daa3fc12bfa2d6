// Package xlsx reads and writes Excel workbooks (Office Open XML), a row at a time.
//
// The tables are those of package rows, each on a sheet. Cells are read with what they
// are: texts, numbers, ticks, dates by their number format. Strings that the workbook
// shares wait in a temporary file, so that memory does not grow with the corpus. The
// reading of zip and XML is bounded by packages archive and xmlread.
// docs/formats/xlsx.md has the rules.
package xlsx
