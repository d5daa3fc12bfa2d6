package search

import (
	"bytes"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"lede/annotate/text"
)

// Terms are words that are looked for: they stand one after the other.
type Terms struct {
	words   []string // folded
	begun   bool     // the last word is only the beginning of one
	ended   bool     // the first word is only the end of one
	literal string   // where there are no words: just these characters
}

// NewTerms are the words of a string. With before, more letters may stand before the
// first of them, with after behind the last.
func NewTerms(s string, before, after bool) Terms {
	var t Terms
	for w := newWords(s); w.next(); {
		t.words = append(t.words, string(w.word))
	}
	if len(t.words) == 0 {
		t.literal = strings.TrimSpace(s)
		return t
	}
	t.begun, t.ended = after, before
	return t
}

// None says that there is nothing to look for.
func (t Terms) None() bool { return len(t.words) == 0 && t.literal == "" }

// Match is an expression for MATCH in SQLite's FTS4, whose index has shadows. ok is
// false for what an index is no help for: characters that are no words, the end of a
// word, and a beginning of one letter, which far too many words have.
func (t Terms) Match() (expression string, ok bool) {
	if len(t.words) == 0 || t.ended || t.begun && utf8.RuneCountInString(t.words[len(t.words)-1]) < 2 {
		return "", false
	}
	var b strings.Builder
	b.WriteByte('"') // words have letters, digits and marks: nothing that would end it
	for i, w := range t.words {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	if t.begun {
		b.WriteByte('*')
	}
	b.WriteByte('"')
	return b.String(), true
}

// In says whether any of the texts has the terms.
func (t Terms) In(texts ...string) bool {
	for _, s := range texts {
		for range Find(s, t) {
			return true
		}
	}
	return false
}

// Find lists where any of several terms stand in a text, in code points, by where
// they end.
func Find(s string, all ...Terms) iter.Seq[text.Range] {
	return func(yield func(text.Range) bool) {
		most := 0
		var literals []string
		for _, t := range all {
			most = max(most, len(t.words))
			if t.literal != "" {
				literals = append(literals, t.literal)
			}
		}
		if len(literals) > 0 {
			if !findLiterals(s, literals, yield) {
				return
			}
		}
		if most > 0 {
			findWords(s, all, most, yield)
		}
	}
}

// fits tells whether a word can be the one at place i.
func (t Terms) fits(i int, word []byte) bool {
	want := t.words[i]
	before, after := t.ended && i == 0, t.begun && i == len(t.words)-1
	switch {
	case before && after:
		return bytes.Contains(word, []byte(want))
	case before:
		return bytes.HasSuffix(word, []byte(want))
	case after:
		return bytes.HasPrefix(word, []byte(want))
	}
	return string(word) == want
}

// findWords keeps as many of the last words as the longest terms have.
func findWords(s string, all []Terms, most int, yield func(text.Range) bool) {
	type seen struct {
		word []byte
		at   text.Range
	}
	last := make([]seen, most) // the present word is at 0
	n := 0
	for w := newWords(s); w.next(); {
		oldest := last[most-1].word
		copy(last[1:], last[:most-1])
		last[0] = seen{append(oldest[:0], w.word...), w.at}
		n = min(n+1, most)
		for _, t := range all {
			k := len(t.words)
			if k == 0 || k > n {
				continue
			}
			found := true
			for i := 0; i < k && found; i++ {
				found = t.fits(i, last[k-1-i].word)
			}
			if found && !yield(text.Range{Start: last[k-1].at.Start, End: last[0].at.End}) {
				return
			}
		}
	}
}

func findLiterals(s string, literals []string, yield func(text.Range) bool) (more bool) {
	for _, l := range literals {
		at, point := 0, 0
		for {
			i := strings.Index(s[at:], l)
			if i < 0 {
				break
			}
			start := point + utf8.RuneCountInString(s[at:at+i])
			end := start + utf8.RuneCountInString(l)
			if !yield(text.Range{Start: start, End: end}) {
				return false
			}
			at, point = at+i+len(l), end
		}
	}
	return true
}

// Places are those of Find in the order of the text; of several that overlap, what
// they cover together.
func Places(s string, all ...Terms) []text.Range {
	found := slices.Collect(Find(s, all...))
	slices.SortFunc(found, func(a, b text.Range) int { return a.Start - b.Start })
	joined := found[:0]
	for _, r := range found {
		if n := len(joined); n > 0 && r.Start < joined[n-1].End {
			joined[n-1].End = max(joined[n-1].End, r.End)
			continue
		}
		joined = append(joined, r)
	}
	return joined
}
