// Package pdf reads the text of PDF files, line by line, and makes paragraphs of the
// lines. The library that takes files apart (ledongthuc/pdf) was not written for files
// that anybody made: guard.go bounds what it may do.
package pdf
