package textview

// buckets is how many places beside the scroll bar can have a mark.
const buckets = 240

// gutter counts the items of each label, and the hits of each plain layer, in each
// part of the text, so that marks beside the scroll bar cost the same for ten items
// and for a million.
type gutter struct {
	length int // code points of the text
	counts [buckets][]tally
	hits   [buckets][]tally // of plain layers
	found  int              // all of them
}

// tally is how many items of a label, or of a plain layer, begin in a part of the
// text. A part has few of them: looking through them costs less than a map.
type tally struct {
	label string
	layer int
	n     int
}

// recount counts all items again.
func (x *index) recount(length int) {
	x.marks = gutter{length: length}
	for s := range x.slots {
		x.count(s, 1)
	}
}

func (x *index) count(s, by int) {
	sl := &x.slots[s]
	if sl.layer >= len(x.layers) || x.layers[sl.layer].Style.HideMarks {
		return
	}
	plain := x.layers[sl.layer].Style.Plain
	for _, r := range sl.item.Fragments {
		if r.Empty() {
			continue
		}
		b := x.marks.bucket(r.Start)
		if plain {
			add(&x.marks.hits[b], tally{layer: sl.layer, n: by})
			x.marks.found += by
		} else {
			add(&x.marks.counts[b], tally{label: sl.item.Label, n: by})
		}
	}
}

// bucket is the part of the text that holds code point o.
func (g *gutter) bucket(o int) int { return max(0, min(buckets-1, o*buckets/max(1, g.length))) }

// start is the first code point of a part.
func (g *gutter) start(bucket int) int { return (bucket*g.length + buckets - 1) / buckets }

func add(list *[]tally, t tally) {
	for i := range *list {
		if have := &(*list)[i]; have.label == t.label && have.layer == t.layer {
			have.n += t.n
			return
		}
	}
	*list = append(*list, t)
}

// most is the label that a part of the text has most of, "" for none.
func (g *gutter) most(bucket int) string {
	best, n := "", 0
	for _, t := range g.counts[bucket] {
		if t.n > n || t.n == n && t.n > 0 && t.label < best {
			best, n = t.label, t.n
		}
	}
	return best
}

// hit is the last plain layer with hits in a part of the text, and false for none.
func (g *gutter) hit(bucket int) (layer int, ok bool) {
	for _, t := range g.hits[bucket] {
		if t.n > 0 && (!ok || t.layer > layer) {
			layer, ok = t.layer, true
		}
	}
	return layer, ok
}
