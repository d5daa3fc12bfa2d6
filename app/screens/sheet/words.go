package sheet

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Number writes a whole number with commas between thousands.
func Number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Count is a number with the right form of its noun.
func Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Number(n) + " " + many
}

// Note is a count of things that are told in the plural, "articles with …": of
// one, it is "1 article with …".
func Note(n int, what string) string {
	first, rest, more := strings.Cut(what, " ")
	if n == 1 {
		if stem, es := strings.CutSuffix(first, "ses"); es {
			first = stem + "s"
		} else if stem, s := strings.CutSuffix(first, "s"); s && !strings.HasSuffix(stem, "s") {
			first = stem
		}
	}
	if more {
		first += " " + rest
	}
	return Number(n) + " " + first
}

// optionTitles are options of formats in words for people who never saw a command
// line.
var optionTitles = map[string]string{
	"docstart": "Article marker", "unit": "Cut articles into", "origin": "Spans made by", "text-column": "Text is in",
	"title-in-text": "Title in the text", "date-order": "Dates", "lines": "Lines are articles", "delimiter": "Columns split by",
	"annotators": "Annotators",
}

// OptionTitle is an option of a format as the title of a field.
func OptionTitle(key string) string {
	if title := optionTitles[key]; title != "" {
		return title
	}
	words := strings.ReplaceAll(key, "-", " ")
	return strings.ToUpper(words[:1]) + words[1:]
}

// Short is a path with the home folder as ~.
func Short(path string) string {
	home, err := os.UserHomeDir()
	if err != nil || home == "" {
		return path
	}
	if rest, ok := strings.CutPrefix(path, home+string(filepath.Separator)); ok {
		return "~" + string(filepath.Separator) + rest
	}
	return path
}

// Long is the path that Short wrote, absolute.
func Long(path string) string {
	path = strings.TrimSpace(path)
	if home, err := os.UserHomeDir(); err == nil && (path == "~" || strings.HasPrefix(path, "~/") || strings.HasPrefix(path, `~\`)) {
		path = filepath.Join(home, path[1:])
	}
	if path == "" {
		return ""
	}
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return path
}
