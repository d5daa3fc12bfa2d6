package layout

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestHintsAreUniqueAndNoneBeginsAnother(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 2000).Draw(t, "n")
		hints := Hints(n)
		if len(hints) != n {
			t.Fatalf("%d hints for %d", len(hints), n)
		}
		sorted := slices.Clone(hints)
		slices.Sort(sorted)
		for i, h := range sorted {
			if h == "" || strings.Trim(h, hintLetters) != "" {
				t.Fatalf("%q cannot be typed", h)
			}
			// In order, a word is followed at once by what begins with it.
			if i+1 < len(sorted) && strings.HasPrefix(sorted[i+1], h) {
				t.Fatalf("%q begins %q", h, sorted[i+1])
			}
		}
		for i := 1; i < n; i++ {
			if len(hints[i]) < len(hints[i-1]) {
				t.Fatalf("%q comes before the shorter %q", hints[i-1], hints[i])
			}
		}
		if n > 0 && n <= 676 && len(hints[n-1]) > 2 {
			t.Fatalf("%q is too long for %d", hints[n-1], n)
		}
	})
}

func TestHintsStayOnTheHomeRow(t *testing.T) {
	for _, n := range []int{1, 9, 10, 81} {
		if all := strings.Join(Hints(n), ""); strings.Trim(all, "ASDFGHJKL") != "" {
			t.Errorf("%d hints leave the home row: %s", n, all)
		}
	}
	if got := Hints(10); got[0] != "A" || got[7] != "K" || got[8] != "LA" || got[9] != "LS" {
		t.Errorf("10 hints are %q", got)
	}
}
