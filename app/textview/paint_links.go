package textview

import (
	"cmp"
	"image/color"
	"math"
	"slices"

	"fyne.io/fyne/v2"
)

// arc is a link with both its ends placed.
type arc struct {
	from, to fyne.Position
	label    string
}

func (a arc) reach() float32 { return float32(math.Abs(float64(a.from.X - a.to.X))) }

// drawLinks draws the links of the chosen item as arcs with a small label. Wide
// arcs go over narrow ones.
func (p *painter) drawLinks(slot int) {
	v := p.v
	sl := v.items.slots[slot]
	layer := v.items.layers[sl.layer]
	var arcs []arc
	for _, link := range layer.Links {
		if link.From != sl.item.ID && link.To != sl.item.ID {
			continue
		}
		from, ok := layer.byID[link.From]
		to, ok2 := layer.byID[link.To]
		if !ok || !ok2 {
			continue
		}
		a, seenA := p.anchor(from)
		b, seenB := p.anchor(to)
		if seenA || seenB {
			arcs = append(arcs, arc{a, b, link.Label})
		}
	}
	slices.SortStableFunc(arcs, func(a, b arc) int { return cmp.Compare(a.reach(), b.reach()) })
	var pills []box
	for i, a := range arcs {
		pills = p.drawArc(a, i, pills)
	}
}

// anchor is where arcs of an item end: over the middle of its first part in
// sight, or over its label where that is in the way. For an item out of sight it
// lies beyond the edge where the item would be.
func (p *painter) anchor(slot int) (fyne.Position, bool) {
	v := p.v
	it := &v.items.slots[slot].item
	for k, r := range it.Fragments {
		for _, l := range p.lines {
			if r.Start >= l.End() || r.End <= l.Start() {
				continue
			}
			at, found := fyne.Position{}, false
			p.segments(l, r, func(x0, x1 float32) {
				if y0, _ := p.fillOf(l); !found {
					at, found = fyne.NewPos((x0+x1)/2, y0-v.px(1.5)), true
					chip := v.lay(v.chipText(shown{item: it, fragment: k, label: v.label(it.Label)}), v.opts.Faces.bold, v.chipSize(), 0)
					if v.chips && r.Start >= l.Start() && x1-x0 < 2*width(chip)+v.px(10) {
						at.Y = y0 - v.chipSize() - v.px(2)
					}
				}
			})
			if found {
				return at, true
			}
		}
	}
	y := float32(-40)
	if first := p.lines[0]; len(it.Fragments) > 0 && it.Fragments[0].Start >= first.Start() {
		y = v.Size().Height + 40
	}
	return fyne.NewPos(v.colX+v.colW/2, y), false
}

// drawArc draws an arc with an arrow at its end, and its label where none of
// the pills drawn before is in the way.
func (p *painter) drawArc(a arc, n int, pills []box) []box {
	v, accent := p.v, p.v.opts.Style.Accent
	lift := v.px(18 + min(a.reach()*0.03, 14) + float32(min(n, 4))*7)
	up := min(a.from.Y, a.to.Y) - lift
	c1, c2 := fyne.NewPos(a.from.X, up), fyne.NewPos(a.to.X, up)
	if d := a.from.Y - a.to.Y; d > v.px(60) || d < -v.px(60) { // lines apart: a calm S
		c1, c2 = fyne.NewPos(a.from.X, a.from.Y-lift*1.6), fyne.NewPos(a.to.X, a.to.Y-lift*1.6)
	}
	p.curve(accent, v.px(1.5), a.from, c1, c2, a.to)
	w := v.px(4)
	p.line(accent, v.px(1.5), a.to, fyne.NewPos(a.to.X-w, a.to.Y-w*1.25))
	p.line(accent, v.px(1.5), a.to, fyne.NewPos(a.to.X+w, a.to.Y-w*1.25))
	if a.label == "" {
		return pills
	}
	var place box
	for _, t := range []float32{0.5, 0.68, 0.32, 0.8, 0.2} {
		at := bezier(a.from, c1, c2, a.to, t)
		at.Y = max(12, min(at.Y, v.Size().Height-12))
		place = p.pillBox(a.label, at.X, at.Y)
		if !slices.ContainsFunc(pills, place.overlaps) {
			break
		}
	}
	p.pill(a.label, accent, place)
	return append(pills, place)
}

// bezier is the point at t of a cubic curve.
func bezier(a, b, c, d fyne.Position, t float32) fyne.Position {
	u := 1 - t
	at := func(a, b, c, d float32) float32 { return u*u*u*a + 3*u*u*t*b + 3*u*t*t*c + t*t*t*d }
	return fyne.NewPos(at(a.X, b.X, c.X, d.X), at(a.Y, b.Y, c.Y, d.Y))
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

// pill draws a small floating text.
func (p *painter) pill(s string, c color.Color, b box) {
	v := p.v
	size := v.size(v.opts.Style.PillSize)
	t := v.lay(s, v.opts.Faces.sans, size, 0)
	r := p.rect(atPill, v.opts.Style.Raised, b.x0, b.y0, b.x1, b.y1)
	r.CornerRadius, r.StrokeColor, r.StrokeWidth = (b.y1-b.y0)/2, v.opts.Style.Hairline, 1
	p.label(atPill, t, c, size, (b.x0+b.x1-width(t))/2, (b.y0+b.y1-t.Height)/2+t.Ascent)
}
