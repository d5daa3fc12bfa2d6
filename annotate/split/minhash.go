package split

import (
	"cmp"
	"hash/fnv"
	"math"
	"slices"
	"strings"
	"unicode"

	"lede/annotate/text"
)

// hashes is how many numbers a signature has: the share of shingles that two
// articles have in common is told to about ±0.04.
const hashes = 128

// shingle is how many words in a row are compared.
const shingle = 3

// Signature is the MinHash of a text; nil if the text has no words.
type Signature []uint32

// Sign is the signature of a text: of its words by Unicode's rules, whatever their
// case, without what stands between them.
func Sign(t *text.Text) Signature {
	var window [shingle]uint64
	var sig Signature
	count := 0
	for r := range t.Words(text.Range{End: t.Len()}) {
		word := t.Slice(r)
		if strings.IndexFunc(word, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }) < 0 {
			continue
		}
		h := fnv.New64a()
		_, _ = h.Write([]byte(strings.ToLower(word)))
		copy(window[:], window[1:])
		window[shingle-1] = h.Sum64()
		if count++; count >= shingle {
			sig = sig.with(window)
		}
	}
	if count > 0 && count < shingle {
		sig = sig.with(window) // a few words are one shingle
	}
	return sig
}

// with takes a shingle into account.
func (s Signature) with(words [shingle]uint64) Signature {
	if s == nil {
		s = make(Signature, hashes)
		for i := range s {
			s[i] = math.MaxUint32
		}
	}
	h := uint64(0)
	for _, w := range words {
		h = mix(h*31 + w)
	}
	// Two independent halves make as many hashes as are needed.
	a, b := h, mix(h)|1
	for i := range s {
		a += b
		s[i] = min(s[i], uint32(mix(a)>>32))
	}
	return s
}

// mix spreads every bit of x over all of them (splitmix64).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// Alike is the estimated share of shingles that two texts have in common (Jaccard).
func Alike(a, b Signature) float64 {
	if len(a) == 0 || len(a) != len(b) {
		return 0
	}
	same := 0
	for i := range a {
		if a[i] == b[i] {
			same++
		}
	}
	return float64(same) / float64(len(a))
}

// rows is how many numbers make up a band, so that two signatures that are alike by
// the threshold agree in at least one band with 99 percent.
func rows(threshold float64) int {
	best := 1
	for r := 1; r <= 16; r++ {
		if 1-math.Pow(1-math.Pow(threshold, float64(r)), float64(hashes/r)) >= 0.99 {
			best = r
		}
	}
	return best
}

// cluster joins near-duplicates, calling join for pairs. Bands are gone through one
// at a time: memory is that of the signatures and of one sorted band.
func cluster(items []Item, threshold float64, find func(int) int, join func(a, b int)) {
	type entry struct {
		key  uint64
		item int
	}
	width := rows(threshold)
	for from := 0; from+width <= hashes; from += width {
		var band []entry
		for i := range items {
			if s := items[i].Signature; s != nil {
				key := uint64(0)
				for _, v := range s[from : from+width] {
					key = mix(key*31 + uint64(v))
				}
				band = append(band, entry{key, i})
			}
		}
		slices.SortFunc(band, func(a, b entry) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.item, b.item)) })
		for len(band) > 0 {
			n := 1
			for n < len(band) && band[n].key == band[0].key {
				n++
			}
			var seen []int // one of each cluster so far
			for _, e := range band[:n] {
				apart := true
				for _, other := range seen {
					if find(other) == find(e.item) {
						apart = false
					} else if Alike(items[other].Signature, items[e.item].Signature) >= threshold {
						join(other, e.item)
						apart = false
					}
				}
				if apart {
					seen = append(seen, e.item)
				}
			}
			band = band[n:]
		}
	}
}
