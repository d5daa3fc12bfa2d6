package drift

import (
	"slices"
	"strings"

	"lede/annotate/text"
)

// Fate is what became of a span.
type Fate string

// The fates.
const (
	Same   Fate = "same"   // at the same offsets
	Moved  Fate = "moved"  // at others
	Lost   Fate = "lost"   // its words are not there any more
	Unsure Fate = "unsure" // they are, and nothing tells which of them are meant
)

// context is how many words around a place are compared, on each side.
const context = 8

// enough is how many of them must agree for words that stand in several places.
const enough = 2

// Map leads from an old text to a new one.
type Map struct {
	old, now *text.Text
	a, b     []token
	to       []int            // from tokens of a to those of b, -1 = none
	inA, inB map[string][]int // where tokens stand, by key
}

// New compares two texts.
func New(old, now *text.Text) *Map {
	m := &Map{old: old, now: now, a: tokens(old), b: tokens(now), inA: map[string][]int{}, inB: map[string][]int{}}
	m.to = match(m.a, m.b)
	for i := range m.a {
		m.inA[m.a[i].key] = append(m.inA[m.a[i].key], i)
	}
	for i := range m.b {
		m.inB[m.b[i].key] = append(m.inB[m.b[i].key], i)
	}
	return m
}

// Anchor finds the fragments of a span (sorted, not touching) in the new text. All of
// them are found, in their order, or none.
func (m *Map) Anchor(fragments []text.Range) ([]text.Range, Fate) {
	var found []text.Range
	fate := Same
	for i, f := range fragments {
		r, got := m.one(f)
		if got == Lost || got == Unsure {
			return nil, got
		}
		if i > 0 && r.Start <= found[i-1].End {
			return nil, Lost // they do not stand in this order any more, or run into one another
		}
		if r != f {
			fate = Moved
		}
		found = append(found, r)
	}
	return found, fate
}

// one finds a range.
func (m *Map) one(r text.Range) (text.Range, Fate) {
	first, last := m.covering(r)
	if first < 0 {
		return text.Range{}, Lost
	}
	together := true
	for i := first; i <= last; i++ {
		together = together && m.to[i] >= 0 && m.to[i] == m.to[first]+i-first
	}
	at := -1
	if together {
		at = m.to[first]
	}
	at, fate := m.choose(first, last, at)
	if fate != Moved {
		return text.Range{}, fate
	}
	return m.place(r, first, last, at)
}

// covering are the first and the last token of the old text in which a range lies.
func (m *Map) covering(r text.Range) (first, last int) {
	find := func(o int) int {
		i, in := slices.BinarySearchFunc(m.a, o, func(t token, o int) int {
			switch {
			case t.End <= o:
				return -1
			case t.Start > o:
				return 1
			}
			return 0
		})
		if !in {
			return -1
		}
		return i
	}
	if r.Empty() {
		return -1, -1
	}
	first, last = find(r.Start), find(r.End-1)
	if last < 0 {
		first = -1
	}
	return first, last
}

// place is the range in the new text whose tokens begin at b[at], when they are those
// of the old text from first to last.
func (m *Map) place(r text.Range, first, last, at int) (text.Range, Fate) {
	start, end := m.b[at], m.b[at+last-first]
	// Inside a run of white space, which may have another length now, the ends stay in it.
	placed := text.Range{
		Start: min(start.Start+r.Start-m.a[first].Start, start.End-1),
		End:   max(end.End-(m.a[last].End-r.End), end.Start+1),
	}
	if placed.Empty() || !sameWords(m.old.Slice(r), m.now.Slice(placed)) {
		return text.Range{}, Lost
	}
	if placed == r {
		return placed, Same
	}
	return placed, Moved
}

// sameWords compares texts, white space aside.
func sameWords(a, b string) bool { return slices.Equal(strings.Fields(a), strings.Fields(b)) }

// most is how many pairs of places are compared for words that repeat.
const most = 4096

// choose is the place in b where the tokens from first to last stand now; given is
// where the diff has put them, -1 = nowhere. Words that repeat go by the words around
// them: of the places, that with most of them, if no other words have more there.
func (m *Map) choose(first, last, given int) (int, Fate) {
	sought := m.a[first : last+1]
	here, there := places(m.a, m.inA, sought), places(m.b, m.inB, sought)
	if len(there) == 0 {
		return 0, Lost
	}
	if len(here) == 1 && len(there) == 1 && (given >= 0 || m.telling(first, last, there[0])) {
		return there[0], Moved
	}
	if len(here)*len(there) > most {
		if given >= 0 {
			return given, Moved
		}
		return 0, Unsure
	}
	best, score, twins := given, 0, 0
	if given >= 0 {
		score = m.around(first, last, given)
	}
	for _, at := range there {
		switch n := m.around(first, last, at); {
		case at == given:
		case best < 0, n > score:
			best, score, twins = at, n, 0
		case n == score && best != given:
			twins++
		}
	}
	if best != given && (twins > 0 || score < enough) {
		return 0, Unsure
	}
	for _, other := range here {
		if other == first {
			continue
		}
		if n := m.around(other, other+last-first, best); n > score || n == score && best != given {
			return 0, m.without(there)
		}
	}
	return best, Moved
}

// without is the fate of words whose place belongs to others: lost, if each place does.
func (m *Map) without(there []int) Fate {
	if len(there) == 1 {
		return Lost
	}
	return Unsure
}

// telling says whether words that the diff has not matched are the same because they
// stand once in each text: several of them, one that the diff has matched without the
// signs beside it, or one beside a neighbour of old.
func (m *Map) telling(first, last, at int) bool {
	words := 0
	for i, t := range m.a[first : last+1] {
		if !t.word {
			continue
		}
		if m.to[first+i] == at+i {
			return true
		}
		words++
	}
	return words > 1 || words == 1 && m.around(first, last, at) > 0
}

// places lists where tokens stand one after the other.
func places(list []token, index map[string][]int, sought []token) []int {
	var found []int
	for _, at := range index[sought[0].key] {
		if at+len(sought) <= len(list) && slices.EqualFunc(list[at:at+len(sought)], sought, func(x, y token) bool { return x.key == y.key }) {
			found = append(found, at)
		}
	}
	return found
}

// around counts the words next to a place that are those next to the old one; the end
// of both texts counts as one.
func (m *Map) around(first, last, at int) int {
	n := 0
	count := func(i, k, step int) {
		for words := 0; words < context; {
			i, k = i+step, k+step
			if i < 0 && k < 0 || i >= len(m.a) && k >= len(m.b) {
				n++
				return
			}
			if i < 0 || k < 0 || i >= len(m.a) || k >= len(m.b) || m.a[i].key != m.b[k].key {
				return
			}
			if m.a[i].word {
				n++
				words++
			}
		}
	}
	count(first, at, -1)
	count(last, at+last-first, 1)
	return n
}
