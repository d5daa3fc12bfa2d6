// Package drift finds the places of spans again after their text was corrected.
//
// Vocabulary:
//
//   - token: a word, a run of white space or a sign, by Unicode's rules for words. All
//     white space is alike: texts are often set anew when they are corrected.
//   - match: a token of the old text and the token of the new one that it became. A
//     patience diff finds them: what is unique in both texts is matched first, in
//     order, then what lies between, and so on.
//   - anchor: to find the ranges of the new text that hold the words of ranges of the
//     old one. Words that the diff has matched are there. Words that it has not (a
//     paragraph that was moved) are looked for elsewhere, and taken if there is one
//     place alone, by themselves or by the words around them.
//
// A span is never attached to other words: what an anchor gives reads like the old
// range, white space aside, and no place that the diff gave to other words is taken.
// What is not found is lost, and what could be in several places is unsure; it is for
// people to decide about both.
//
// The package imports annotate/text only.
package drift
