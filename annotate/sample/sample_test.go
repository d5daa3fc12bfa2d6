package sample

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate"
)

func articles(n int) []annotate.Article {
	var all []annotate.Article
	for i := range n {
		all = append(all, annotate.Article{
			ID: annotate.ID(fmt.Sprint("id", i)), Ref: fmt.Sprint("r", i), Source: strings.Repeat("s", 1+i%7*i%3), PublishedISO: fmt.Sprintf("2026-%02d", 1+i%5),
		})
	}
	return all
}

func TestDrawIsProportionalWithAMinimumOfOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sizes := rapid.SliceOfN(rapid.IntRange(1, 400), 1, 12).Draw(t, "sizes")
		frame := 0
		for _, s := range sizes {
			frame += s
		}
		n := rapid.IntRange(len(sizes), frame).Draw(t, "n")
		draw, err := allot(n, frame, sizes)
		if err != nil {
			t.Fatal(err)
		}
		sum, small := 0, 0
		for i, d := range draw {
			sum += d
			if d < 1 || d > sizes[i] {
				t.Fatalf("%d of a stratum of %d", d, sizes[i])
			}
			if n*sizes[i] < frame {
				small++
			}
		}
		if sum != n {
			t.Fatalf("%d drawn, want %d", sum, n)
		}
		for i, d := range draw { // what the small ones must have is all that may be missing
			if share := n * sizes[i] / frame; d > max(1, share+1) || d < share-small {
				t.Fatalf("%v of %v: %d instead of %d", draw, sizes, d, share)
			}
		}
	})
}

func TestDrawDependsOnNothingButRefsAndSeed(t *testing.T) {
	frame := articles(500)
	ids := func(frame []annotate.Article, seed int64) string {
		s, err := Draw(frame, Options{N: 60, By: []string{"source", "month"}, Seed: seed})
		if err != nil {
			t.Fatal(err)
		}
		if len(s.Articles) != 60 {
			t.Fatalf("%d drawn", len(s.Articles))
		}
		var all []string
		for _, id := range s.Articles {
			all = append(all, string(id))
		}
		slices.Sort(all)
		return strings.Join(all, " ")
	}
	first := ids(frame, 1)
	mixed := slices.Clone(frame)
	rand.New(rand.NewSource(1)).Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
	if ids(mixed, 1) != first {
		t.Error("another order of the articles gives another sample")
	}
	if ids(frame, 2) == first {
		t.Error("another seed gives the same sample")
	}
}

func TestDrawRefuses(t *testing.T) {
	for want, o := range map[string]Options{
		"at least one": {}, "11 articles are asked for, and there are 10": {N: 11}, "there are 5 strata": {N: 4, By: []string{"month"}},
	} {
		if _, err := Draw(articles(10), o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v", o, err)
		}
	}
}
