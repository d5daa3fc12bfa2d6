// Package entity is the project's registry of actors, events and places as one
// works with it: found while typing, proposed for the words of a span, and
// exchanged as authority lists.
//
// An Index holds all entities in memory. Search is the type-ahead: names and
// aliases with words that begin like those typed, then such with words of a
// similar spelling. Propose says who the words of a span may be, how likely, and
// why. ReadList, Plan and WriteList are authority lists: CSV files with a row for
// each entity.
//
// Names are compared by their key: folded as a search folds (annotate/find), then
// without accents and with nothing but letters and digits, so that "PEREZ, José"
// and "Pérez José" have one key. The words of all keys stand in one sorted list.
// That list is walked like a tree for words of a similar spelling: a word shares
// the work for the letters that it has in common with the one before it, and
// whatever begins too differently is skipped as a whole. (Libraries for distances
// between strings compare two strings at a time, which is too slow for the words
// of 100,000 names at each key press.)
//
// An Index belongs to one goroutine at a time. The package imports neither Fyne
// nor SQL.
package entity
