package text

import (
	"strings"
	"unicode"
)

// Marks tells how the quotation marks of a span stand.
type Marks struct {
	Pairs  int   // quotations that are opened and closed; those within others do not count
	Alone  []int // offsets, in code points, of marks without a partner
	Around bool  // all the words are inside quotation marks
}

// Marks looks at the quotation marks of a span, its fragments read as one. Single
// marks without a partner are apostrophes; Quoted says which marks it knows. A
// quotation that is opened anew with each paragraph and closed at the end has its
// partner.
func (t *Text) Marks(fragments []Range) Marks {
	q := quoter{before: edge, after: edge}
	var at []int // offset of each rune of q.s
	for i, f := range fragments {
		if i > 0 {
			q.s, at = append(q.s, ' '), append(at, f.Start)
		}
		for k, c := range []rune(t.Slice(f)) {
			q.s, at = append(q.s, c), append(at, f.Start+k)
		}
	}
	var m Marks
	outside := false
	for i := 0; i < len(q.s); {
		end, single := i+1, strings.ContainsRune(singles, q.s[i])
		switch closers := q.opens(i); {
		case closers != "":
			to := q.close(i, closers)
			switch {
			case to > i+1 && strings.ContainsRune(closers, q.s[to-1]):
				m.Pairs++
				end = to
			case !single:
				m.Alone = append(m.Alone, at[i])
			}
		case q.strayClose(i):
			m.Alone = append(m.Alone, at[i])
		default:
			outside = outside || unicode.IsLetter(q.s[i]) || unicode.IsDigit(q.s[i])
		}
		i = end
	}
	m.Around = m.Pairs > 0 && !outside
	return m
}

// CountWords counts the words that overlap r, UAX #29 segments that are more than
// blanks and punctuation; it stops at most.
func (t *Text) CountWords(r Range, most int) int {
	n := 0
	for w := range t.Words(r) {
		if t.isWord(w) {
			if n++; n >= most {
				break
			}
		}
	}
	return n
}
