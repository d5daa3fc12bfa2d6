// Package figure draws a passage of an article with its spans as a picture, for a
// paper or a talk: as SVG or PNG, without a window and in its look.
//
// Vocabulary:
//
//   - Passage: what is drawn: a stretch of a text, its spans, relations, heading.
//   - Scene: the shapes of the picture, placed: rectangles, bars, outlines of
//     letters, strokes, small pictures. SVG and PNG are two ways to write one, so
//     they cannot differ.
//
// Letters are drawn as outlines, so that a picture looks the same where the fonts
// are not there; what it says stands in its description. Emoji are small pictures,
// drawn by an Emoji function, which a build without a window has none of.
//
// Lengths are the text view's pixels; offsets are code points, half-open. The
// package imports annotate, textview's layout and look, and no Fyne. Start reading
// at Draw.
package figure
