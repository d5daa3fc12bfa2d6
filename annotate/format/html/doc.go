// Package html reads articles out of web pages (read.go; webpage finds them), and
// writes articles as pages to be read, printed and sent: one page an article that
// needs nothing else, in the colours and patterns of the window.
//
// Vocabulary:
//
//   - stretch: characters that the same fragments cover. The text is cut where
//     any fragment begins or ends and at paragraphs, so elements never cross.
//   - lane: the step at which a fragment's line is drawn, so that overlapping
//     ones stay apart; 0 is the outermost.
//   - number: of a relation, behind both of its spans; it leads to the list.
//   - chip: the label above the start of a fragment. Chips, numbers, and all else that
//     is not the article's, are attributes: the text of the elements is the text of
//     the article, character for character.
//
// The pages that are written are for people. The check after writing (readback.go)
// uses another parser than the writer; an import takes their texts back (own.go), not
// their annotations.
package html
