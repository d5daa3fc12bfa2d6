package split

import "slices"

// Clusters are the places of near-duplicates that belong together, directly or through
// others: each cluster has at least two, in order, and clusters stand by their first.
// A nil signature is nobody's near-duplicate.
func Clusters(signatures []Signature, threshold float64) [][]int {
	items := make([]Item, len(signatures))
	for i, s := range signatures {
		items[i].Signature = s
	}
	b := balance{items: items, options: Options{Threshold: threshold}}
	return slices.DeleteFunc(b.blocks(&Report{}), func(block []int) bool { return len(block) < 2 })
}
