package layout

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"lede/annotate/text"
)

// A block longer than this is cut: shaping it would be felt. The line breaks at
// the cut, so it is looked for after a sentence, then after a word.
const (
	maxBlock    = 4096 // bytes
	cutWindow   = 1024 // bytes before the limit in which a sentence end is looked for
	directionOf = 2048 // bytes of a paragraph that decide its direction
)

// blocks is the division of a text: paragraphs, and parts of very long ones.
// Offsets are bytes.
type blocks struct {
	text   *text.Text
	s      string
	starts []int
	joins  []bool // the block goes on with the paragraph of the one before it

	numbers []int32 // see numbered
}

func divide(t *text.Text) *blocks {
	b := &blocks{text: t, s: t.String()}
	n := t.Lines()
	b.starts, b.joins = make([]int, 0, n), make([]bool, 0, n)
	for pos := 0; ; {
		end := len(b.s)
		i := strings.IndexByte(b.s[pos:], '\n')
		if i >= 0 {
			end = pos + i
		}
		joined := false
		for end-pos > maxBlock {
			b.add(pos, joined)
			joined = true
			pos = b.cut(pos)
		}
		b.add(pos, joined)
		if i < 0 {
			return b
		}
		pos = end + 1
	}
}

func (b *blocks) add(start int, joins bool) {
	b.starts = append(b.starts, start)
	b.joins = append(b.joins, joins)
}

// cut is where the block that starts at pos and is too long ends.
func (b *blocks) cut(pos int) int {
	part := b.s[pos : pos+maxBlock]
	for i := len(part) - 1; i > len(part)-cutWindow; i-- {
		if part[i] == ' ' && strings.IndexByte(".!?", part[i-1]) >= 0 {
			return pos + i + 1
		}
	}
	if i := strings.LastIndexByte(part, ' '); i > 0 {
		return pos + i + 1
	}
	end := pos + maxBlock
	for !utf8.RuneStart(b.s[end]) {
		end--
	}
	// A grapheme of thousands of marks is cut all the same.
	if g := b.text.ByteOf(b.text.PrevGrapheme(b.text.RuneOf(end) + 1)); g > pos && g < end {
		return g
	}
	return end
}

func (b *blocks) count() int { return len(b.starts) }

// end is where the text of block i ends, without its line break.
func (b *blocks) end(i int) int {
	switch {
	case i+1 == len(b.starts):
		return len(b.s)
	case b.joins[i+1]:
		return b.starts[i+1]
	}
	return b.starts[i+1] - 1
}

// at is the block that holds byte o.
func (b *blocks) at(o int) int {
	return sort.Search(len(b.starts), func(i int) bool { return b.starts[i] > o }) - 1
}

// direction is the base direction of the paragraph of block i. One without
// letters goes the way of the one before it.
func (b *blocks) direction(i int) Direction {
	for range 8 {
		for i > 0 && b.joins[i] {
			i--
		}
		head := b.s[b.starts[i]:min(b.end(i), b.starts[i]+directionOf)]
		if d, ok := DirectionOf(head); ok || i == 0 {
			return d
		}
		i--
	}
	return LeftToRight
}

// empty tells a block without anything to see.
func (b *blocks) empty(i int) bool {
	for _, r := range b.s[b.starts[i]:min(b.end(i), b.starts[i]+64)] {
		if !unicode.IsSpace(r) {
			return false
		}
	}
	return b.end(i)-b.starts[i] <= 64
}
