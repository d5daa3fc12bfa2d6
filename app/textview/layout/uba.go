package layout

import (
	"slices"

	"golang.org/x/text/unicode/bidi"
)

// maxDepth is how deep embeddings go (UAX #9, BD2).
const maxDepth = 125

// resolver works out the embedding levels of a paragraph by the rules of UAX #9,
// which its functions are named after.
type resolver struct {
	rs    []rune
	base  uint8
	orig  []bidi.Class // of the characters
	class []bidi.Class // as the rules have changed them
	level []uint8
	match []int // of an isolate's start its end, and the other way round; -1 for none
	kept  []int // what X9 leaves
	place []int // of a character in kept, -1 for none
}

func isolates(c bidi.Class) bool { return c == bidi.LRI || c == bidi.RLI || c == bidi.FSI }

// removed tells what X9 takes out: it has no direction and no width.
func removed(c bidi.Class) bool {
	switch c {
	case bidi.LRE, bidi.RLE, bidi.LRO, bidi.RLO, bidi.PDF, bidi.BN:
		return true
	}
	return false
}

// resolve returns the levels of the characters.
func resolve(rs []rune, base uint8) []uint8 {
	n := len(rs)
	r := &resolver{
		rs: rs, base: base, orig: make([]bidi.Class, n), class: make([]bidi.Class, n),
		level: make([]uint8, n), match: make([]int, n), place: make([]int, n),
	}
	for i, c := range rs {
		p, _ := bidi.LookupRune(c)
		r.orig[i] = p.Class()
	}
	copy(r.class, r.orig)
	r.isolates()
	r.explicit()
	for _, seq := range r.sequences() {
		seq.weak()
		seq.brackets()
		seq.neutral()
		seq.implicit()
	}
	r.rest()
	return r.level
}

// isolates pairs the starts and ends of isolates (BD9).
func (r *resolver) isolates() {
	var open []int
	for i, c := range r.orig {
		r.match[i] = -1
		switch {
		case isolates(c):
			open = append(open, i)
		case c == bidi.PDI && len(open) > 0:
			start := open[len(open)-1]
			open = open[:len(open)-1]
			r.match[i], r.match[start] = start, i
		}
	}
}

// embedding is an entry of the stack of X1.
type embedding struct {
	level    uint8
	override bidi.Class // L, R, or ON for none
	isolate  bool
}

// explicit assigns levels by embeddings, overrides and isolates (X1–X8).
func (r *resolver) explicit() {
	stack := []embedding{{r.base, bidi.ON, false}}
	isolated, beyond, beyondIsolates := 0, 0, 0 // valid isolates; what overflows
	top := func() embedding { return stack[len(stack)-1] }
	put := func(i int) {
		r.level[i] = top().level
		if o := top().override; o != bidi.ON {
			r.class[i] = o
		}
	}
	for i, c := range r.orig {
		switch {
		case c == bidi.LRE || c == bidi.RLE || c == bidi.LRO || c == bidi.RLO:
			next := above(top().level, c == bidi.RLE || c == bidi.RLO)
			switch {
			case next <= maxDepth && beyond == 0 && beyondIsolates == 0:
				stack = append(stack, embedding{next, overrideOf(c), false})
			case beyondIsolates == 0:
				beyond++
			}
		case isolates(c):
			put(i)
			next := above(top().level, r.rightwards(i))
			if next <= maxDepth && beyond == 0 && beyondIsolates == 0 {
				isolated++
				stack = append(stack, embedding{next, bidi.ON, true})
			} else {
				beyondIsolates++
			}
		case c == bidi.PDI:
			switch {
			case beyondIsolates > 0:
				beyondIsolates--
			case isolated > 0:
				beyond = 0
				for !top().isolate {
					stack = stack[:len(stack)-1]
				}
				stack = stack[:len(stack)-1]
				isolated--
			}
			put(i)
		case c == bidi.PDF:
			switch {
			case beyondIsolates > 0:
			case beyond > 0:
				beyond--
			case !top().isolate && len(stack) > 1:
				stack = stack[:len(stack)-1]
			}
		case c == bidi.B:
			r.level[i] = r.base
		case c != bidi.BN:
			put(i)
		}
	}
}

// above is the next level of a direction.
func above(level uint8, rtl bool) uint8 {
	if rtl {
		return (level + 1) | 1
	}
	return (level + 2) &^ 1
}

func overrideOf(c bidi.Class) bidi.Class {
	switch c {
	case bidi.LRO:
		return bidi.L
	case bidi.RLO:
		return bidi.R
	}
	return bidi.ON
}

// rightwards tells whether the isolate that starts at i runs from right to left.
func (r *resolver) rightwards(i int) bool {
	if r.orig[i] != bidi.FSI {
		return r.orig[i] == bidi.RLI
	}
	end := r.match[i]
	if end < 0 {
		end = len(r.rs)
	}
	for k := i + 1; k < end; k++ {
		switch c := r.orig[k]; {
		case c == bidi.L:
			return false
		case c == bidi.R || c == bidi.AL:
			return true
		case isolates(c):
			if k = r.match[k]; k < 0 {
				return false
			}
		}
	}
	return false
}

// sequence is an isolating run sequence (BD13): a stretch of one level, going on
// behind the isolates in it.
type sequence struct {
	*resolver
	at       []int // its characters
	sos, eos bidi.Class
	dir      bidi.Class // of its level
}

// sequences cuts the paragraph into isolating run sequences (X10).
func (r *resolver) sequences() []*sequence {
	for i := range r.rs {
		r.place[i] = -1
		if !removed(r.orig[i]) {
			r.place[i] = len(r.kept)
			r.kept = append(r.kept, i)
		}
	}
	var out []*sequence
	going := map[int]*sequence{} // by the end of the isolate at which one goes on
	for k := 0; k < len(r.kept); {
		end := k + 1
		for end < len(r.kept) && r.level[r.kept[end]] == r.level[r.kept[k]] {
			end++
		}
		s := going[r.kept[k]]
		if s == nil {
			s = &sequence{resolver: r}
			out = append(out, s)
		}
		s.at = append(s.at, r.kept[k:end]...)
		if last := r.kept[end-1]; isolates(r.orig[last]) && r.match[last] >= 0 {
			going[r.match[last]] = s
		}
		k = end
	}
	for _, s := range out {
		s.borders()
	}
	return out
}

// borders says what stands before and behind the sequence.
func (s *sequence) borders() {
	level := s.level[s.at[0]]
	s.dir = direction(level)
	before, behind := s.base, s.base
	if k := s.place[s.at[0]]; k > 0 {
		before = s.level[s.kept[k-1]]
	}
	last := s.at[len(s.at)-1]
	if k := s.place[last]; k+1 < len(s.kept) && !isolates(s.orig[last]) {
		behind = s.level[s.kept[k+1]]
	}
	s.sos, s.eos = direction(max(level, before)), direction(max(level, behind))
}

func direction(level uint8) bidi.Class {
	if level%2 == 1 {
		return bidi.R
	}
	return bidi.L
}

// implicit raises letters and numbers that run against their level (I1, I2).
func (s *sequence) implicit() {
	for _, i := range s.at {
		switch c := s.class[i]; {
		case s.level[i]%2 == 0 && c == bidi.R:
			s.level[i]++
		case s.level[i]%2 == 0 && (c == bidi.AN || c == bidi.EN):
			s.level[i] += 2
		case s.level[i]%2 == 1 && (c == bidi.L || c == bidi.AN || c == bidi.EN):
			s.level[i]++
		}
	}
}

// rest gives what X9 took out the level of what is before it, and separators and
// the blanks before them and at the end that of the paragraph (L1).
func (r *resolver) rest() {
	last := r.base
	for i := range r.rs {
		if r.place[i] < 0 {
			r.level[i] = last
		}
		last = r.level[i]
	}
	trailing := true
	for i := len(r.rs) - 1; i >= 0; i-- {
		switch c := r.orig[i]; {
		case c == bidi.S || c == bidi.B:
			trailing = true
		case c == bidi.WS || isolates(c) || c == bidi.PDI || removed(c):
		default:
			trailing = false
		}
		if trailing {
			r.level[i] = r.base
		}
	}
}

// bracketOf is the other one of a pair of brackets, by the form that stands for
// all that look the same, and whether r opens; ok is false for other characters.
func bracketOf(r rune) (key rune, opens, ok bool) {
	p, _ := bidi.LookupRune(r)
	if !p.IsBracket() {
		return 0, false, false
	}
	if r == 0x2329 || r == 0x232A { // the same as the angle brackets of Chinese
		r += 0x3008 - 0x2329
	}
	if p.IsOpeningBracket() {
		return r, true, true
	}
	return []rune(bidi.ReverseString(string(r)))[0], false, true
}

// pairs finds brackets that belong together (BD16), in the order of the opening
// ones, as places in s.at.
func (s *sequence) pairs() [][2]int {
	type open struct {
		key rune
		at  int
	}
	var stack []open
	var out [][2]int
	for k, i := range s.at {
		if s.class[i] != bidi.ON {
			continue
		}
		key, opens, ok := bracketOf(s.rs[i])
		switch {
		case !ok:
		case opens:
			if len(stack) == 63 {
				return nil
			}
			stack = append(stack, open{key, k})
		default:
			for d := len(stack) - 1; d >= 0; d-- {
				if stack[d].key == key {
					out = append(out, [2]int{stack[d].at, k})
					stack = stack[:d]
					break
				}
			}
		}
	}
	slices.SortFunc(out, func(a, b [2]int) int { return a[0] - b[0] })
	return out
}
