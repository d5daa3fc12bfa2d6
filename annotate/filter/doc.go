// Package filter is the language in which people say which articles they mean: in the
// search field, in --filter and in saved filters.
//
//	status:done label:quote -source:reuters published:2026-03..2026-04 "peace talks" ky*
//
// Vocabulary:
//
//   - term: words, or KEY:VALUE. Several values after commas: any of them will do.
//   - words: a word, a "phrase in quotation marks", the begin* or a *part* of a word.
//     Words are those of annotate/search: whole, without case and accents.
//   - key: what a term asks about; Keys lists them. attr., field. and meta. are
//     followed by a name.
//   - conjunction: terms side by side, all of which must be met. OR stands between
//     two conjunctions, a minus or NOT before what must not be met, parentheses
//     around what belongs together.
//
// Terms about work (status, flag, label, …) speak of the annotator whose work is on
// screen, or of the one whom annotator: names in the same conjunction: annotator:ben
// status:done finds what ben has done.
//
// Parse makes a tree (annotate.Filter) of it and Format the language of a tree; Match
// tells whether one article meets it, Complete what could stand where somebody types.
// Stores answer the same trees for whole projects.
package filter
