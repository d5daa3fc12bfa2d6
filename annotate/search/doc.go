// Package search knows what a word is: for the index of a project, for the words
// that somebody looks for, and for the place at which a hit is shown.
//
// # Words
//
// A text is cut into words: runs of letters and digits with their marks. Where a
// script has no blanks between words (Han, kana, Hangul, Thai, Lao, Khmer,
// Myanmar), every character is a word, so that any stretch of them is a phrase.
// Words are folded: compatibility forms are taken apart, case, accents, vowel
// points, tatweel and what is not seen (soft hyphens, joiners) go. What makes
// another word stays: vowel signs of Indian scripts, nukta, virama, voiced kana.
//
// The Shadow of a text is its words with a blank between them. A search index that
// knows nothing but blanks, fed with shadows, finds just what Terms.Find finds in
// the texts: the same function has cut both.
//
// Terms are what somebody looks for: words that stand in this order, the last one
// perhaps only begun; or, if there is no letter and no digit, the characters as they
// are.
//
// The package imports neither Fyne nor SQL.
package search
