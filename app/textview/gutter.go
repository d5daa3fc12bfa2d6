package textview

import "cmp"

// buckets is how many places beside the scroll bar can have a mark.
const buckets = 180

// gutter counts the items of each label in each part of the text, so that marks
// beside the scroll bar cost the same for ten items and for a million.
type gutter struct {
	length int // code points of the text
	counts [buckets]map[string]int
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
	for _, r := range sl.item.Fragments {
		if r.Empty() {
			continue
		}
		b := max(0, min(buckets-1, r.Start*buckets/max(1, x.marks.length)))
		if x.marks.counts[b] == nil {
			x.marks.counts[b] = map[string]int{}
		}
		x.marks.counts[b][sl.item.Label] += by
	}
}

// most is the label that a part of the text has most of, "" for none.
func (g *gutter) most(bucket int) string {
	best, n := "", 0
	for label, c := range g.counts[bucket] {
		if c > n || c == n && c > 0 && cmp.Less(label, best) {
			best, n = label, c
		}
	}
	return best
}
