package split_test

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate/split"
	"lede/annotate/text"
)

func TestParse(t *testing.T) {
	for in, want := range map[string]string{
		"80/10/10":                       "[{train 0.8} {dev 0.1} {test 0.1}]",
		"3/1":                            "[{train 0.75} {test 0.25}]",
		"train=80,validation=10,test=10": "[{train 0.8} {validation 0.1} {test 0.1}]",
		"a=1, b=1,c=1,d=1":               "[{a 0.25} {b 0.25} {c 0.25} {d 0.25}]",
		"80%/20%":                        "[{train 0.8} {test 0.2}]",
	} {
		if got, err := split.Parse(in); err != nil || fmt.Sprint(got) != want {
			t.Errorf("%q is %v (%v), want %s", in, got, err, want)
		}
	}
	for _, in := range []string{"", "80", "80/0/20", "1/2/3/4", "train=80", "a=1,A=1", "../x=1,b=1", "a=1,b=", "a=NaN,b=1", "a=Inf,b=1", "a=-1,b=2", "manifest=1,b=1"} {
		if got, err := split.Parse(in); err == nil {
			t.Errorf("%q is taken as %v", in, got)
		}
	}
}

// story is n made-up words that depend on the number.
func story(number, n int) []string {
	r := rand.New(rand.NewPCG(uint64(number), 1))
	words := make([]string, n)
	for i := range words {
		words[i] = fmt.Sprintf("w%d", r.IntN(5000))
	}
	return words
}

func sign(words []string) split.Signature { return split.Sign(text.New(strings.Join(words, " "))) }

// TestAlikeIsNearJaccard: what signatures say is near what the sets of shingles say.
func TestAlikeIsNearJaccard(t *testing.T) {
	shingles := func(words []string) map[string]bool {
		set := map[string]bool{}
		for i := 0; i+3 <= len(words); i++ {
			set[strings.Join(words[i:i+3], " ")] = true
		}
		return set
	}
	off := 0.0
	for i := range 50 {
		a := story(i, 400)
		b := append(slices.Clone(a[:i*8]), story(1000+i, 400-i*8)...)
		x, y := shingles(a), shingles(b)
		both := 0
		for s := range x {
			if y[s] {
				both++
			}
		}
		want := float64(both) / float64(len(x)+len(y)-both)
		got := split.Alike(sign(a), sign(b))
		off += math.Abs(got - want)
		if math.Abs(got-want) > 0.17 {
			t.Errorf("pair %d: %.2f, want %.2f", i, got, want)
		}
	}
	if off/50 > 0.05 {
		t.Errorf("on average they are %.3f off", off/50)
	}
}

func TestSign(t *testing.T) {
	if split.Sign(text.New("")) != nil || split.Sign(text.New(" …!\n")) != nil {
		t.Error("a text without words has a signature")
	}
	one := func(s string) split.Signature { return split.Sign(text.New(s)) }
	if split.Alike(one("Two words"), one("two, WORDS.")) != 1 || split.Alike(one("Two words"), one("two others")) == 1 {
		t.Error("short texts are not told apart by their words")
	}
	if split.Alike(nil, nil) != 0 {
		t.Error("texts without words are near-duplicates")
	}
}

// TestNearDuplicatesStayTogether: wire copy, cut by each paper in its own way, never
// straddles two parts; with no threshold it does.
func TestNearDuplicatesStayTogether(t *testing.T) {
	var items []split.Item
	var of []int
	for k := range 60 {
		wire := story(k, 300)
		for paper := range 1 + k%6 {
			words := slices.Clone(wire)
			for i := range words[:4*paper] {
				words[(i*37+paper*11)%300] = fmt.Sprintf("other%d", i)
			}
			items = append(items, split.Item{Ref: fmt.Sprintf("%d-%d", k, paper), Signature: sign(append(words, story(9000+10*k+paper, 10)...))})
			of = append(of, k)
		}
	}
	parts, _ := split.Parse("60/20/20")
	straddles := func(threshold float64) (n int, r split.Report) {
		got, report, err := split.Assign(items, split.Options{Parts: parts, Seed: 7, Threshold: threshold})
		if err != nil {
			t.Fatal(err)
		}
		where := map[int]int{}
		for i, p := range got {
			if q, seen := where[of[i]]; seen && q != p {
				n++
			}
			where[of[i]] = p
		}
		return n, report
	}
	n, report := straddles(split.Threshold)
	if n > 0 || report.Clusters != 50 || report.Clustered != len(items)-10 {
		t.Errorf("%d stories straddle parts; %d clusters of %d articles, want 50 of %d", n, report.Clusters, report.Clustered, len(items)-10)
	}
	if n, report := straddles(0); n == 0 || report.Clusters > 0 {
		t.Errorf("without a threshold %d straddle, %d clusters", n, report.Clusters)
	}
}

// TestSharesAndLabels: articles and the spans of each label are shared out as asked.
func TestSharesAndLabels(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var items []split.Item
	total := map[string]int{}
	for i := range 2000 {
		it := split.Item{Ref: fmt.Sprint(i), Labels: map[string]int{"actor": r.IntN(20)}}
		if i%10 == 0 {
			it.Labels["quote"] = 1 + r.IntN(3)
		}
		if i%100 == 0 {
			it.Labels["rare"] = 1
		}
		total[""]++
		for l, n := range it.Labels {
			total[l] += n
		}
		items = append(items, it)
	}
	parts, _ := split.Parse("80/10/10")
	got, _, err := split.Assign(items, split.Options{Parts: parts, Seed: 1, Threshold: split.Threshold})
	if err != nil {
		t.Fatal(err)
	}
	have := make([]map[string]int, 3)
	for i, p := range got {
		if have[p] == nil {
			have[p] = map[string]int{}
		}
		have[p][""]++
		for l, n := range items[i].Labels {
			have[p][l] += n
		}
	}
	for p, part := range parts {
		for _, l := range []string{"", "actor", "quote", "rare"} {
			if share := float64(have[p][l]) / float64(total[l]); math.Abs(share-part.Share) > 0.011 {
				t.Errorf("%s has %.3f of %q, want %.2f", part.Name, share, l, part.Share)
			}
		}
	}
	other, _, _ := split.Assign(items, split.Options{Parts: parts, Seed: 2, Threshold: split.Threshold})
	if slices.Equal(got, other) {
		t.Error("another seed gives the same split")
	}
}

// TestAssignHolds: whatever the items, what is fixed stays, groups stay together
// unless they were apart before, everything gets a part, and the same gives the same.
func TestAssignHolds(t *testing.T) {
	parts, _ := split.Parse("70/20/10")
	rapid.Check(t, func(t *rapid.T) {
		var items []split.Item
		for i := range rapid.IntRange(0, 40).Draw(t, "n") {
			items = append(items, split.Item{
				Ref: fmt.Sprint(i), Group: rapid.SampledFrom([]string{"", "", "a", "b", "c"}).Draw(t, "group"),
				Fixed:     rapid.SampledFrom([]string{"", "", "", "train", "test"}).Draw(t, "fixed"),
				Signature: sign(story(rapid.IntRange(0, 30).Draw(t, "story"), 60)),
				Labels:    map[string]int{"x": rapid.IntRange(0, 3).Draw(t, "x")},
			})
		}
		o := split.Options{Parts: parts, Seed: rapid.Int64().Draw(t, "seed"), Threshold: 0.6}
		got, report, err := split.Assign(items, o)
		if err != nil {
			t.Fatal(err)
		}
		again, _, _ := split.Assign(items, o)
		if !slices.Equal(got, again) {
			t.Fatalf("%v and then %v", got, again)
		}
		where := map[string]int{}
		for i, it := range items {
			if got[i] < 0 || got[i] >= len(parts) {
				t.Fatalf("item %d has part %d", i, got[i])
			}
			if it.Fixed != "" {
				if parts[got[i]].Name != it.Fixed {
					t.Fatalf("item %d was in %s and is in %s", i, it.Fixed, parts[got[i]].Name)
				}
				continue
			}
			for _, key := range []string{"g" + it.Group, fmt.Sprint("s", it.Signature)} {
				if key == "g" {
					continue
				}
				if p, seen := where[key]; seen && p != got[i] {
					t.Fatalf("%s straddles (item %d)", key[:2], i)
				}
				where[key] = got[i]
			}
		}
		if len(report.Straddling) > report.Fixed {
			t.Fatalf("%d straddle of %d that are fixed", len(report.Straddling), report.Fixed)
		}
	})
}

func TestUnknownPart(t *testing.T) {
	parts, _ := split.Parse("80/20")
	_, _, err := split.Assign([]split.Item{{Ref: "a1", Fixed: "dev"}}, split.Options{Parts: parts})
	var unknown *split.UnknownPartError
	if !errors.As(err, &unknown) || unknown.Part != "dev" || !strings.Contains(err.Error(), "a1") {
		t.Errorf("the error is %v", err)
	}
}
