package figure

import (
	"cmp"
	"slices"

	"lede/app/textview/look"
)

// arc is a relation with both its ends placed.
type arc struct {
	from, to point
	label    string
}

func (a arc) reach() float32 { return max(a.from.x-a.to.x, a.to.x-a.from.x) }

// links draws relations as arcs with a small label. Wide arcs go over narrow ones.
func (c *composer) links() {
	var arcs []arc
	for _, link := range c.p.Links {
		from, ok := c.anchor(link.From)
		to, ok2 := c.anchor(link.To)
		if ok && ok2 {
			arcs = append(arcs, arc{from, to, link.Label})
		}
	}
	slices.SortStableFunc(arcs, func(a, b arc) int { return cmp.Compare(a.reach(), b.reach()) })
	var pills []box
	for i, a := range arcs {
		pills = c.arc(a, i, pills)
	}
}

// anchor is where arcs of a span end: over the middle of its first stretch, or
// over its label where that is in the way.
func (c *composer) anchor(id string) (point, bool) {
	for _, s := range c.shown {
		if s.span.ID != id || s.Part != s.span.Fragments[0].Part {
			continue
		}
		for _, l := range c.lines {
			at, found := point{}, false
			c.segments(l, s.Range, func(x0, x1 float32) {
				if found {
					return
				}
				y0, _ := c.fill(l)
				at, found = point{(x0 + x1) / 2, y0 - 1.5}, true
				if size := c.o.Style.ChipSize; c.o.Chips && s.Start >= l.Start() &&
					x1-x0 < 2*c.label(s.caption(), c.o.Fonts.SansBold, size).Lines[0].Width+10 {
					at.y = y0 - size - 2
				}
			})
			if found {
				return at, true
			}
		}
	}
	return point{}, false
}

// arc draws an arc with an arrow at its end, and its label where none of the
// pills drawn before is in the way.
func (c *composer) arc(a arc, n int, pills []box) []box {
	accent := solid(c.o.Style.Accent)
	lift := 18 + min(a.reach()*0.03, 14) + float32(min(n, 4))*7
	up := min(a.from.y, a.to.y) - lift
	curve := []point{a.from, {a.from.x, up}, {a.to.x, up}, a.to}
	if d := a.from.y - a.to.y; d > 60 || d < -60 { // lines apart: a calm S
		curve[1], curve[2] = point{a.from.x, a.from.y - lift*1.6}, point{a.to.x, a.to.y - lift*1.6}
	}
	const wing, width = 4, 1.5
	c.scene.add(atArc, stroke{curve, width, accent})
	c.scene.add(atArc, stroke{[]point{a.to, {a.to.x - wing, a.to.y - wing*1.25}}, width, accent})
	c.scene.add(atArc, stroke{[]point{a.to, {a.to.x + wing, a.to.y - wing*1.25}}, width, accent})
	if a.label == "" {
		return pills
	}
	size := c.o.Style.PillSize
	words := c.label(a.label, c.o.Fonts.Sans, size)
	w, h := words.Lines[0].Width+size*1.5, size*1.6
	var place box
	for _, t := range []float32{0.5, 0.68, 0.32, 0.8, 0.2} {
		at := bezier(curve, t)
		place = box{at.x - w/2, at.y - h/2, at.x + w/2, at.y + h/2}
		if !slices.ContainsFunc(pills, place.overlaps) {
			break
		}
	}
	c.scene.add(atPill, rect{box: place, color: solid(c.o.Style.Raised), radius: h / 2, edge: look.Faded(c.o.Style.Hairline, 1)})
	c.write(atPillText, words, &words.Lines[0], size, accent, place.x0+size*0.75, place.y0+(h-words.Height)/2+words.Ascent)
	return append(pills, place)
}
