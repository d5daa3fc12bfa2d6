package layout

import (
	"maps"
	"slices"
)

// Missing lists the characters of the block that no face could draw, each once,
// in the order of the text.
func (b *Block) Missing() []rune { return b.missing }

// note keeps the characters of a cluster that no face has.
func (b *Block) note(l *Library, cluster []rune) {
	if len(l.missing) == 0 {
		return
	}
	for _, r := range cluster {
		if l.missing[r] && !slices.Contains(b.missing, r) {
			b.missing = append(b.missing, r)
		}
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
	f.ScrollToOffset(o, -part*float64(f.metrics.Line))
}
