package layout

import "slices"

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
