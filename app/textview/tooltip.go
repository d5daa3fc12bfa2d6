package textview

import (
	"image/color"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"lede/app/textview/layout"
)

// tipTime is how long the pointer rests on an item before its tooltip comes.
const tipTime = 600 * time.Millisecond

// Tip is what a tooltip says of an item below the title of its label.
type Tip struct {
	Facts []string // a line each, e.g. "Type: Protest"
	Note  string   // at most three lines of it are shown
	Foot  string   // small: whose it is, how many relations it has
}

// tooltip is what floats beside the pointer: about items, or about a place of the
// map in the scroll bar. It is drawn in the view, because an overlay would take the
// pointer away from it.
type tooltip struct {
	ids   []string      // the items under the pointer, the innermost first
	at    fyne.Position // the pointer
	stop  func()        // of the timer that shows it
	shown bool
	onMap bool
	lines []tipLine
}

// tipLine is a paragraph of a tooltip.
type tipLine struct {
	text  string
	look  tipLook
	color color.Color // of a label, before a head; nil for none
}

type tipLook int

const (
	tipHead tipLook = iota
	tipText
	tipNote
	tipDim
)

// hideTip takes the tooltip away until the pointer moves again.
func (v *View) hideTip() {
	if v.tip.stop != nil {
		v.tip.stop()
	}
	was := v.tip.shown
	v.tip = tooltip{}
	if was {
		v.refresh()
	}
}

// pointAt follows the pointer: a tooltip about items comes once it rests on them,
// one about a place of the map at once.
func (v *View) pointAt(p fyne.Position, h hover) {
	switch {
	case v.press.mode != idle || h.link != "" || h.port || v.links.aim != nil || h.tool >= 0 || v.bar.shown && v.bar.frame.holds(p):
		v.hideTip()
	case h.thumb:
		v.pointAtMap(p)
	case v.opts.Tip == nil:
	default:
		v.pointAtText(p)
	}
}

func (v *View) pointAtMap(p fyne.Position) {
	counts, words := v.mapHint(p.Y)
	v.hideTimer()
	v.tip = tooltip{at: p, onMap: true}
	if counts != "" {
		v.tip.lines = append(v.tip.lines, tipLine{text: counts, look: tipText})
	}
	if words != "" {
		v.tip.lines = append(v.tip.lines, tipLine{text: words, look: tipDim})
	}
	v.tip.shown = len(v.tip.lines) > 0
	v.refresh()
}

func (v *View) hideTimer() {
	if v.tip.stop != nil {
		v.tip.stop()
		v.tip.stop = nil
	}
}

func (v *View) pointAtText(p fyne.Position) {
	var ids []string
	if g, ok := v.under(p); ok {
		ids = v.items.at(g)
	}
	if len(ids) == 0 {
		v.hideTip()
		return
	}
	if v.tip.shown && !v.tip.onMap && slices.Equal(ids, v.tip.ids) {
		return
	}
	v.hideTip()
	v.tip.ids, v.tip.at = ids, p
	v.tip.stop = v.opts.Clock.After(tipTime, func() {
		v.opts.Dispatch(func() {
			if slices.Equal(v.tip.ids, ids) && v.tip.at == p && v.press.mode == idle {
				v.tip.lines = v.tipLines(ids)
				v.tip.shown = len(v.tip.lines) > 0
				v.refresh()
			}
		})
	})
}

// tipLines is what a tooltip says of items that lie over each other.
func (v *View) tipLines(ids []string) []tipLine {
	s, ok := v.items.find(ids[0])
	if !ok {
		return nil
	}
	it := v.items.slots[s].item
	label := v.label(it.Label)
	head := label.Title
	if it.Badge != "" {
		head += " · " + it.Badge
	}
	lines := []tipLine{{text: head, look: tipHead, color: label.Color}}
	tip := v.opts.Tip(v.items.layers[v.items.slots[s].layer].Name, it.ID)
	for _, f := range tip.Facts {
		lines = append(lines, tipLine{text: f, look: tipText})
	}
	if tip.Note != "" {
		lines = append(lines, tipLine{text: tip.Note, look: tipNote})
	}
	if tip.Foot != "" {
		lines = append(lines, tipLine{text: tip.Foot, look: tipDim})
	}
	if len(ids) > 1 {
		var more []string
		for _, id := range ids[1:] {
			if s, ok := v.items.find(id); ok {
				more = append(more, v.label(v.items.slots[s].item.Label).Title)
			}
		}
		lines = append(lines, tipLine{text: v.opts.Words.Stacked(len(ids), more), look: tipDim})
	}
	return lines
}

// Measures of a tooltip, in sizes of its font.
const (
	tipWidth = 24 // at most
	tipPad   = 0.75
	tipLead  = 1.5 // height of a line
	tipNotes = 3   // lines of a note
)

// tipPart is a paragraph of a tooltip, laid out.
type tipPart struct {
	tipLine
	block *layout.Block
	lines int
	size  float32
	lead  float32
	left  float32 // room for the label's colour
}

// drawTip draws the tooltip below the line under the pointer, or above it where
// there is no room; beside the map, left of the pointer.
func (p *painter) drawTip() {
	v, s := p.v, p.v.opts.Style
	if !v.tip.shown {
		return
	}
	size := v.size(s.ToolSize)
	parts, w, h := v.layTip(size)
	pad := size * tipPad
	w, h = w+2*pad, h+2*pad
	x, y, ok := p.tipPlace(w, h)
	if !ok {
		return
	}
	r := p.rect(atTool, s.Raised, x, y, x+w, y+h)
	r.CornerRadius, r.StrokeColor, r.StrokeWidth = size*0.5, s.Hairline, 1
	r.Shadow.Color, r.Shadow.BlurRadius, r.Shadow.Offset = s.Shadow, size, fyne.NewPos(0, size*0.25)
	y += pad
	for _, part := range parts {
		if part.color != nil {
			d := part.size * 0.7
			mid := y + part.lead/2
			p.rect(atToolText, part.color, x+pad, mid-d/2, x+pad+d, mid+d/2).CornerRadius = d * 0.2
		}
		ink := s.Text
		if part.look == tipDim {
			ink = s.Dim
		}
		for i := range part.lines {
			base := y + (part.lead-part.block.Height)/2 + part.block.Ascent
			p.runs(atToolText, part.block, &part.block.Lines[i], ink, part.size, x+pad+part.left, base)
			y += part.lead
		}
	}
}

// layTip lays the paragraphs of the tooltip out, as wide as the widest needs.
func (v *View) layTip(size float32) (parts []tipPart, w, h float32) {
	most := max(size*6, min(size*tipWidth, v.Size().Width-v.opts.Style.Strip-size*4))
	for _, l := range v.tip.lines {
		part := tipPart{tipLine: l, size: size}
		if l.look == tipDim {
			part.size = v.size(v.opts.Style.ToolSize * 0.88)
		}
		if l.color != nil {
			part.left = part.size * 1.1
		}
		part.lead = part.size * tipLead
		part.block, part.lines = v.layPart(&part, most-part.left)
		for i := range part.lines {
			w = max(w, part.left+part.block.Lines[i].Width)
		}
		h += float32(part.lines) * part.lead
		parts = append(parts, part)
	}
	for i := range parts { // from right to left, at the right edge of what shows
		if parts[i].block.RTL {
			parts[i].block, parts[i].lines = v.layPart(&parts[i], w-parts[i].left+1)
		}
	}
	return parts, w, h
}

// layPart lays a paragraph out; a long note ends in an ellipsis.
func (v *View) layPart(part *tipPart, width float32) (*layout.Block, int) {
	chain := v.opts.Faces.sans
	if part.look == tipHead {
		chain = v.opts.Faces.bold
	}
	text := strings.Join(strings.Fields(part.text), " ")
	b := v.lay(text, chain, part.size, width)
	if part.look != tipNote || len(b.Lines) <= tipNotes {
		return b, len(b.Lines)
	}
	rs := []rune(text)
	cut := b.Lines[tipNotes-1].Trim
	for ; cut > 0; cut-- {
		short := v.lay(strings.TrimRight(string(rs[:cut]), " ,;:–—")+"…", chain, part.size, width)
		if len(short.Lines) <= tipNotes {
			return short, len(short.Lines)
		}
	}
	return b, tipNotes
}

// tipPlace is the upper left corner of the tooltip, and false where it would cover
// what it is about.
func (p *painter) tipPlace(w, h float32) (x, y float32, ok bool) {
	v, at, size := p.v, p.v.tip.at, p.v.Size()
	edge := size.Width - v.opts.Style.Strip
	if v.tip.onMap {
		return edge - w - 6, max(4, min(at.Y-h/2, size.Height-h-4)), w+6 < edge
	}
	if w+12 > edge { // a sliver of a window
		return 0, 0, false
	}
	_, cy := v.column(at)
	l := v.flow.LineAt(cy)
	x = max(6, min(at.X-v.px(16), edge-w-6))
	if y = p.y(l.Y) + float32(l.H) + 2; y+h <= size.Height-4 {
		return x, y, true
	}
	y = p.y(l.Y) - h - 2
	return x, y, y >= 4
}
