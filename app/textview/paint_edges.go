package textview

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"lede/annotate/text"
	"lede/app/textview/layout"
)

// stub is the short beginning of a link to what is out of sight.
func (p *painter) stub(t *tie, far int, up bool) {
	place := p.anchors(t.ends[0])
	if far == t.ends[0] {
		place = p.anchors(t.ends[1])
	}
	a, reach := place[0].top, -p.v.px(13)
	if !up {
		a, reach = place[len(place)-1].bottom, p.v.px(11)
	}
	end := layout.Point{X: a.X, Y: a.Y + reach}
	t.arc = layout.Out(a, end)
	if far == t.ends[0] {
		t.arc = layout.Out(end, a)
	}
	t.jump = far
}

// edgeBox is the place of a pill at an edge: near x, else beside the others there,
// else in another row.
func (p *painter) edgeBox(t tie, x float32, up bool, taken []box) box {
	v := p.v
	const gap = 6
	w, h := p.edgeWidth(t), v.size(v.opts.Style.PillSize)*1.9
	right := v.Size().Width - v.opts.Style.Strip - 4
	x = max(4, min(x-w/2, right-w))
	for row := float32(0); ; row++ {
		y := gap + row*(h+gap)
		if !up {
			y = v.Size().Height - gap - h - row*(h+gap)
		}
		places := []float32{x}
		for _, other := range taken {
			places = append(places, other.x1+gap, other.x0-gap-w)
		}
		for _, left := range places {
			b := box{left, y, left + w, y + h}
			if left >= 4 && left+w <= right && !slices.ContainsFunc(taken, b.overlaps) {
				return b
			}
		}
		if row > 2*mostEdge { // the view is narrower than the pill
			return box{x, y, x + w, y + h}
		}
	}
}

// farText is how the text of an item out of sight begins.
func (v *View) farText(slot int) string {
	fragments := v.items.slots[slot].item.Fragments
	if len(fragments) == 0 {
		return ""
	}
	r, cut := fragments[0], len(fragments) > 1
	if r.Len() > pillRunes {
		if end := v.Text().PrevGrapheme(r.Start + pillRunes + 1); end > r.Start {
			r.End, cut = end, true
		}
	}
	s := strings.Join(strings.Fields(v.Text().Slice(text.Range{Start: r.Start, End: r.End})), " ")
	if cut {
		s += "…"
	}
	return s
}

// edgeWidth is the width of a pill with its arrow and the far item's text.
func (p *painter) edgeWidth(t tie) float32 {
	v := p.v
	size := v.size(v.opts.Style.PillSize)
	w := width(v.lay(t.label, v.opts.Faces.sans, size, 0)) + size*2.8
	if t.id != "" {
		w += width(v.lay(v.farText(t.jump), v.opts.Faces.sans, size, 0)) + size*0.5
	}
	return w
}

// edgePill draws a pill at an edge: "speaker ↑ Ilse Brandvik".
func (p *painter) edgePill(t *tie, weight int) {
	v := p.v
	size := v.size(v.opts.Style.PillSize)
	ink, words := p.plate(weight, t.pill)
	name := v.lay(t.label, v.opts.Faces.sans, size, 0)
	base := (t.pill.y0+t.pill.y1-name.Height)/2 + name.Ascent
	x := t.pill.x0 + size*0.8
	p.label(atPill, name, ink, size, x, base)
	x += width(name) + size*0.6
	mid, reach := (t.pill.y0+t.pill.y1)/2, size*0.38
	if _, by := v.nearestPart(t.jump); by < 0 {
		reach = -reach
	}
	tip, half := fyne.NewPos(x, mid+reach), size*0.26
	thick := max(v.px(1.25), 1)
	p.stroke(atPill, ink, thick, fyne.NewPos(x, mid-reach), tip)
	p.stroke(atPill, ink, thick, tip, fyne.NewPos(x-half, tip.Y-reach*0.7))
	p.stroke(atPill, ink, thick, tip, fyne.NewPos(x+half, tip.Y-reach*0.7))
	if t.id != "" {
		p.label(atPill, v.lay(v.farText(t.jump), v.opts.Faces.sans, size, 0), words, size, x+size*0.8, base)
	}
}

// drawNote says at the lower edge that not all is drawn.
func (p *painter) drawNote(s string) {
	v := p.v
	b := p.pillBox(s, v.colX, v.Size().Height-v.px(16))
	p.pill(s, 0, b)
}
