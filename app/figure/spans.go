package figure

import (
	"cmp"
	"fmt"
	"image/color"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/text"
	"lede/app/textview/layout"
	"lede/app/textview/look"
)

// shown is a part of a span, with its lane.
type shown struct {
	Fragment
	span *Span
	next *Fragment // the part that follows in the passage
	lane int
}

// spans draws fills, lines, chips and the joins of split spans, as the text view
// does.
func (c *composer) spans() {
	for _, l := range c.lines {
		var on []shown
		for _, s := range c.shown {
			if s.Start < l.End() && s.End > l.Start() {
				on = append(on, s)
			}
		}
		c.fills(l, on)
		for _, s := range on {
			y, thick := c.lineAt(l, s.lane)
			c.segments(l, s.Range, func(x0, x1 float32) { c.line(s.span, x0, x1, y, thick) })
		}
		if c.o.Chips {
			c.chips(l, on)
		}
	}
	c.joins()
}

// collect gives parts their lanes, outer ones first.
func (c *composer) collect() ([]shown, layout.Spans) {
	var marks []layout.Mark
	var all []shown
	for i := range c.p.Spans {
		s := &c.p.Spans[i]
		for k, f := range s.Fragments {
			one := shown{Fragment: f, span: s}
			if k+1 < len(s.Fragments) {
				one.next = &s.Fragments[k+1]
			}
			marks = append(marks, layout.Mark{Start: f.Start, End: f.End, Ref: len(all)})
			all = append(all, one)
		}
	}
	var lanes layout.Spans
	lanes.Set(marks)
	list := make([]shown, 0, len(all))
	lanes.Visit(0, c.text.Len()+1, func(m layout.Mark, lane int) {
		s := all[m.Ref]
		s.lane = lane
		list = append(list, s)
	})
	slices.SortStableFunc(list, func(a, b shown) int { return cmp.Compare(a.lane, b.lane) })
	return list, lanes
}

// fills fills the outermost part at each place.
func (c *composer) fills(l layout.PlacedLine, on []shown) {
	y0, y1 := c.fill(l)
	var covered []text.Range
	for _, s := range on {
		r := s.Intersect(text.Range{Start: l.Start(), End: l.End()})
		for _, part := range without(r, covered) {
			c.segments(l, part, func(x0, x1 float32) {
				c.scene.add(atFill, rect{
					box: box{x0, y0, x1, y1}, color: look.Faded(s.span.Color, c.o.Style.Fill), span: s.span.ID, part: s.Part,
				})
			})
		}
		covered = append(covered, r)
	}
}

// without is r minus the covered ranges.
func without(r text.Range, covered []text.Range) []text.Range {
	parts := []text.Range{r}
	for _, c := range covered {
		var next []text.Range
		for _, q := range parts {
			for _, rest := range []text.Range{{Start: q.Start, End: min(q.End, c.Start)}, {Start: max(q.Start, c.End), End: q.End}} {
				if rest.Start < rest.End {
					next = append(next, rest)
				}
			}
		}
		parts = next
	}
	return parts
}

// lineAt is where the line of a lane begins and how thick it is.
func (c *composer) lineAt(l layout.PlacedLine, lane int) (y, thick float32) {
	_, bottom := c.fill(l)
	y, thick = c.laneAt(lane)
	return bottom + y, thick
}

// laneAt is where the line of a lane begins below the fill, and how thick it is.
func (c *composer) laneAt(lane int) (y, thick float32) {
	s := &c.o.Style
	if lane == 0 {
		return 0, s.Underline
	}
	return s.Underline + 1 + float32(lane-1)*s.LaneStep, s.UnderlineDeep
}

// line draws a line in the form of a label.
func (c *composer) line(s *Span, x0, x1, y, h float32) {
	dash := c.o.Style.Underline
	switch s.Pattern {
	case annotate.Double:
		thin := h * 0.36
		c.bars(s.Color, box{x0, y, x1, y + thin}, box{x0, y + h - thin, x1, y + h})
	case annotate.Dashed:
		c.bars(s.Color, repeated(box{x0, y, x1, y + h}, dash*2.4, dash*1.2)...)
	case annotate.Dotted:
		c.bars(s.Color, repeated(box{x0, y, x1, y + h}, dash, dash)...)
	default:
		c.bars(s.Color, box{x0, y, x1, y + h})
	}
}

func (c *composer) bars(ink color.NRGBA, list ...box) { c.scene.add(atLine, bars{list, ink}) }

// repeated cuts a bar into dashes.
func repeated(b box, on, off float32) []box {
	var list []box
	for x := b.x0; x < b.x1; x += on + off {
		list = append(list, box{x, b.y0, min(x+on, b.x1), b.y1})
	}
	return list
}

// joins joins the parts of a split span by a thin line.
func (c *composer) joins() {
	for _, s := range c.shown {
		if s.next == nil {
			continue
		}
		for _, l := range c.lines {
			y, _ := c.lineAt(l, s.lane)
			c.segments(l, text.Range{Start: s.End, End: s.next.Start}, func(x0, x1 float32) {
				c.bars(look.Faded(s.span.Color, 0.75), repeated(box{x0, y, x1, y + 1}, 5, 4)...)
			})
		}
	}
}

// chip is a label above the start of a part, or the count of those for which there
// is no room.
type chip struct {
	block *layout.Block
	color color.NRGBA
	x     float32
	lane  int
	more  int // labels left out before the next one
}

func (c chip) width() float32 { return c.block.Lines[0].Width }

// chips draws the labels of parts that start on a line.
func (c *composer) chips(l layout.PlacedLine, on []shown) {
	y0, _ := c.fill(l)
	for _, one := range c.fitting(l, on) {
		c.write(atChip, one.block, &one.block.Lines[0], c.o.Style.ChipSize, one.color, one.x, y0-2.2)
	}
}

// fitting places the labels of a line side by side where they would cover one
// another. Those that would stand too far from their part are counted: "+2".
func (c *composer) fitting(l layout.PlacedLine, on []shown) []chip {
	size := c.o.Style.ChipSize
	var all, list []chip
	for _, s := range on {
		if s.Start < l.Start() {
			continue
		}
		at := s.Start - l.Base
		one := chip{block: c.label(s.caption(), c.o.Fonts.SansBold, size), color: s.span.Color, x: l.Block.CaretX(l.Line, at), lane: s.lane}
		if l.Block.RTLAt(l.Line, at) {
			one.x -= one.width()
		}
		all = append(all, one)
	}
	slices.SortStableFunc(all, func(a, b chip) int { return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.lane, b.lane)) })
	free := float32(-1e6)
	for _, one := range all {
		x, last := max(one.x, free), len(list)-1
		switch {
		case x-one.x <= look.ChipPush*size:
			one.x = x
			list = append(list, one)
		case list[last].more > 0:
			more := list[last].more + 1
			list[last].more, list[last].block = more, c.label(fmt.Sprint("+", more), c.o.Fonts.SansBold, size)
		default:
			list = append(list, chip{block: c.label("+1", c.o.Fonts.SansBold, size), color: solid(c.o.Style.Dim), x: x, more: 1})
		}
		last = len(list) - 1
		free = list[last].x + list[last].width() + look.ChipSpace*size
	}
	return list
}

// caption is what stands above a part: "EVENT · PROTEST", "QUOTE · 2nd part".
func (s *shown) caption() string {
	words := strings.ToUpper(s.span.Title)
	if s.span.Badge != "" && s.Part == 0 {
		words += " · " + strings.ToUpper(s.span.Badge)
	}
	if s.Part > 0 {
		words += " · " + annotate.PartName(s.Part+1)
	}
	return words
}

// label lays out a small text on one line.
func (c *composer) label(s string, chain *layout.Chain, size float32) *layout.Block {
	return c.shaper.Layout(s, layout.Style{Chain: chain, Size: size})
}
