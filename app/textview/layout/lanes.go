package layout

import (
	"slices"
	"sort"
)

// maxLanes is where counting stops: nothing draws that many.
const maxLanes = 64

// Mark is a range that is to be drawn, in code points, half-open, not empty.
type Mark struct {
	Start, End int
	Ref        int // the caller's name for it
}

// before is the order of marks: by start, outer ones first.
func (m Mark) before(n Mark) int {
	switch {
	case m.Start != n.Start:
		return m.Start - n.Start
	case m.End != n.End:
		return n.End - m.End
	}
	return m.Ref - n.Ref
}

// chunkSize is the number of marks whose furthest end is kept together, so that
// a query skips most of those that end before it, however long others are.
const chunkSize = 64

// Spans holds marks and gives overlapping ones different lanes, 0 for the
// outermost. Lanes are assigned over whole groups of overlapping marks, so they
// do not depend on what is on the screen.
type Spans struct {
	marks []Mark // in order
	lanes []uint8
	reach []int // the furthest end among marks[0..i]
	chunk []int // the furthest end within each chunk
}

// Set replaces all marks.
func (s *Spans) Set(marks []Mark) {
	s.marks = marks
	if !slices.IsSortedFunc(marks, Mark.before) {
		slices.SortFunc(s.marks, Mark.before)
	}
	s.lanes = make([]uint8, len(marks))
	s.reach = make([]int, len(marks))
	s.reindex(0, true)
	s.assign(0, len(marks))
}

// Len is the number of marks.
func (s *Spans) Len() int { return len(s.marks) }

// Insert adds a mark.
func (s *Spans) Insert(m Mark) {
	i := sort.Search(len(s.marks), func(i int) bool { return m.before(s.marks[i]) <= 0 })
	s.marks = slices.Insert(s.marks, i, m)
	s.lanes = slices.Insert(s.lanes, i, 0)
	s.reach = slices.Insert(s.reach, i, 0)
	s.reindex(i, false)
	from, to := s.group(i)
	s.assign(from, to)
}

// Remove takes a mark out; it tells whether it was there.
func (s *Spans) Remove(m Mark) bool {
	i := sort.Search(len(s.marks), func(i int) bool { return m.before(s.marks[i]) <= 0 })
	if i == len(s.marks) || s.marks[i] != m {
		return false
	}
	from, to := s.group(i)
	s.marks = slices.Delete(s.marks, i, i+1)
	s.lanes = slices.Delete(s.lanes, i, i+1)
	s.reach = slices.Delete(s.reach, i, i+1)
	s.reindex(i, false)
	s.assign(from, to-1)
	return true
}

// reindex mends reach and chunk from mark i on. Unless all is new, it stops
// where reach no longer differs from what it was.
func (s *Spans) reindex(i int, all bool) {
	far := 0
	if i > 0 {
		far = s.reach[i-1]
	}
	for k := i; k < len(s.marks); k++ {
		far = max(far, s.marks[k].End)
		if !all && k > i && s.reach[k] == far {
			break
		}
		s.reach[k] = far
	}
	n := (len(s.marks) + chunkSize - 1) / chunkSize
	s.chunk = slices.Grow(s.chunk[:min(len(s.chunk), n)], n)[:n]
	for c := i / chunkSize; c < n; c++ {
		far := 0
		for _, m := range s.marks[c*chunkSize : min((c+1)*chunkSize, len(s.marks))] {
			far = max(far, m.End)
		}
		s.chunk[c] = far
	}
}

// group is the stretch of marks around i that overlap one another directly or
// through others.
func (s *Spans) group(i int) (from, to int) {
	for from = i; from > 0 && s.reach[from-1] > s.marks[from].Start; {
		from--
	}
	for to = i + 1; to < len(s.marks) && s.reach[to-1] > s.marks[to].Start; {
		to++
	}
	return from, to
}

// assign gives lanes to marks [from, to), which begin with a new group.
func (s *Spans) assign(from, to int) {
	var ends [maxLanes]int
	used := 0
	for i := from; i < to; i++ {
		m := s.marks[i]
		if i == from || s.reach[i-1] <= m.Start {
			used = 0
		}
		lane := 0 // below every mark that holds this one, and free
		for k := range used {
			if ends[k] >= m.End {
				lane = k + 1
			}
		}
		for lane < used && ends[lane] > m.Start {
			lane++
		}
		lane = min(lane, maxLanes-1)
		used = max(used, lane+1)
		ends[lane] = m.End
		s.lanes[i] = uint8(lane)
	}
}

// Visit calls f with every mark that overlaps [from, to), in order, and its lane.
func (s *Spans) Visit(from, to int, f func(m Mark, lane int)) {
	last := sort.Search(len(s.marks), func(i int) bool { return s.marks[i].Start >= to })
	first := sort.Search(last, func(i int) bool { return s.reach[i] > from })
	for i := first; i < last; i++ {
		if i%chunkSize == 0 && s.chunk[i/chunkSize] <= from {
			i += chunkSize - 1
			continue
		}
		if s.marks[i].End > from {
			f(s.marks[i], int(s.lanes[i]))
		}
	}
}

// Each calls f with every mark in order.
func (s *Spans) Each(f func(m Mark)) {
	for _, m := range s.marks {
		f(m)
	}
}
