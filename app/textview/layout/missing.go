package layout

import (
	"maps"
	"slices"
)

// Missing lists the characters of the block that no face could draw, each once,
// in the order of the text.
func (b *Block) Missing() []rune { return b.missing }

// replacement stands for a character that no face has.
const replacement = 0xFFFD

// note keeps the characters of the cluster at from that its face lacks. What draws
// the text would put a sign of another width in their place: they are replaced by
// that sign here, where widths are counted.
func (b *Block) note(f *Face, from int, cluster []rune) {
	shown := false
	for i, r := range cluster {
		if r < 0x80 || r == replacement || indifferent(r) || f.has(r) {
			continue
		}
		if !slices.Contains(b.missing, r) {
			b.missing = append(b.missing, r)
		}
		switch {
		case shown:
			b.runes[from+i] = 0x200D // nothing to see
		case f.has(replacement):
			b.runes[from+i] = replacement
		}
		shown = true
	}
}

// Missing lists, sorted, the characters of the text that no face could draw, as
// far as it was laid out.
func (f *Flow) Missing() []rune { return slices.Sorted(maps.Keys(f.missing)) }

func (f *Flow) miss(b *Block) {
	for _, r := range b.missing {
		if f.missing == nil {
			f.missing = map[rune]bool{}
		}
		f.missing[r] = true
	}
}

// FontsChanged lays the text out anew, with other fonts behind the same chain. The
// first character that shows stays.
func (f *Flow) FontsChanged() {
	o, part := f.TopOffset()
	head := f.top < f.metrics.Head
	top := f.top
	f.missing = nil
	f.estimate()
	if head {
		f.ScrollTo(top)
		return
	}
	f.ScrollToOffset(o, -part*float64(f.LineOf(o, false).H))
}
