package webannotsv

import "strings"

// valueEscaper puts a backslash before the characters that have a meaning
// of their own in values and tokens.
var valueEscaper = strings.NewReplacer(`\`, `\\`, `[`, `\[`, `]`, `\]`, `|`, `\|`, `_`, `\_`, `->`, `\->`, `;`, `\;`, "\t", `\t`, "\n", `\n`, `*`, `\*`, "\r", `\r`)

func escapeValue(s string) string { return valueEscaper.Replace(s) }

// unescapeValue undoes escapeValue; a backslash before anything else is one.
func unescapeValue(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch c := s[i]; {
		case c == 't':
			b.WriteByte('\t')
		case c == 'n':
			b.WriteByte('\n')
		case c == 'r':
			b.WriteByte('\r')
		case strings.IndexByte(`\[]|_;*`, c) >= 0:
			b.WriteByte(c)
		case c == '-' && i+1 < len(s) && s[i+1] == '>':
			b.WriteString("->")
			i++
		default:
			b.WriteByte('\\')
			b.WriteByte(c)
		}
	}
	return b.String()
}

// escapeText spells a line of a sentence: backslashes and control characters.
func escapeText(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\\':
			b.WriteString(`\\`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\f':
			b.WriteString(`\f`)
		case r == '\b':
			b.WriteString(`\b`)
		case control(r):
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// control says whether a character stands in texts behind a backslash, as itself.
func control(r rune) bool { return r < 8 || r > 13 && r < 32 }

// unescapeText undoes escapeText.
func unescapeText(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch c := s[i]; {
		case c == '\\':
			b.WriteByte('\\')
		case c == 't':
			b.WriteByte('\t')
		case c == 'n':
			b.WriteByte('\n')
		case c == 'r':
			b.WriteByte('\r')
		case c == 'f':
			b.WriteByte('\f')
		case c == 'b':
			b.WriteByte('\b')
		case control(rune(c)):
			b.WriteByte(c)
		default:
			b.WriteByte('\\')
			b.WriteByte(c)
		}
	}
	return b.String()
}

// split cuts a cell at a separator that no backslash escapes.
func split(s string, sep byte) []string {
	var parts []string
	from := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case sep:
			parts = append(parts, s[from:i])
			from = i + 1
		}
	}
	return append(parts, s[from:])
}

// suffix cuts "[…]" off a value.
func suffix(s string) (value, inside string) {
	if !strings.HasSuffix(s, "]") {
		return s, ""
	}
	open := strings.LastIndexByte(s, '[')
	if open < 0 || escaped(s, open) || escaped(s, len(s)-1) {
		return s, ""
	}
	return s[:open], s[open+1 : len(s)-1]
}

// escaped says whether an odd number of backslashes stands before s[i].
func escaped(s string, i int) bool {
	n := 0
	for i-1-n >= 0 && s[i-1-n] == '\\' {
		n++
	}
	return n%2 == 1
}
