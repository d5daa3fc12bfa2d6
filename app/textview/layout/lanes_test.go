package layout

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func genMark(t *rapid.T, ref int) Mark {
	start := rapid.IntRange(0, 300).Draw(t, "start")
	length := rapid.OneOf(rapid.IntRange(1, 20), rapid.IntRange(1, 300)).Draw(t, "length")
	return Mark{start, start + length, ref}
}

// Whatever was inserted and removed: overlapping marks have different lanes, a
// query finds what overlaps, and lanes are those of the same set made at once.
func TestLanesAreDisjointAndQueriesComplete(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var marks []Mark
		for i := range rapid.IntRange(0, 150).Draw(t, "n") {
			marks = append(marks, genMark(t, i))
		}
		var s Spans
		s.Set(slices.Clone(marks))
		for i := range rapid.IntRange(0, 30).Draw(t, "edits") {
			if len(marks) > 0 && rapid.Bool().Draw(t, "remove") {
				k := rapid.IntRange(0, len(marks)-1).Draw(t, "which")
				if !s.Remove(marks[k]) {
					t.Fatalf("%v is not there", marks[k])
				}
				marks = slices.Delete(marks, k, k+1)
			} else {
				m := genMark(t, 1000+i)
				marks = append(marks, m)
				s.Insert(m)
			}
		}
		checkLanes(t, &s)
		var fresh Spans
		fresh.Set(slices.Clone(marks))
		if !slices.Equal(fresh.marks, s.marks) || !slices.Equal(fresh.lanes, s.lanes) ||
			!slices.Equal(fresh.reach, s.reach) || !slices.Equal(fresh.chunk, s.chunk) {
			t.Fatalf("edited:\n%v %v\nfresh:\n%v %v", s.marks, s.lanes, fresh.marks, fresh.lanes)
		}
		from := rapid.IntRange(0, 400).Draw(t, "from")
		to := from + rapid.IntRange(0, 50).Draw(t, "len")
		var got, want []Mark
		s.Visit(from, to, func(m Mark, _ int) { got = append(got, m) })
		for _, m := range s.marks {
			if m.Start < to && m.End > from {
				want = append(want, m)
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("in [%d,%d): %v, want %v", from, to, got, want)
		}
	})
}

func checkLanes(t *rapid.T, s *Spans) {
	for i, a := range s.marks {
		for k := i + 1; k < len(s.marks); k++ {
			b := s.marks[k]
			if b.Start < a.End && s.lanes[i] == s.lanes[k] && s.lanes[i] < maxLanes-1 {
				t.Fatalf("%v and %v share lane %d", a, b, s.lanes[i])
			}
			if b.Start < a.End && b.End <= a.End && s.lanes[k] <= s.lanes[i] && s.lanes[i] < maxLanes-1 {
				t.Fatalf("%v in lane %d holds %v in lane %d", a, s.lanes[i], b, s.lanes[k])
			}
		}
	}
}

func TestOuterMarkHasTheLowerLane(t *testing.T) {
	var s Spans
	s.Set([]Mark{{5, 8, 1}, {0, 20, 2}, {5, 12, 3}, {20, 25, 4}})
	want := map[int]int{2: 0, 3: 1, 1: 2, 4: 0}
	s.Visit(0, 30, func(m Mark, lane int) {
		if want[m.Ref] != lane {
			t.Errorf("mark %d has lane %d, want %d", m.Ref, lane, want[m.Ref])
		}
	})
}

// A mark over the whole text must not make every query look at every mark.
func TestLongMarkDoesNotSlowQueries(t *testing.T) {
	marks := []Mark{{0, 10_000_000, 0}}
	for i := range 100_000 {
		marks = append(marks, Mark{i * 100, i*100 + 20, i + 1})
	}
	var s Spans
	s.Set(marks)
	allocs := testing.Benchmark(func(b *testing.B) {
		for range b.N {
			s.Visit(9_000_000, 9_002_000, func(Mark, int) {})
		}
	})
	seen := 0
	s.Visit(9_000_000, 9_002_000, func(Mark, int) { seen++ })
	if seen != 21 {
		t.Errorf("%d marks in sight, want 21", seen)
	}
	t.Logf("%d ns for a query among %d marks", allocs.NsPerOp(), s.Len())
}
