package features

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"lede/annotate/format"
)

// Word is a value as plain text, for places that hold nothing else: a text as it is,
// anything else as JSON. A text that would be taken for JSON stands in quotes.
func Word(raw json.RawMessage) string {
	canon, err := format.CanonicalJSON(raw)
	if err != nil {
		return "null" // cannot be: the Store holds JSON only
	}
	var s string
	if canon[0] != '"' || json.Unmarshal(canon, &s) != nil {
		return string(canon)
	}
	if json.Valid([]byte(s)) || !XMLText(s) || s != strings.TrimSpace(s) {
		return escapeForXML(string(canon))
	}
	return s
}

// Value is Word backwards.
func Value(word string) json.RawMessage {
	if json.Valid([]byte(word)) {
		if _, what := format.CheckJSON(word); what == "" {
			if raw, err := format.CanonicalJSON(json.RawMessage(word)); err == nil {
				return raw
			}
		}
	}
	return format.AppendString(nil, word)
}

// Text is a word that was not written by Lede: a text, whatever it looks like.
func Text(word string) json.RawMessage { return format.AppendString(nil, word) }

// XMLText says whether XML 1.0 can hold all characters of s.
func XMLText(s string) bool { return strings.IndexFunc(s, notXML) < 0 }

func notXML(r rune) bool {
	return r < 0x20 && r != '\t' && r != '\n' || r == '\r' || r >= 0xD800 && r <= 0xDFFF || r == 0xFFFE || r == 0xFFFF
}

// XMLSafe is s with each character that XML 1.0 cannot hold replaced by U+FFFD, and
// how many those were.
func XMLSafe(s string) (safe string, replaced int) {
	if XMLText(s) {
		return s, 0
	}
	safe = strings.Map(func(r rune) rune {
		if notXML(r) {
			replaced++
			return '\uFFFD'
		}
		return r
	}, s)
	return safe, replaced
}

// XMLRestore is how XMLSafe's work is taken back: places, from 0, and code points of
// what was replaced, "5:11 9:28".
func XMLRestore(s string) string {
	var b strings.Builder
	at := 0
	for _, r := range s {
		if notXML(r) {
			fmt.Fprintf(&b, "%d:%d ", at, r)
		}
		at++
	}
	return strings.TrimSuffix(b.String(), " ")
}

// XMLRestored takes the work of XMLSafe back; what does not fit the text is left.
func XMLRestored(safe, restore string) string {
	runes := []rune(safe)
	for pair := range strings.FieldsSeq(restore) {
		place, code, _ := strings.Cut(pair, ":")
		at, err1 := strconv.Atoi(place)
		r, err2 := strconv.Atoi(code)
		if err1 == nil && err2 == nil && at >= 0 && at < len(runes) && runes[at] == '\uFFFD' && r > 0 && r <= 0xFFFF && notXML(rune(r)) && utf8.ValidRune(rune(r)) && r != '\r' {
			runes[at] = rune(r)
		}
	}
	return string(runes)
}

// XMLName reports whether XML can hold the character in a name of ours.
func XMLName(r rune) bool { return !notXML(r) }

// escapeForXML writes what JSON leaves as it is and XML cannot hold.
func escapeForXML(raw string) string {
	return strings.NewReplacer("\uFFFE", `\ufffe`, "\uFFFF", `\uffff`).Replace(raw)
}
