package textview

import (
	"cmp"
	"image/color"
	"slices"
	"strings"

	"lede/annotate/text"
	"lede/app/textview/layout"
)

// shown is a fragment in sight.
type shown struct {
	text.Range
	slot, fragment int
	lane           int
	chosen         bool
	item           *Item
	style          LayerStyle
	label          LabelStyle
	color          color.Color
	strength       float32
	dim            bool // a new link cannot lead to it
}

// drawItems draws plain layers, then fills, lines, chips and links of the rest.
func (p *painter) drawItems() {
	p.spots = p.spots[:0]
	if len(p.lines) == 0 {
		return
	}
	from, to := p.lines[0].Start(), p.lines[len(p.lines)-1].End()+1
	p.drawPlain(from, to)
	list := p.collect(from, to)
	p.planHints(list)
	dash := p.dashLength(list)
	for _, l := range p.lines {
		on := p.on[:0]
		for i := range list {
			if s := &list[i]; s.Start < l.End() && s.End > l.Start() {
				on = append(on, s)
			}
		}
		p.on = on
		p.drawFills(l, on)
		p.drawLines(l, on, dash)
		p.drawMore(l, on)
		if p.v.chips {
			p.drawChips(l, on)
		}
	}
	p.drawJoins(list)
	if s, ok := p.v.items.find(p.v.chosen); ok {
		p.drawHandles(s)
		p.drawFar(s)
	}
	p.drawLinks(list)
	p.drawRelate(list)
}

func (p *painter) drawPlain(from, to int) {
	x := &p.v.items
	for _, layer := range x.layers {
		if !layer.Style.Plain {
			continue
		}
		layer.plain.Visit(from, to, func(m layout.Mark, _ int) {
			s, _ := deref(m.Ref)
			it := &x.slots[s].item
			c := layer.Style.Color
			if c == nil {
				c = p.v.label(it.Label).Color
			}
			a := p.v.opts.Style.FillChosen
			if layer.Style.Faint {
				a = p.v.opts.Style.Fill
			}
			for _, l := range p.lines {
				y0, y1 := p.fillOf(l)
				p.segments(l, text.Range{Start: m.Start, End: m.End}, func(x0, x1 float32) {
					p.rect(atFill, faded(c, a), x0, y0, x1, y1)
					if layer.Style.Outline {
						p.outline(c, x0, y0, x1, y1)
					}
				})
			}
		})
	}
}

// collect gathers the fragments in sight, outer lanes first. The one whose end
// is being dragged appears as it would become.
func (p *painter) collect(from, to int) []shown {
	v := p.v
	x := &v.items
	list := p.list[:0]
	add := func(m layout.Mark, lane int) {
		slot, fragment := deref(m.Ref)
		sl := &x.slots[slot]
		s := shown{
			Range: text.Range{Start: m.Start, End: m.End}, slot: slot, fragment: fragment, lane: lane,
			item: &sl.item, style: x.layers[sl.layer].Style, label: v.label(sl.item.Label), strength: 1,
		}
		s.chosen = sl.item.ID == v.chosen || v.too[sl.item.ID]
		s.color = s.label.Color
		if s.style.Color != nil {
			s.color = s.style.Color
		}
		if s.style.Faint || sl.item.Provisional {
			s.strength = 0.55
		}
		if s.dim = p.dimmed(slot); s.dim {
			s.strength *= 0.3
		}
		if pv := v.preview; pv != nil && sl.item.ID == pv.id && pv.fragment == fragment {
			s.Range = pv.r
		}
		list = append(list, s)
	}
	if pv := v.preview; pv != nil { // it may reach into sight from outside
		from, to = min(from, pv.old.Start), max(to, pv.old.End)
	}
	x.spans.Visit(from, to, add)
	byLane := func(a, b shown) int { return cmp.Compare(a.lane, b.lane) }
	if !slices.IsSortedFunc(list, byLane) {
		slices.SortStableFunc(list, byLane)
	}
	p.list = list
	return list
}

// drawFills fills the outermost item at each place, and the chosen ones instead where
// they lie: fills on top of one another would take contrast from the text.
func (p *painter) drawFills(l layout.PlacedLine, on []*shown) {
	v := p.v
	y0, y1 := p.fillOf(l)
	line := text.Range{Start: l.Start(), End: l.End()}
	var covered []text.Range
	fill := func(s *shown, opacity float32) {
		r := s.Range.Intersect(line)
		if slices.ContainsFunc(covered, func(c text.Range) bool { return c.Start <= r.Start && r.End <= c.End }) {
			return
		}
		for _, part := range without(r, covered) {
			p.segments(l, part, func(x0, x1 float32) {
				p.rect(atFill, faded(s.color, opacity), x0, y0, x1, y1)
			})
		}
		covered = cover(covered, r)
	}
	for _, s := range slices.Backward(on) { // the innermost first
		if s.chosen {
			fill(s, v.opts.Style.FillChosen)
			p.segments(l, s.Range.Intersect(line), func(x0, x1 float32) { p.outline(s.color, x0, y0, x1, y1) })
		}
	}
	for _, s := range on {
		if !s.chosen {
			fill(s, v.opts.Style.Fill*s.strength)
		}
	}
}

// outline is a line around a stretch of text.
func (p *painter) outline(c color.Color, x0, y0, x1, y1 float32) {
	w := p.v.px(1.5)
	o := p.rect(atOutline, color.Transparent, x0-w, y0-w, x1+w, y1+w)
	o.StrokeColor, o.StrokeWidth, o.CornerRadius = c, w, p.v.px(3)
}

// cover adds r to ranges that do not touch one another.
func cover(covered []text.Range, r text.Range) []text.Range {
	rest := covered[:0]
	for _, c := range covered {
		if c.Start <= r.End && r.Start <= c.End {
			r.Start, r.End = min(r.Start, c.Start), max(r.End, c.End)
		} else {
			rest = append(rest, c)
		}
	}
	return append(rest, r)
}

// without is r minus the covered ranges.
func without(r text.Range, covered []text.Range) []text.Range {
	parts := []text.Range{r}
	for _, c := range covered {
		var next []text.Range
		for _, q := range parts {
			if !q.Overlaps(c) {
				next = append(next, q)
				continue
			}
			if q.Start < c.Start {
				next = append(next, text.Range{Start: q.Start, End: c.Start})
			}
			if c.End < q.End {
				next = append(next, text.Range{Start: c.End, End: q.End})
			}
		}
		parts = next
	}
	return parts
}

// lineAt is where the line of a lane begins and how thick it is.
func (p *painter) lineAt(l layout.PlacedLine, lane int) (y, thick float32) {
	_, y0 := p.fillOf(l)
	y, thick = p.v.laneAt(lane)
	return p.snap(y0) + y, thick
}

func (p *painter) drawLines(l layout.PlacedLine, on []*shown, dash float32) {
	for _, s := range on {
		lane := s.lane
		if lane >= deepest {
			if !s.chosen { // counted only
				continue
			}
			lane = deepest - 1
		}
		y, thick := p.lineAt(l, lane)
		p.segments(l, s.Range, func(x0, x1 float32) {
			p.pattern(s.label.Pattern, faded(s.color, s.strength), x0, x1, y, thick, dash)
			p.spots = append(p.spots, mark{box: box{x0, y, x1, y + thick + 1/p.scale}, id: s.item.ID})
		})
	}
}

// pattern draws a line in a label's form.
func (p *painter) pattern(form Pattern, c color.Color, x0, x1, y, h, dash float32) {
	switch form {
	case Double:
		thin, gap := p.whole(h*0.4), p.whole(h*0.4)
		p.rect(atLine, c, x0, y, x1, y+thin)
		p.rect(atLine, c, x0, y+thin+gap, x1, y+2*thin+gap)
	case Dashed:
		p.repeat(c, x0, x1, y, h, dash*2.4, dash*1.2)
	case Dotted:
		p.repeat(c, x0, x1, y, h, dash, dash)
	default:
		p.rect(atLine, c, x0, y, x1, y+h)
	}
}

func (p *painter) repeat(c color.Color, x0, x1, y, h, on, off float32) {
	for x := x0; x < x1; x += on + off {
		p.rect(atLine, c, x, y, min(x+on, x1), y+h)
	}
}

// dashLength is the length of a dot. Where very much is dotted it grows, so that
// the number of things to draw stays bounded.
func (p *painter) dashLength(list []shown) float32 {
	h := p.v.px(p.v.opts.Style.Underline)
	chars := 0
	for _, s := range list {
		if s.label.Pattern == Dashed || s.label.Pattern == Dotted {
			chars += s.Intersect(text.Range{Start: p.lines[0].Start(), End: p.lines[len(p.lines)-1].End()}).Len()
		}
	}
	const most = 300
	if pieces := float32(chars) * p.v.flow.Metrics().Size * 0.5 / (2.5 * h); pieces > most {
		h *= pieces / most
	}
	return h
}

// chipText is what stands above a fragment: "EVENT · PROTEST", "QUOTE · 2nd part".
func (v *View) chipText(s *shown) string {
	t := strings.ToUpper(s.label.Title)
	if s.item.Badge != "" && s.fragment == 0 {
		t += " · " + strings.ToUpper(s.item.Badge)
	}
	if s.fragment > 0 {
		t += " · " + v.opts.Words.Part(s.fragment+1)
	}
	if s.item.Provisional {
		t += " ?"
	}
	return t
}

// farApart is the gap in code points from which on only the chosen item's
// fragments are joined by a line.
const farApart = 400

// drawJoins joins the fragments of a split item by a thin line.
func (p *painter) drawJoins(list []shown) {
	for _, s := range list {
		fr := s.item.Fragments
		if k := s.fragment; k > 0 && fr[k-1].End <= p.lines[0].Start() { // from above what shows
			if gap := (text.Range{Start: fr[k-1].End, End: s.Start}); gap.Len() <= farApart || s.chosen {
				p.drawJoin(s, gap)
			}
		}
		if s.fragment+1 >= len(fr) {
			continue
		}
		gap := text.Range{Start: s.End, End: fr[s.fragment+1].Start}
		if gap.Empty() || gap.Len() > farApart && !s.chosen {
			continue
		}
		p.drawJoin(s, gap)
	}
}

func (p *painter) drawJoin(s shown, gap text.Range) {
	for _, l := range p.lines {
		y, _ := p.lineAt(l, min(s.lane, deepest-1))
		p.segments(l, gap, func(x0, x1 float32) {
			p.repeat(faded(s.color, 0.75*s.strength), x0, x1, y, max(1/p.scale, p.v.px(1)), p.v.px(5), p.v.px(4))
		})
	}
}
