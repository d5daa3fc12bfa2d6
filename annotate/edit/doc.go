// Package edit turns intents into changes and folds changes back into state.
//
// An intent is what a person means by a gesture: tag this, move that end, delete
// those, done. Each becomes exactly one annotate.Change, however many records it
// touches, so that one gesture is one step of undo. State is what intents are
// built against: one annotator's spans and relations on one article.
//
// Intents warn, they never refuse for reasons of the schema; what is refused is
// refused by annotate.Validate inside the store. An intent that would change
// nothing is annotate.ErrNothing.
//
// Offsets are Unicode code points. The package imports no store and no window.
package edit
