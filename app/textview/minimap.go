package textview

import (
	"image/color"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"lede/annotate/text"
	"lede/app/textview/layout"
)

// The scroll bar is a map of the article: its height is that of all the text. Where
// there are hits, their marks have its right half and those of spans its left one.
// The mark of the chosen span goes over both; the thumb is what is in sight.

const (
	leastThumb = 28 // a thumb that can be grabbed
	markHeight = 2.5
)

// onMap is where a height of the column lies on the map.
func (v *View) onMap(y float64) float32 {
	h := float64(v.Size().Height)
	return float32(y / max(v.flow.Total(), h, 1) * h)
}

// offMap is the height of the column at a place of the map.
func (v *View) offMap(y float32) float64 {
	h := float64(v.Size().Height)
	return float64(y) / max(h, 1) * max(v.flow.Total(), h)
}

// thumb is the extent of the scroll bar's thumb, and false if all is in sight.
func (v *View) thumb() (y0, y1 float32, ok bool) {
	h, total := float64(v.Size().Height), v.flow.Total()
	if total <= h+1 || h <= 0 {
		return 0, 0, false
	}
	y0, y1 = v.onMap(v.flow.Top()), v.onMap(v.flow.Top()+h)
	if short := leastThumb - (y1 - y0); short > 0 {
		y0 = max(0, min(y0-short/2, float32(h)-leastThumb))
		y1 = y0 + leastThumb
	}
	return y0, y1, true
}

// pressBar grabs the thumb, or brings the place under the pointer into the middle.
func (v *View) pressBar(p fyne.Position) {
	y0, y1, ok := v.thumb()
	if !ok {
		return
	}
	v.press.mode, v.press.clicks, v.press.grab = dragThumb, 0, 0
	if p.Y >= y0 && p.Y < y1 {
		v.press.grab = p.Y - v.onMap(v.flow.Top()+float64(v.Size().Height)/2)
		return
	}
	if o, ok := v.markedAt(p.Y); ok {
		h, line := float64(v.Size().Height), float64(v.flow.Metrics().Line)
		v.flow.ScrollToOffset(o, max(0, (h-line)/2))
		v.scrolled()
		v.press.grab = p.Y - v.onMap(v.flow.Top()+h/2)
		return
	}
	v.dragThumb(p.Y)
}

// markReach is how far beside a mark the pointer still means it.
const markReach = 4

// markedAt is the start of the first item that the mark at a place of the map
// stands for, and false where no mark is.
func (v *View) markedAt(y float32) (o int, ok bool) {
	g, at, best := &v.items.marks, -1, float32(markReach+1)
	for b := range buckets {
		if _, hit := g.hit(b); hit || g.most(b) != "" {
			d := y - v.onMap(v.flow.About(g.start(b))) - markHeight/2
			if d = max(d, -d); d < best {
				at, best = b, d
			}
		}
	}
	if at < 0 {
		return 0, false
	}
	from, to := g.start(at), g.start(at+1)
	first := func(m layout.Mark, _ int) {
		if m.Start >= from && m.Start < to && (!ok || m.Start < o) {
			o, ok = m.Start, true
		}
	}
	v.items.spans.Visit(from, to, first)
	for _, l := range v.items.layers {
		if l.Style.Plain {
			l.plain.Visit(from, to, first)
		}
	}
	return o, ok
}

// dragThumb brings the place of the map that the pointer drags to into the middle.
func (v *View) dragThumb(y float32) {
	v.flow.ScrollTo(v.offMap(y-v.press.grab) - float64(v.Size().Height)/2)
	v.scrolled()
}

// drawScrollBar draws the map and the thumb.
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
		p.rect(atBar, c, x+2, y0, size.Width-1, y1).CornerRadius = 4
	}
	if v.items.marks.length == 0 {
		return
	}
	g := &v.items.marks
	left, mid := x+3, size.Width-1
	if g.found > 0 {
		left, mid = x+2, x+s.Strip*0.5+0.5
	}
	p.marks(left, mid-1, func(b int) (color.Color, bool) {
		label := g.most(b)
		return v.label(label).Color, label != ""
	})
	if g.found > 0 {
		p.marks(mid+0.5, size.Width-1, p.hitColor)
	}
	p.markChosen()
}

// hitColor is the colour of the hits in a part of the text.
func (p *painter) hitColor(bucket int) (color.Color, bool) {
	layer, ok := p.v.items.marks.hit(bucket)
	if !ok {
		return nil, false
	}
	if c := p.v.items.layers[layer].Style.Color; c != nil {
		return c, true
	}
	return p.v.opts.Style.Accent, true
}

// marks draws a mark for each part of the text that has a colour. Parts of one
// colour that touch are one mark.
func (p *painter) marks(x0, x1 float32, of func(bucket int) (color.Color, bool)) {
	v := p.v
	var last color.Color
	var from, to float32
	flush := func() {
		if last != nil {
			p.rect(atBar, last, x0, from, x1, to)
			last = nil
		}
	}
	for b := range buckets {
		c, ok := of(b)
		if !ok {
			continue
		}
		y := v.onMap(v.flow.About(v.items.marks.start(b)))
		y = max(0, min(y, v.Size().Height-markHeight))
		if c != last || y > to+0.5 {
			flush()
			last, from = c, y
		}
		to = y + markHeight
	}
	flush()
}

// markChosen shows where the chosen item is, over the whole width of the map.
func (p *painter) markChosen() {
	v, s := p.v, p.v.opts.Style
	slot, ok := v.items.find(v.chosen)
	if !ok {
		return
	}
	it := v.items.slots[slot].item
	for i, r := range it.Fragments {
		if i == 20 { // a span of hundreds of parts is marked by the first ones
			return
		}
		y := max(1, min(v.onMap(v.flow.About(r.Start)), v.Size().Height-5))
		m := p.rect(atBar, v.label(it.Label).Color, v.Size().Width-s.Strip, y-1.5, v.Size().Width, y+3.5)
		m.StrokeColor, m.StrokeWidth, m.CornerRadius = s.Text, 1, 1.5
	}
}

// mapHint is what the map says of a place: how many spans of which label and how
// many hits are there, and the words with which it begins.
func (v *View) mapHint(y float32) (counts, words string) {
	g := &v.items.marks
	o := v.flow.OffsetAbout(v.offMap(y))
	if g.length > 0 {
		counts = strings.Join(v.countsNear(g.bucket(o)), " · ")
	}
	const most = 44
	t := v.Text()
	o = max(0, min(o, t.Len()-most)) // the last words rather than none
	from := t.Snap(text.Range{Start: o, End: t.NextGrapheme(o)}, text.Word).Start
	line := strings.Join(strings.Fields(t.Slice(text.Range{Start: from, End: min(t.Len(), from+90)})), " ")
	if rs := []rune(line); len(rs) > most {
		line = string(rs[:most])
		if i := strings.LastIndexByte(line, ' '); i > most/2 {
			line = line[:i]
		}
		line += "…"
	}
	return counts, line
}

// countsNear says what is marked in a part of the text and the two beside it: as
// near as a pointer can tell them apart.
func (v *View) countsNear(bucket int) []string {
	g := &v.items.marks
	var labels []tally
	hits := 0
	for b := max(0, bucket-1); b <= min(buckets-1, bucket+1); b++ {
		for _, t := range g.counts[b] {
			add(&labels, t)
		}
		for _, t := range g.hits[b] {
			hits += t.n
		}
	}
	slices.SortStableFunc(labels, func(a, b tally) int { return b.n - a.n })
	var said []string
	for _, t := range labels {
		if t.n > 0 {
			said = append(said, v.opts.Words.Count(v.label(t.label).Title, t.n))
		}
	}
	if hits > 0 {
		said = append(said, v.opts.Words.Hits(hits))
	}
	return said
}
