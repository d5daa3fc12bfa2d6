package textview

import "slices"

// linkIndex finds the links of a layer by their ids and by the items at their
// ends.
type linkIndex struct {
	byID map[string]Link
	of   map[string][]string // ids of links, by item
}

func (x *linkIndex) set(links []Link) {
	x.byID, x.of = make(map[string]Link, len(links)), make(map[string][]string, len(links))
	for _, l := range links {
		x.put(l)
	}
}

func (x *linkIndex) put(l Link) {
	if _, known := x.byID[l.ID]; known {
		x.remove(l.ID)
	}
	x.byID[l.ID] = l
	x.of[l.From] = append(x.of[l.From], l.ID)
	if l.To != l.From {
		x.of[l.To] = append(x.of[l.To], l.ID)
	}
}

func (x *linkIndex) remove(id string) bool {
	l, ok := x.byID[id]
	if !ok {
		return false
	}
	delete(x.byID, id)
	for _, end := range []string{l.From, l.To} {
		if x.of[end] = slices.DeleteFunc(x.of[end], func(other string) bool { return other == id }); len(x.of[end]) == 0 {
			delete(x.of, end)
		}
	}
	return true
}

// SetLinks replaces the links of a layer; its items stay.
func (v *View) SetLinks(layer int, links []Link) {
	if layer < len(v.items.layers) {
		v.items.layers[layer].links.set(links)
		v.refresh()
	}
}

// PutLink adds a link to a layer or replaces the one with its id. It costs little
// whatever else the layer holds.
func (v *View) PutLink(layer int, l Link) {
	if layer < len(v.items.layers) {
		v.items.layers[layer].links.put(l)
		v.refresh()
	}
}

// RemoveLink takes a link out of a layer.
func (v *View) RemoveLink(layer int, id string) {
	if layer < len(v.items.layers) && v.items.layers[layer].links.remove(id) {
		v.refresh()
	}
}
