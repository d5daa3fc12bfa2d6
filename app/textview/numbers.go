package textview

import (
	"strconv"
	"strings"

	"lede/app/textview/layout"
)

// numberGap is the room between a paragraph's number and its text, and at least
// between it and the edge.
const (
	numberGap  = 14
	numberEdge = 8
)

func (v *View) numberSize() float32 { return v.size(v.opts.Style.PillSize) }

func (v *View) numberBlock(n int) *layout.Block {
	return v.lay(strconv.Itoa(n), v.opts.Faces.sans, v.numberSize(), 0)
}

// side is the least room beside the column: more than the style's where numbers
// of paragraphs need it.
func (v *View) side() float32 {
	s := v.opts.Style.Side
	if !v.reading.Numbers {
		return s
	}
	digits := len(strconv.Itoa(v.flow.Paragraphs()))
	widest := v.lay(strings.Repeat("0", digits), v.opts.Faces.sans, v.numberSize(), 0)
	return max(s, width(widest)+v.px(numberGap)+numberEdge+v.opts.Style.Strip/2) // the column's middle is the window's
}

// drawNumbers draws the numbers of paragraphs in the margin, where their first
// line begins: left, or right of a paragraph from right to left.
func (p *painter) drawNumbers() {
	v := p.v
	if !v.reading.Numbers {
		return
	}
	for _, l := range p.lines {
		n := v.flow.Number(l)
		if n == 0 {
			continue
		}
		b := v.numberBlock(n)
		x := v.colX - v.px(numberGap) - width(b)
		if l.Block.RTL {
			x = v.colX + v.colW + v.px(numberGap)
		}
		p.label(atText, b, v.opts.Style.Dim, v.numberSize(), x, p.y(l.Y)+p.baseline(l.Block))
	}
}
