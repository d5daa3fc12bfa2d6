package split

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
)

// Threshold is the share of shingles from which two articles are near-duplicates,
// unless another is given.
const Threshold = 0.5

// Item is an article that gets a part.
type Item struct {
	Ref       string
	Fixed     string         // the part that it has already, "" for none
	Group     string         // articles with the same one stay together; "" = on its own
	Labels    map[string]int // spans by label
	Signature Signature      // nil: it is nobody's near-duplicate
}

// Options say how to split.
type Options struct {
	Parts     []Part
	Seed      int64
	Threshold float64 // from 0 (excluded: near-duplicates are not looked for) to 1
}

// Report says what was found on the way.
type Report struct {
	Clusters  int // clusters of at least two near-duplicates
	Clustered int // articles in them
	Fixed     int // articles that had a part already
	// Straddling are articles that had another part already than others of their
	// block: they stayed where they were.
	Straddling []string
}

// Assign returns the place in o.Parts of each item. An item that is fixed to a part
// that is not among them is an error.
func Assign(items []Item, o Options) ([]int, Report, error) {
	var report Report
	parts := make([]int, len(items))
	for i, it := range items {
		parts[i] = -1
		if it.Fixed == "" {
			continue
		}
		report.Fixed++
		if parts[i] = slices.IndexFunc(o.Parts, func(p Part) bool { return p.Name == it.Fixed }); parts[i] < 0 {
			return nil, report, &UnknownPartError{it.Ref, it.Fixed}
		}
	}
	b := balance{options: o, parts: parts, items: items}
	blocks := b.blocks(&report)
	b.count()
	b.give(blocks, &report)
	return parts, report, nil
}

// UnknownPartError says that an article has a part that the split does not have.
type UnknownPartError struct{ Ref, Part string }

func (e *UnknownPartError) Error() string {
	return fmt.Sprintf("the article %q is in the part %q already, which this split does not have", e.Ref, e.Part)
}

// balance is the split on its way.
type balance struct {
	options Options
	items   []Item
	parts   []int
	total   map[string]float64   // what there is in all, by label; "" = articles
	have    []map[string]float64 // what each part has
}

// blocks are the articles that stay together, each in the order of the items.
func (b *balance) blocks(report *Report) [][]int {
	parent := make([]int, len(b.items))
	for i := range parent {
		parent[i] = i
	}
	find := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	join := func(x, y int) {
		x, y = find(x), find(y)
		parent[max(x, y)] = min(x, y)
	}
	if b.options.Threshold > 0 {
		cluster(b.items, b.options.Threshold, find, join)
	}
	size := map[int]int{}
	for i := range b.items {
		size[find(i)]++
	}
	for _, n := range size {
		if n > 1 {
			report.Clusters++
			report.Clustered += n
		}
	}
	first := map[string]int{}
	for i, it := range b.items {
		if it.Group == "" {
			continue
		}
		if k, seen := first[it.Group]; seen {
			join(k, i)
		} else {
			first[it.Group] = i
		}
	}
	byRoot := map[int][]int{}
	for i := range b.items {
		byRoot[find(i)] = append(byRoot[find(i)], i)
	}
	var blocks [][]int
	for _, root := range slices.Sorted(maps.Keys(byRoot)) {
		blocks = append(blocks, byRoot[root])
	}
	return blocks
}

func (b *balance) count() {
	b.total = map[string]float64{}
	for range b.options.Parts {
		b.have = append(b.have, map[string]float64{})
	}
	for i := range b.items {
		add(b.total, &b.items[i])
	}
}

func add(sums map[string]float64, it *Item) {
	sums[""]++
	for label, n := range it.Labels {
		sums[label] += float64(n)
	}
}

// give puts each block into a part: first where articles are fixed, then the blocks
// that weigh most, so that what is small fills the gaps. Among equals the seed decides.
func (b *balance) give(blocks [][]int, report *Report) {
	type open struct {
		block  []int
		sums   map[string]float64
		weight float64
		draw   uint64
	}
	var free []open
	for _, block := range blocks {
		if part, fixed := b.fixed(block, report); fixed {
			b.put(block, part)
			continue
		}
		o := open{block: block, sums: map[string]float64{}, draw: draw(b.options.Seed, b.items[block[0]].Ref)}
		for _, i := range block {
			add(o.sums, &b.items[i])
		}
		for label, n := range o.sums {
			o.weight = max(o.weight, n/b.total[label])
		}
		free = append(free, o)
	}
	slices.SortStableFunc(free, func(x, y open) int {
		return cmp.Or(cmp.Compare(y.weight, x.weight), cmp.Compare(x.draw, y.draw))
	})
	for _, o := range free {
		b.put(o.block, b.best(o.sums))
	}
}

// fixed is the part in which most of a block's fixed articles are, if it has any.
func (b *balance) fixed(block []int, report *Report) (part int, has bool) {
	votes := make([]int, len(b.options.Parts))
	for _, i := range block {
		if p := b.parts[i]; p >= 0 {
			votes[p]++
			has = true
		}
	}
	for p := range votes {
		if votes[p] > votes[part] {
			part = p
		}
	}
	for _, i := range block {
		if p := b.parts[i]; p >= 0 && p != part {
			report.Straddling = append(report.Straddling, b.items[i].Ref)
		}
	}
	return part, has
}

func (b *balance) put(block []int, part int) {
	for _, i := range block {
		if b.parts[i] < 0 {
			b.parts[i] = part
		}
		add(b.have[b.parts[i]], &b.items[i])
	}
}

// best is the part that comes nearer to its share by the block than any other does:
// the one whose chi-square distance, over articles and labels, grows least.
func (b *balance) best(sums map[string]float64) int {
	best, least := 0, 0.0
	labels := slices.Sorted(maps.Keys(sums)) // one order of adding up, one result
	for p, part := range b.options.Parts {
		cost := 0.0
		for _, label := range labels {
			if sums[label] > 0 {
				g := sums[label] / b.total[label]
				cost += g * (g + 2*(b.have[p][label]/b.total[label]-part.Share)) / part.Share
			}
		}
		if p == 0 || cost < least {
			best, least = p, cost
		}
	}
	return best
}

// draw is the lot that a block gets by its first article.
func draw(seed int64, ref string) uint64 {
	h := fnv.New64a()
	_ = binary.Write(h, binary.LittleEndian, seed)
	_, _ = h.Write([]byte(ref))
	return mix(h.Sum64())
}
