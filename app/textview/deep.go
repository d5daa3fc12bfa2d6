package textview

import (
	"math"
	"slices"

	"fyne.io/fyne/v2"

	"lede/annotate/text"
	"lede/app/textview/layout"
)

// Spans on top of one another: each has a lane, a line of its own below the text. A
// line of text under which more lanes lie than there is room for is higher than the
// others. Lanes beyond deepest are not drawn but counted: "+4".

// mark is a place, as drawn, that stands for one item, or for several to list, or
// for a part that is out of sight.
type mark struct {
	box
	id    string
	stack text.Range // what lies there is listed, empty for none
	part  text.Range // where a press leads, empty for none
}

// laneAt is where the line of a lane begins below the fill, and how thick it is.
// Lines of deeper lanes are thinner, and a pixel is always free between two.
func (v *View) laneAt(lane int) (y, thick float32) {
	s, pixel := &v.opts.Style, 1/v.scale
	whole := func(x float32) float32 { return max(float32(math.Round(float64(v.px(x)*v.scale))), 1) * pixel }
	thick = whole(s.Underline)
	if lane > 0 {
		y = thick + pixel
		thick = whole(s.UnderlineDeep)
		y += float32(lane-1) * max(whole(s.LaneStep), thick+pixel)
	}
	return y, thick
}

// lineExtra is how much higher the line with the code points [from, to) must be
// than others for its lanes to be seen.
func (v *View) lineExtra(from, to int) int {
	lanes := 0
	v.items.spans.Visit(from, to, func(_ layout.Mark, lane int) { lanes = max(lanes, lane+1) })
	if lanes < 3 { // there is room for two below any line
		return 0
	}
	y, thick := v.laneAt(min(lanes, deepest) - 1)
	need := y + thick
	if lanes > deepest {
		need += v.moreHeight()
	}
	s := v.opts.Style
	free := v.px(s.Line - s.FillTop - s.FillDepth + 2.5) // up to the chips of the next line
	if !v.chips {
		free = v.px(s.LinePlain - s.FillDepthPlain + 1.5)
	}
	return max(0, int(math.Ceil(float64(need-free))))
}

// moreHeight is the room of "+4" below the lanes.
func (v *View) moreHeight() float32 { return v.chipSize() + 2 }

// drawMore draws below the lanes how many more there are, once for each stretch of
// text that such items cover.
func (p *painter) drawMore(l layout.PlacedLine, on []*shown) {
	v := p.v
	line := text.Range{Start: l.Start(), End: l.End()}
	for _, s := range stretches(line, on) {
		x0 := float32(math.Inf(1))
		p.segments(l, s.Range, func(x, _ float32) { x0 = min(x0, x) })
		if math.IsInf(float64(x0), 1) {
			continue
		}
		y, thick := p.lineAt(l, deepest-1)
		b := v.lay(moreWords(s.items), v.opts.Faces.bold, v.chipSize(), 0)
		base := y + thick + v.moreHeight() - 1.5
		p.label(atChip, b, v.opts.Style.Dim, v.chipSize(), x0, base)
		p.spots = append(p.spots, mark{box: box{x0 - 3, y + thick, x0 + width(b) + 4, base + 3}, stack: s.Range})
	}
}

// stretch is a part of a line under which items lie that are too deep to be drawn.
type stretch struct {
	text.Range
	items int
}

// stretches joins the places of items that are too deep, from the left of the text.
func stretches(line text.Range, on []*shown) []stretch {
	var deep []*shown
	for _, s := range on {
		if s.lane >= deepest {
			deep = append(deep, s)
		}
	}
	slices.SortFunc(deep, func(a, b *shown) int { return a.Start - b.Start })
	var all []stretch
	counted := map[int]int{} // of split items, the stretch in which each was counted last
	for _, s := range deep {
		r := s.Range.Intersect(line)
		if n := len(all); n == 0 || r.Start >= all[n-1].End {
			all = append(all, stretch{Range: r})
		}
		last := &all[len(all)-1]
		last.End = max(last.End, r.End)
		if len(s.item.Fragments) > 1 {
			if counted[s.slot] == len(all) {
				continue
			}
			counted[s.slot] = len(all)
		}
		last.items++
	}
	return all
}

// markAt is the line, label or "+4" at a point.
func (v *View) markAt(p fyne.Position) (mark, bool) {
	if v.paint == nil {
		return mark{}, false
	}
	for _, m := range slices.Backward(v.paint.spots) {
		if m.holds(p) {
			return m, true
		}
	}
	return mark{}, false
}

func (v *View) overMark(p fyne.Position) bool {
	_, over := v.markAt(p)
	return over
}

// pressMark does what a click on a mark means; add chooses its item as well.
func (v *View) pressMark(m mark, add bool) {
	switch {
	case !m.part.Empty():
		v.Reveal(m.part)
	case !m.stack.Empty():
		if v.OnList != nil {
			at := fyne.CurrentApp().Driver().AbsolutePositionForObject(v)
			v.OnList(v.items.at(m.stack), at.AddXY(m.x0, m.y1+2))
		}
	case add && v.OnChooseMore != nil:
		v.OnChooseMore(m.id)
	case m.id != v.chosen && v.OnChoose != nil:
		v.OnChoose(m.id)
	}
}

// chooseMore adds the item at a point to the chosen ones, or takes it out.
func (v *View) chooseMore(p fyne.Position) {
	if m, ok := v.markAt(p); ok {
		v.pressMark(m, true)
		return
	}
	if g, ok := v.under(p); ok {
		if ids := v.items.at(g); len(ids) > 0 && v.OnChooseMore != nil {
			v.OnChooseMore(ids[0])
		}
	}
}

// ChooseToo shows that these items are chosen beside the chosen one.
func (v *View) ChooseToo(ids []string) {
	if slices.Equal(v.tooIDs, ids) {
		return
	}
	v.tooIDs = slices.Clone(ids)
	v.too = make(map[string]bool, len(ids))
	for _, id := range ids {
		v.too[id] = true
	}
	v.refresh()
}

// drawFar says, at the upper and lower edge, that the chosen item has parts above
// or below what shows.
func (p *painter) drawFar(slot int) {
	v := p.v
	it := &v.items.slots[slot].item
	if len(it.Fragments) < 2 {
		return
	}
	from, to := p.lines[0].Start(), p.lines[len(p.lines)-1].End()
	above, below := -1, -1 // the nearest ones
	for i, r := range it.Fragments {
		if r.End <= from {
			above = i
		}
		if r.Start >= to && below < 0 {
			below = i
		}
	}
	if above >= 0 {
		p.farPill(it, above, "↑ ", 14)
	}
	if below >= 0 {
		p.farPill(it, below, "↓ ", v.Size().Height-16)
	}
}

func (p *painter) farPill(it *Item, part int, arrow string, y float32) {
	v := p.v
	l := v.label(it.Label)
	words := arrow + v.opts.Words.PartOf(l.Title, part+1)
	b := p.pillBox(words, 0, y)
	b.x0, b.x1 = v.colX, v.colX+b.x1-b.x0
	p.plate(0, b)
	size := v.size(v.opts.Style.PillSize)
	t := v.lay(words, v.opts.Faces.sans, size, 0)
	p.label(atPill, t, l.Color, size, (b.x0+b.x1-width(t))/2, (b.y0+b.y1-t.Height)/2+t.Ascent)
	p.spots = append(p.spots, mark{box: b, part: it.Fragments[part]})
}
