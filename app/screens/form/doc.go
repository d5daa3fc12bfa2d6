// Package form is the form that a schema makes: a field for each attribute of a
// span, of several spans, of a document or of an entity. It says what a person set
// and knows no session and no store.
//
// Only the fields that apply are shown. A value that applies no longer is shown as
// such until somebody removes it. What is required is marked and never in the way.
//
// A field is closed until it is clicked, typed into, or reached by the walk (F2 and
// Enter); then an editor lies over it, or below it, with what can be chosen. Enter
// takes what is marked and walks on to the field needed most: first what is required
// and empty, then what is empty. Tab and Shift+Tab go as one sees it, Esc back to the
// text.
//
// Vocabulary:
//
//   - thing: what the form is about; several of them have the fields together.
//   - mixed: a field in which the things differ.
//   - stale: a value that the schema does not ask for, with the reason.
//   - kept: a value that the next spans with the label get as well.
package form
