package text

import (
	"iter"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/clipperhouse/uax29/v2/sentences"
	"github.com/clipperhouse/uax29/v2/words"
)

// Granularity is the unit a selection grows to.
type Granularity int

// Character is a grapheme cluster; Word and Sentence are UAX #29 segments.
const (
	Character Granularity = iota
	Word
	Sentence
)

// rules is one kind of segmentation: how far to look for a place to start, and
// which places are borders whatever stands before them.
type rules struct {
	reach int // code points walked back at most; longer segments may be cut
	safe  func(s string, line, b int) bool
	next  func(s string) int // length in bytes of the first segment
}

var kinds = [...]rules{
	Character: {1024, safeGrapheme, func(s string) int {
		it := graphemes.FromString(s)
		it.Next()
		return it.End()
	}},
	Word: {2048, safeWord, func(s string) int {
		it := words.FromString(s)
		it.Next()
		return it.End()
	}},
	Sentence: {8192, safeSentence, func(s string) int {
		it := sentences.FromString(s)
		it.Next()
		return it.End()
	}},
}

// window is the stretch of bytes in which segments around a place are computed.
type window struct {
	k       rules
	s       string
	at, end int // bytes
	sure    int // segments that end before this byte cannot depend on what lies behind end
}

// windowAt starts at a sure border at or before code point o < Len, in its line.
func (t *Text) windowAt(g Granularity, o int) window {
	k, i := kinds[g], t.lineOf(o)
	line := t.Line(i)
	start, b := t.ByteOf(line.Start), t.ByteOf(o)
	w := window{k: k, s: t.s}
	// The line's own '\n' belongs to it here: UAX #29 breaks after it, always.
	w.end = min(t.ByteOf(line.End+1), b+4*k.reach)
	for w.end < len(t.s) && !utf8.RuneStart(t.s[w.end]) {
		w.end++
	}
	if w.sure = w.end + 1; w.end < t.ByteOf(line.End+1) {
		w.sure = w.end - k.reach
	}
	for steps := 0; ; steps++ {
		if b == start || k.safe(t.s, start, b) {
			w.at = b
			return w
		}
		if steps == k.reach {
			// No border in reach: start at a fixed grid, so that neighbouring
			// offsets mostly agree on where the giant segment is cut.
			o = max(line.Start, (o-k.reach)/k.reach*k.reach)
			w.at = t.ByteOf(o)
			return w
		}
		_, size := utf8.DecodeLastRuneInString(t.s[:b])
		b -= size
	}
}

// next returns the segment at w.at and moves behind it.
func (w *window) next() (from, to int) {
	from = w.at
	w.at += w.k.next(w.s[from:w.end])
	return from, w.at
}

// segment is the segment that code point o lies in; at the end of the text, the
// last one.
func (t *Text) segment(g Granularity, o int) Range {
	if t.n == 0 {
		return Range{}
	}
	o = clamp(o, t.n-1)
	b := t.ByteOf(o)
	w := t.windowAt(g, o)
	for {
		from, to := w.next()
		if to > b {
			return Range{t.RuneOf(from), t.RuneOf(to)}
		}
	}
}

// segments yields the segments that overlap r, in order.
func (t *Text) segments(g Granularity, r Range) iter.Seq[Range] {
	return func(yield func(Range) bool) {
		end := min(r.End, t.n)
		for o := max(r.Start, 0); o < end; {
			first := t.segment(g, o)
			if !yield(first) {
				return
			}
			// Go on inside the same line without looking for a start again.
			o = first.End
			if o >= end {
				return
			}
			w := t.windowAt(g, o)
			w.at = t.ByteOf(o) // a border, though maybe not one that shows by itself
			for w.at < w.end && o < end {
				from, to := w.next()
				if to >= w.sure {
					break
				}
				seg := Range{o, o + utf8.RuneCountInString(t.s[from:to])}
				if !yield(seg) {
					return
				}
				o = seg.End
			}
		}
	}
}

// Graphemes yields the grapheme clusters that overlap r.
func (t *Text) Graphemes(r Range) iter.Seq[Range] { return t.segments(Character, r) }

// Words yields the word segments (blanks and punctuation too) that overlap r.
func (t *Text) Words(r Range) iter.Seq[Range] { return t.segments(Word, r) }

// Sentences yields the sentences that overlap r, with their trailing blanks.
func (t *Text) Sentences(r Range) iter.Seq[Range] { return t.segments(Sentence, r) }

// simple reports whether the code point at byte b is a cluster of its own by
// its plain looks: ASCII on both sides, no CR.
func (t *Text) simple(b int) bool {
	return t.s[b] < utf8.RuneSelf && t.s[b] != '\r' && (b+1 == len(t.s) || t.s[b+1] < utf8.RuneSelf)
}

// NextGrapheme is the end of the cluster at o; Len at the end.
func (t *Text) NextGrapheme(o int) int {
	if o = clamp(o, t.n); o == t.n {
		return o
	}
	if t.simple(t.ByteOf(o)) {
		return o + 1
	}
	return t.segment(Character, o).End
}

// PrevGrapheme is the start of the cluster before o; 0 at the start.
func (t *Text) PrevGrapheme(o int) int {
	if o = clamp(o, t.n); o == 0 {
		return 0
	}
	return t.segment(Character, o-1).Start
}

// IsGrapheme reports whether o is a border between clusters.
func (t *Text) IsGrapheme(o int) bool {
	if o <= 0 || o >= t.n {
		return o == 0 || o == t.n
	}
	return t.segment(Character, o).Start == o
}

// Word is the UAX #29 word segment at o, which may be blanks or punctuation; at
// the end of the text, the last one.
func (t *Text) Word(o int) Range { return t.segment(Word, o) }

// Sentence is the UAX #29 sentence at o, with the blanks that follow it.
func (t *Text) Sentence(o int) Range { return t.segment(Sentence, o) }

// isWord reports whether a word segment is one for a person: it has something
// that is neither white space nor punctuation.
func (t *Text) isWord(r Range) bool {
	for _, c := range t.Slice(r) {
		if !unicode.IsSpace(c) && !unicode.IsPunct(c) && !unicode.IsControl(c) {
			return true
		}
	}
	return false
}

// NextWord moves a caret to the end of the word at or after o, so that a
// selection made with it takes no outer blank.
func (t *Text) NextWord(o int) int {
	for o = clamp(o, t.n); o < t.n; {
		seg := t.segment(Word, o)
		o = seg.End
		if t.isWord(seg) {
			return o
		}
	}
	return t.n
}

// PrevWord moves a caret to the start of the word before o.
func (t *Text) PrevWord(o int) int {
	for o = clamp(o, t.n); o > 0; {
		seg := t.segment(Word, o-1)
		o = seg.Start
		if t.isWord(seg) {
			return o
		}
	}
	return 0
}

// Trim drops outer white space, but never cuts a cluster (a blank that carries
// a combining mark stays). A range of nothing but blanks becomes empty.
func (t *Text) Trim(r Range) Range {
	r = Range{clamp(r.Start, t.n), clamp(r.End, t.n)}
	out := r
	for out.Start < out.End && unicode.IsSpace(t.RuneAt(out.Start)) {
		out.Start++
	}
	if out.Start >= out.End {
		return Range{r.Start, r.Start}
	}
	for unicode.IsSpace(t.RuneAt(out.End - 1)) {
		out.End--
	}
	if out.Start > r.Start && !t.IsGrapheme(out.Start) {
		out.Start = max(r.Start, t.PrevGrapheme(out.Start))
	}
	if out.End < r.End && !t.IsGrapheme(out.End) {
		out.End = min(r.End, t.NextGrapheme(out.End))
	}
	return out
}

// Snap grows r to the borders of g and trims the result. A caret (empty r)
// stays where it is.
func (t *Text) Snap(r Range, g Granularity) Range {
	r = Range{clamp(r.Start, t.n), clamp(r.End, t.n)}
	if r.Empty() {
		return Range{r.Start, r.Start}
	}
	// A selection that takes in outer blanks means the words inside it, not
	// the sentence or cluster that the blank happens to belong to.
	if in := t.Trim(r); !in.Empty() {
		r = in
	}
	r = Range{t.segment(g, r.Start).Start, t.segment(g, r.End-1).End}
	// UAX #29 lets a word end inside a cluster behind prepended marks.
	return t.Trim(Range{t.segment(Character, r.Start).Start, t.segment(Character, r.End-1).End})
}
