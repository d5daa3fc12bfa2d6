package drift

import (
	"strings"
	"unicode"

	"lede/annotate/text"
)

// token is a piece of a text.
type token struct {
	text.Range
	key  string // what makes tokens alike
	word bool   // with letters or digits
}

// tokens cuts a text, all of it.
func tokens(t *text.Text) []token {
	var list []token
	for r := range t.Words(text.Range{End: t.Len()}) {
		s := t.Slice(r)
		if strings.TrimSpace(s) == "" {
			if n := len(list); n > 0 && list[n-1].key == " " {
				list[n-1].End = r.End
				continue
			}
			list = append(list, token{r, " ", false})
			continue
		}
		word := strings.IndexFunc(s, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }) >= 0
		list = append(list, token{r, s, word})
	}
	return list
}

// area is a stretch of both token lists that is not matched yet.
type area struct{ a, b, aEnd, bEnd int }

// match is a patience diff: for each token of a, its place in b, or -1.
func match(a, b []token) []int {
	to := make([]int, len(a))
	for i := range to {
		to[i] = -1
	}
	for open := []area{{0, 0, len(a), len(b)}}; len(open) > 0; {
		x := open[len(open)-1]
		open = open[:len(open)-1]
		for x.a < x.aEnd && x.b < x.bEnd && a[x.a].key == b[x.b].key {
			to[x.a] = x.b
			x.a, x.b = x.a+1, x.b+1
		}
		for x.a < x.aEnd && x.b < x.bEnd && a[x.aEnd-1].key == b[x.bEnd-1].key {
			x.aEnd, x.bEnd = x.aEnd-1, x.bEnd-1
			to[x.aEnd] = x.bEnd
		}
		if x.a == x.aEnd || x.b == x.bEnd {
			continue
		}
		last := area{a: x.a, b: x.b}
		for _, p := range unique(a, b, x) {
			to[p[0]] = p[1]
			open = append(open, area{last.a, last.b, p[0], p[1]})
			last.a, last.b = p[0]+1, p[1]+1
		}
		if last.a > x.a {
			open = append(open, area{last.a, last.b, x.aEnd, x.bEnd})
		}
	}
	return to
}

// unique are the tokens that stand once in each side of an area, as many as keep their
// order: places in a and b.
func unique(a, b []token, x area) [][2]int {
	type count struct{ inA, inB, at int }
	counts := map[string]*count{}
	for i := x.b; i < x.bEnd; i++ {
		c := counts[b[i].key]
		if c == nil {
			c = &count{}
			counts[b[i].key] = c
		}
		c.inB++
		c.at = i
	}
	for i := x.a; i < x.aEnd; i++ {
		if c := counts[a[i].key]; c != nil {
			c.inA++
		}
	}
	var words, signs [][2]int
	for i := x.a; i < x.aEnd; i++ {
		if c := counts[a[i].key]; c == nil || c.inA != 1 || c.inB != 1 {
			continue
		} else if a[i].word {
			words = append(words, [2]int{i, c.at})
		} else {
			signs = append(signs, [2]int{i, c.at})
		}
	}
	if len(words) == 0 {
		return increasing(signs)
	}
	return increasing(words) // a blank must not stand in the way of a word
}

// increasing is the longest selection of pairs, sorted by the first number, whose
// second numbers rise (patience sorting).
func increasing(pairs [][2]int) [][2]int {
	var tops []int // of piles: places in pairs
	before := make([]int, len(pairs))
	for i, p := range pairs {
		lo, hi := 0, len(tops)
		for lo < hi {
			if mid := (lo + hi) / 2; pairs[tops[mid]][1] < p[1] {
				lo = mid + 1
			} else {
				hi = mid
			}
		}
		before[i] = -1
		if lo > 0 {
			before[i] = tops[lo-1]
		}
		if lo == len(tops) {
			tops = append(tops, i)
		} else {
			tops[lo] = i
		}
	}
	chosen := make([][2]int, len(tops))
	if len(tops) == 0 {
		return chosen
	}
	for i, n := tops[len(tops)-1], len(tops)-1; n >= 0; n-- {
		chosen[n] = pairs[i]
		i = before[i]
	}
	return chosen
}
