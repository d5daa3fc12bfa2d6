package layout

import (
	"slices"

	"golang.org/x/text/unicode/bidi"
)

const (
	longPiece     = 48 // code points; a longer word is drawn in parts
	cjkPiece      = 4
	syllablePiece = 6 // of a script without blanks: from here on it is cut
)

// Pieces cuts a run for drawing. What draws the text keeps an image of every
// string for a while: words repeat, lines do not.
func (b *Block) Pieces(r *Run) []Piece {
	if r.cut {
		return r.pieces
	}
	r.cut = true
	start := r.Start
	for i := r.Start; i < r.End; i++ {
		switch {
		case blank(b.runes[i]):
			r.add(b, start, i)
			start = i + 1
		case i > start && b.grapheme[i] && b.cutsAt(r, start, i):
			r.add(b, start, i)
			start = i
		}
	}
	r.add(b, start, r.End)
	return r.pieces
}

// Whole is a run as one piece, without outer blanks: for the few small texts
// that show again and again, whose words would stand unevenly if each were
// rounded to a pixel.
func (b *Block) Whole(r *Run) Piece {
	from, to := r.Start, b.trim(r.Start, r.End)
	for from < to && blank(b.runes[from]) {
		from++
	}
	one := *r
	one.pieces = nil
	one.add(b, from, to)
	if len(one.pieces) == 0 {
		return Piece{}
	}
	return one.pieces[0]
}

// cutsAt tells whether a piece from start may end before character i.
func (b *Block) cutsAt(r *Run, start, i int) bool {
	if !r.cjk && b.runes[i] != replacement {
		if i-start >= syllablePiece && spellerOf(b.runes[i]) != nil {
			_, opportunity := slices.BinarySearch(b.breaks, i)
			return opportunity
		}
		// Letters of joined scripts change their form at a cut.
		return i-start >= longPiece && r.Level == 0 && b.runes[i] < 0x590 && b.runes[i-1] < 0x590
	}
	if i-start >= cjkPiece {
		return true
	}
	_, opportunity := slices.BinarySearch(b.breaks, i)
	return opportunity && i-start >= 2
}

func (r *Run) add(b *Block, from, to int) {
	if from >= to {
		return
	}
	x0, x1 := b.edge(r, from), b.edge(r, to)
	if r.RTL() {
		x0, x1 = x1, x0
	}
	r.pieces = append(r.pieces, Piece{pinned(b.runes[from:to], r.RTL()), x0, x1 - x0})
}

// pinned wraps text in marks so that a renderer that assumes a left-to-right
// paragraph draws it in the direction of its run.
func pinned(rs []rune, rtl bool) string {
	var against, neutral bool
	for _, r := range rs {
		switch d := strong(r); {
		case d == Auto:
			neutral = true
		case (d == RightToLeft) != rtl:
			against = true
		}
	}
	switch {
	case against && rtl: // forced by explicit marks in the text
		return "\u202e" + string(rs) + "\u202c"
	case against:
		return "\u202d" + string(rs) + "\u202c"
	case rtl && hasNumber(rs):
		return "\u202e" + string(rs) + "\u202c"
	case rtl && neutral:
		return "\u200f" + string(rs) + "\u200f"
	}
	return string(rs)
}

func hasNumber(rs []rune) bool {
	return slices.ContainsFunc(rs, func(r rune) bool {
		p, _ := bidi.LookupRune(r)
		return p.Class() == bidi.EN || p.Class() == bidi.AN
	})
}
