package roles

import (
	"strconv"
	"strings"

	"lede/annotate"
	"lede/annotate/text"
)

// Join makes one cell of several values: a semicolon between them, and a backslash
// before a semicolon or backslash in one.
func Join(values []string) string {
	escaped := make([]string, len(values))
	for i, v := range values {
		escaped[i] = escaper.Replace(v)
	}
	return strings.Join(escaped, ";")
}

var escaper = strings.NewReplacer(`\`, `\\`, `;`, `\;`)

// Split takes a cell apart that Join made; "" is no value.
func Split(cell string) []string {
	if cell == "" {
		return nil
	}
	values := []string{""}
	escaped := false
	for _, r := range cell {
		last := len(values) - 1
		switch {
		case !escaped && r == '\\':
			escaped = true
			continue
		case !escaped && r == ';':
			values = append(values, "")
			continue
		}
		values[last] += string(r)
		escaped = false
	}
	return values
}

// Value is a value as a cell: a list joined, all else as it is written.
func Value(v annotate.Values, name string) string {
	if raw := v[name]; len(raw) > 0 && raw[0] == '[' {
		return Join(v.Strings(name))
	}
	return v.String(name)
}

// Place is where a span lies, as a cell: 16-26, or 0-10+30-36 for two parts.
func Place(fragments []text.Range) string {
	var b []byte
	for i, f := range fragments {
		if i > 0 {
			b = append(b, '+')
		}
		b = strconv.AppendInt(b, int64(f.Start), 10)
		b = append(b, '-')
		b = strconv.AppendInt(b, int64(f.End), 10)
	}
	return string(b)
}

// Distinct leaves out what is empty or was there before.
func Distinct(values []string) []string {
	seen := map[string]bool{"": true}
	var kept []string
	for _, v := range values {
		if !seen[v] {
			seen[v] = true
			kept = append(kept, v)
		}
	}
	return kept
}
