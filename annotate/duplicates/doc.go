// Package duplicates finds articles that are nearly the same, as the wire copy that many
// papers print, and brings the annotations of one over to the others.
//
// Vocabulary:
//
//   - copy: an article that is nearly the same as another one. How alike two are is the
//     share of three-word sequences that they have in common (annotate/split).
//   - cluster: copies of one another, directly or through others, in project order. The
//     first of them stands for it.
//   - carrying: making, in a copy, the spans that somebody made in another one. Their
//     places are found by annotate/drift, so that a span has the same words there or is
//     not made.
//   - proposal: a span of the one article and what would become of it in the copy. People
//     look at proposals before anything is done.
//
// What is carried has the origin rule, is the work of the annotator whose spans they
// were, and is one change over any number of copies. Start at Find and Propose.
//
// The package imports annotate and its packages drift, edit, filter and split.
package duplicates
