// Package sheet is what dialogs stand on: a rounded panel over a dimmed window,
// with Esc for cancel, Enter for what is meant, and Tab through its parts.
//
// A Sheet is one such panel. A Choice is a field with a closed list of values, a
// Form lays titles and fields beside each other, Ask puts a question, Sentence
// turns an error into words for people. The package knows no session, no store
// and no schema; it imports app/theme, app/widgets and the errors of annotate.
package sheet
