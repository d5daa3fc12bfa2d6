package entity

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"lede/annotate"
)

// Reason says why an entity is proposed.
type Reason int

// The reasons, from the most to the least certain of their kind.
const (
	SameName   Reason = iota // it is called that
	SameWords                // in another order, or with small words
	Initials                 // one is the initials of the other
	PartOfName               // the words are a part of its name, as a surname
	HoldsName                // its name is a part of the words
	Spelling                 // spelled a little differently
	SharedWord               // they share a word that tells
)

// Proposal is an entity that words may stand for.
type Proposal struct {
	Entity annotate.Entity
	Uses   int
	Score  float64 // from 0 to 1
	Reason Reason
	Alias  string // the other name that is meant; "" = its name
	Shared string // the word that is shared, for SharedWord
}

// Why says in a few words why an entity is proposed.
func (p Proposal) Why() string {
	switch p.Reason {
	case SameName:
		return "same name"
	case SameWords:
		return "same words"
	case Initials:
		return "initials"
	case PartOfName:
		return "part of the name"
	case HoldsName:
		return "holds the name"
	case Spelling:
		return "similar spelling"
	case SharedWord:
		return "shares “" + p.Shared + "”"
	}
	return ""
}

// What a proposal is worth. The parts are added to for the share of words that
// fit.
const (
	worthName   = 1.0
	worthAlias  = 0.97 // factor: an alias is as good as the name, and comes second
	worthWords  = 0.95
	worthShort  = 0.85
	worthPart   = 0.62
	worthHolds  = 0.6
	worthShared = 0.3
	worthFit    = 0.25
	worthSlip   = 0.06 // less, for each letter that differs
	otherKind   = 0.85 // factor
	worthLeast  = 0.35 // what is worth less is not proposed
)

// Propose says which entities the words of a span may stand for, the likeliest
// first: same name or alias, initials, a part of a name or a name with more
// around it, a similar spelling, a shared word. Entities of another kind than
// the preferred one come later. Kind and Limit are as for Search.
func (x *Index) Propose(words string, q Query) []Proposal {
	m := x.mention(words)
	if len(m.words) == 0 {
		return nil
	}
	best := map[int32]Proposal{}
	for _, number := range x.candidates(m) {
		n := &x.names[number]
		s := &x.slots[n.slot]
		if s.entity.ID == "" || q.Kind != "" && s.entity.Kind != q.Kind {
			continue
		}
		p, ok := m.compare(n, s.entity)
		if !ok {
			continue
		}
		if q.Prefer != "" && s.entity.Kind != q.Prefer {
			p.Score *= otherKind
		}
		p.Entity, p.Uses = s.entity, int(x.hot[n.slot].uses)
		if old, has := best[n.slot]; p.Score >= worthLeast && (!has || p.Score > old.Score) {
			best[n.slot] = p
		}
	}
	all := make([]Proposal, 0, len(best))
	for _, p := range best {
		all = append(all, p)
	}
	return firstOf(all, q.Limit, func(a, b Proposal) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), b.Uses-a.Uses, strings.Compare(a.Entity.Name, b.Entity.Name),
			strings.Compare(string(a.Entity.ID), string(b.Entity.ID)))
	})
}

// mention is the words of a span, as they are compared.
type mention struct {
	key     string
	words   []string // the telling ones
	ladders []*ladder
	short   bool   // the words may be initials
	initial string // of the words
}

func (x *Index) mention(words string) mention {
	m := mention{key: x.keys.key(words)}
	all := wordsOf(m.key)
	m.words = telling(all)
	for _, w := range m.words {
		m.ladders = append(m.ladders, newLadder(w))
	}
	m.short, m.initial = len(all) == 1 && shouted(words), initials(m.words)
	return m
}

// candidates are the names worth a comparison, in order: the same ones, those by
// initials, and those that share a word or nearly one. A word that very many names
// have says nothing of who is meant.
func (x *Index) candidates(m mention) []int32 {
	const many = 4000
	found := slices.Clone(x.whole[m.key])
	if m.short {
		found = append(found, x.short[m.key]...)
	}
	if m.initial != "" {
		found = append(found, x.whole[m.initial]...)
	}
	for _, w := range m.words {
		terms := x.alike(w, slips(w), false)
		if isDense(w) {
			terms = append(terms, x.beginning(w)...)
			found = append(found, x.within(w)...)
		}
		for _, t := range terms {
			if len(t.names) <= many {
				found = append(found, t.names...)
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// within are the names that stand in a word of a script without blanks.
func (x *Index) within(word string) []int32 {
	var found []int32
	for rest := range beginnings(word) {
		for i := range rest {
			found = append(found, x.whole[rest[:i]]...)
		}
		found = append(found, x.whole[rest]...)
	}
	return found
}

// isDense says whether a word is of a script without blanks.
func isDense(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return dense(r)
}

// byPart compares words of scripts without blanks with a name: one may be a part of
// the other. A single letter tells nothing.
func (m mention) byPart(key string) (Proposal, bool) {
	mine, other := utf8.RuneCountInString(m.key), utf8.RuneCountInString(key)
	share := worthFit * float64(min(mine, other)) / float64(max(mine, other, 1))
	switch {
	case min(mine, other) < 2 || !isDense(m.key) || !isDense(key):
		return Proposal{}, false
	case strings.Contains(m.key, key):
		return Proposal{Score: worthHolds + share, Reason: HoldsName}, true
	case strings.Contains(key, m.key):
		return Proposal{Score: worthPart + share, Reason: PartOfName}, true
	}
	return Proposal{}, false
}

// compare says how likely the words stand for the entity of a name.
func (m mention) compare(n *name, e annotate.Entity) (Proposal, bool) {
	p, ok := m.likeness(n, e)
	if n.alias >= 0 {
		p.Alias = e.Aliases[n.alias]
		p.Score *= worthAlias
	}
	return p, ok
}

func (m mention) likeness(n *name, e annotate.Entity) (Proposal, bool) {
	if n.key == m.key {
		return Proposal{Score: worthName, Reason: SameName}, true
	}
	called := e.Name
	if n.alias >= 0 {
		called = e.Aliases[n.alias]
	}
	if m.short && slices.Contains(initialsOf(n.key), m.key) || m.initial != "" && n.key == m.initial && shouted(called) {
		return Proposal{Score: worthShort, Reason: Initials}, true
	}
	if p, ok := m.byPart(n.key); ok {
		return p, ok
	}
	return m.byWords(telling(wordsOf(n.key)))
}

// byWords compares the words with those of a name.
func (m mention) byWords(of []string) (Proposal, bool) {
	used := make([]bool, len(of))
	common, slipped, shared := 0, 0, ""
	for i, w := range m.words {
		most := slips(w)
		at, nearest := -1, most+1
		for k, other := range of {
			if d := m.ladders[i].distance(other, most, false); !used[k] && d < nearest {
				at, nearest = k, d
			}
		}
		if at < 0 {
			continue
		}
		used[at] = true
		common++
		slipped += nearest
		if len(of[at]) > len(shared) && (i == len(m.words)-1 || at == len(of)-1) {
			shared = of[at]
		}
	}
	if common == 0 {
		return Proposal{}, false
	}
	p := worth(common, len(m.words)-common, len(of)-common)
	if p.Reason == SharedWord {
		if shared == "" { // as first names are: they tell little
			return p, false
		}
		p.Shared = shared
	}
	if slipped > 0 {
		p.Score -= worthSlip * float64(slipped)
		if p.Reason != SharedWord {
			p.Reason = Spelling
		}
	}
	return p, true
}

// worth is the proposal for so many words in common, and left over on both sides.
func worth(common, mine, others int) Proposal {
	share := worthFit * float64(common) / float64(common+mine+others)
	switch {
	case mine == 0 && others == 0:
		return Proposal{Score: worthWords, Reason: SameWords}
	case mine == 0:
		return Proposal{Score: worthPart + share, Reason: PartOfName}
	case others == 0:
		return Proposal{Score: worthHolds + share, Reason: HoldsName}
	}
	return Proposal{Score: worthShared + share, Reason: SharedWord}
}
