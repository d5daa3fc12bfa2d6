package cas

import (
	"slices"

	"lede/annotate/format/token"
	"lede/annotate/text"
)

// Segments are the sentences and tokens of a text. Borders of fragments are borders
// of tokens, unless they lie in white space, and no sentence ends inside a fragment.
// Sentences begin and end with a token.
func Segments(t *text.Text, fragments []text.Range) (sentences, tokens []text.Range) {
	whole := text.Range{End: t.Len()}
	var cuts []int
	for _, f := range fragments {
		cuts = append(cuts, f.Start, f.End)
	}
	pieces := token.Sentences(t, fragments)
	for _, p := range pieces {
		cuts = append(cuts, p.End)
	}
	k := 0
	for _, tok := range token.Split("words", t, whole, cuts) {
		tokens = append(tokens, tok.Range)
		fresh := len(sentences) == 0
		for pieces[k].End <= tok.Start {
			k++
			fresh = true
		}
		if fresh {
			sentences = append(sentences, tok.Range)
			continue
		}
		sentences[len(sentences)-1].End = tok.End
	}
	return sentences, tokens
}

// Rows are the sentences and tokens of a text for formats with a row a token, in
// which only tokens have a place and only sentences have text: sentences cover the
// text but for blanks (U+0020) at its beginning, and every border of a fragment is
// that of a token, white space though it may be.
func Rows(t *text.Text, fragments []text.Range) (sentences, tokens []text.Range) {
	sentences, words := Segments(t, fragments)
	starts, ends := map[int]bool{}, map[int]bool{}
	var borders []int
	for _, f := range fragments {
		starts[f.Start], ends[f.End] = true, true
		borders = append(borders, f.Start, f.End)
	}
	slices.Sort(borders)
	borders = slices.Compact(borders)
	at := 0
	gap := func(end int) {
		if at == 0 && end > 0 && !onlyBlanks(t.Slice(text.Range{End: end})) {
			starts[0] = true // what stands before the first token can only be blanks
			borders = slices.Compact(append([]int{0}, borders...))
		}
		i, _ := slices.BinarySearch(borders, at)
		for from := at; from < end; {
			to := end
			for i < len(borders) && borders[i] <= from {
				i++
			}
			if i < len(borders) && borders[i] < end {
				to = borders[i]
			}
			if starts[from] || ends[to] {
				tokens = append(tokens, text.Range{Start: from, End: to})
			}
			from = to
		}
	}
	for _, w := range words {
		gap(w.Start)
		tokens = append(tokens, w)
		at = w.End
	}
	gap(t.Len())
	return cover(sentences, tokens, t.Len()), tokens
}

func onlyBlanks(s string) bool {
	for _, r := range s {
		if r != ' ' {
			return false
		}
	}
	return true
}

// cover makes sentences begin with the first token that lies before their end and end
// where the next one begins, the last at the end of the text.
func cover(sentences, tokens []text.Range, length int) []text.Range {
	if len(tokens) == 0 {
		return nil
	}
	covered := []text.Range{{Start: tokens[0].Start, End: length}}
	for i := 1; i < len(sentences); i++ {
		covered[len(covered)-1].End = sentences[i].Start
		covered = append(covered, text.Range{Start: sentences[i].Start, End: length})
	}
	return covered
}
