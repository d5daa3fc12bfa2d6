package format

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"lede/annotate/find"
	"lede/annotate/text"
)

// others are the places where hidden words stand in the text and nobody marked them, as
// whole words in the same spelling (a line break counts as a blank). They get the
// placeholder of the first place with these words.
func (m *masker) others(ctx context.Context, t *text.Text, marked []hidden, quotes []string, called map[string]string) ([]hidden, error) {
	if !m.report.Everywhere {
		return nil, nil
	}
	var list []hidden
	for _, q := range quotes {
		q, words := strings.TrimSpace(q), called[q]
		if !strings.ContainsFunc(q, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			continue // a comma names nobody
		}
		matcher, err := find.Compile(find.Query{Text: q, Case: true})
		if err != nil {
			return nil, err
		}
		for r := range matcher.In(ctx, t) {
			if wordEnds(t, r.Start) && wordEnds(t, r.End) && !inside(marked, r) {
				list = append(list, hidden{old: r, words: words, unmarked: true})
			}
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// wordEnds reports whether a name may begin or end at a place: not between two letters,
// but where a script has no blanks between words. It is laxer than UAX #29, since what is
// to be hidden must be hidden in “Lund’s” and “Lund_2” too.
func wordEnds(t *text.Text, at int) bool {
	if at == 0 || at == t.Len() {
		return true
	}
	before, after := t.RuneAt(at-1), t.RuneAt(at)
	part := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }
	dense := func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
	}
	return !part(before) || !part(after) || dense(before) || dense(after)
}

// inside reports whether a place (of those in order, disjoint) has all of r.
func inside(places []hidden, r text.Range) bool {
	i, _ := slices.BinarySearchFunc(places, r.Start, func(h hidden, o int) int {
		if h.old.End <= o {
			return -1
		}
		return 1
	})
	return i < len(places) && places[i].old.Start <= r.Start && r.End <= places[i].old.End
}

// merged puts places in order; those that overlap become one, which is called like the
// first.
func merged(places []hidden) []hidden {
	slices.SortStableFunc(places, func(a, b hidden) int {
		if c := a.old.Start - b.old.Start; c != 0 {
			return c
		}
		return b.old.End - a.old.End
	})
	var list []hidden
	for _, h := range places {
		if n := len(list); n > 0 && h.old.Start < list[n-1].old.End {
			list[n-1].old.End = max(list[n-1].old.End, h.old.End)
			list[n-1].unmarked = list[n-1].unmarked && h.unmarked
			continue
		}
		list = append(list, h)
	}
	return list
}
