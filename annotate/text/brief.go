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
