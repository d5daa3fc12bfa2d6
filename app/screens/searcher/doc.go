// Package searcher is the sheet that searches the project: the texts of its articles,
// with the places where words stand, or its annotations, each with the words around
// it. Results are grouped by article, come a page at a time, and open at the place.
//
// Searching runs beside the window; the next key gives it up.
package searcher
