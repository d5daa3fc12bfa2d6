// Package textview is the widget that shows an article with its marked spans,
// and turns pointer and keys into intents: select, choose, resize, add a
// fragment, press a tool.
//
// It changes nothing itself except what is its own: scroll offset, caret and
// selection. Everything else comes in by setters and goes out by callbacks.
//
// Vocabulary: a Layer is one annotation set, or suggestions, or search hits; an
// Item is one span of it with one or more fragments; a Link joins two items. The
// chosen item is the one the rest of the window talks about. A lane is the step
// at which an item's line is drawn, so that overlapping ones stay apart.
//
// Offsets are code points, half-open. The widget is as large as its viewport:
// layout.Flow knows what is where, and only what shows is made into canvas
// objects, all from pools. Colours and measures are in Style.
//
// The package imports annotate/text, its own packages layout and typeface, and Fyne;
// no storage, no schema, no session. Start reading at View.
package textview
