// Package wordtext puts a text together from the words of corpora that kept nothing
// else: words of a sentence with one blank between, sentences with a line end.
package wordtext

import (
	"strings"
	"unicode/utf8"

	"lede/annotate/text"
)

// Builder makes the text and remembers where each word is.
type Builder struct {
	b     strings.Builder
	n     int
	line  bool // words are in the line that is being written
	Words []text.Range
	// Sentences are the numbers of the first words of the sentences.
	Sentences []int
}

// Add adds a word. White space inside it becomes one blank each.
func (b *Builder) Add(word string) {
	word = strings.Join(strings.Fields(word), " ")
	if !b.line && b.n > 0 {
		b.b.WriteByte('\n')
		b.n++
	} else if b.line {
		b.b.WriteByte(' ')
		b.n++
	}
	if !b.line {
		b.Sentences = append(b.Sentences, len(b.Words))
	}
	b.line = true
	start := b.n
	b.b.WriteString(word)
	b.n += utf8.RuneCountInString(word)
	b.Words = append(b.Words, text.Range{Start: start, End: b.n})
}

// Break ends a sentence.
func (b *Builder) Break() { b.line = false }

// Text is the text so far.
func (b *Builder) Text() string { return b.b.String() }

// Pieces are the places of words by their numbers, in order: neighbours are one
// piece.
func (b *Builder) Pieces(words []int) []text.Range {
	var list []text.Range
	last := -2
	for _, w := range words {
		r := b.Words[w]
		if w == last+1 {
			list[len(list)-1].End = r.End
		} else if w != last {
			list = append(list, r)
		}
		last = w
	}
	return list
}
