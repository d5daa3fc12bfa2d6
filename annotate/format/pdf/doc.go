// Package pdf reads the text of PDF files, line by line, and makes paragraphs of the
// lines. The library that takes files apart (ledongthuc/pdf) was not written for files
// that anybody made: guard.go bounds what it may do, and apart.go has it work in a
// process of its own, which can be ended.
package pdf
