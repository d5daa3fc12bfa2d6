package textview

import (
	"cmp"
	"slices"

	"lede/annotate/text"
	"lede/app/textview/layout"
)

// index finds items by layer and id, and their fragments by place.
type index struct {
	layers []*layer
	slots  []slot // what marks refer to
	free   []int
	spans  layout.Spans // fragments of all layers that have lanes
	marks  gutter
}

// layer is a Layer whose items live in slots.
type layer struct {
	Layer // Items and Links are empty
	byID  map[string]int
	plain layout.Spans // fragments of a plain layer
	links linkIndex
}

// slot is an item and the layer it belongs to.
type slot struct {
	item  Item
	layer int
}

// A mark's Ref is a slot and a fragment.
const fragmentBits = 20

func ref(slot, fragment int) int { return slot<<fragmentBits | fragment }

func deref(ref int) (slot, fragment int) { return ref >> fragmentBits, ref & (1<<fragmentBits - 1) }

func (x *index) clear() { *x = index{} }

// SetLayers replaces all layers.
func (v *View) SetLayers(layers []Layer) {
	v.items.clear()
	for i := range layers {
		v.items.add(i, layers[i])
	}
	v.items.rebuild(v.Text().Len())
	v.flow.Reroom()
	v.refresh()
}

// SetLayer replaces one whole layer, or adds it behind the last.
func (v *View) SetLayer(i int, l Layer) {
	x := &v.items
	for len(x.layers) <= i {
		x.add(len(x.layers), Layer{})
	}
	old := x.layers[i]
	for _, s := range old.byID {
		x.drop(s)
	}
	x.add(i, l)
	if old.Style.Plain && l.Style.Plain {
		x.rebuildPlain(x.layers[i], i)
	} else {
		x.rebuild(v.Text().Len())
	}
	x.recount(v.Text().Len())
	v.flow.Reroom()
	v.refresh()
}

// PutItem adds an item to a layer or replaces the one with its id. It costs
// little whatever else the layer holds.
func (v *View) PutItem(layer int, it Item) {
	x := &v.items
	for len(x.layers) <= layer {
		x.add(len(x.layers), Layer{})
	}
	x.remove(layer, it.ID)
	l := x.layers[layer]
	s := x.put(layer, it)
	l.byID[it.ID] = s
	for k, r := range it.Fragments {
		if !r.Empty() {
			x.spansOf(l).Insert(layout.Mark{Start: r.Start, End: r.End, Ref: ref(s, k)})
		}
	}
	x.count(s, 1)
	v.flow.Reroom()
	v.refresh()
}

// RemoveItem takes an item out of a layer.
func (v *View) RemoveItem(layer int, id string) {
	if layer < len(v.items.layers) && v.items.remove(layer, id) {
		v.flow.Reroom()
		v.refresh()
	}
}

// add makes layer i; its spans are indexed by rebuild.
func (x *index) add(i int, in Layer) {
	l := &layer{Layer: in, byID: make(map[string]int, len(in.Items))}
	l.links.set(in.Links)
	l.Items, l.Links = nil, nil
	if i == len(x.layers) {
		x.layers = append(x.layers, l)
	} else {
		x.layers[i] = l
	}
	x.slots = slices.Grow(x.slots, len(in.Items))
	for _, it := range in.Items {
		s, known := x.put(i, it), len(l.byID)
		if l.byID[it.ID] = s; len(l.byID) == known { // the id is there twice: the first item stays
			x.drop(s)
			l.byID[it.ID] = slices.IndexFunc(x.slots, func(sl slot) bool { return sl.layer == i && sl.item.ID == it.ID })
		}
	}
}

// drop frees a slot that nothing refers to any more.
func (x *index) drop(s int) {
	x.slots[s] = slot{}
	x.free = append(x.free, s)
}

func (x *index) put(layer int, it Item) int {
	if n := len(x.free); n > 0 {
		s := x.free[n-1]
		x.free = x.free[:n-1]
		x.slots[s] = slot{it, layer}
		return s
	}
	x.slots = append(x.slots, slot{it, layer})
	return len(x.slots) - 1
}

func (x *index) remove(layer int, id string) bool {
	l := x.layers[layer]
	s, ok := l.byID[id]
	if !ok {
		return false
	}
	x.count(s, -1)
	for k, r := range x.slots[s].item.Fragments {
		x.spansOf(l).Remove(layout.Mark{Start: r.Start, End: r.End, Ref: ref(s, k)})
	}
	delete(l.byID, id)
	x.drop(s)
	return true
}

func (x *index) spansOf(l *layer) *layout.Spans {
	if l.Style.Plain {
		return &l.plain
	}
	return &x.spans
}

// rebuild indexes the fragments of all layers.
func (x *index) rebuild(length int) {
	marks := make([]layout.Mark, 0, len(x.slots))
	for s := range x.slots {
		if sl := &x.slots[s]; sl.layer < len(x.layers) && !x.layers[sl.layer].Style.Plain {
			marks = appendMarks(marks, s, sl.item)
		}
	}
	x.spans.Set(marks)
	for i, l := range x.layers {
		x.rebuildPlain(l, i)
	}
	x.recount(length)
}

func (x *index) rebuildPlain(l *layer, i int) {
	if !l.Style.Plain {
		l.plain.Set(nil)
		return
	}
	var marks []layout.Mark
	for s := range x.slots {
		if x.slots[s].layer == i {
			marks = appendMarks(marks, s, x.slots[s].item)
		}
	}
	l.plain.Set(marks)
}

func appendMarks(marks []layout.Mark, s int, it Item) []layout.Mark {
	for k, r := range it.Fragments {
		if !r.Empty() {
			marks = append(marks, layout.Mark{Start: r.Start, End: r.End, Ref: ref(s, k)})
		}
	}
	return marks
}

// find is the slot of an item, looked for in all layers, editable ones first.
func (x *index) find(id string) (s int, ok bool) {
	if id == "" {
		return 0, false
	}
	for _, editable := range []bool{true, false} {
		for _, l := range x.layers {
			if s, ok := l.byID[id]; ok && l.Editable == editable {
				return s, true
			}
		}
	}
	return 0, false
}

// at lists the items over a grapheme, the innermost first.
func (x *index) at(r text.Range) []string {
	type hit struct {
		id          string
		size, layer int
	}
	var hits []hit
	x.spans.Visit(r.Start, r.End, func(m layout.Mark, _ int) {
		s, _ := deref(m.Ref)
		hits = append(hits, hit{x.slots[s].item.ID, m.End - m.Start, x.slots[s].layer})
	})
	slices.SortStableFunc(hits, func(a, b hit) int {
		return cmp.Or(a.size-b.size, a.layer-b.layer, cmp.Compare(a.id, b.id))
	})
	var ids []string
	seen := make(map[string]bool, len(hits))
	for _, h := range hits {
		if !seen[h.id] {
			seen[h.id] = true
			ids = append(ids, h.id)
		}
	}
	return ids
}
