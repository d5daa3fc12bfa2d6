// Package language tells which language a text is written in, when nobody has said it.
//
// Detect answers with a code as it stands in an article's facts (ISO 639-1 where there is
// one, else ISO 639-3), or with nothing: a language that is only likely is worse in a
// filter than none. It looks at the beginning of a text, and knows languages apart by the
// letters that stand beside one another (github.com/abadojack/whatlanggo), which takes a
// few sentences to be sure of.
//
// An article keeps that its language was detected as the fact Key, whose value is the
// code: somebody who corrects the language leaves the old value there, which then says no
// more than what was thought before.
//
// The package imports annotate only.
package language
