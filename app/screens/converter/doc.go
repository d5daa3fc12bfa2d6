// Package converter is the dialog that gives many spans another label at once: the
// chosen ones, or all with a label in the open article or in the whole project. It
// counts before it asks, and what it does is one step of undo.
//
// It imports session, sheet and widgets, no storage.
package converter
