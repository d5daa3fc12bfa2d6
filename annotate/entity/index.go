package entity

import (
	"cmp"
	"slices"
	"strings"

	"lede/annotate"
)

// Index is all entities of a project, found by their names. It is kept up to date
// by Apply.
type Index struct {
	keys  keyer
	slots []slot
	hot   []hot                 // of the slots
	kinds []string              // by number; the first is of what is gone
	at    map[annotate.ID]int32 // to slots
	names []name
	terms []*term // by text
	// shared says of each of the terms how many bytes it begins with as the one before
	// does.
	shared []int32
	whole  map[string][]int32
	short  map[string][]int32 // names by their initials
	order  []int32            // slots by name
	dead   int                // slots that hold nothing any more
	marks  []mark             // of slots, while a search goes on
}

// slot is a place for an entity. An entity whose names change gets a new one.
type slot struct {
	entity annotate.Entity // ID "" = nothing any more
	key    string          // of the name
}

// hot is what is compared of a slot, close together: a search looks at thousands.
type hot struct {
	kind  int32 // number; 0 = the slot holds nothing any more
	uses  int32
	place int32 // in the order of names
}

// name is one name of an entity.
type name struct {
	slot  int32
	alias int32 // which; -1 = its name
	key   string
}

// term is a word, or the rest of one in a script without blanks, with the names
// (by number) in which it stands.
type term struct {
	text  string
	names []int32
}

// NewIndex makes the index of entities; uses says how many spans point at each.
func NewIndex(entities []annotate.Entity, uses map[annotate.ID]int) *Index {
	x := &Index{keys: newKeyer()}
	x.fill(entities, uses)
	return x
}

func (x *Index) fill(entities []annotate.Entity, uses map[annotate.ID]int) {
	x.slots, x.hot = make([]slot, 0, len(entities)), make([]hot, 0, len(entities))
	x.names, x.dead, x.kinds = nil, 0, []string{""}
	x.at = make(map[annotate.ID]int32, len(entities))
	x.whole, x.short = make(map[string][]int32, len(entities)), map[string][]int32{}
	terms := make(map[string]*term, len(entities))
	for _, e := range entities {
		x.add(e, uses[e.ID], func(text string) *term {
			t := terms[text]
			if t == nil {
				t = &term{text: text}
				terms[text] = t
			}
			return t
		})
	}
	x.terms = make([]*term, 0, len(terms))
	for _, t := range terms {
		x.terms = append(x.terms, t)
	}
	slices.SortFunc(x.terms, func(a, b *term) int { return strings.Compare(a.text, b.text) })
	x.shared = make([]int32, len(x.terms))
	for i := range x.terms {
		x.share(i)
	}
	x.order = make([]int32, len(x.slots))
	for i := range x.order {
		x.order[i] = int32(i)
	}
	slices.SortFunc(x.order, x.byName)
	x.number(0)
}

// number tells the slots their places in the order of names, from one on.
func (x *Index) number(from int) {
	for place := from; place < len(x.order); place++ {
		x.hot[x.order[place]].place = int32(place)
	}
}

// add puts an entity into a new slot; get finds or makes a word.
func (x *Index) add(e annotate.Entity, uses int, get func(string) *term) int32 {
	at := int32(len(x.slots))
	x.slots = append(x.slots, slot{e, x.keys.key(e.Name)})
	x.hot = append(x.hot, hot{kind: x.kind(e.Kind), uses: int32(uses)})
	x.at[e.ID] = at
	x.addName(name{at, -1, x.slots[at].key}, get)
	for i, alias := range e.Aliases {
		x.addName(name{at, int32(i), x.keys.key(alias)}, get)
	}
	return at
}

// kind is the number of a kind, from 1.
func (x *Index) kind(called string) int32 {
	i := slices.Index(x.kinds[1:], called)
	if i < 0 {
		x.kinds = append(x.kinds, called)
		i = len(x.kinds) - 2
	}
	return int32(i + 1)
}

func (x *Index) addName(n name, get func(string) *term) {
	if n.key == "" {
		return
	}
	number := int32(len(x.names))
	x.names = append(x.names, n)
	x.whole[n.key] = append(x.whole[n.key], number)
	for text := range beginnings(n.key) {
		if t := get(text); len(t.names) == 0 || t.names[len(t.names)-1] != number {
			t.names = append(t.names, number)
		}
	}
	for _, s := range initialsOf(n.key) {
		x.short[s] = append(x.short[s], number)
	}
}

// initialsOf are the initials of a name, without and with those of small words.
func initialsOf(key string) []string {
	words := wordsOf(key)
	all := initials(words)
	if all == "" {
		return nil
	}
	if some := initials(telling(words)); some != "" && some != all {
		return []string{some, all}
	}
	return []string{all}
}

// term finds a word in the sorted list, or makes it there.
func (x *Index) term(text string) *term {
	i, there := x.find(text)
	if !there {
		x.terms, x.shared = slices.Insert(x.terms, i, &term{text: text}), slices.Insert(x.shared, i, 0)
		x.share(i)
		x.share(i + 1)
	}
	return x.terms[i]
}

// share works out what a term shares with the one before it.
func (x *Index) share(i int) {
	if 0 < i && i < len(x.terms) {
		x.shared[i] = int32(sharedBytes(x.terms[i-1].text, x.terms[i].text))
	}
}

// find is where a word stands in the sorted list, or would.
func (x *Index) find(text string) (int, bool) {
	return slices.BinarySearchFunc(x.terms, text, func(t *term, text string) int { return strings.Compare(t.text, text) })
}

// Len is the number of entities.
func (x *Index) Len() int { return len(x.at) }

// Entity finds an entity by id.
func (x *Index) Entity(id annotate.ID) (annotate.Entity, bool) {
	at, ok := x.at[id]
	if !ok {
		return annotate.Entity{}, false
	}
	return x.slots[at].entity, true
}

// Uses is how many spans point at an entity.
func (x *Index) Uses(id annotate.ID) int {
	if at, ok := x.at[id]; ok {
		return int(x.hot[at].uses)
	}
	return 0
}

// Named lists the entities of a kind that have just this name, letter by letter.
func (x *Index) Named(kind, called string) []annotate.Entity {
	var found []annotate.Entity
	for _, number := range x.whole[x.keys.key(called)] {
		n := x.names[number]
		if e := x.slots[n.slot].entity; e.ID != "" && n.alias < 0 && e.Kind == kind && e.Name == called {
			found = append(found, e)
		}
	}
	return found
}

// Kinds counts the entities of each kind.
func (x *Index) Kinds() map[string]int {
	kinds := map[string]int{}
	for _, h := range x.hot {
		if h.kind > 0 {
			kinds[x.kinds[h.kind]]++
		}
	}
	return kinds
}

// Apply takes a change in: entities that came, went or changed, and spans that
// point at others now. It reports whether anything in the index is another thing.
func (x *Index) Apply(c annotate.Change) bool {
	touched, many := false, 0
	for _, op := range c.Ops {
		if op.Kind == annotate.KindEntity {
			many++
		}
	}
	const few = 200 // from then on all words are sorted anew
	if many > few {
		x.applyMany(c.Ops)
		touched = true
	}
	for _, op := range c.Ops {
		switch op.Kind {
		case annotate.KindEntity:
			if many <= few {
				x.put(op)
			}
			touched = true
		case annotate.KindSpan:
			before, after := entityOf(op.Before), entityOf(op.After)
			if before != after {
				x.use(before, -1)
				x.use(after, 1)
				touched = true
			}
		default: // entities and spans are all that matters here
		}
	}
	return touched
}

func entityOf(r annotate.Record) annotate.ID {
	span, _ := r.(annotate.Span)
	return span.Entity
}

func (x *Index) use(id annotate.ID, by int32) {
	if at, ok := x.at[id]; ok {
		x.hot[at].uses = max(0, x.hot[at].uses+by)
	}
}

// put takes one entity in, or out.
func (x *Index) put(op annotate.Op) {
	uses := 0
	if at, known := x.at[op.ID]; known {
		s := &x.slots[at]
		after, stays := op.After.(annotate.Entity)
		if stays && after.Name == s.entity.Name && after.Kind == s.entity.Kind && slices.Equal(after.Aliases, s.entity.Aliases) {
			s.entity = after
			return
		}
		uses = int(x.hot[at].uses)
		place := int(x.hot[at].place)
		x.order = slices.Delete(x.order, place, place+1)
		x.number(place)
		x.slots[at], x.hot[at] = slot{}, hot{}
		delete(x.at, op.ID)
		x.dead++
	}
	if after, ok := op.After.(annotate.Entity); ok {
		at := x.add(after, uses, x.term)
		place, _ := slices.BinarySearchFunc(x.order, at, x.byName)
		x.order = slices.Insert(x.order, place, at)
		x.number(place)
	}
	if x.dead > 1000 && x.dead > len(x.at) {
		x.fill(x.all())
	}
}

// applyMany makes the index anew.
func (x *Index) applyMany(ops []annotate.Op) {
	entities, uses := x.all()
	at := make(map[annotate.ID]int, len(entities))
	for i, e := range entities {
		at[e.ID] = i
	}
	for _, op := range ops {
		if op.Kind != annotate.KindEntity {
			continue
		}
		i, known := at[op.ID]
		after, stays := op.After.(annotate.Entity)
		switch {
		case known:
			entities[i] = after // ID "" if it is gone
		case stays:
			at[op.ID] = len(entities)
			entities = append(entities, after)
		}
	}
	x.fill(slices.DeleteFunc(entities, func(e annotate.Entity) bool { return e.ID == "" }), uses)
}

func (x *Index) all() ([]annotate.Entity, map[annotate.ID]int) {
	entities, uses := make([]annotate.Entity, 0, len(x.at)), map[annotate.ID]int{}
	for i, s := range x.slots {
		if s.entity.ID == "" {
			continue
		}
		entities = append(entities, s.entity)
		if n := x.hot[i].uses; n > 0 {
			uses[s.entity.ID] = int(n)
		}
	}
	return entities, uses
}

// byName orders slots by name, whatever its case, then by kind, then by id.
func (x *Index) byName(a, b int32) int {
	s, t := &x.slots[a], &x.slots[b]
	return cmp.Or(strings.Compare(s.key, t.key), strings.Compare(s.entity.Name, t.entity.Name),
		strings.Compare(s.entity.Kind, t.entity.Kind), strings.Compare(string(s.entity.ID), string(t.entity.ID)))
}
