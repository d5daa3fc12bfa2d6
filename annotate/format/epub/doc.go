// Package epub reads books and magazines in EPUB 2 and 3: an article for each chapter,
// that is each document of the reading order, or one for the whole book.
package epub
