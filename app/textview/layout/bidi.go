package layout

import (
	"unicode"

	"golang.org/x/text/unicode/bidi"
)

// Direction is the base direction of a paragraph.
type Direction uint8

// Auto takes the direction of the first strong character.
const (
	Auto Direction = iota
	LeftToRight
	RightToLeft
)

// DirectionOf is the direction of the first strong character of s, and false
// if there is none.
func DirectionOf(s string) (Direction, bool) {
	for _, r := range s {
		if d := strong(r); d != Auto {
			return d, true
		}
	}
	return LeftToRight, false
}

// strong is the direction of a strong character, Auto for others.
func strong(r rune) Direction {
	if r < 0x80 {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return LeftToRight
		}
		return Auto
	}
	p, _ := bidi.LookupRune(r)
	switch p.Class() {
	case bidi.L:
		return LeftToRight
	case bidi.R, bidi.AL:
		return RightToLeft
	}
	return Auto
}

// needsBidi is false for text that can only run left to right.
func needsBidi(rs []rune) bool {
	for _, r := range rs {
		if r >= 0x590 && r < 0x900 || r >= 0x200E && r <= 0x202E || r >= 0x2066 && r <= 0x2069 ||
			r >= 0xFB1D && r <= 0xFEFF || r >= 0x10800 && r < 0x11000 || r >= 0x1E800 && r < 0x1F000 {
			return true
		}
	}
	return false
}

// levels are the embedding levels (UAX #9) of a paragraph's characters.
//
// The bidi package tells directions, not levels. Levels 0 and 1 follow; level 2
// is a number inside right-to-left text or anything left to right in a
// right-to-left paragraph. Deeper explicit embeddings are folded into these.
func levels(rs []rune, base Direction) []uint8 {
	out := make([]uint8, len(rs))
	if base != RightToLeft && !needsBidi(rs) {
		return out
	}
	// A leading mark pins the paragraph's direction: the package would take it
	// from the first strong character of what may be a later part of one.
	mark, low := "\u200e", uint8(0)
	if base == RightToLeft {
		mark, low = "\u200f", 1
	}
	var p bidi.Paragraph
	def := bidi.LeftToRight
	if low == 1 {
		def = bidi.RightToLeft
	}
	if _, err := p.SetString(mark+string(rs), bidi.DefaultDirection(def)); err != nil {
		return fill(out, low)
	}
	order, err := p.Order()
	if err != nil {
		return fill(out, low)
	}
	fill(out, low)
	for i := range order.NumRuns() {
		run := order.Run(i)
		from, to := run.Pos()
		level := uint8(1)
		if run.Direction() != bidi.RightToLeft {
			level = low * 2
		}
		for k := max(from-1, 0); k < to && k < len(out); k++ {
			out[k] = level
		}
	}
	if low == 0 {
		raiseNumbers(rs, out)
	}
	return out
}

func fill(s []uint8, v uint8) []uint8 {
	for i := range s {
		s[i] = v
	}
	return s
}

// raiseNumbers gives level 2 to numbers that follow right-to-left text in a
// left-to-right paragraph, so that they stay inside it.
func raiseNumbers(rs []rune, levels []uint8) {
	last, inNumber := LeftToRight, false
	for i, r := range rs {
		if d := strong(r); d != Auto {
			last, inNumber = d, false
			continue
		}
		if levels[i] != 0 || last != RightToLeft {
			inNumber = false
			continue
		}
		p, _ := bidi.LookupRune(r)
		switch p.Class() {
		case bidi.EN, bidi.AN:
			inNumber = true
			levels[i] = 2
			for k := i - 1; k >= 0 && levels[k] == 0 && attached(rs[k]); k-- {
				levels[k] = 2 // a sign or currency before the number
			}
		default:
			if inNumber && (attached(r) || between(rs, levels, i)) {
				levels[i] = 2
			} else {
				inNumber = false
			}
		}
	}
}

// attached tells characters that take the level of the number beside them.
func attached(r rune) bool {
	p, _ := bidi.LookupRune(r)
	switch p.Class() {
	case bidi.ET, bidi.NSM, bidi.BN:
		return true
	}
	return false
}

// between tells a separator with a number on both sides.
func between(rs []rune, levels []uint8, i int) bool {
	p, _ := bidi.LookupRune(rs[i])
	if c := p.Class(); c != bidi.ES && c != bidi.CS || i+1 >= len(rs) || levels[i+1] != 0 {
		return false
	}
	q, _ := bidi.LookupRune(rs[i+1])
	return q.Class() == bidi.EN || q.Class() == bidi.AN
}

// reorder sorts runs from logical to visual order by their levels (UAX #9, L2).
func reorder(runs []Run) {
	var highest uint8
	for _, r := range runs {
		highest = max(highest, r.Level)
	}
	for level := highest; level > 0; level-- {
		for i := 0; i < len(runs); i++ {
			if runs[i].Level < level {
				continue
			}
			j := i
			for j < len(runs) && runs[j].Level >= level {
				j++
			}
			for a, b := i, j-1; a < b; a, b = a+1, b-1 {
				runs[a], runs[b] = runs[b], runs[a]
			}
			i = j
		}
	}
}

// blank tells white space, which hangs over the end of a line.
func blank(r rune) bool { return unicode.IsSpace(r) || r == 0x200B }
