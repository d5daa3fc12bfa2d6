package textview

import (
	"image/color"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"lede/app/textview/layout"
)

// can tells whether a new link may lead to an item; it is asked once in a frame.
func (p *painter) can(slot int) bool {
	from, ok := p.v.linking()
	if !ok {
		return false
	}
	can, known := p.cans[slot]
	if !known {
		can = p.v.possible(from, slot)
		p.cans[slot] = can
	}
	return can
}

// dimmed tells whether an item stands back because a new link cannot lead to it.
func (p *painter) dimmed(slot int) bool {
	from, ok := p.v.linking()
	return ok && slot != from && !p.can(slot)
}

// hintRoom is the room that the hint of an item takes before its label.
func (p *painter) hintRoom(slot, fragment int) float32 {
	hint := p.hint(slot)
	if hint == "" { // as nearly always: a line may have thousands of items
		return 0
	}
	if places := p.anchors(slot); len(places) == 0 || places[0].fragment != fragment {
		return 0
	}
	w, _ := p.hintSize(hint)
	return w + p.v.px(3)
}

// hint is what is to be typed for an item, "" for nothing.
func (p *painter) hint(slot int) string {
	if a := p.v.links.aim; a != nil && strings.HasPrefix(a.hints[slot], a.typed) {
		return a.hints[slot]
	}
	return ""
}

func (p *painter) hintSize(hint string) (w, h float32) {
	v := p.v
	size := v.size(v.opts.Style.PillSize)
	return width(v.lay(hint, v.opts.Faces.bold, size, 0)) + size*0.7, size * 1.3
}

// drawRelate draws what a new link needs: the possible ends, their hints, the arc
// that follows the pointer, and what to do.
func (p *painter) drawRelate(list []shown) {
	v := p.v
	from, ok := v.linking()
	if !ok {
		p.drawPort()
		return
	}
	seen := map[int]bool{}
	for _, s := range list {
		if !seen[s.slot] && p.can(s.slot) {
			p.ring(s.slot, faded(v.opts.Style.Accent, 0.6), v.px(1))
		}
		seen[s.slot] = true
	}
	p.ring(from, v.opts.Style.Accent, v.px(1.5))
	if v.links.aim != nil {
		p.drawHints(list)
	} else {
		p.drawPull(from)
	}
}

// drawHints draws the hints beside the labels of the possible ends.
func (p *painter) drawHints(list []shown) {
	v := p.v
	a := v.links.aim
	var taken []box
	done := map[int]bool{}
	for _, s := range list {
		hint := p.hint(s.slot)
		if hint == "" || done[s.slot] {
			continue
		}
		done[s.slot] = true
		b := p.hintBox(s.slot, hint)
		for slices.ContainsFunc(taken, b.overlaps) { // beside it, or on the next row
			w, h := b.x1-b.x0, b.y1-b.y0
			if b.x0, b.x1 = b.x1+3, b.x1+3+w; b.x1 > v.colX+v.colW+v.opts.Style.Side {
				b = box{v.colX, b.y0 + h, v.colX + w, b.y1 + h}
			}
		}
		taken = append(taken, b)
		p.drawHint(hint, len(a.typed), b)
	}
	words := a.words
	if a.pick.on {
		return // it is said elsewhere
	}
	if len(a.hints) == 0 {
		words = v.opts.Words.NoEnd
	}
	p.banner(words, v.opts.Style.Accent)
}

// hintBox is the place of a hint: before the label, or where the item begins to
// show.
func (p *painter) hintBox(slot int, hint string) box {
	v := p.v
	w, h := p.hintSize(hint)
	place := p.anchors(slot)[0]
	for _, c := range v.links.chips {
		if c.slot == slot && c.fragment == place.fragment {
			mid := (c.box.y0 + c.box.y1) / 2
			y := max(2, mid-h/2)
			return box{c.box.x0, y, c.box.x0 + w, y + h}
		}
	}
	y := max(2, place.top.Y-h*0.6)
	x := max(2, min(place.left, v.Size().Width-v.opts.Style.Strip-w))
	return box{x, y, x + w, y + h}
}

func (p *painter) drawHint(hint string, typed int, b box) {
	v, s := p.v, p.v.opts.Style
	size := v.size(s.PillSize)
	r := p.rect(atPill, s.Accent, b.x0, b.y0, b.x1, b.y1)
	r.CornerRadius = v.px(3)
	x := b.x0 + size*0.35
	for i, part := range []string{hint[:typed], hint[typed:]} {
		if part == "" {
			continue
		}
		t := v.lay(part, v.opts.Faces.bold, size, 0)
		ink := s.Raised
		if i == 0 {
			ink = faded(s.Raised, 0.5)
		}
		p.label(atPillText, t, ink, size, x, (b.y0+b.y1-t.Height)/2+t.Ascent)
		x += width(t)
	}
}

// drawPull draws the arc that follows the pointer, to the end below it if there is
// one.
func (p *painter) drawPull(from int) {
	v, s := p.v, p.v.opts.Style
	pull := v.links.pull
	to := layout.Point(pull.at)
	ink := s.Dim
	if slot, ok := v.targetAt(pull.at, pull.from); ok && p.can(slot) {
		ink = s.Accent
		p.ring(slot, s.Accent, v.px(2.25))
		if places := p.anchors(slot); len(places) > 0 {
			to = places[0].top
		}
	}
	places := p.anchors(from)
	if len(places) == 0 { // scrolled away: from the edge behind which it is
		_, by := v.nearestPart(from)
		edge := layout.Point{X: to.X, Y: -10}
		if by > 0 {
			edge.Y = v.Size().Height + 10
		}
		p.arrow(ink, layout.Out(edge, to))
		return
	}
	tops := make([]layout.Point, len(places))
	for i, a := range places {
		tops[i] = a.top
	}
	i, _ := layout.Closest(tops, []layout.Point{to})
	p.arrow(ink, layout.Over(tops[i], to, 0, v.px(s.Line)))
}

func (p *painter) arrow(ink color.Color, a layout.Arc) {
	v := p.v
	p.curve(ink, v.px(2), fyne.Position(a.From), fyne.Position(a.C1), fyne.Position(a.C2), fyne.Position(a.To))
	dot := v.px(3)
	p.rect(atPill, ink, a.To.X-dot, a.To.Y-dot, a.To.X+dot, a.To.Y+dot).CornerRadius = dot
}

// drawPort draws the small ring over the chosen item from which a link is drawn
// with the pointer: beside its label.
func (p *painter) drawPort() {
	v := p.v
	v.links.port = box{}
	slot, ok := v.items.find(v.chosen)
	if !ok || v.preview != nil || !v.startable(slot) {
		return
	}
	places := p.anchors(slot)
	if len(places) == 0 {
		return
	}
	at := layout.Point{X: places[0].top.X, Y: places[0].line - v.px(1)}
	for _, c := range v.links.chips {
		if c.slot == slot && c.fragment == places[0].fragment {
			if at.X < c.box.x1+v.px(8) && at.X > c.box.x0-v.px(8) { // the label is in the way
				at = layout.Point{X: c.box.x1 + v.px(7), Y: (c.box.y0 + c.box.y1) / 2}
			}
		}
	}
	r, grab := v.px(4), v.px(7)
	v.links.port = box{at.X - grab, at.Y - grab, at.X + grab, at.Y + grab}
	c := v.label(v.items.slots[slot].item.Label).Color
	ground := v.opts.Style.Page
	if v.hover.port {
		ground = c
		r = v.px(5)
	}
	o := p.rect(atPill, ground, at.X-r, at.Y-r, at.X+r, at.Y+r)
	o.CornerRadius, o.StrokeColor, o.StrokeWidth = r, c, v.px(1.5)
}

// banner says at the lower edge what the next gesture does.
func (p *painter) banner(words string, c color.Color) {
	v, s := p.v, p.v.opts.Style
	size := v.size(s.ToolSize)
	b := v.lay(words, v.opts.Faces.sans, size, 0)
	w, h := width(b)+size*3.2, size*2.3
	x0 := max(8, v.colX+(v.colW-w)/2)
	y0 := v.Size().Height - h - 14
	r := p.rect(atPill, s.Raised, x0, y0, x0+w, y0+h)
	r.CornerRadius, r.StrokeColor, r.StrokeWidth = h/2, c, 1.5
	r.Shadow = canvas.Shadow{Color: s.Shadow, BlurRadius: 14, Offset: fyne.NewPos(0, 3)}
	dot := size * 0.75
	p.rect(atPillText, c, x0+size, y0+(h-dot)/2, x0+size+dot, y0+(h+dot)/2).CornerRadius = 2
	p.label(atPillText, b, s.Text, size, x0+size*2.2, y0+(h-b.Height)/2+b.Ascent)
}
