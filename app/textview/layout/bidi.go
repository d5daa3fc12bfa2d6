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

// DirectionOf is the direction of the first strong character of s that is not in
// an isolate (UAX #9, P2), and false if there is none.
func DirectionOf(s string) (Direction, bool) {
	depth := 0
	for _, r := range s {
		switch {
		case r >= 0x2066 && r <= 0x2068:
			depth++
		case r == 0x2069:
			depth = max(0, depth-1)
		case depth == 0:
			if d := strong(r); d != Auto {
				return d, true
			}
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
func levels(rs []rune, base Direction) []uint8 {
	switch {
	case base == RightToLeft:
		return resolve(rs, 1)
	case needsBidi(rs):
		return resolve(rs, 0)
	}
	return make([]uint8, len(rs))
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
