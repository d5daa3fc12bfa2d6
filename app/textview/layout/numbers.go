package layout

import "unicode"

// Paragraphs is how many paragraphs have something to see. The first call for a
// text counts them, in time linear in its paragraphs; it is cheap afterwards.
func (f *Flow) Paragraphs() int {
	n := f.blocks.numbered()
	return int(n[len(n)-1])
}

// Number is the number, from 1, of the paragraph that starts on a line: blank
// paragraphs are not counted. It is 0 for any other line, and finds the number
// without going through the text.
func (f *Flow) Number(l PlacedLine) int {
	if l.Line.Start > 0 {
		return 0
	}
	i := f.blocks.at(f.blocks.text.ByteOf(l.Base))
	n := f.blocks.numbered()
	if f.blocks.joins[i] || n[i] == n[i+1] {
		return 0
	}
	return int(n[i+1])
}

// ParagraphOf is the number of the paragraph that holds code point o, that of the
// one before it in a blank paragraph, and 0 before the first.
func (f *Flow) ParagraphOf(o int) int {
	o = max(0, min(o, f.blocks.text.Len()))
	return int(f.blocks.numbered()[f.blocks.at(f.blocks.text.ByteOf(o))+1])
}

// numbered is, for each block and the end, how many paragraphs with something to
// see begin before it.
func (b *blocks) numbered() []int32 {
	if b.numbers != nil {
		return b.numbers
	}
	b.numbers = make([]int32, b.count()+1)
	n := int32(0)
	for i := range b.starts {
		b.numbers[i] = n
		if !b.joins[i] && !b.blank(i) {
			n++
		}
	}
	b.numbers[b.count()] = n
	return b.numbers
}

// blank tells whether the paragraph that starts with block i has nothing to see.
func (b *blocks) blank(i int) bool {
	last := i
	for last+1 < b.count() && b.joins[last+1] {
		last++
	}
	for _, r := range b.s[b.starts[i]:b.end(last)] {
		if !unicode.IsSpace(r) {
			return false
		}
	}
	return true
}

// About is the height in the column at which code point o stands, near enough for
// a mark beside the scroll bar: nothing is laid out for it.
func (f *Flow) About(o int) float64 {
	b := f.blocks
	at := b.text.ByteOf(max(0, min(o, b.text.Len())))
	i := b.at(at)
	part := float64(at-b.starts[i]) / float64(max(1, b.end(i)-b.starts[i]))
	return f.metrics.Head + float64(f.heights.sum(i)) + min(1, part)*float64(f.heights.values[i])
}

// OffsetAbout is a code point near a height of the column: the inverse of About.
func (f *Flow) OffsetAbout(y float64) int {
	b := f.blocks
	i, rest := f.heights.find(int(max(0, y-f.metrics.Head)))
	part := min(1, float64(rest)/float64(max(1, f.heights.values[i])))
	return b.text.RuneOf(b.starts[i] + int(part*float64(b.end(i)-b.starts[i])))
}
