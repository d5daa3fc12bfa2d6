// Package history is the list, below the text, of all changes of a project, the newest
// first: who, when, what and where. It holds a history of any length: the places of the
// changes are found in the background, and the rows in sight are read when they are.
//
// The panel changes nothing itself. It asks for a change to be shown in its place, and to
// be taken back or brought back.
package history
