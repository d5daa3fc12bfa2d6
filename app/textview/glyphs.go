package textview

import "slices"

// Missing lists, sorted, the characters of the article and its header that no font
// could show, as far as they came into sight.
func (v *View) Missing() []rune {
	all := v.flow.Missing()
	if v.title != "" {
		all = append(all, v.titleBlock().Missing()...)
	}
	if v.facts != "" {
		all = append(all, v.factsBlock().Missing()...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// FontsChanged shows the article anew after Faces got or lost a font.
func (v *View) FontsChanged() {
	clear(v.small)
	v.flow.FontsChanged()
	v.measure()
	v.refresh()
}
