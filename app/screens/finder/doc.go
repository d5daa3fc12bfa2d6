// Package finder is what looks for words: the bar above the article that finds
// them in it, and the sheet that labels every occurrence, in the article or in the
// whole project, listed with their context.
//
// Matching is package find's; the changes are the session's. The package knows no
// storage.
package finder
