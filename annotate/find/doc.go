// Package find looks for words in articles: in one text, or through a whole
// project.
//
// A Query becomes a Matcher; the Matcher lists where it matches, as ranges of
// code points that begin and end on grapheme borders and do not overlap.
//
// Two strings match when they are the same after folding: canonically decomposed
// (é is e with an accent), case folded by Unicode's full mapping unless Case is
// set (ß is ss), and with what typography sets differently made alike: any blank
// or line break is a blank, any apostrophe or quotation mark the typed one, a
// hyphen that does not break a hyphen. A match is never a part of a grapheme: "e"
// is not in "é". Whole words are those of UAX #29, so that any run of Han
// characters is one.
//
// A regular expression is Go's (RE2: time linear in the text). It is matched
// against the text as it is, in lines, and what it matches grows to grapheme
// borders. A search of a whole article can be called off at every match, and up to
// the first one; between two matches of a line of many megabytes it goes on for some
// seconds more, on its own goroutine, and nobody hears of it.
//
// The package imports neither Fyne nor SQL; projects are read through
// annotate.Store.
package find
