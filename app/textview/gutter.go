package textview

import "fyne.io/fyne/v2"

// buckets is how many places beside the scroll bar can have a mark.
const buckets = 180

// gutter counts the items of each label in each part of the text, so that marks
// beside the scroll bar cost the same for ten items and for a million.
type gutter struct {
	length int // code points of the text
	counts [buckets][]tally
}

// tally is how many items of a label begin in a part of the text. A part has few
// labels: looking through them costs less than a map.
type tally struct {
	label string
	n     int
}

// recount counts all items again.
func (x *index) recount(length int) {
	x.marks = gutter{length: length}
	for s := range x.slots {
		x.count(s, 1)
	}
}

func (x *index) count(s, by int) {
	sl := &x.slots[s]
	if sl.layer >= len(x.layers) || x.layers[sl.layer].Style.HideMarks {
		return
	}
	for _, r := range sl.item.Fragments {
		if r.Empty() {
			continue
		}
		b := max(0, min(buckets-1, r.Start*buckets/max(1, x.marks.length)))
		x.marks.add(b, sl.item.Label, by)
	}
}

func (g *gutter) add(bucket int, label string, by int) {
	for i := range g.counts[bucket] {
		if t := &g.counts[bucket][i]; t.label == label {
			t.n += by
			return
		}
	}
	g.counts[bucket] = append(g.counts[bucket], tally{label, by})
}

// most is the label that a part of the text has most of, "" for none.
func (g *gutter) most(bucket int) string {
	best, n := "", 0
	for _, t := range g.counts[bucket] {
		if t.n > n || t.n == n && t.n > 0 && t.label < best {
			best, n = t.label, t.n
		}
	}
	return best
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

// pressBar grabs the thumb, or brings it to the pointer.
func (v *View) pressBar(p fyne.Position) {
	y0, y1, ok := v.thumb()
	if !ok {
		return
	}
	v.press.mode, v.press.clicks = dragThumb, 0
	v.press.grab = p.Y - y0
	if p.Y < y0 || p.Y >= y1 {
		v.press.grab = (y1 - y0) / 2
		v.dragThumb(p.Y)
	}
}

func (v *View) dragThumb(y float32) {
	y0, y1, ok := v.thumb()
	room := v.Size().Height - (y1 - y0)
	if !ok || room <= 0 {
		return
	}
	part := max(0, min(1, (y-v.press.grab)/room))
	v.flow.ScrollTo(float64(part) * (v.flow.Total() - float64(v.Size().Height)))
	v.scrolled()
}
