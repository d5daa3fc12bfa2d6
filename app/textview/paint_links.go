package textview

import (
	"fyne.io/fyne/v2"

	"lede/annotate/text"
)

// drawLinks draws the links of the chosen item as arcs with a small label.
func (p *painter) drawLinks(slot int) {
	v := p.v
	sl := v.items.slots[slot]
	layer := v.items.layers[sl.layer]
	n := 0
	for _, link := range layer.Links {
		if link.From != sl.item.ID && link.To != sl.item.ID {
			continue
		}
		from, ok := layer.byID[link.From]
		to, ok2 := layer.byID[link.To]
		if !ok || !ok2 {
			continue
		}
		a, seenA := p.anchor(v.items.slots[from].item)
		b, seenB := p.anchor(v.items.slots[to].item)
		if seenA || seenB {
			p.drawArc(a, b, link.Label, n)
			n++
		}
	}
}

// anchor is where arcs of an item end: over the middle of its first part in
// sight. For one out of sight it lies beyond the edge where the item would be.
func (p *painter) anchor(it Item) (fyne.Position, bool) {
	for _, r := range it.Fragments {
		for _, l := range p.lines {
			if r.Start >= l.End() || r.End <= l.Start() {
				continue
			}
			at, found := fyne.Position{}, false
			p.segments(l, r, func(x0, x1 float32) {
				if y0, _ := p.fillOf(l); !found {
					at, found = fyne.NewPos((x0+x1)/2, y0), true
				}
			})
			if found {
				return at, true
			}
		}
	}
	y := float32(-40)
	if first := p.lines[0]; len(it.Fragments) > 0 && it.Fragments[0].Start >= first.Start() {
		y = p.v.Size().Height + 40
	}
	return fyne.NewPos(p.v.colX+p.v.colW/2, y), false
}

// drawArc draws an arc from a to b with an arrow at b.
func (p *painter) drawArc(a, b fyne.Position, label string, n int) {
	v := p.v
	accent := v.opts.Style.Accent
	dx := b.X - a.X
	if dx < 0 {
		dx = -dx
	}
	lift := v.px(20 + min(dx*0.03, 16) + float32(n%3)*7)
	up := min(a.Y, b.Y) - lift
	c1, c2 := fyne.NewPos(a.X, up), fyne.NewPos(b.X, up)
	if d := a.Y - b.Y; d > v.px(60) || d < -v.px(60) { // lines apart: a calm S
		c1, c2 = fyne.NewPos(a.X, a.Y-lift*1.6), fyne.NewPos(b.X, b.Y-lift*1.6)
	}
	p.curve(accent, v.px(1.5), a, c1, c2, b)
	w := v.px(4)
	p.line(accent, v.px(1.5), b, fyne.NewPos(b.X-w, b.Y-w*1.25))
	p.line(accent, v.px(1.5), b, fyne.NewPos(b.X+w, b.Y-w*1.25))
	if label == "" {
		return
	}
	mid := fyne.NewPos((a.X+3*c1.X+3*c2.X+b.X)/8, (a.Y+3*c1.Y+3*c2.Y+b.Y)/8)
	mid.Y = max(12, min(mid.Y, v.Size().Height-12))
	p.pill(label, accent, mid.X, mid.Y)
}

// toolbar is the state of the small toolbar at the selection.
type toolbar struct {
	shown bool
	stop  func() // of the timer that shows it
	boxes []box  // of the tools, as drawn
	frame box
}

type box struct{ x0, y0, x1, y1 float32 }

func (b box) holds(p fyne.Position) bool {
	return p.X >= b.x0 && p.X < b.x1 && p.Y >= b.y0 && p.Y < b.y1
}

func (t *toolbar) hide() {
	if t.stop != nil {
		t.stop()
	}
	*t = toolbar{}
}

// drawToolbar draws the tools below the end of the selection, or above its start
// if there is no room.
func (p *painter) drawToolbar() {
	v := p.v
	t := &v.bar
	t.boxes, t.frame = nil, box{}
	if !t.shown || len(v.tools) == 0 || v.sel.Empty() {
		return
	}
	s := v.opts.Style
	size := v.size(s.ToolSize)
	w, h := size*0.5, size*2.55
	for _, tool := range v.tools {
		w += v.toolWidth(tool, size)
	}
	w += size * 0.5
	x, y, ok := p.toolbarPlace(w, h)
	if !ok {
		return
	}
	r := p.rect(atTool, s.Raised, x, y, x+w, y+h)
	r.CornerRadius, r.StrokeColor, r.StrokeWidth = size*0.62, s.Hairline, 1
	r.Shadow.Color, r.Shadow.BlurRadius, r.Shadow.Offset = s.Shadow, size*1.2, fyne.NewPos(0, size*0.3)
	t.frame = box{x, y, x + w, y + h}
	x += size * 0.5
	for i, tool := range v.tools {
		b := box{x, y + size*0.35, x + v.toolWidth(tool, size), y + h - size*0.35}
		t.boxes = append(t.boxes, b)
		p.drawTool(tool, b, size, v.hover.tool == i)
		x = b.x1
	}
}

// toolbarPlace is the top left corner of the toolbar, and false while the
// selection is out of sight.
func (p *painter) toolbarPlace(w, h float32) (x, y float32, ok bool) {
	v := p.v
	var first, last box
	for _, l := range p.lines {
		y0, y1 := p.fillOf(l)
		p.segments(l, v.sel.Intersect(text.Range{Start: l.Start(), End: l.End()}), func(x0, x1 float32) {
			if !ok {
				first, ok = box{x0, y0, x1, y1}, true
			}
			last = box{x0, y0, x1, y1}
		})
	}
	if !ok {
		return 0, 0, false
	}
	size := v.Size()
	gap := v.px(8)
	x, y = (last.x0+last.x1)/2-w/2, last.y1+gap
	if first.y0 != last.y0 { // several lines: at the end, where the pointer is
		x = last.x1 - w/2
	}
	if y+h > size.Height-4 {
		y = first.y0 - gap - h
	}
	if y < 4 {
		y = size.Height - h - 8
	}
	return max(6, min(x, size.Width-v.opts.Style.Strip-w-6)), y, true
}

// toolWidth is the width of a tool with its room.
func (v *View) toolWidth(t Tool, size float32) float32 {
	w := width(v.lay(t.Title, v.opts.Faces.sans, size, 0)) + size*1.1
	if t.Label != "" {
		w += size * 1.05
	}
	if t.Key != "" {
		w += width(v.lay(t.Key, v.opts.Faces.sans, v.size(v.opts.Style.PillSize), 0)) + size*0.5
	}
	return w
}

func (p *painter) drawTool(t Tool, b box, size float32, hovered bool) {
	v, s := p.v, p.v.opts.Style
	c := s.Dim
	if t.Label != "" {
		c = v.label(t.Label).Color
	}
	if hovered {
		p.rect(atToolHover, faded(c, s.Hover), b.x0, b.y0, b.x1, b.y1).CornerRadius = size * 0.45
	}
	x, mid := b.x0+size*0.55, (b.y0+b.y1)/2
	ink := s.Dim
	if t.Label != "" {
		d := size * 0.7
		p.rect(atToolText, c, x, mid-d/2, x+d, mid+d/2).CornerRadius = size * 0.15
		x += size * 1.05
		ink = s.Text
	}
	title := v.lay(t.Title, v.opts.Faces.sans, size, 0)
	base := mid - title.Height/2 + title.Ascent
	p.runs(atToolText, title, &title.Lines[0], ink, size, x, base)
	if t.Key != "" {
		small := v.size(s.PillSize)
		p.runs(atToolText, v.lay(t.Key, v.opts.Faces.sans, small, 0), &v.lay(t.Key, v.opts.Faces.sans, small, 0).Lines[0],
			s.Dim, small, x+width(title)+size*0.5, base)
	}
}

// drawScrollBar draws marks of the items and the thumb.
func (p *painter) drawScrollBar() {
	v, s, size := p.v, p.v.opts.Style, p.v.Size()
	x := size.Width - s.Strip
	p.rect(atBar, s.Page, x, 0, size.Width, size.Height)
	p.rect(atBar, s.Hairline, x, 0, x+1/p.scale, size.Height)
	if y0, y1, ok := v.thumb(); ok {
		c := s.Thumb
		if v.hover.thumb || v.press.mode == dragThumb {
			c = s.ThumbHover
		}
		p.rect(atBar, c, x+3, y0, size.Width-2, y1).CornerRadius = (s.Strip - 5) / 2
	}
	if v.items.marks.length == 0 {
		return
	}
	for b := range buckets {
		if label := v.items.marks.most(b); label != "" {
			y := float32(b) / buckets * (size.Height - 8)
			p.rect(atBar, v.label(label).Color, x+3, y+4, size.Width-2, y+6.5)
		}
	}
}

// thumb is the extent of the scroll bar's thumb, and false if all is in sight.
func (v *View) thumb() (y0, y1 float32, ok bool) {
	h, total := float64(v.Size().Height), v.flow.Total()
	if total <= h+1 || h <= 0 {
		return 0, 0, false
	}
	length := max(32, h*h/total)
	y := (h - length) * v.flow.Top() / (total - h)
	return float32(y), float32(y + length), true
}
