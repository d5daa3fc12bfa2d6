// Package crash is what Lede does about a panic: it ends, after what was done is on disk,
// and leaves a report of which the next start speaks.
//
// It does not go on, because a panic may have left the article on screen, the list or the
// stacks of undo half changed, and the next gesture would be made from there. What is on
// disk is whole whatever happens, so ending costs a second, and going on could cost
// trust. So that little is lost, what was done and is not yet written gets some time to be
// (Finally).
//
// Reports lie in the state folder, the newest few, and are sent nowhere. They have the
// place in the code and the kind of fault, and no words but those of Go's runtime: the
// message of any other panic may quote an article.
package crash
