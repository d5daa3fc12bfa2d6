package textview

import (
	"cmp"
	"image/color"
	"slices"

	"fyne.io/fyne/v2"

	"lede/annotate/text"
	"lede/app/textview/layout"
)

// How much is drawn of links at most: what shows must stay readable, and quick.
const (
	mostTies   = 40   // arcs of the chosen item
	mostOthers = 60   // arcs of all others
	mostEdge   = 4    // pills at an edge
	mostLooked = 2000 // links of one item
	pillRunes  = 26   // of the far item's text
)

// anchor is a place in sight where links of an item end: over a part, and below it.
type anchor struct {
	top, bottom layout.Point
	left, line  float32 // where the part begins to show, and the top of its box
	fragment    int
}

// anchors are the places of an item, one for each part in sight: over the middle
// of its first line, or over its label where that is in the way.
func (p *painter) anchors(slot int) []anchor {
	if known, ok := p.places[slot]; ok {
		return known
	}
	v := p.v
	it := &v.items.slots[slot].item
	var places []anchor
	for k, r := range it.Fragments {
		for _, l := range p.lines {
			if r.Start >= l.End() || r.End <= l.Start() {
				continue
			}
			found := false
			p.segments(l, r, func(x0, x1 float32) {
				y0, y1 := p.fillOf(l)
				if found || y1 < 4 || y0 > v.Size().Height-4 {
					return
				}
				found = true
				mid := (x0 + x1) / 2
				a := anchor{layout.Point{X: mid, Y: y0 - v.px(1.5)}, layout.Point{X: mid, Y: y1 + v.px(5)}, x0, y0, k}
				chip := v.lay(v.chipText(&shown{item: it, fragment: k, label: v.label(it.Label)}), v.opts.Faces.bold, v.chipSize(), 0)
				if v.chips && r.Start >= l.Start() && x1-x0 < 2*width(chip)+v.px(10) {
					a.top.Y = y0 - v.chipSize() - v.px(2)
				}
				places = append(places, a)
			})
			if found {
				break
			}
		}
	}
	p.places[slot] = places
	return places
}

// drawLinks draws links as arcs: those of the chosen item with small labels, and
// faintly, if they are asked for, those of all others in sight.
func (p *painter) drawLinks(list []shown) {
	v := p.v
	v.links.ties = v.links.ties[:0]
	if _, busy := v.linking(); busy {
		return
	}
	var ties []tie
	left := 0
	if slot, ok := v.items.find(v.chosen); ok {
		ties, left = p.chosenTies(slot)
	}
	if v.links.all {
		others, more := p.otherTies(list)
		ties = append(others, ties...)
		left += more
	}
	var pills []box
	for i := range ties {
		if ties[i].marked { // at an edge
			pills = append(pills, ties[i].pill)
		}
	}
	// Those of the chosen item come last here and have the first choice. What is
	// pointed at has none: no label may move away from under the pointer.
	for i := len(ties) - 1; i >= 0; i-- {
		pills = p.placePill(&ties[i], pills)
	}
	// What is pointed at lies over the rest.
	slices.SortStableFunc(ties, func(a, b tie) int { return p.weight(a) - p.weight(b) })
	for i := range ties {
		p.drawTie(&ties[i])
	}
	v.links.ties = ties
	if left > 0 {
		p.drawNote(v.opts.Words.More(left))
	}
}

// weight orders ties: others, those of the chosen item, what is chosen, what is
// pointed at.
func (p *painter) weight(t tie) int {
	links := &p.v.links
	switch {
	case t.id != "" && t.id == p.v.hover.link:
		return 3
	case t.id != "" && t.id == links.chosen:
		return 2
	case t.strong:
		return 1
	}
	return 0
}

// chosenTies are the links of the chosen item, and how many were left out.
func (p *painter) chosenTies(slot int) (ties []tie, left int) {
	v := p.v
	layer := v.items.layers[v.items.slots[slot].layer]
	var up, down []tie
	ids := layer.links.of[v.items.slots[slot].item.ID]
	for _, id := range ids[:min(len(ids), mostLooked)] {
		t, seen := p.tie(layer, layer.links.byID[id])
		t.strong = true
		switch far := p.outOfSight(t); {
		case !seen:
		case far < 0:
			ties = append(ties, t)
		default:
			t.jump = far
			if _, by := v.nearestPart(far); by < 0 {
				up = append(up, t)
			} else {
				down = append(down, t)
			}
		}
	}
	p.byReach(ties)
	left = max(0, len(ties)-mostTies)
	ties = ties[:min(len(ties), mostTies)]
	p.rank(ties)
	return slices.Concat(ties, p.edge(up, true), p.edge(down, false)), left
}

// otherTies are the links of all other items in sight, of which the shortest are
// taken, and how many were left out.
func (p *painter) otherTies(list []shown) (ties []tie, left int) {
	v := p.v
	done := map[string]bool{}
	looked := map[int]bool{}
	for _, s := range list {
		layer := v.items.layers[v.items.slots[s.slot].layer]
		if looked[s.slot] || s.chosen || len(p.anchors(s.slot)) == 0 {
			continue
		}
		looked[s.slot] = true
		out := map[bool]bool{}
		ids := layer.links.of[s.item.ID]
		for _, id := range ids[:min(len(ids), mostLooked)] {
			l := layer.links.byID[id]
			if done[id] || l.From == v.chosen || l.To == v.chosen {
				continue
			}
			done[id] = true
			t, seen := p.tie(layer, l)
			if !seen {
				continue
			}
			if far := p.outOfSight(t); far >= 0 {
				_, by := v.nearestPart(far)
				if out[by < 0] { // one stub stands for all that lead there
					continue
				}
				out[by < 0] = true
				p.stub(&t, far, by < 0)
			}
			ties = append(ties, t)
		}
	}
	p.byReach(ties)
	left = max(0, len(ties)-mostOthers)
	ties = ties[:min(len(ties), mostOthers)]
	p.rank(ties)
	return ties, left
}

// tie places a link; seen is false if neither of its ends is in sight.
func (p *painter) tie(layer *layer, l Link) (t tie, seen bool) {
	from, ok := layer.byID[l.From]
	to, ok2 := layer.byID[l.To]
	if !ok || !ok2 {
		return tie{}, false
	}
	a, b := p.anchors(from), p.anchors(to)
	t = tie{id: l.ID, label: l.Label, jump: -1, ends: [2]int{from, to}}
	switch {
	case len(a) > 0 && len(b) > 0:
		tops := func(of []anchor) (points []layout.Point) {
			for _, x := range of {
				points = append(points, x.top)
			}
			return points
		}
		i, j := layout.Closest(tops(a), tops(b))
		t.arc.From, t.arc.To = a[i].top, b[j].top
		if from == to {
			t.arc.To.X += p.v.px(14)
		}
	case len(a) > 0:
		t.arc.From = a[0].top
	case len(b) > 0:
		t.arc.To = b[0].top
	}
	return t, len(a)+len(b) > 0
}

// outOfSight is the slot of the end that is not in sight, -1 if both are.
func (p *painter) outOfSight(t tie) int {
	for _, slot := range t.ends {
		if len(p.anchors(slot)) == 0 {
			return slot
		}
	}
	return -1
}

// byReach sorts ties by their reach: narrow arcs go below wide ones.
func (p *painter) byReach(ties []tie) {
	reach := func(t tie) float32 {
		if t.jump >= 0 {
			return 0
		}
		d := t.arc.From.X - t.arc.To.X
		h := t.arc.From.Y - t.arc.To.Y
		return max(d, -d) + 3*max(h, -h)
	}
	slices.SortStableFunc(ties, func(a, b tie) int { return cmp.Compare(reach(a), reach(b)) })
}

// rank makes arcs, but those that are placed already, higher the more others
// there are at their ends.
func (p *painter) rank(ties []tie) {
	at := map[int]int{}
	for i := range ties {
		t := &ties[i]
		if t.jump >= 0 {
			continue
		}
		n := max(at[t.ends[0]], at[t.ends[1]])
		at[t.ends[0]], at[t.ends[1]] = n+1, n+1
		t.arc = layout.Over(t.arc.From, t.arc.To, n, p.v.px(p.v.opts.Style.Line))
	}
}

// edge leads ties to pills at the upper or lower edge that say what is there, the
// nearest first; a last pill counts the others.
func (p *painter) edge(ties []tie, up bool) []tie {
	v := p.v
	slices.SortStableFunc(ties, func(a, b tie) int {
		_, x := v.nearestPart(a.jump)
		_, y := v.nearestPart(b.jump)
		return cmp.Compare(abs(x), abs(y))
	})
	var pills []box
	for i := range ties {
		t := &ties[i]
		place := p.anchors(t.ends[0])
		back := len(place) == 0
		if back {
			place = p.anchors(t.ends[1])
			t.label = v.opts.Words.Reverse(t.label)
		}
		a := place[0].top
		if !up {
			a = place[len(place)-1].bottom
		}
		more := i == mostEdge
		if more {
			*t = tie{label: v.opts.Words.Beyond(len(ties) - mostEdge), jump: t.jump, strong: true, ends: t.ends}
		}
		t.pill, t.marked = p.edgeBox(*t, a.X, up, pills), true
		pills = append(pills, t.pill)
		at := layout.Point{X: max(t.pill.x0+v.px(10), min(a.X, t.pill.x1-v.px(10))), Y: t.pill.y1}
		if !up {
			at.Y = t.pill.y0
		}
		if more {
			return ties[:i+1]
		}
		if t.arc = layout.Out(a, at); back {
			t.arc = layout.Out(at, a)
		}
	}
	return ties
}

// placePill puts the label of an arc on it, where no other label is. Of the faint
// ones only what is pointed at has one.
func (p *painter) placePill(t *tie, taken []box) []box {
	if t.marked || t.label == "" || p.weight(*t) == 0 {
		return taken
	}
	for _, along := range []float32{0.5, 0.68, 0.32, 0.8, 0.2} {
		at := t.arc.At(along)
		if b := p.pillBox(t.label, at.X, at.Y); max(t.arc.From.X-t.arc.To.X, t.arc.To.X-t.arc.From.X) < 1.6*(b.x1-b.x0) {
			at.Y -= (b.y1 - b.y0) / 2 // a short arc's label stands on it, not over the words below
		}
		at.Y = max(12, min(at.Y, p.v.Size().Height-12))
		t.pill = p.pillBox(t.label, at.X, at.Y)
		if !slices.ContainsFunc(taken, t.pill.overlaps) {
			t.marked = true
			return append(taken, t.pill)
		}
	}
	t.marked = p.weight(*t) > 0
	return append(taken, t.pill)
}

// drawTie draws an arc with its arrow and its label.
func (p *painter) drawTie(t *tie) {
	v, s := p.v, p.v.opts.Style
	weight := p.weight(*t)
	ink := s.Accent
	thick := v.px(1.5)
	switch {
	case weight == 0:
		ink, thick = faded(s.Dim, 0.55), v.px(1)
	case weight > 1:
		thick = v.px(2.25)
		for _, slot := range t.ends {
			p.ring(slot, s.Accent, v.px(1.5))
		}
	}
	if t.arc != (layout.Arc{}) {
		a := t.arc
		p.curve(ink, thick, fyne.Position(a.From), fyne.Position(a.C1), fyne.Position(a.C2), fyne.Position(a.To))
		w, h := v.px(4), v.px(5)
		if weight == 0 {
			w, h = v.px(3), v.px(3.5)
		}
		if a.C2.Y > a.To.Y { // it comes from below
			h = -h
		}
		p.line(ink, thick, fyne.Position(a.To), fyne.NewPos(a.To.X-w, a.To.Y-h))
		p.line(ink, thick, fyne.Position(a.To), fyne.NewPos(a.To.X+w, a.To.Y-h))
	}
	switch {
	case !t.marked:
	case t.jump >= 0 && t.strong:
		p.edgePill(t, weight)
	default:
		p.pill(t.label, weight, t.pill)
	}
}

// ring outlines what shows of an item.
func (p *painter) ring(slot int, c color.Color, w float32) {
	for _, r := range p.v.items.slots[slot].item.Fragments {
		for _, l := range p.lines {
			if r.Start >= l.End() || r.End <= l.Start() {
				continue
			}
			y0, y1 := p.fillOf(l)
			p.segments(l, text.Range{Start: max(r.Start, l.Start()), End: min(r.End, l.End())}, func(x0, x1 float32) {
				o := p.rect(atOutline, color.Transparent, x0-w, y0-w, x1+w, y1+w)
				o.StrokeColor, o.StrokeWidth, o.CornerRadius = c, w, p.v.px(3)
			})
		}
	}
}

// pillBox is the place of a small floating text with its centre at (x, y), kept
// in the view.
func (p *painter) pillBox(s string, x, y float32) box {
	v := p.v
	size := v.size(v.opts.Style.PillSize)
	w, h := width(v.lay(s, v.opts.Faces.sans, size, 0))+size*1.5, size*1.6
	x = max(w/2+2, min(x, v.Size().Width-v.opts.Style.Strip-w/2-2))
	return box{x - w/2, y - h/2, x + w/2, y + h/2}
}

// plate is the ground of a small floating text and its ink: filled for what is
// chosen or pointed at, quiet for what is faint.
func (p *painter) plate(weight int, b box) (ink, dim color.Color) {
	s := p.v.opts.Style
	ground, line := s.Raised, s.Hairline
	ink, dim = s.Accent, s.Text
	switch {
	case weight == 0:
		ink = s.Dim
	case weight > 1:
		ground, line, ink, dim = s.Accent, s.Accent, s.Raised, s.Raised
	}
	r := p.rect(atPill, ground, b.x0, b.y0, b.x1, b.y1)
	r.CornerRadius, r.StrokeColor, r.StrokeWidth = (b.y1-b.y0)/2, line, 1
	return ink, dim
}

// pill draws a small floating text.
func (p *painter) pill(s string, weight int, b box) {
	v := p.v
	size := v.size(v.opts.Style.PillSize)
	t := v.lay(s, v.opts.Faces.sans, size, 0)
	ink, _ := p.plate(weight, b)
	p.label(atPill, t, ink, size, (b.x0+b.x1-width(t))/2, (b.y0+b.y1-t.Height)/2+t.Ascent)
}
