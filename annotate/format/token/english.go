package token

import (
	"iter"
	"slices"
	"strings"
	"unicode"
)

// chunks yields the stretches without white space, and those of white space, of a
// text: [from, to) in code points.
func chunks(s []rune) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		for from := 0; from < len(s); {
			to := from + 1
			for to < len(s) && Blank(s[to]) == Blank(s[from]) {
				to++
			}
			if !yield(from, to) {
				return
			}
			from = to
		}
	}
}

// english cuts a stretch without white space into tokens and returns their ends.
func english(s []rune) []int {
	var ends []int
	from := 0
	for i := 0; i < len(s); {
		n := picture(s[i:])
		if n == 0 {
			i++
			continue
		}
		if i > from {
			ends = stretch(ends, s, from, i)
		}
		i += n
		from = i
		ends = append(ends, i)
	}
	if from < len(s) {
		ends = stretch(ends, s, from, len(s))
	}
	return ends
}

// picture is the length of the emoji or other sign at the front, with what belongs to
// it: a tone of skin, a joined sign, the second half of a flag. 0: there is none.
func picture(s []rune) int {
	if !unicode.Is(unicode.So, s[0]) || s[0] == '°' {
		return 0
	}
	n := 1
	if regional(s[0]) && len(s) > 1 && regional(s[1]) {
		n = 2
	}
	for n < len(s) {
		switch r := s[n]; {
		case r == 0x200d && n+1 < len(s):
			n += 2
		case unicode.IsMark(r), r >= 0x1f3fb && r <= 0x1f3ff, r == 0x200d:
			n++
		default:
			return n
		}
	}
	return n
}

func regional(r rune) bool { return r >= 0x1f1e6 && r <= 0x1f1ff }

// stretch adds the ends of the tokens of all[from:to]. As long as that is no word that
// is known as a whole, punctuation is taken off its front and its end; what is left is
// cut inside.
func stretch(ends []int, all []rune, from, to int) []int {
	var back []int
	inner := wholeWord(all[from:to])
	for inner == nil {
		if n := prefix(all[from:to]); n > 0 && n < to-from {
			from += n
			ends = append(ends, from)
		} else if n := suffix(all[from:to]); n > 0 && n < to-from {
			back = append(back, to)
			to -= n
		} else {
			inner = infixes(all[from:to])
			break
		}
		inner = wholeWord(all[from:to])
	}
	for _, end := range inner {
		ends = append(ends, from+end)
	}
	slices.Reverse(back)
	return append(ends, back...)
}

// wholeWord returns the ends of the tokens of a word that is cut in no other way: an
// abbreviation, a contraction, an address, a number. Nil: it is none.
func wholeWord(s []rune) []int {
	if len(s) > longestWord {
		return nil
	}
	if !unicode.IsLetter(s[0]) && !unicode.IsDigit(s[0]) && !strings.ContainsRune("@+-.'’:;=<^¯", s[0]) {
		return nil
	}
	word := strings.ReplaceAll(string(s), "’", "'")
	lower := strings.ToLower(word)
	switch {
	case abbreviations[lower], titled[lower] && unicode.IsUpper(s[0]), initials(s), address(lower), number(s), faces[word]:
		return []int{len(s)}
	}
	if n, ok := fused[lower]; ok {
		return []int{n, len(s)}
	}
	if len(s) > longestContraction {
		return nil
	}
	return contraction(s, lower)
}

// How long, in code points, a stretch may be that is looked up as a whole: longer ones
// are no words.
const (
	longestWord        = 500
	longestContraction = 40
)

// fused are words of two, with the length of the first.
var fused = map[string]int{
	"cannot": 3, "gonna": 3, "gotta": 3, "wanna": 3, "gimme": 3, "lemme": 3,
}

// contraction cuts "don't" before its n't, "they're" before its 're.
func contraction(s []rune, lower string) []int {
	n := len(s)
	if strings.HasSuffix(lower, "n't") && n > 3 && letters(s[:n-3]) {
		return []int{n - 3, n}
	}
	for _, end := range []string{"'s", "'m", "'d", "'re", "'ve", "'ll"} {
		k := n - len(end)
		if k < 1 || !strings.HasSuffix(lower, end) {
			continue
		}
		if inner := contraction(s[:k], strings.ToLower(strings.ReplaceAll(string(s[:k]), "’", "'"))); inner != nil {
			return append(inner, n) // couldn't've
		}
		if letters(s[:k]) {
			return []int{k, n}
		}
	}
	return nil
}

func letters(s []rune) bool {
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) {
			return false
		}
	}
	return len(s) > 0
}

// initials: "J.", "U.S.", "e.g." and the like.
func initials(s []rune) bool {
	if len(s) < 2 || len(s)%2 != 0 {
		return false
	}
	for i, r := range s {
		if i%2 == 0 && !unicode.IsLetter(r) || i%2 == 1 && r != '.' {
			return false
		}
	}
	return len(s) > 2 || unicode.IsUpper(s[0])
}

// address: a URL, a host, an email address, a handle or a hashtag's name.
func address(s string) bool {
	if rest, ok := strings.CutPrefix(s, "@"); ok {
		return rest != "" && strings.IndexFunc(rest, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }) < 0
	}
	last, _ := lastRune(s)
	if last != '/' && last != '_' && !unicode.IsLetter(last) && !unicode.IsDigit(last) {
		return false // the full stop behind an address is not of it
	}
	if scheme, rest, ok := strings.Cut(s, "://"); ok {
		return rest != "" && scheme != "" && strings.IndexFunc(scheme, func(r rune) bool { return r != '+' && (r < 'a' || r > 'z') }) < 0
	}
	if user, host, ok := strings.Cut(s, "@"); ok {
		return user != "" && hostName(host) && !strings.ContainsAny(user, "/:,;()<>[]\"")
	}
	host, _, _ := strings.Cut(s, "/")
	host, _, _ = strings.Cut(host, ":")
	return hostName(host) && (strings.HasPrefix(host, "www.") || domains[host[strings.LastIndexByte(host, '.')+1:]])
}

func lastRune(s string) (last rune, ok bool) {
	for _, r := range s {
		last, ok = r, true
	}
	return last, ok
}

// hostName: at least two names with dots between them, the last of letters.
func hostName(s string) bool {
	parts := strings.Split(s, ".")
	for _, p := range parts {
		if p == "" || strings.IndexFunc(p, func(r rune) bool { return r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }) >= 0 {
			return false
		}
	}
	top := parts[len(parts)-1]
	return len(parts) > 1 && len(top) > 1 && letters([]rune(top))
}

// number: digits with points, commas, colons or slashes between them, and a sign:
// 1,000.50, 10:30, 24/7, -5.
func number(s []rune) bool {
	if len(s) > 1 && (s[0] == '-' || s[0] == '+' || s[0] == '.') {
		s = s[1:]
	}
	for i, r := range s {
		inner := i > 0 && i < len(s)-1 && unicode.IsDigit(s[i-1]) && unicode.IsDigit(s[i+1])
		if !unicode.IsDigit(r) && (!inner || !strings.ContainsRune(".,:/", r)) {
			return false
		}
	}
	return len(s) > 0
}
