package sample

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"lede/annotate"
)

// Facts are the names of the facts by which a sample can be stratified, beside
// further facts as meta.NAME.
var Facts = []string{"source", "author", "language", "year", "month", "day", "tag", "split"}

// Options say how to draw.
type Options struct {
	N    int
	By   []string // Facts; none = one stratum
	Seed int64
}

// Stratum is articles with the same values of the facts.
type Stratum struct {
	Values []string `json:"values"` // in the order of Options.By; "" = not known
	Of     int      `json:"of"`     // articles in the frame
	Drawn  int      `json:"drawn"`
}

// Sample is what was drawn, and the frame.
type Sample struct {
	Frame  int       `json:"frame"` // articles
	N      int       `json:"n"`
	By     []string  `json:"by"`
	Seed   int64     `json:"seed"`
	Strata []Stratum `json:"strata"` // by values

	Articles []annotate.ID       `json:"-"` // drawn, in the order of the frame
	In       map[annotate.ID]int `json:"-"` // the stratum of each that is drawn
}

// Known says whether a sample can be stratified by a fact.
func Known(fact string) bool {
	return slices.Contains(Facts, fact) || strings.HasPrefix(fact, "meta.") && fact != "meta."
}

// value is what an article has of a fact; "" for what is not known.
func value(a annotate.Article, fact string) string {
	date := func(n int) string {
		if len(a.PublishedISO) < n {
			return ""
		}
		return a.PublishedISO[:n]
	}
	switch fact {
	case "source":
		return a.Source
	case "author":
		return a.Author
	case "language":
		return a.Language
	case "year":
		return date(4)
	case "month":
		return date(7)
	case "day":
		return date(10)
	case "tag":
		return strings.Join(a.Tags(), ", ")
	}
	return a.Meta.String(strings.TrimPrefix(fact, "meta."))
}

type item struct {
	article annotate.Article
	at      int // in the frame
	key     [sha256.Size]byte
}

// Draw draws a sample from a frame. Errors are sentences.
func Draw(frame []annotate.Article, o Options) (*Sample, error) {
	s := &Sample{Frame: len(frame), N: o.N, By: o.By, Seed: o.Seed, In: map[annotate.ID]int{}}
	groups := map[string][]item{}
	values := map[string][]string{}
	for at, a := range frame {
		var of []string
		for _, fact := range o.By {
			of = append(of, value(a, fact))
		}
		key := strings.Join(of, "\x00")
		groups[key] = append(groups[key], item{a, at, rank(o.Seed, a.Ref)})
		values[key] = of
	}
	var keys []string
	for key := range groups {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	sizes := make([]int, len(keys))
	for i, key := range keys {
		sizes[i] = len(groups[key])
	}
	draw, err := allot(o.N, len(frame), sizes)
	if err != nil {
		return nil, err
	}
	var drawn []item
	for i, key := range keys {
		items := groups[key]
		slices.SortFunc(items, func(a, b item) int {
			return cmp.Or(slices.Compare(a.key[:], b.key[:]), strings.Compare(a.article.Ref, b.article.Ref))
		})
		for _, it := range items[:draw[i]] {
			s.In[it.article.ID] = i
			drawn = append(drawn, it)
		}
		s.Strata = append(s.Strata, Stratum{values[key], sizes[i], draw[i]})
	}
	slices.SortFunc(drawn, func(a, b item) int { return a.at - b.at })
	for _, it := range drawn {
		s.Articles = append(s.Articles, it.article.ID)
	}
	return s, nil
}

// rank puts articles into an order that looks random and depends on nothing but the
// seed and their refs.
func rank(seed int64, ref string) [sha256.Size]byte {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(seed))
	return sha256.Sum256(append(b[:], ref...))
}

// allot says how many are drawn of each stratum: one, and of the rest in proportion to
// its size by largest remainders, as far as it reaches.
func allot(n, frame int, sizes []int) ([]int, error) {
	switch {
	case n < 1:
		return nil, invalid("a sample has at least one article.", "")
	case n > frame:
		return nil, invalid(fmt.Sprintf("%d articles are asked for, and there %s.", n, are(frame)), "Ask for fewer, or widen the filter.")
	case n < len(sizes):
		return nil, invalid(fmt.Sprintf("there are %d strata, and each must have one article at least; %d are asked for.", len(sizes), n),
			"Ask for more, or stratify by less.")
	}
	draw := make([]int, len(sizes))
	rest := make([]int64, len(sizes)) // remainders, in parts of frame
	left := n
	for i, size := range sizes {
		share := int64(n) * int64(size)
		if draw[i], rest[i] = int(share/int64(frame)), share%int64(frame); draw[i] == 0 {
			draw[i], rest[i] = 1, -1 // has more than its share
		}
		left -= draw[i]
	}
	order := make([]int, len(sizes))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(rest[b], rest[a]), cmp.Compare(sizes[b], sizes[a])) })
	for left > 0 {
		left = give(draw, sizes, order, left)
	}
	for left < 0 { // the ones that small strata must have: large strata give them
		most := 0
		for i := range draw {
			if draw[i] > draw[most] {
				most = i
			}
		}
		draw[most]--
		left++
	}
	return draw, nil
}

// give hands out what is left, one to each stratum that has more; it returns what is
// left then.
func give(draw, sizes, order []int, left int) int {
	for _, i := range order {
		if left > 0 && draw[i] < sizes[i] {
			draw[i]++
			left--
		}
	}
	return left
}

func invalid(detail, hint string) error {
	return &annotate.Error{Kind: annotate.ErrInvalid, Op: "sample", Subject: "articles", Detail: detail, Hint: hint}
}

func are(n int) string {
	if n == 1 {
		return "is 1"
	}
	return fmt.Sprintf("are %d", n)
}
