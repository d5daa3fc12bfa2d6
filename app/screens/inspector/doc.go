// Package inspector is the right side of the window: the chosen span in detail,
// the list of all spans, the facts and status of the article, and the guidelines
// of a label.
//
// Every field commits when it is left, as one step of undo. The package shows a
// session and changes it through its methods only; it imports no storage.
package inspector
