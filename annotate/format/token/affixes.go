package token

import (
	"strings"
	"unicode"
)

// prefix is the length of what is taken off the front of a stretch, 0 for nothing.
func prefix(s []rune) int {
	switch r := s[0]; {
	case r == '.':
		return dots(s)
	case r == '-' || r == '+':
		if len(s) > 1 && !unicode.IsDigit(s[1]) {
			return run(s, r)
		}
		return 0
	case r == '\'' || r == '’':
		if end, ok := clitic(s); ok {
			return end
		}
		return 1
	case r == '@':
		return 0
	case isMark(r):
		return run(s, r)
	}
	return 0
}

// suffix is the length of what is taken off the end of a stretch, 0 for nothing.
func suffix(s []rune) int {
	n := len(s)
	last := s[n-1]
	if n > 2 && (last == 's' || last == 'S') && apostrophe(s[n-2]) {
		return 2
	}
	switch {
	case apostrophe(last), isMark(last):
		k := 1
		for k < n && s[n-1-k] == last && runs(last) {
			k++
		}
		return k
	}
	return units(s)
}

// units is the length of a unit behind a number: 10km, 5%, 3pm.
func units(s []rune) int {
	k := len(s)
	for k > 0 && unicode.IsLetter(s[k-1]) {
		k--
	}
	if k == 0 || k == len(s) || !unicode.IsDigit(s[k-1]) || !number(s[:k]) || !measures[strings.ToLower(string(s[k:]))] {
		return 0
	}
	return len(s) - k
}

// infixes cuts the inside of a stretch and returns the ends of the tokens.
func infixes(s []rune) []int {
	var ends []int
	for i := 1; i < len(s)-1; {
		n := infix(s, i)
		if n == 0 || i+n >= len(s) {
			i++
			continue
		}
		if len(ends) == 0 || ends[len(ends)-1] < i {
			ends = append(ends, i)
		}
		ends = append(ends, i+n)
		i += n
	}
	return append(ends, len(s))
}

// infix is the length of what stands for itself at s[i], inside a stretch.
func infix(s []rune, i int) int {
	before, r, after := s[i-1], s[i], s[i+1]
	words := unicode.IsLetter(before) && unicode.IsLetter(after)
	switch {
	case r == '.' && after == '.':
		return dots(s[i:])
	case r == '.':
		return when(unicode.IsLower(before) && unicode.IsUpper(after))
	case r == '-' || r == '–' || r == '—' || r == '~':
		if after == r {
			return run(s[i:], r)
		}
		digits := unicode.IsDigit(before) && unicode.IsDigit(after)
		return when(words || digits || r == '—' || r == '–')
	case r == '+' || r == '*' || r == '^':
		return when(unicode.IsDigit(before) && unicode.IsDigit(after))
	case r == ',' || r == '/' || r == '?' || r == '!' || r == ';':
		return when(words)
	case r == ':' || r == '<' || r == '>' || r == '=':
		return when((unicode.IsLetter(before) || unicode.IsDigit(before)) && unicode.IsLetter(after))
	case apostrophe(r) || r == '@' || r == '#' || r == '&' || r == '_' || r == '%' || r == '\\':
		return 0
	case isMark(r):
		return when(!unicode.IsMark(after))
	}
	return 0
}

func when(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func apostrophe(r rune) bool { return r == '\'' || r == '’' }

// isMark: punctuation and symbols; of the letters and their marks, none.
func isMark(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }

// runs says that several of a mark in a row are one token: dashes, but not brackets.
func runs(r rune) bool { return strings.ContainsRune("-–—=_*~.+@", r) }

// run is how many of r the stretch begins with, if these are one token.
func run(s []rune, r rune) int {
	n := 1
	for n < len(s) && s[n] == r && runs(r) {
		n++
	}
	return n
}

// dots is the length of an ellipsis at the front, or of one full stop that does not
// begin a number.
func dots(s []rune) int {
	n := 1
	for n < len(s) && s[n] == '.' {
		n++
	}
	if n == 1 && len(s) > 1 && unicode.IsDigit(s[1]) {
		return 0
	}
	return n
}

// clitic: a stretch that begins with 's, 're and so on, as a cut or a quote leaves it.
func clitic(s []rune) (int, bool) {
	rest := strings.ToLower(string(s[1:min(len(s), 4)]))
	for _, c := range []string{"re", "ve", "ll", "s", "m", "d"} {
		if after, ok := strings.CutPrefix(rest, c); ok && (after == "" || !unicode.IsLetter([]rune(after)[0])) {
			return 1 + len(c), true
		}
	}
	return 0, false
}
