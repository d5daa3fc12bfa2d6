package text

import "strings"

// Brief is a text on one line, of at most so many code points and an ellipsis: cut
// where a word ends, if one ends near there.
func Brief(s string, most int) string {
	s = strings.Join(strings.Fields(s), " ")
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	cut := string(r[:most])
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)*2/3 && r[most] != ' ' {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:–—-") + "…"
}

// Bare takes the marks off a text that is one quotation, for where it is put in marks
// of its own: a heading says “We stay”, not ““We stay””.
func Bare(s string) string {
	const opens, closes = "“„«\"", "”“»\""
	r := []rune(s)
	if len(r) < 3 || !strings.ContainsRune(opens, r[0]) {
		return s
	}
	if inside := string(r[1:]); !strings.ContainsAny(string(r[1:len(r)-1]), closes) {
		return strings.TrimRight(inside, closes)
	}
	return s
}
