// Package opener is the panel in which an article is found by a part of its title
// or source, by its id, or by its number in the project (Ctrl+P). What is typed is
// looked up in the store, off the main goroutine; a later keystroke ends the
// look-up of an earlier one.
//
// It imports the article list's words for an article and the parts of dialogs, no
// storage.
package opener
