package schema

import (
	"strings"
	"unicode"
)

// NameOf is a name for files made from a title: "Source phrase" is source_phrase,
// so that TitleOf gives it back.
func NameOf(title string) string {
	var name strings.Builder
	gap := false
	for _, r := range title {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			gap = true
			continue
		}
		if gap && name.Len() > 0 {
			name.WriteByte('_')
		}
		gap = false
		name.WriteRune(unicode.ToLower(r))
	}
	return name.String()
}
