package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

// The functions here answer: is byte b, inside the line that starts at byte
// line, a border whatever stands before the code points looked at? They may say
// no to a border, never yes to a place that is none.

// around decodes the code points on both sides of b.
func around(s string, b int) (prev, cur rune, size int) {
	prev, size = utf8.DecodeLastRuneInString(s[:b])
	cur, _ = utf8.DecodeRuneInString(s[b:])
	return prev, cur, size
}

// attaches reports whether r can hang on to its neighbours unseen: marks,
// joiners, format characters, emoji modifiers, half-width voicing marks, and what was
// assigned after Go's tables were made.
func attaches(r rune) bool {
	if r < 0x300 {
		return r == 0xAD
	}
	return unicode.In(r, unicode.M, unicode.Cf) || unicode.Is(unicode.Other_Grapheme_Extend, r) ||
		(r >= 0x1F3FB && r <= 0x1F3FF) || r == 0xFF9E || r == 0xFF9F || !assigned(r)
}

// assigned reports whether Go's tables know r. The library's are of a later version of
// Unicode: what is nothing here may be a mark there.
func assigned(r rune) bool {
	return unicode.In(r, unicode.L, unicode.S, unicode.N, unicode.P, unicode.M, unicode.Z, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs)
}

// safeGrapheme: the pair breaks on its own, and the left one is no joiner,
// linker or mark, whose effect would depend on what it hangs on.
func safeGrapheme(s string, _, b int) bool {
	prev, cur, size := around(s, b)
	if prev < 0x300 && cur < 0x300 {
		return prev != '\r' || cur != '\n'
	}
	if attaches(prev) {
		return false
	}
	it := graphemes.FromString(s[b-size : b+utf8.RuneLen(cur)])
	it.Next()
	return it.End() == size
}

// wordCut are ASCII characters that no word rule joins to what follows. Left
// out: quotes and . , : ; _ which can stand inside words and numbers.
const wordCut = "\t !#$%&()*+-/<=>?@[\\]^`{|}~"

func safeWord(s string, _, b int) bool {
	prev, cur, _ := around(s, b)
	if attaches(cur) || cur == 0x200D {
		return false
	}
	if prev < utf8.RuneSelf {
		return strings.ContainsRune(wordCut, prev) && !unicode.IsSpace(cur)
	}
	return ownWord(prev) && ownWord(cur)
}

// ownWord reports whether each such letter is a word segment by itself: Han,
// Hiragana, and the scripts written without blanks that UAX #29 leaves alone.
func ownWord(r rune) bool {
	switch {
	case r >= 0x3041 && r <= 0x3096, r >= 0x3400 && r <= 0x4DBF, r >= 0x4E00 && r <= 0x9FFF:
		return true
	case r >= 0x20000 && r <= 0x3FFFF:
		return true
	}
	return unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer) && unicode.Is(unicode.Lo, r)
}

// safeSentence: a full stop, question or exclamation mark, a blank and a
// capital or caseless letter; or the ideographic marks with such a letter
// directly behind.
func safeSentence(s string, line, b int) bool {
	prev, cur, size := around(s, b)
	if cur < 'A' || !(unicode.IsUpper(cur) || (cur > 0x2FF && unicode.Is(unicode.Lo, cur))) {
		return false
	}
	switch prev {
	case '。', '！', '？':
		return true
	case ' ':
		if b-size == line {
			return false
		}
		switch c, _ := utf8.DecodeLastRuneInString(s[:b-size]); c {
		case '.', '!', '?', '؟', '।', '。', '！', '？':
			return true
		}
	}
	return false
}
