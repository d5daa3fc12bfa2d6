package storage

import (
	"strings"
	"sync"
	"unicode"
)

// capitals are the letters for each lower-case one.
var capitals = sync.OnceValue(func() map[rune][]rune {
	of := map[rune][]rune{}
	for _, c := range unicode.CaseRanges {
		for r := rune(c.Lo); r <= rune(c.Hi); r++ {
			if lower := unicode.ToLower(r); lower != r {
				of[lower] = append(of[lower], r)
			}
		}
	}
	return of
})

// anyCase are patterns for SQLite's GLOB of which one fits a word, not "",
// whatever its case, in every script; one for each form of the first letter,
// because GLOB looks for a plain letter many times as fast as for one of several.
// LIKE knows case in ASCII only, and a function of ours that SQLite calls for every
// row takes ten times as long.
func anyCase(word string) (patterns []string) {
	var rest strings.Builder
	letters := []rune(word)
	for _, r := range letters[1:] {
		if forms := caseForms(r); len(forms) > 1 || literal(r) != string(r) {
			rest.WriteString("[" + string(forms) + "]")
		} else {
			rest.WriteRune(r)
		}
	}
	for _, first := range caseForms(letters[0]) {
		patterns = append(patterns, literal(first)+rest.String())
	}
	return patterns
}

// caseForms are a letter and what else has the same lower case.
func caseForms(r rune) []rune {
	lower := unicode.ToLower(r)
	return append([]rune{lower}, capitals()[lower]...)
}

// literal is a character that stands for itself.
func literal(r rune) string {
	if strings.ContainsRune("*?[", r) {
		return "[" + string(r) + "]"
	}
	return string(r)
}
