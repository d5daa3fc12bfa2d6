package text

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// sampleEvery is the distance, in code points, between two entries of the
// index: a conversion decodes at most that many.
const sampleEvery = 64

// Text is an immutable text with an index from code points to bytes and UTF-16
// units. Use it by pointer; it is safe for concurrent use.
//
// Offsets outside [0, Len] are moved to the nearest end, so that a stale offset
// of a caller shows as a wrong place and not as a crash.
type Text struct {
	s     string
	n     int  // code points
	ascii bool // then all units agree and no index is kept

	bytes []uint32 // byte offset of code point i*sampleEvery
	pairs []uint32 // surrogate pairs before that code point; nil if there are none
	total int      // surrogate pairs in all
	lines []uint32 // offset of each '\n', in code points
}

// New indexes s, which must be valid UTF-8 (Decode and Normalize see to that).
func New(s string) *Text {
	t := &Text{s: s, ascii: isASCII(s)}
	if t.ascii {
		t.n = len(s)
		t.lines = asciiLines(s)
		return t
	}
	t.bytes = make([]uint32, 0, len(s)/sampleEvery+1)
	pairs := make([]uint32, 0, len(s)/sampleEvery+1)
	for b, r := range s {
		if t.n%sampleEvery == 0 {
			t.bytes = append(t.bytes, uint32(b))
			pairs = append(pairs, uint32(t.total))
		}
		switch {
		case r == '\n':
			t.lines = append(t.lines, uint32(t.n))
		case r > 0xFFFF:
			t.total++
		}
		t.n++
	}
	if t.total > 0 {
		t.pairs = pairs
	}
	return t
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func asciiLines(s string) []uint32 {
	lines := make([]uint32, 0, strings.Count(s, "\n"))
	for i := 0; i < len(s); i++ {
		j := strings.IndexByte(s[i:], '\n')
		if j < 0 {
			break
		}
		i += j
		lines = append(lines, uint32(i))
	}
	return lines
}

// String is the whole text.
func (t *Text) String() string { return t.s }

// Len is the number of code points.
func (t *Text) Len() int { return t.n }

// Bytes is the number of UTF-8 bytes.
func (t *Text) Bytes() int { return len(t.s) }

// Lines is the number of paragraphs: one more than there are '\n'.
func (t *Text) Lines() int { return len(t.lines) + 1 }

func clamp(o, n int) int { return max(0, min(o, n)) }

// ByteOf is the byte offset of the code point at o.
func (t *Text) ByteOf(o int) int {
	o = clamp(o, t.n)
	if t.ascii {
		return o
	}
	if o == t.n {
		return len(t.s)
	}
	b := int(t.bytes[o/sampleEvery])
	for i := o % sampleEvery; i > 0; i-- {
		b += runeSize(t.s[b])
	}
	return b
}

// runeSize is the length of the rune that starts with this byte (valid UTF-8).
func runeSize(lead byte) int {
	switch {
	case lead < 0x80:
		return 1
	case lead < 0xE0:
		return 2
	case lead < 0xF0:
		return 3
	}
	return 4
}

// RuneOf is the offset, in code points, of byte b; a byte inside a code point
// belongs to that code point.
func (t *Text) RuneOf(b int) int {
	b = clamp(b, len(t.s))
	if t.ascii {
		return b
	}
	if b == len(t.s) {
		return t.n
	}
	i := sort.Search(len(t.bytes), func(i int) bool { return int(t.bytes[i]) > b }) - 1
	o, at := i*sampleEvery, int(t.bytes[i])
	for {
		next := at + runeSize(t.s[at])
		if next > b {
			return o
		}
		o, at = o+1, next
	}
}

// UTF16Of is the offset of o in UTF-16 code units.
func (t *Text) UTF16Of(o int) int {
	o = clamp(o, t.n)
	if t.pairs == nil {
		return o
	}
	if o == t.n {
		return t.n + t.total
	}
	i := o / sampleEvery
	u, b := i*sampleEvery+int(t.pairs[i]), int(t.bytes[i])
	for k := o % sampleEvery; k > 0; k-- {
		size := runeSize(t.s[b])
		b += size
		u += units(size)
	}
	return u
}

func units(runeSize int) int {
	if runeSize == 4 {
		return 2
	}
	return 1
}

// RuneOfUTF16 is the offset, in code points, of UTF-16 unit u. ok is false when
// u lies inside a surrogate pair (o is then the pair's code point) or outside
// the text.
func (t *Text) RuneOfUTF16(u int) (o int, ok bool) {
	end := t.n + t.total
	if u < 0 || u > end {
		return clamp(u, t.n), false
	}
	if t.pairs == nil {
		return u, true
	}
	if u == end {
		return t.n, true
	}
	i := sort.Search(len(t.pairs), func(i int) bool { return i*sampleEvery+int(t.pairs[i]) > u }) - 1
	o, at, b := i*sampleEvery, i*sampleEvery+int(t.pairs[i]), int(t.bytes[i])
	for at < u {
		size := runeSize(t.s[b])
		if at+units(size) > u {
			return o, false
		}
		o, at, b = o+1, at+units(size), b+size
	}
	return o, true
}

// RuneAt is the code point at offset o; -1 at the end of the text.
func (t *Text) RuneAt(o int) rune {
	if o < 0 || o >= t.n {
		return -1
	}
	r, _ := utf8.DecodeRuneInString(t.s[t.ByteOf(o):])
	return r
}

// Slice is the text of a range.
func (t *Text) Slice(r Range) string {
	from, to := t.ByteOf(r.Start), t.ByteOf(r.End)
	if to <= from {
		return ""
	}
	return t.s[from:to]
}

// Quote is the text of a span: its fragments' texts joined with one blank.
func (t *Text) Quote(fragments []Range) string {
	if len(fragments) == 1 {
		return t.Slice(fragments[0])
	}
	parts := make([]string, len(fragments))
	for i, f := range fragments {
		parts[i] = t.Slice(f)
	}
	return strings.Join(parts, " ")
}

// lineOf is the index of the paragraph that o lies in; a '\n' belongs to the
// paragraph it ends.
func (t *Text) lineOf(o int) int {
	return sort.Search(len(t.lines), func(i int) bool { return int(t.lines[i]) >= o })
}

// Line is paragraph i, without its '\n'.
func (t *Text) Line(i int) Range {
	r := Range{0, t.n}
	if i > 0 {
		r.Start = int(t.lines[i-1]) + 1
	}
	if i < len(t.lines) {
		r.End = int(t.lines[i])
	}
	return r
}

// Paragraph is the line that o lies in, without its '\n'.
func (t *Text) Paragraph(o int) Range { return t.Line(t.lineOf(clamp(o, t.n))) }
