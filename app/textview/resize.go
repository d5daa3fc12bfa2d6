package textview

import (
	"math"

	"fyne.io/fyne/v2"

	"lede/annotate/text"
	"lede/app/textview/layout"
)

// preview is a fragment whose end is being dragged.
type preview struct {
	id       string
	fragment int
	end      bool
	old, r   text.Range
}

// drawHandles draws the ends by which the chosen item is resized: a stem beside the
// letter, behind the text, with a knob below it, so that neither hides a mark that
// follows. The outer ones are larger than those of inner fragments.
func (p *painter) drawHandles(slot int) {
	v := p.v
	if !v.items.layers[v.items.slots[slot].layer].Editable || len(v.too) > 0 {
		return
	}
	c := v.label(v.items.slots[slot].item.Label).Color
	for _, h := range v.handles(slot) {
		stem, knob := v.px(2), v.px(handleWide)
		if !h.outer {
			stem, knob = v.px(1.5), v.px(handleWide-2)
		}
		x := h.x
		if h.left {
			x -= stem
		}
		p.rect(atOutline, c, x, h.y0, x+stem, h.y1)
		x += (stem - knob) / 2
		y := h.y1 - v.px(1)
		p.rect(atCaret, c, x, y, x+knob, y+knob).CornerRadius = knob / 2
	}
}

// handle is an end of a fragment of the chosen item.
type handle struct {
	fragment  int
	end       bool // the fragment's end, not its start
	outer     bool
	left      bool // it is drawn to the left of x, where the fragment is not
	x, y0, y1 float32
}

// handles are the ends in sight.
func (v *View) handles(slot int) []handle {
	if v.paint == nil {
		return nil
	}
	var out []handle
	frs := v.items.slots[slot].item.Fragments
	for i, r := range frs {
		if v.preview != nil && v.preview.fragment == i {
			r = v.preview.r
		}
		for _, l := range v.paint.lines {
			y0, y1 := v.paint.fillOf(l)
			if r.Start >= l.Start() && r.Start < l.End() {
				x := l.Block.CaretX(l.Line, r.Start-l.Base)
				left := !l.Block.RTLAt(l.Line, r.Start-l.Base)
				out = append(out, handle{i, false, i == 0, left, v.colX + x, y0, y1})
			}
			if r.End > l.Start() && r.End <= l.End() {
				left := l.Block.RTLAt(l.Line, r.End-l.Base-1)
				out = append(out, handle{i, true, i == len(frs)-1, left, v.colX + trailing(l, r.End), y0, y1})
			}
		}
	}
	return out
}

// trailing is the x of the far edge of the character before o on a line.
func trailing(l layout.PlacedLine, o int) float32 {
	i := o - l.Base - 1
	for i > l.Line.Start && !l.Block.Grapheme(i) {
		i--
	}
	x := l.X()
	l.Block.Segments(l.Line, i, o-l.Base, func(x0, x1 float32) {
		x = x1
		if l.Block.RTLAt(l.Line, i) {
			x = x0
		}
	})
	return x
}

// chosenEditable tells whether there is a chosen item that may be changed.
func (v *View) chosenEditable() bool {
	s, ok := v.items.find(v.chosen)
	return ok && v.items.layers[v.items.slots[s].layer].Editable
}

// handleAt is the handle of the chosen item at a point.
func (v *View) handleAt(p fyne.Position) (handle, bool) {
	if !v.chosenEditable() || len(v.too) > 0 {
		return handle{}, false
	}
	s, _ := v.items.find(v.chosen)
	best, found := handle{}, false
	for _, h := range v.handles(s) {
		d := float32(math.Abs(float64(p.X - h.x)))
		if d <= v.px(handleGrab) && p.Y >= h.y0-2 && p.Y < h.y1+v.px(handleWide) &&
			(!found || d < float32(math.Abs(float64(p.X-best.x)))) {
			best, found = h, true
		}
	}
	return best, found
}

func (v *View) grabHandle(p fyne.Position) bool {
	h, ok := v.handleAt(p)
	if !ok {
		return false
	}
	s, _ := v.items.find(v.chosen)
	r := v.items.slots[s].item.Fragments[h.fragment]
	v.press.mode = dragHandle
	v.preview = &preview{id: v.chosen, fragment: h.fragment, end: h.end, old: r, r: r}
	return true
}

// dragHandle moves the grabbed end to the pointer: not over the other end, and
// not into the fragments beside it.
func (v *View) dragHandle() {
	pv := v.preview
	s, ok := v.items.find(v.chosen)
	if pv == nil || !ok {
		return
	}
	frs := v.items.slots[s].item.Fragments
	low, high := 0, v.Text().Len()
	if pv.fragment > 0 {
		low = frs[pv.fragment-1].End
	}
	if pv.fragment+1 < len(frs) {
		high = frs[pv.fragment+1].Start
	}
	o, _ := v.hit(v.press.pointer)
	t, g := v.Text(), v.grain(v.mods())
	r := pv.old
	if pv.end {
		o = max(o, t.NextGrapheme(r.Start))
		r.End = min(high, t.Snap(text.Range{Start: max(r.Start, t.PrevGrapheme(o)), End: o}, g).End)
	} else {
		o = min(o, t.PrevGrapheme(r.End))
		r.Start = max(low, t.Snap(text.Range{Start: o, End: min(r.End, t.NextGrapheme(o))}, g).Start)
	}
	if r = t.Trim(r); !r.Empty() {
		pv.r = r
	}
}
