package token

import (
	"slices"
	"unicode"

	"lede/annotate/format"
	"lede/annotate/text"
)

// Token is a piece of a text that holds no white space, in code points.
type Token struct {
	text.Range
	Space bool // one blank (U+0020) follows, which belongs to no token
}

// Names are the tokenizers: UAX #29 words, what white space parts, and rules for
// English after spaCy's manner.
var Names = []string{"words", "whitespace", "english"}

// Option is --opt tokenizer=… of formats on tokens.
func Option() format.Option {
	return format.Option{
		Key: "tokenizer", Values: Names, Default: Names[0], For: format.ForExport,
		Help: "how text is cut into tokens: words of Unicode (UAX #29), at white space only, or by rules for English (n't, 's, U.S. and the like)",
	}
}

// Blank reports whether no token may hold the rune: white space as Python and Go see
// it.
func Blank(r rune) bool { return unicode.IsSpace(r) || r >= 0x1c && r <= 0x1f }

// Split is the text in r as tokens of the named tokenizer (one of Names, or GLiNER), in order.
// Each character that is not white space lies in exactly one token; none goes across
// a place in cuts.
func Split(name string, t *text.Text, r text.Range, cuts []int) []Token {
	r = r.Intersect(text.Range{Start: 0, End: t.Len()})
	if !slices.IsSorted(cuts) {
		cuts = slices.Sorted(slices.Values(cuts))
	}
	s := &splitter{cuts: cuts, at: r.Start, runes: []rune(t.Slice(r)), start: r.Start}
	switch name {
	case "whitespace":
		s.add(r.End)
	case "english", GLiNER:
		cut := english
		if name == GLiNER {
			cut = gliner
		}
		for from, to := range chunks(s.runes) {
			for _, end := range cut(s.runes[from:to]) {
				s.add(r.Start + from + end)
			}
		}
	default:
		for word := range t.Words(r) {
			s.add(min(word.End, r.End))
		}
	}
	return s.list
}

// splitter collects tokens; the text is handed to it in pieces from left to right.
type splitter struct {
	runes []rune
	start int // place of the first rune
	at    int // what lies before is done
	cuts  []int
	next  int // the first cut that may matter
	list  []Token
}

// add takes the text up to end, which becomes tokens: one for each stretch without
// white space and cuts.
func (s *splitter) add(end int) {
	from := s.at
	for o := s.at; o < end; o++ {
		for s.next < len(s.cuts) && s.cuts[s.next] < o {
			s.next++
		}
		blank := Blank(s.runes[o-s.start])
		if blank || s.next < len(s.cuts) && s.cuts[s.next] == o {
			s.token(from, o)
			from = o
		}
		if blank {
			from = o + 1
		}
	}
	s.token(from, end)
	s.at = max(s.at, end)
}

func (s *splitter) token(from, to int) {
	if from >= to {
		return
	}
	i := to - s.start
	space := i < len(s.runes) && s.runes[i] == ' '
	s.list = append(s.list, Token{text.Range{Start: from, End: to}, space})
}

// Sentences are the UAX #29 sentences of a text, which they cover, with their
// trailing blanks. A break inside a range of keep does not count.
func Sentences(t *text.Text, keep []text.Range) []text.Range {
	whole := text.Range{Start: 0, End: t.Len()}
	return pieces(whole, keep, func(yield func(int) bool) {
		for s := range t.Sentences(whole) {
			if !yield(s.End) {
				return
			}
		}
	})
}

// Paragraphs are the lines of a text, which they cover, with their line ends. A
// break inside a range of keep does not count.
func Paragraphs(t *text.Text, keep []text.Range) []text.Range {
	whole := text.Range{Start: 0, End: t.Len()}
	return pieces(whole, keep, func(yield func(int) bool) {
		for i := range t.Lines() {
			if !yield(min(t.Line(i).End+1, whole.End)) {
				return
			}
		}
	})
}

// pieces cuts whole at the breaks that do not lie inside a range of keep.
func pieces(whole text.Range, keep []text.Range, breaks func(func(int) bool)) []text.Range {
	keep = merged(keep)
	var list []text.Range
	from, k := whole.Start, 0
	for end := range breaks {
		for k < len(keep) && keep[k].End <= end {
			k++
		}
		if end <= from || k < len(keep) && keep[k].Start < end {
			continue
		}
		list = append(list, text.Range{Start: from, End: end})
		from = end
	}
	if from < whole.End {
		list = append(list, text.Range{Start: from, End: whole.End})
	}
	return list
}

// merged are the ranges sorted, those that overlap as one; such as only touch may be
// parted.
func merged(ranges []text.Range) []text.Range {
	sorted := slices.Clone(ranges)
	slices.SortFunc(sorted, func(a, b text.Range) int { return a.Start - b.Start })
	var list []text.Range
	for _, r := range sorted {
		if last := len(list) - 1; last >= 0 && r.Start < list[last].End {
			list[last].End = max(list[last].End, r.End)
			continue
		}
		list = append(list, r)
	}
	return list
}
