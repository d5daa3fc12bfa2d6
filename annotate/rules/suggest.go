package rules

import (
	"fmt"
	"strings"
)

// Near is the one of the names that somebody who wrote name is likely to have meant,
// "" if none is like it.
func Near(name string, names []string) string {
	best, least := "", 1+len([]rune(name))/3
	for _, n := range names {
		if d := distance(strings.ToLower(name), strings.ToLower(n)); d <= least && (best == "" || d < least) {
			best, least = n, d
		}
	}
	return best
}

// suggest asks whether a near name was meant, or lists them all.
func suggest(name string, names []string) string {
	if near := Near(name, names); near != "" {
		return fmt.Sprintf("do you mean %q?", near)
	}
	return "there are " + strings.Join(names, ", ")
}

// distance is how many characters must be put in, taken out, replaced or swapped
// with their neighbour to make b of a (optimal string alignment).
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	older, old, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range old {
		old[j] = j
	}
	for i := range x {
		row[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			row[j+1] = min(old[j+1]+1, row[j]+1, old[j]+cost)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				row[j+1] = min(row[j+1], older[j-1]+1)
			}
		}
		older, old, row = old, row, older
	}
	return old[len(y)]
}
