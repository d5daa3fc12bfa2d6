package entity

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"lede/annotate"
)

// Query asks for entities.
type Query struct {
	Text   string // as typed; "" = all
	Kind   string // only this one; "" = all kinds
	Prefer string // kind that comes first among equals; "" = none
	Limit  int    // 0 = no limit
	ByName bool   // without Text: in the order of names, not the most used first
}

// Match is an entity that a Query finds.
type Match struct {
	Entity annotate.Entity
	Uses   int
	Alias  string // the other name by which it was found; "" = by its name
	Near   bool   // the spelling is only similar
}

// The ranks of names for what was typed, the best first. An alias ranks right
// behind the name that matches as well.
const (
	rankSame     = 1 + 2*iota // it is the name
	rankBegins                // the name begins with it
	rankWords                 // words of the name begin with its words
	rankInitials              // it is the initials of the name
	rankNear                  // like rankWords, with slips: two ranks more for each
	noRank       = 0
)

// Search lists entities for what was typed: the same name first, then names that
// begin so, then names with words that begin with all words typed, then initials.
// If those are fewer than the limit (without one: none), names with words of a
// similar spelling follow. Among equals the preferred kind comes first, then what
// is used most, then the order of names.
func (x *Index) Search(q Query) []Match {
	s := search{x: x, q: q, typed: newTyped(x.keys.key(q.Text))}
	if q.Kind != "" {
		s.kind = x.kind(q.Kind)
	}
	if q.Prefer != "" {
		s.prefer = x.kind(q.Prefer)
	}
	if s.typed.key == "" {
		if strings.TrimSpace(q.Text) != "" {
			return nil // nothing but punctuation
		}
		return s.list()
	}
	x.marks = slices.Grow(x.marks[:0], len(x.slots))[:len(x.slots)]
	clear(x.marks)
	if s.begin(); q.Limit == 0 || len(s.found) < q.Limit {
		s.exact()
	}
	if len(s.found) < max(1, q.Limit) {
		s.near()
	}
	return s.ranked()
}

// typed is what was typed, as it is compared.
type typed struct {
	key     string
	words   []string
	inside  []string  // the words as they stand behind another one
	ladders []*ladder // of the words
}

func newTyped(key string) typed {
	t := typed{key: key, words: wordsOf(key)}
	for _, w := range t.words {
		if r, _ := utf8.DecodeRuneInString(w); !dense(r) {
			w = " " + w
		}
		t.inside = append(t.inside, w)
		t.ladders = append(t.ladders, newLadder(strings.TrimPrefix(w, " ")))
	}
	return t
}

// longest is the word that fewest names have: the one with most letters.
func (t *typed) longest() string {
	return slices.MaxFunc(t.words, func(a, b string) int { return len(a) - len(b) })
}

// rank says how well a name fits, without slips.
func (t *typed) rank(n *name) int {
	rank := rankWords
	switch {
	case n.key == t.key:
		rank = rankSame
	case strings.HasPrefix(n.key, t.key):
		rank = rankBegins
	default:
		for i, w := range t.words {
			if !strings.HasPrefix(n.key, w) && !strings.Contains(n.key, t.inside[i]) {
				return noRank
			}
		}
	}
	return ofAlias(rank, n)
}

func ofAlias(rank int, n *name) int {
	if n.alias >= 0 {
		rank++
	}
	return rank
}

// nearRank says how well a name fits if slips are allowed.
func (t *typed) nearRank(n *name) int {
	slipped := 0
	for i, w := range t.words {
		most := slips(w)
		best := most + 1
		for text := range beginnings(n.key) {
			best = min(best, t.ladders[i].distance(text, most, true))
		}
		if best > most {
			return noRank
		}
		slipped += best
	}
	return ofAlias(rankNear+2*slipped, n)
}

// search is one search going on. The marks of the index are the ranks of slots.
type search struct {
	x            *Index
	q            Query
	typed        typed
	kind, prefer int32   // numbers of kinds; 0 = all, and none
	found        []int32 // slots
}

// mark is how well a slot fits, and by which of its names (by number); an entity
// that is found by its name alone needs none.
type mark struct {
	rank uint8
	name int32
}

// wanted says whether a slot holds an entity of the kind asked for.
func (s *search) wanted(at int32) bool {
	kind := s.x.hot[at].kind
	return kind > 0 && (s.kind == 0 || s.kind == kind)
}

// list is the answer when nothing was typed.
func (s *search) list() []Match {
	x := s.x
	slots := make([]int32, 0, len(x.order))
	for _, at := range x.order {
		if s.wanted(at) {
			slots = append(slots, at)
		}
	}
	if s.q.ByName {
		if s.q.Limit > 0 {
			slots = slots[:min(s.q.Limit, len(slots))]
		}
	} else {
		slots = firstOf(slots, s.q.Limit, s.compare)
	}
	found := make([]Match, len(slots))
	for i, at := range slots {
		found[i] = Match{Entity: x.slots[at].entity, Uses: int(x.hot[at].uses)}
	}
	return found
}

// compare orders slots that fit equally well.
func (s *search) compare(a, b int32) int {
	p, q := &s.x.hot[a], &s.x.hot[b]
	if (p.kind == s.prefer) != (q.kind == s.prefer) {
		if p.kind == s.prefer {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(q.uses, p.uses), cmp.Compare(p.place, q.place))
}

// begin finds the entities with a name that is what was typed, or begins so. If
// they are enough, no other can be among the first.
func (s *search) begin() {
	x, key := s.x, s.typed.key
	from, _ := slices.BinarySearchFunc(x.order, key, func(at int32, key string) int { return strings.Compare(x.slots[at].key, key) })
	rest := x.order[from:]
	rest = rest[:sort.Search(len(rest), func(i int) bool { return !strings.HasPrefix(x.slots[rest[i]].key, key) })]
	for _, at := range rest {
		if s.wanted(at) {
			x.marks[at] = mark{rankBegins, -1}
			s.found = append(s.found, at)
		}
	}
	for _, number := range x.whole[key] {
		s.take(number, ofAlias(rankSame, &x.names[number]))
	}
}

// exact finds names without slips.
func (s *search) exact() {
	for _, t := range s.x.beginning(s.typed.longest()) {
		for _, number := range t.names {
			s.take(number, s.typed.rank(&s.x.names[number]))
		}
	}
	for _, number := range s.x.short[s.typed.key] {
		s.take(number, ofAlias(rankInitials, &s.x.names[number]))
	}
}

// near finds names with slips.
func (s *search) near() {
	longest := s.typed.longest()
	most := slips(longest)
	if most == 0 {
		return // no word is long enough
	}
	for _, t := range s.x.alike(longest, most, true) {
		slipped := 0
		if len(s.typed.words) == 1 { // all names with the term fit as well as the term
			slipped = s.typed.ladders[0].distance(t.text, most, true)
		}
		for _, number := range t.names {
			n := &s.x.names[number]
			now := s.x.marks[n.slot].rank
			switch {
			case now != noRank && now < rankNear:
			case len(s.typed.words) == 1:
				s.take(number, ofAlias(rankNear+2*slipped, n))
			default:
				s.take(number, s.typed.nearRank(n))
			}
		}
	}
}

// take notes that a name fits, unless the entity has one that fits better.
func (s *search) take(number int32, rank int) {
	at := s.x.names[number].slot
	if rank == noRank || !s.wanted(at) {
		return
	}
	now := &s.x.marks[at]
	if now.rank == noRank {
		s.found = append(s.found, at)
	} else if old := int(now.rank); old < rank || old == rank && now.name <= number {
		return
	}
	*now = mark{uint8(min(rank, 255)), number}
}

// ranked are the entities found, the best first.
func (s *search) ranked() []Match {
	x := s.x
	best := firstOf(s.found, s.q.Limit, func(a, b int32) int {
		if p, q := x.marks[a].rank, x.marks[b].rank; p != q {
			return cmp.Compare(p, q)
		}
		return s.compare(a, b)
	})
	found := make([]Match, len(best))
	for i, at := range best {
		m := x.marks[at]
		found[i] = Match{Entity: x.slots[at].entity, Uses: int(x.hot[at].uses), Near: m.rank >= rankNear}
		if m.name >= 0 && x.names[m.name].alias >= 0 {
			found[i].Alias = found[i].Entity.Aliases[x.names[m.name].alias]
		}
	}
	return found
}

// firstOf sorts items and keeps the first ones; 0 = all. Few of many cost little
// more than looking at each once.
func firstOf[T any](items []T, limit int, compare func(a, b T) int) []T {
	if limit <= 0 || len(items) <= 4*limit {
		slices.SortFunc(items, compare)
		if limit > 0 {
			items = items[:min(limit, len(items))]
		}
		return items
	}
	best := make([]T, 0, limit+1)
	for _, item := range items {
		if len(best) == limit && compare(item, best[limit-1]) >= 0 {
			continue
		}
		i, _ := slices.BinarySearchFunc(best, item, compare)
		best = slices.Insert(best, i, item)
		best = best[:min(len(best), limit)]
	}
	return best
}
