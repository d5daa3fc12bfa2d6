// Package layout turns text into positions: which face draws a character,
// where a line wraps, where a caret stands and what lies under a point. It is
// free of Fyne, so the text view and `lede render` share it.
//
// Vocabulary:
//
//   - Face: one font file, parsed once. A Chain is the order in which faces are
//     asked for a grapheme cluster; a Library holds them all, a Bundle is one with
//     the fonts of the program.
//   - Block: a shaped and wrapped paragraph, or a part of a very long one. Its
//     lines hold runs (one face, one direction) and runs hold pieces (a word,
//     a few CJK characters), the unit of drawing.
//   - Flow: an article as a column of blocks with a scroll offset. Blocks that
//     nobody has seen have an estimated height.
//   - Spans: marked ranges with lanes, so that overlapping ones do not hide
//     each other.
//
// Offsets at the exported API are code points of the article's text, half-open;
// inside a Block they are code points from the block's start. Bytes are private.
// Lengths are in the caller's unit (the view: Fyne's density-independent pixels).
//
// The package imports annotate/text, assets/fonts and nothing else of ours. Start reading at
// Flow, then Shaper.
package layout
