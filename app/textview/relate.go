package textview

import (
	"cmp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"lede/annotate/text"
	"lede/app/textview/layout"
)

// aim is the search for the other end of a new link: every possible one in sight
// has a hint of letters to type, and can be clicked.
type aim struct {
	from, kind string
	words      string // what to do, for people
	typed      string
	hints      map[int]string // by slot, as drawn last
	pick       pick
}

// pull is a new link that follows the pointer.
type pull struct {
	from string
	at   fyne.Position
}

// Relate begins to look for the other end of a link from an item. Kind is handed
// on to CanLink and OnLink; words say what to do. The view has the keyboard until
// an end is found, Esc, or a command.
func (v *View) Relate(from, kind, words string) {
	if _, ok := v.items.find(from); !ok {
		return
	}
	v.stopGesture()
	v.bar.hide()
	v.dropAim()
	v.links.aim = &aim{from: from, kind: kind, words: words}
	v.refresh()
}

// Relating tells whether the other end of a link is being looked for.
func (v *View) Relating() bool { return v.links.aim != nil }

// StopRelating gives up to look for the other end of a link.
func (v *View) StopRelating() {
	if v.links.aim != nil {
		v.dropAim()
		v.refresh()
	}
}

// linking is the slot from which a new link is about to lead.
func (v *View) linking() (slot int, ok bool) {
	switch {
	case v.links.aim != nil:
		return v.items.find(v.links.aim.from)
	case v.links.pull != nil:
		return v.items.find(v.links.pull.from)
	}
	return 0, false
}

// possible tells whether a new link may lead from one item to another: both of one
// layer, and the window has a kind for it.
func (v *View) possible(from, to int) bool {
	a, b := &v.items.slots[from], &v.items.slots[to]
	if a.layer != b.layer || from == to {
		return false
	}
	kind := ""
	if v.links.aim != nil {
		kind = v.links.aim.kind
	}
	return v.CanLink == nil || v.CanLink(a.item.ID, b.item.ID, kind)
}

// targetAt is the item at a point to which a link from another may lead: of
// several the innermost possible one, else the innermost.
func (v *View) targetAt(p fyne.Position, fromID string) (slot int, ok bool) {
	from, known := v.items.find(fromID)
	if !known {
		return 0, false
	}
	for _, c := range v.links.chips {
		if c.box.holds(p) && c.slot != from {
			return c.slot, true
		}
	}
	g, over := v.under(p)
	if !over {
		return 0, false
	}
	size := 0
	possible := false
	v.items.spans.Visit(g.Start, g.End, func(m layout.Mark, _ int) {
		s, _ := deref(m.Ref)
		if s == from || v.items.slots[s].layer != v.items.slots[from].layer {
			return
		}
		can := v.possible(from, s)
		if !ok || can && !possible || can == possible && m.End-m.Start < size {
			slot, ok, size, possible = s, true, m.End-m.Start, can
		}
	})
	return slot, ok
}

// pressAim takes a click while the other end is looked for: on an item it is that
// end, beside all it gives up.
func (v *View) pressAim(p fyne.Position) {
	if slot, ok := v.targetAt(p, v.links.aim.from); ok {
		v.found(slot)
		return
	}
	v.StopRelating()
}

// found ends the search at an item. One that is not possible is told all the same:
// the window says why.
func (v *View) found(slot int) {
	a := v.links.aim
	if from, ok := v.items.find(a.from); ok && v.possible(from, slot) {
		v.foundOne()
	}
	if v.OnLink != nil {
		v.OnLink(a.from, v.items.slots[slot].item.ID, a.kind)
	}
}

// aimKey takes a key while the other end is looked for; it tells whether the key
// was one of the search.
func (v *View) aimKey(e *fyne.KeyEvent) bool {
	a := v.links.aim
	if a == nil {
		return false
	}
	page := float64(v.Size().Height) - float64(v.flow.Metrics().Line)
	line := float64(v.flow.Metrics().Line)
	shift := v.mods()&fyne.KeyModifierShift != 0
	scroll := func(by float64) {
		a.typed = ""
		v.scrollBy(by)
	}
	if a.pick.on && v.pickKey(e.Name, shift) {
		if v.Keys != nil {
			v.Keys.Letter(e) // the press is used up, its repeats and its character too
		}
		return true
	}
	switch e.Name {
	case fyne.KeyEscape:
		if a.pick.on {
			v.unpick()
		}
		v.StopRelating()
	case fyne.KeyBackspace:
		a.typed = a.typed[:max(0, len(a.typed)-1)]
		v.refresh()
	case fyne.KeyPageDown:
		scroll(page)
	case fyne.KeyPageUp:
		scroll(-page)
	case fyne.KeySpace:
		if shift {
			page = -page
		}
		scroll(page)
	case fyne.KeyDown:
		scroll(line)
	case fyne.KeyUp:
		scroll(-line)
	case fyne.KeyHome:
		scroll(-v.flow.Total())
	case fyne.KeyEnd:
		scroll(v.flow.Total())
	default:
		if len(e.Name) > 1 && !types(e.Name) && !modifier(e.Name) && e.Name != fyne.KeyTab && e.Name != fyne.KeyReturn && e.Name != fyne.KeyEnter {
			v.StopRelating() // a function key is a command
			return false
		}
		v.aimType(v.letter(e))
	}
	return true
}

// letter is the Latin letter of a key, "" for none and for a key that is held. The
// press is no command then.
func (v *View) letter(e *fyne.KeyEvent) string {
	name := e.Name
	if v.Keys != nil {
		name = v.Keys.Letter(e)
	}
	if len(name) == 1 && name[0] >= 'A' && name[0] <= 'Z' {
		return string(name)
	}
	return ""
}

// aimType takes a letter of a hint. One that fits none is passed over.
func (v *View) aimType(letter string) {
	a := v.links.aim
	typed := a.typed + letter
	fits := false
	for slot, hint := range a.hints {
		if letter != "" && hint == typed {
			v.found(slot)
			return
		}
		fits = fits || strings.HasPrefix(hint, typed)
	}
	if fits {
		a.typed = typed
		v.refresh()
	}
}

// planHints gives every possible end in sight its hint: the nearer to where the
// link begins, the shorter.
func (p *painter) planHints(list []shown) {
	v := p.v
	a := v.links.aim
	if a == nil {
		return
	}
	from, ok := v.items.find(a.from)
	if !ok { // it was deleted meanwhile
		v.links.aim = nil
		if v.OnAimEnd != nil {
			v.opts.Dispatch(v.OnAimEnd) // not while the frame is built
		}
		return
	}
	a.hints = map[int]string{}
	at := v.items.slots[from].item.Fragments
	type target struct{ slot, far, start int }
	var targets []target
	for _, s := range list {
		if _, twice := a.hints[s.slot]; twice || !p.can(s.slot) || len(p.anchors(s.slot)) == 0 {
			continue
		}
		a.hints[s.slot] = ""
		targets = append(targets, target{s.slot, between(at, s.item.Fragments), s.item.Fragments[0].Start})
	}
	slices.SortFunc(targets, func(a, b target) int {
		return cmp.Or(cmp.Compare(a.far, b.far), cmp.Compare(a.start, b.start), cmp.Compare(a.slot, b.slot))
	})
	for i, hint := range layout.Hints(len(targets)) {
		a.hints[targets[i].slot] = hint
	}
}

// between is how many code points are between the nearest parts of two items.
func between(a, b []text.Range) int {
	best := -1
	for _, x := range a {
		for _, y := range b {
			if d := max(0, x.Start-y.End, y.Start-x.End); best < 0 || d < best {
				best = d
			}
		}
	}
	return best
}
