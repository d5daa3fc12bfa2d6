package textview

import (
	"lede/annotate/text"
	"lede/app/textview/layout"
)

// factsBlock is the line of facts. It is a list that reads from left to right,
// whatever the script of its parts, on the side where the title begins.
func (v *View) factsBlock() *layout.Block {
	return v.layAs(v.facts, v.opts.Faces.sans, v.size(v.opts.Style.FactsSize), v.colW, layout.LeftToRight)
}

// nothingBlock is what is said in the place of a text.
func (v *View) nothingBlock() *layout.Block {
	return v.lay(v.nothing, v.opts.Faces.sans, v.size(v.opts.Style.FactsSize), v.colW)
}

// headRTL tells whether the header begins at the right: as the title does, or the
// text where there is none.
func (v *View) headRTL() bool {
	if v.title != "" {
		return v.titleBlock().RTL
	}
	const head = 400 // code points that are asked
	d, _ := layout.DirectionOf(v.Text().Slice(text.Range{End: min(head, v.Text().Len())}))
	return d == layout.RightToLeft
}
