package html

import (
	"cmp"
	"slices"

	"lede/annotate/format"
	"lede/annotate/text"
)

// deepest is the number of lanes that are drawn; deeper ones share the last.
const deepest = 12

// fragment is one part of a span in the text.
type fragment struct {
	text.Range
	span, part int // of the set's spans; of the span's fragments
	lane       int
}

// fragmentsOf are the fragments of all spans by start, outer ones first, with
// their lanes. The rule is that of the window (textview/layout): below every
// fragment that holds this one, and free.
func fragmentsOf(spans []format.Span) []fragment {
	var all []fragment
	for i, s := range spans {
		for k, f := range s.Fragments {
			all = append(all, fragment{Range: f, span: i, part: k})
		}
	}
	slices.SortStableFunc(all, func(a, b fragment) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	const most = 64
	var ends [most]int
	used, reach := 0, 0
	for i := range all {
		f := &all[i]
		if reach <= f.Start {
			used = 0
		}
		lane := 0
		for k := range used {
			if ends[k] >= f.End {
				lane = k + 1
			}
		}
		for lane < used && ends[lane] > f.Start {
			lane++
		}
		lane = min(lane, most-1)
		used, reach = max(used, lane+1), max(reach, f.End)
		ends[lane], f.lane = f.End, min(lane, deepest-1)
	}
	return all
}
