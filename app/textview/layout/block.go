package layout

import (
	"sort"

	"github.com/go-text/typesetting/language"
)

// Block is a laid out paragraph. Offsets are code points from its start,
// positions are relative to its column's left edge.
type Block struct {
	Lines  []Line
	RTL    bool    // the paragraph runs right to left
	Ascent float32 // of the main face: from the top of its line box to the baseline
	Height float32 // of the main face's line box

	runes    []rune
	cum      []float32 // advance of everything before a character, in logical order
	grapheme []bool    // a grapheme starts here
	breaks   []int     // ends of UAX #14 segments, ascending
	shaped   []shapedItem
	missing  []rune // that no face has
	width    float32
}

// Line is one visual line of a block.
type Line struct {
	Start, End int     // its characters, with the blanks that hang over its end
	Trim       int     // End without those
	X, Width   float32 // of [Start, Trim)
	Runs       []Run   // from left to right
}

// Run is a part of a line in one face and one direction.
type Run struct {
	Start, End int
	Level      uint8 // odd runs from right to left
	Face       *Face
	X, W       float32
	Ascent     float32 // of the face: from the top of its line box to the baseline
	Height     float32 // of the face's line box
	pieces     []Piece
	cut        bool
	cjk        bool
}

// RTL tells whether the run goes from right to left.
func (r *Run) RTL() bool { return r.Level%2 == 1 }

// Piece is the unit of drawing: a word, or a few characters of a script without
// blanks. Text is to be drawn as it is, with its left edge at X: it holds
// invisible marks that pin its direction.
type Piece struct {
	Text string
	X, W float32
}

// Len is the number of code points.
func (b *Block) Len() int { return len(b.runes) }

// itemsOf are the shaped items from the one that holds character i.
func (b *Block) itemsOf(i int) []shapedItem {
	k := sort.Search(len(b.shaped), func(k int) bool { return b.shaped[k].end > i })
	return b.shaped[k:]
}

// edge is where character i of run r begins: its left edge, or its right one in
// a run from right to left. i may be the end of the run.
func (b *Block) edge(r *Run, i int) float32 {
	d := b.cum[i] - b.cum[r.Start]
	if r.RTL() {
		return r.X + r.W - d
	}
	return r.X + d
}

// LineOf is the index of the line on which a caret at o stands. Where two lines
// meet, upstream takes the end of the first instead of the start of the second.
func (b *Block) LineOf(o int, upstream bool) int {
	i := sort.Search(len(b.Lines), func(i int) bool { return b.Lines[i].End > o })
	if i == len(b.Lines) {
		i--
	}
	if upstream && i > 0 && o == b.Lines[i].Start && b.Lines[i-1].End == o {
		i--
	}
	return i
}

// CaretX is where a caret at o stands on line l: at the leading edge of the
// character after it, or at the trailing edge of the line's last one.
func (b *Block) CaretX(l *Line, o int) float32 {
	for i := range l.Runs {
		if r := &l.Runs[i]; o >= r.Start && o < r.End {
			return b.edge(r, o)
		}
	}
	for i := range l.Runs {
		if r := &l.Runs[i]; o == r.End && r.End == l.End {
			return b.edge(r, o)
		}
	}
	return l.X
}

// CaretAt is where a caret at o stands on line l. Where text of two directions
// meets these are two places: upstream takes the one behind the character before o
// instead of the one before the character after it.
func (b *Block) CaretAt(l *Line, o int, upstream bool) float32 {
	if upstream && o > l.Start {
		for i := range l.Runs {
			if r := &l.Runs[i]; o > r.Start && o <= r.End {
				return b.edge(r, o)
			}
		}
	}
	return b.CaretX(l, o)
}

// Cell is the grapheme at x on line l and its x extent; ok is false if x is
// beside the text.
func (b *Block) Cell(l *Line, x float32) (from, to int, x0, x1 float32, rtl, ok bool) {
	for i := range l.Runs {
		r := &l.Runs[i]
		if x < r.X || x >= r.X+r.W {
			continue
		}
		d := x - r.X
		if r.RTL() {
			d = r.W - d
		}
		base := b.cum[r.Start]
		// The last character whose leading edge is not beyond x.
		k := r.Start + sort.Search(r.End-r.Start, func(i int) bool { return b.cum[r.Start+i+1]-base > d })
		k = min(k, r.End-1)
		for k > r.Start && !b.grapheme[k] {
			k--
		}
		end := k + 1
		for end < r.End && !b.grapheme[end] {
			end++
		}
		x0, x1 = b.edge(r, k), b.edge(r, end)
		if x0 > x1 {
			x0, x1 = x1, x0
		}
		return k, end, x0, x1, r.RTL(), true
	}
	return 0, 0, 0, 0, false, false
}

// Hit is the caret position nearest to x on line l. upstream says that it is
// behind the character before it: at the end of this line and not the start of the
// next, or where text of two directions meets (see CaretAt).
func (b *Block) Hit(l *Line, x float32) (o int, upstream bool) {
	from, to, x0, x1, rtl, ok := b.Cell(l, x)
	if !ok {
		left := len(l.Runs) == 0 || x < l.Runs[0].X
		if left != b.RTL {
			return l.Start, false
		}
		return l.Trim, l.Trim == l.End
	}
	first := x < (x0+x1)/2 // the left half
	if first != rtl {
		return from, false
	}
	if to == l.End && l.Trim < l.End {
		return l.Trim, false
	}
	behind := x1
	if rtl {
		behind = x0
	}
	return to, to == l.End || abs(b.CaretX(l, to)-behind) > slack
}

func abs(x float32) float32 { return max(x, -x) }

// Segments calls f with each stretch of x that the characters [from, to) take
// on line l: several where text of two directions meets.
func (b *Block) Segments(l *Line, from, to int, f func(x0, x1 float32)) {
	from, to = max(from, l.Start), min(to, l.End)
	open, e0, e1 := false, float32(0), float32(0)
	for i := range l.Runs {
		r := &l.Runs[i]
		a, z := max(from, r.Start), min(to, r.End)
		if a >= z {
			continue
		}
		x0, x1 := b.edge(r, a), b.edge(r, z)
		if x0 > x1 {
			x0, x1 = x1, x0
		}
		if open && x0-e1 < slack { // joined, so that no seam shows
			e1 = x1
			continue
		}
		if open {
			f(e0, e1)
		}
		open, e0, e1 = true, x0, x1
	}
	if open {
		f(e0, e1)
	}
}

// Grapheme tells whether a grapheme starts at o, or the block ends there.
func (b *Block) Grapheme(o int) bool { return b.grapheme[o] }

// isCJK tells scripts that are written without blanks in square characters.
func isCJK(s language.Script) bool {
	switch s {
	case language.Han, language.Hiragana, language.Katakana, language.Hangul, language.Bopomofo, language.Yi:
		return true
	}
	return false
}

// RTLAt tells whether the character at o on line l runs from right to left.
func (b *Block) RTLAt(l *Line, o int) bool {
	for i := range l.Runs {
		if r := &l.Runs[i]; o >= r.Start && o < r.End {
			return r.RTL()
		}
	}
	return b.RTL
}
