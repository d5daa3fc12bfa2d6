package textview

import (
	"slices"

	"fyne.io/fyne/v2"

	"lede/annotate/text"
)

// toolbar is the state of the small toolbar at the selection.
type toolbar struct {
	shown bool
	stop  func() // of the timer that shows it
	tools []Tool // those for which there is room
	boxes []box  // of the tools, as drawn
	frame box
}

type box struct{ x0, y0, x1, y1 float32 }

func (b box) holds(p fyne.Position) bool {
	return p.X >= b.x0 && p.X < b.x1 && p.Y >= b.y0 && p.Y < b.y1
}

func (b box) overlaps(c box) bool {
	return b.x0 < c.x1+2 && c.x0 < b.x1+2 && b.y0 < c.y1+2 && c.y0 < b.y1+2
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
	t.tools, t.boxes, t.frame = nil, nil, box{}
	if !t.shown || len(v.tools) == 0 || v.sel.Empty() {
		return
	}
	s := v.opts.Style
	size := v.size(s.ToolSize)
	tools, w := v.fitting(size)
	h := size * 2.55
	x, y, ok := p.toolbarPlace(w, h)
	if !ok {
		return
	}
	t.tools = tools
	r := p.rect(atTool, s.Raised, x, y, x+w, y+h)
	r.CornerRadius, r.StrokeColor, r.StrokeWidth = size*0.62, s.Hairline, 1
	r.Shadow.Color, r.Shadow.BlurRadius, r.Shadow.Offset = s.Shadow, size*1.2, fyne.NewPos(0, size*0.3)
	t.frame = box{x, y, x + w, y + h}
	x += size * 0.5
	for i, tool := range tools {
		b := box{x, y + size*0.35, x + v.toolWidth(tool, size), y + h - size*0.35}
		t.boxes = append(t.boxes, b)
		p.drawTool(tool, b, size, v.hover.tool == i)
		x = b.x1
	}
}

// fitting are the tools for which there is room, and the width of the toolbar. In a
// narrow column the last labels are left out; the plain tools stay, which lead to all.
func (v *View) fitting(size float32) ([]Tool, float32) {
	tools, w := slices.Clone(v.tools), size
	for _, tool := range tools {
		w += v.toolWidth(tool, size)
	}
	for i := len(tools) - 1; i >= 0 && w > v.Size().Width-v.opts.Style.Strip-12; i-- {
		if tools[i].Label != "" {
			w -= v.toolWidth(tools[i], size)
			tools = slices.Delete(tools, i, i+1)
		}
	}
	return tools, w
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
	return max(6, min(max(x, v.colX-gap), size.Width-v.opts.Style.Strip-w-6)), y, true
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
	p.label(atToolText, title, ink, size, x, base)
	if t.Key != "" {
		small := v.size(s.PillSize)
		p.label(atToolText, v.lay(t.Key, v.opts.Faces.sans, small, 0), s.Dim, small, x+width(title)+size*0.5, base)
	}
}
