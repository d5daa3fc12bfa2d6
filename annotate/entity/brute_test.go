package entity

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lede/annotate"
)

// TestSearchIsBruteForce holds the index against looking at every entity, through
// random entities, changes and queries.
func TestSearchIsBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		project, uses := map[annotate.ID]annotate.Entity{}, map[annotate.ID]int{}
		var first []annotate.Entity
		for i := range rapid.IntRange(0, 12).Draw(t, "entities") {
			e := drawEntity(t, annotate.ID(fmt.Sprint("e", i)))
			first = append(first, e)
			project[e.ID], uses[e.ID] = e, rapid.IntRange(0, 2).Draw(t, "uses")
		}
		x := NewIndex(first, uses)
		for range rapid.IntRange(0, 4).Draw(t, "changes") {
			x.Apply(drawChange(t, project, uses))
			q := Query{
				Text: drawText(t), Kind: rapid.SampledFrom([]string{"", "actor", "place"}).Draw(t, "kind"),
				Prefer: rapid.SampledFrom([]string{"", "actor"}).Draw(t, "prefer"), Limit: rapid.IntRange(0, 4).Draw(t, "limit"),
			}
			got, want := x.Search(q), bruteForce(project, uses, q)
			if diff := gocmp.Diff(named(want), named(got)); diff != "" {
				t.Fatalf("%+v among %v (-want +got):\n%s", q, project, diff)
			}
			for i := range got {
				if got[i].Uses != want[i].Uses || got[i].Entity.ID != want[i].Entity.ID {
					t.Fatalf("%+v: got %+v, want %+v", q, got[i], want[i])
				}
			}
			if x.Len() != len(project) {
				t.Fatalf("%d entities, want %d", x.Len(), len(project))
			}
		}
	})
}

// candidate is an entity that bruteForce found.
type candidate struct {
	m    Match
	rank int // twice that of the name, one more for an alias
	key  string
}

// bruteForce is Search by its description.
func bruteForce(project map[annotate.ID]annotate.Entity, uses map[annotate.ID]int, q Query) []Match {
	k := newKeyer()
	text := k.key(q.Text)
	if text == "" && strings.TrimSpace(q.Text) != "" {
		return nil
	}
	collect := func(rank func(key string) int) []candidate {
		var all []candidate
		for _, e := range project {
			if q.Kind == "" || e.Kind == q.Kind {
				if best, ok := bestName(k, e, rank); ok {
					best.m.Uses = uses[e.ID]
					all = append(all, best)
				}
			}
		}
		sortCandidates(all, q)
		return all
	}
	if text == "" {
		all := collect(func(string) int { return 0 })
		for i := range all {
			all[i].m.Alias = ""
		}
		return matchesOf(all, q.Limit)
	}
	all := collect(func(key string) int { return plainRank(key, text) })
	if len(all) < max(1, q.Limit) {
		for _, f := range collect(func(key string) int { return slippedRank(key, text) }) {
			if !slices.ContainsFunc(all, func(g candidate) bool { return g.m.Entity.ID == f.m.Entity.ID }) {
				f.m.Near = true
				all = append(all, f)
			}
		}
	}
	return matchesOf(all, q.Limit)
}

func bestName(k keyer, e annotate.Entity, rank func(key string) int) (candidate, bool) {
	const none = 1 << 20
	best := candidate{Match{Entity: e}, none, k.key(e.Name)}
	for i, called := range append([]string{e.Name}, e.Aliases...) {
		r := 2 * rank(k.key(called))
		if i > 0 {
			r++
		}
		if r < 0 || r >= best.rank {
			continue
		}
		best.rank, best.m.Alias = r, ""
		if i > 0 {
			best.m.Alias = called
		}
	}
	return best, best.rank < none
}

func sortCandidates(all []candidate, q Query) {
	other := func(c candidate) int {
		if c.m.Entity.Kind == q.Prefer {
			return 0
		}
		return 1
	}
	slices.SortFunc(all, func(a, b candidate) int {
		return cmp.Or(a.rank-b.rank, other(a)-other(b), b.m.Uses-a.m.Uses, strings.Compare(a.key, b.key),
			strings.Compare(a.m.Entity.Name, b.m.Entity.Name), strings.Compare(a.m.Entity.Kind, b.m.Entity.Kind),
			strings.Compare(string(a.m.Entity.ID), string(b.m.Entity.ID)))
	})
}

func matchesOf(all []candidate, limit int) []Match {
	if limit > 0 {
		all = all[:min(limit, len(all))]
	}
	var found []Match
	for _, c := range all {
		found = append(found, c.m)
	}
	return found
}

func plainRank(key, text string) int {
	all := true
	for _, w := range strings.Fields(text) {
		one := false
		for b := range beginnings(key) {
			one = one || strings.HasPrefix(b, w)
		}
		all = all && one
	}
	switch {
	case key == text:
		return 0
	case strings.HasPrefix(key, text):
		return 1
	case all:
		return 2
	case slices.Contains(initialsOf(key), text):
		return 3
	}
	return -1
}

// slippedRank is 10 and the number of slips.
func slippedRank(key, text string) int {
	sum := 0
	for _, w := range strings.Fields(text) {
		best := 1000
		for b := range beginnings(key) {
			for i := 0; i <= len([]rune(b)); i++ {
				best = min(best, osa([]rune(w), []rune(b)[:i]))
			}
		}
		if best > slips(w) {
			return -1
		}
		sum += best
	}
	return 10 + sum
}
