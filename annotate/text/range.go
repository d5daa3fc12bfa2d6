package text

// Range is a half-open stretch [Start, End) of a text, in code points.
type Range struct{ Start, End int }

// Len is the number of code points covered.
func (r Range) Len() int { return r.End - r.Start }

// Empty reports whether the range covers nothing (a caret).
func (r Range) Empty() bool { return r.End <= r.Start }

// Contains reports whether the code point at offset o is inside.
func (r Range) Contains(o int) bool { return r.Start <= o && o < r.End }

// Overlaps reports whether the two ranges share a code point.
func (r Range) Overlaps(q Range) bool {
	return r.Start < q.End && q.Start < r.End && !r.Empty() && !q.Empty()
}

// Intersect is the common part; it is empty (and lies at the later start) when
// there is none.
func (r Range) Intersect(q Range) Range {
	out := Range{max(r.Start, q.Start), min(r.End, q.End)}
	if out.End < out.Start {
		out.End = out.Start
	}
	return out
}
