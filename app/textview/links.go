package textview

import (
	"fyne.io/fyne/v2"

	"lede/annotate/text"
	"lede/app/textview/layout"
)

// linkState is what the view knows of links, beside those of its layers.
type linkState struct {
	all    bool   // those of every item are drawn
	chosen string // id of the chosen link
	aim    *aim   // the other end of a new link is looked for by keys or click
	pull   *pull  // … or drawn with the pointer

	// As drawn last, for the pointer.
	ties  []tie
	chips []chipPlace
	port  box // from which a link of the chosen item is drawn; empty for none
}

// tie is a link as it is drawn.
type tie struct {
	id     string // "" for a pill that stands for several
	arc    layout.Arc
	label  string
	pill   box
	marked bool // with a pill
	strong bool // of the chosen item
	jump   int  // slot of the end out of sight to which the pill leads, -1 for none
	ends   [2]int
}

// chipPlace is where the label of an item is drawn.
type chipPlace struct {
	slot, fragment int
	box            box
}

// linkReach is how far from an arc the pointer may be.
const linkReach = 4

// SetAllLinks draws the links of every item in sight, or those of the chosen item
// only.
func (v *View) SetAllLinks(on bool) {
	v.links.all = on
	v.refresh()
}

// ChooseLink makes a link the chosen one; "" for none.
func (v *View) ChooseLink(id string) {
	if v.links.chosen != id {
		v.links.chosen = id
		v.refresh()
	}
}

// ChosenLink is the id of the chosen link, "" for none.
func (v *View) ChosenLink() string { return v.links.chosen }

// tieAt is the link at a point: the pill that holds it, else the nearest arc.
func (v *View) tieAt(p fyne.Position) (t tie, onPill, ok bool) {
	best := float32(linkReach + 1)
	for i := len(v.links.ties) - 1; i >= 0; i-- { // what was drawn last lies on top
		switch now := v.links.ties[i]; {
		case now.marked && now.pill.holds(p):
			return now, true, true
		case now.id == "":
		default:
			if d, near := now.arc.Near(layout.Point(p), linkReach); near && d < best {
				t, ok, best = now, true, d
			}
		}
	}
	return t, false, ok
}

// chipAt is the item whose label stands at a point and that a link can begin at.
func (v *View) chipAt(p fyne.Position) (id string, ok bool) {
	for _, c := range v.links.chips {
		if c.box.holds(p) && v.startable(c.slot) {
			return v.items.slots[c.slot].item.ID, true
		}
	}
	return "", false
}

// startable tells whether a link can be drawn from an item.
func (v *View) startable(slot int) bool {
	sl := &v.items.slots[slot]
	return v.items.layers[sl.layer].Editable && v.OnLink != nil && (v.CanStart == nil || v.CanStart(sl.item.ID))
}

// pressLinks begins a gesture at a link, or at a place from which one is drawn; it
// tells whether there is any.
func (v *View) pressLinks(p fyne.Position, mods fyne.KeyModifier) bool {
	pr := &v.press
	if mods != 0 {
		return false
	}
	if v.links.port.holds(p) {
		pr.mode, pr.from = pressChip, v.chosen
		return true
	}
	t, onPill, ok := v.tieAt(p)
	if ok && onPill {
		pr.mode, pr.tie, pr.clicks = pressLink, t, 0 // its pill leads to what is out of sight
		return true
	}
	if id, chip := v.chipAt(p); chip && pr.clicks == 1 {
		pr.mode, pr.from = pressChip, id
		return true
	}
	if ok && pr.clicks == 1 { // a double click is for the word below the arc
		pr.mode, pr.tie = pressLink, t
		pr.tie.jump = -1
		return true
	}
	return false
}

// moveLinks goes on with a gesture that began at a link or chip and has moved.
func (v *View) moveLinks() {
	pr := &v.press
	switch pr.mode {
	case pressChip:
		pr.mode = dragLink
		v.bar.hide()
		v.links.pull = &pull{from: pr.from}
	case pressLink: // text is selected across it
		o, up := v.hit(pr.at)
		pr.mode, pr.anchor, pr.grain = dragText, o, text.Character
		v.caret = caret{at: o, anchor: o, up: up, goal: -1}
		v.follow()
		return
	default: // dragLink
	}
	v.links.pull.at = pr.pointer
	v.refresh()
}

// endLinks tells what a gesture at a link or chip meant.
func (v *View) endLinks(pr press, pulled *pull) {
	switch {
	case pr.mode == dragLink && pulled != nil:
		if slot, ok := v.targetAt(pulled.at, pulled.from); ok && v.OnLink != nil {
			v.OnLink(pulled.from, v.items.slots[slot].item.ID, "")
		}
	case pr.mode == pressChip:
		if pr.from != v.chosen && v.OnChoose != nil {
			v.OnChoose(pr.from)
		}
	case pr.mode == pressLink && pr.tie.jump >= 0:
		v.jump(pr.tie.jump)
	case pr.mode == pressLink && v.OnChooseLink != nil:
		v.OnChooseLink(pr.tie.id)
	}
}

// jump scrolls to the part of an item that is nearest to what shows.
func (v *View) jump(slot int) {
	if slot < len(v.items.slots) && len(v.items.slots[slot].item.Fragments) > 0 {
		r, _ := v.nearestPart(slot)
		v.Reveal(r)
	}
}

// nearestPart is the part of an item that is nearest to what shows, and by how
// many code points it lies above (negative) or below.
func (v *View) nearestPart(slot int) (r text.Range, by int) {
	shown := text.Range{}
	if v.paint != nil && len(v.paint.lines) > 0 {
		shown = text.Range{Start: v.paint.lines[0].Start(), End: v.paint.lines[len(v.paint.lines)-1].End()}
	}
	for i, f := range v.items.slots[slot].item.Fragments {
		d := min(0, f.End-1-shown.Start) + max(0, f.Start-shown.End+1)
		if i == 0 || abs(d) < abs(by) {
			r, by = f, d
		}
	}
	return r, by
}

func abs(x int) int { return max(x, -x) }

// hoverLinks marks the link under the pointer, and tells whether there is
// something to press.
func (v *View) hoverLinks(p fyne.Position, h *hover) bool {
	if v.links.aim != nil {
		from, _ := v.items.find(v.links.aim.from)
		slot, ok := v.targetAt(p, v.links.aim.from)
		return ok && (!v.picking() || v.possible(from, slot))
	}
	if h.port = v.links.port.holds(p); h.port {
		return true
	}
	t, _, ok := v.tieAt(p)
	if ok {
		h.link = t.id
		return true
	}
	_, ok = v.chipAt(p)
	return ok
}
