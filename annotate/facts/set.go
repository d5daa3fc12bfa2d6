package facts

import (
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/text/language"

	"lede/annotate"
	"lede/annotate/format"
)

// Set is an article with another value of a fact, "" to remove it. What cannot be meant
// is refused with a sentence; the article it is about is not changed.
func Set(a annotate.Article, k Key, value string) (annotate.Article, error) {
	value = strings.TrimSpace(value)
	if strings.ContainsFunc(value, control) {
		return a, refuse(string(k), "a fact is one line, without line breaks and control characters.", "")
	}
	switch k {
	case Published:
		return published(a, value)
	case Language:
		if value != "" {
			if _, err := language.Parse(value); err != nil {
				return a, refuse(value, "this is no language.", "Write its code, as en, ar or pt-BR.")
			}
		}
	case URL:
		if err := address(value); err != nil {
			return a, err
		}
	case Title, Source, Author, Tags, Assigned: // any words
	}
	if at := field(&a, k); at != nil { // of the copy
		*at = value
		return a, nil
	}
	return other(a, string(k), value)
}

// published keeps the date as it was typed, and what it says.
func published(a annotate.Article, value string) (annotate.Article, error) {
	iso, err := format.DateOf(value)
	var ambiguous *format.DateError
	switch {
	case errors.As(err, &ambiguous):
		return a, refuse(value, "this date can be read day first or month first.", "Write it as 2026-03-04: year, month, day.")
	case err != nil:
		return a, err
	case iso == "" && value != "":
		return a, refuse(value, "this is no date.", "Write it as 2026-03-04, or 2026-03 or 2026 if no more is known.")
	}
	a.Published, a.PublishedISO = value, iso
	return a, nil
}

func address(value string) error {
	if value == "" {
		return nil
	}
	u, err := url.Parse(value)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return refuse(value, "this is no address of a page.", "Write it in full, as https://example.org/story.")
	}
	return nil
}

// other sets a fact in Meta. A list stays a list, a number a number if the new value is
// one, and what is neither a text nor simple is left alone.
func other(a annotate.Article, name, value string) (annotate.Article, error) {
	if name == "" {
		return a, refuse("", "a fact needs a name.", "")
	}
	if made(name) {
		return a, refuse(name, "this fact says how a sample was drawn; only a sample makes it.", "")
	}
	old := a.Meta[name]
	switch {
	case nested(old) && value != "":
		return a, refuse(name, "this fact is more than a line of text.", "Remove it first, or change it in a file and import that.")
	case value == "":
		a.Meta = a.Meta.With(name, nil)
	case name == string(Tags) || name == string(Assigned) || isList(old):
		a.Meta = a.Meta.WithList(name, strings.Split(value, ","))
	case plain(old) && plain(json.RawMessage(value)):
		a.Meta = a.Meta.With(name, json.RawMessage(value))
	default:
		a.Meta = a.Meta.With(name, annotate.StringValue(value))
	}
	return a, nil
}

// plain says that a value is a JSON number, true or false.
func plain(raw json.RawMessage) bool {
	if !json.Valid(raw) {
		return false
	}
	return raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9' || string(raw) == "true" || string(raw) == "false"
}

// control are the characters that no line has. U+200D and the marks of direction are no
// such characters: names are written with them.
func control(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }

func refuse(what, detail, hint string) error {
	return &annotate.Error{Kind: annotate.ErrInvalid, Op: "change fact", Subject: what, Detail: detail, Hint: hint}
}
