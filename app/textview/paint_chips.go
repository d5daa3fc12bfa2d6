package textview

import (
	"cmp"
	"fmt"
	"image/color"
	"slices"

	"lede/annotate/text"
	"lede/app/textview/layout"
)

// chip is a label above the start of a fragment.
type chip struct {
	block *layout.Block
	color color.Color
	x     float32 // left edge
	lane  int
	up    float32 // over the outline of the chosen item
	of    *shown
	lead  float32 // room before it, for a hint
}

// drawChips draws the labels of fragments that start on a line, side by side where
// they would cover one another. Those for which there is no room are counted.
func (p *painter) drawChips(l layout.PlacedLine, on []*shown) {
	v := p.v
	size := v.chipSize()
	chips := p.chipsOf(l, on)
	slices.SortStableFunc(chips, func(a, b chip) int { return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.lane, b.lane)) })
	y0, _ := p.fillOf(l)
	free := float32(-1e6)
	var left text.Range // of those without room, since the last one that was drawn
	lacking := 0
	more := float32(0)
	count := func() {
		if lacking > 0 {
			b := v.lay(moreWords(lacking), v.opts.Faces.bold, size, 0)
			p.label(atChip, b, v.opts.Style.Dim, size, more, y0-v.px(2.2))
			p.spots = append(p.spots, mark{box: box{more - 3, y0 - size - 3, more + width(b) + 3, y0}, stack: left})
		}
		lacking = 0
	}
	for _, c := range chips {
		x := max(c.x, free)
		if x-c.x > chipPush*size {
			if lacking == 0 {
				more, left = free, text.Range{Start: c.of.Start, End: c.of.Start + 1}
				free += width(v.lay(moreWords(9), v.opts.Faces.bold, size, 0)) + chipSpace*size
			}
			left.Start, left.End = min(left.Start, c.of.Start), max(left.End, c.of.Start+1)
			lacking++
			continue
		}
		count()
		p.label(atChip, c.block, c.color, size, x+c.lead, y0-c.up)
		end := x + c.lead + width(c.block)
		v.links.chips = append(v.links.chips, chipPlace{c.of.slot, c.of.fragment, box{x, y0 - c.up - size, end, y0 - c.up + 1}})
		p.spots = append(p.spots, mark{box: box{x - 1, y0 - c.up - size, end + 1, y0}, id: c.of.item.ID})
		free = end + chipSpace*size
	}
	count()
}

// chipsOf are the chips of the fragments that start on a line.
func (p *painter) chipsOf(l layout.PlacedLine, on []*shown) []chip {
	v := p.v
	chips := p.chips[:0]
	plain := map[string]*layout.Block{} // of items that say their label and nothing else
	for _, s := range on {
		if s.Start < l.Start() || s.style.HideChips {
			continue
		}
		simple := s.item.Badge == "" && s.fragment == 0 && !s.item.Provisional
		b := plain[s.label.Title]
		if b == nil || !simple {
			b = v.lay(v.chipText(s), v.opts.Faces.bold, v.chipSize(), 0)
		}
		if simple {
			plain[s.label.Title] = b
		}
		lead := p.hintRoom(s.slot, s.fragment)
		at := s.Start - l.Base
		x := v.colX + l.Block.CaretX(l.Line, at)
		if l.Block.RTLAt(l.Line, at) {
			x -= width(b) + lead
		}
		if lead > 0 {
			x = max(2, x)
		}
		c := chip{b, faded(s.color, max(s.strength, 0.8)), x, s.lane, v.px(2.2), s, lead}
		if s.dim {
			c.color = faded(s.color, s.strength)
		}
		if s.chosen {
			c.up += v.px(1.4)
		}
		chips = append(chips, c)
	}
	p.chips = chips
	return chips
}

// moreWords says that there are n more.
func moreWords(n int) string { return fmt.Sprintf("+%d", n) }
