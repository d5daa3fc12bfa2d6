package sheet

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"lede/annotate"
)

// Sentence is an error in words for the window: what is wrong, where, and what to
// do. Hints that name an option of the command line are left out: the dialog has
// fields for them.
func Sentence(err error) string {
	if err == nil {
		return ""
	}
	var known *annotate.Error
	if !errors.As(err, &known) {
		return end(capital(err.Error()))
	}
	detail := known.Detail
	if detail == "" {
		detail = (&annotate.Error{Kind: known.Kind, Err: known.Err}).Error()
	}
	words := capital(detail)
	if known.Subject != "" {
		words = known.Subject + ": " + detail
	}
	words = end(words)
	if hint := known.Hint; hint != "" && !strings.Contains(hint, "--") && !strings.Contains(hint, "lede ") {
		words += " " + end(capital(hint))
	}
	return words
}

func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

func end(s string) string {
	if s == "" || strings.ContainsAny(s[len(s)-1:], ".!?") || strings.HasSuffix(s, "…") {
		return s
	}
	return s + "."
}
