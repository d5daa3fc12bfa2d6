package layout

// fenwick is a list of heights with fast prefix sums: what lies above a block,
// and which block is at a height, in O(log n) while heights keep changing.
type fenwick struct {
	tree   []int // one-based
	values []int
}

func newFenwick(values []int) *fenwick {
	f := &fenwick{make([]int, len(values)+1), values}
	for i, v := range values {
		f.tree[i+1] += v
		if j := (i + 1) + ((i + 1) & -(i + 1)); j <= len(values) {
			f.tree[j] += f.tree[i+1]
		}
	}
	return f
}

// set changes value i and returns the difference.
func (f *fenwick) set(i, value int) int {
	d := value - f.values[i]
	if d == 0 {
		return 0
	}
	f.values[i] = value
	for j := i + 1; j < len(f.tree); j += j & -j {
		f.tree[j] += d
	}
	return d
}

// sum adds the values of [0, i).
func (f *fenwick) sum(i int) int {
	s := 0
	for ; i > 0; i -= i & -i {
		s += f.tree[i]
	}
	return s
}

// find is the index whose value covers height h, and what is left of h there.
// Beyond the end it is the last index.
func (f *fenwick) find(h int) (i, rest int) {
	bit := 1
	for bit*2 < len(f.tree) {
		bit *= 2
	}
	for ; bit > 0; bit /= 2 {
		if n := i + bit; n < len(f.tree) && f.tree[n] <= h {
			i = n
			h -= f.tree[n]
		}
	}
	if i >= len(f.values) {
		last := len(f.values) - 1
		return last, h + f.values[last]
	}
	return i, h
}
