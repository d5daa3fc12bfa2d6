package filter

import (
	"slices"
	"strings"
	"unicode"

	"lede/annotate"
)

// Format writes a filter so that Parse reads the same one again.
func Format(f *annotate.Filter) string {
	if f == nil {
		return ""
	}
	var b strings.Builder
	write(&b, f, false)
	return b.String()
}

// write writes a filter, in parentheses where it is part of another one and would
// fall apart.
func write(b *strings.Builder, f *annotate.Filter, inside bool) {
	switch f.Op {
	case annotate.FilterTerm:
		writeTerm(b, f)
	case annotate.FilterNot:
		b.WriteByte('-')
		write(b, f.Of[0], true)
	default:
		if inside {
			b.WriteByte('(')
		}
		for i, part := range f.Of {
			if i > 0 && f.Op == annotate.FilterOr {
				b.WriteString(" OR")
			}
			if i > 0 {
				b.WriteByte(' ')
			}
			write(b, part, f.Op == annotate.FilterAnd || part.Op == annotate.FilterOr)
		}
		if inside {
			b.WriteByte(')')
		}
	}
}

func writeTerm(b *strings.Builder, f *annotate.Filter) {
	if f.Key != annotate.FilterWords {
		b.WriteString(string(f.Key))
		if f.Name != "" {
			b.WriteByte('.')
			writeText(b, f.Name, `():,"*`)
		}
		b.WriteByte(':')
	}
	for i, v := range f.Values {
		if i > 0 {
			b.WriteByte(',')
		}
		writeValue(b, v, f.Key == annotate.FilterWords)
	}
}

func writeValue(b *strings.Builder, v annotate.FilterValue, words bool) {
	switch {
	case v.From != "" || v.To != "":
		b.WriteString(v.From)
		if v.From != v.To {
			b.WriteString(".." + v.To)
		}
		return
	case v.Text == "":
		b.WriteByte('*')
		return
	}
	if v.Before {
		b.WriteByte('*')
	}
	stops := `(),"*`
	if words && reads(v.Text) {
		b.WriteString(v.Text)
	} else if words {
		writeQuoted(b, v.Text)
	} else {
		writeText(b, v.Text, stops)
	}
	if v.After {
		b.WriteByte('*')
	}
}

// reads says whether a word without quotation marks is read as that word.
func reads(word string) bool {
	if strings.ContainsAny(word, `()"*`) || strings.HasPrefix(word, "-") || slices.Contains([]string{"OR", "AND", "NOT"}, word) {
		return false
	}
	f, err := (&parser{in: []rune(word)}).term()
	return err == nil && f.Key == annotate.FilterWords && f.Values[0].Text == word
}

func writeText(b *strings.Builder, s, stops string) {
	if strings.ContainsAny(s, stops) || strings.ContainsFunc(s, unicode.IsSpace) {
		writeQuoted(b, s)
		return
	}
	b.WriteString(s)
}

func writeQuoted(b *strings.Builder, s string) {
	b.WriteString(`"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`)
}

// Term makes a term with whole values.
func Term(key annotate.FilterKey, values ...string) *annotate.Filter {
	f := &annotate.Filter{Key: key}
	for _, v := range values {
		f.Values = append(f.Values, annotate.FilterValue{Text: v})
	}
	return f
}

// Has makes a term that any value of a named attribute, field or fact meets.
func Has(key annotate.FilterKey, name string) *annotate.Filter {
	return &annotate.Filter{Key: key, Name: name, Values: []annotate.FilterValue{{Before: true, After: true}}}
}

// Not is met by what does not meet the filter.
func Not(f *annotate.Filter) *annotate.Filter {
	return &annotate.Filter{Op: annotate.FilterNot, Of: []*annotate.Filter{f}}
}

// All is met by what meets all of the filters, of which some may be nil. Each keeps
// speaking of the annotator of whom it spoke.
func All(filters ...*annotate.Filter) *annotate.Filter {
	return join(annotate.FilterAnd, slices.DeleteFunc(filters, func(f *annotate.Filter) bool { return f == nil }), 0, 0)
}

// Top finds the term with a key that all articles must meet; nil for none.
func Top(f *annotate.Filter, key annotate.FilterKey) *annotate.Filter {
	for _, part := range conjuncts(f) {
		if part.Op == annotate.FilterTerm && part.Key == key {
			return part
		}
	}
	return nil
}

// With puts a term in the place of those with the key that all articles must meet; nil
// only takes them out. The filter itself stays as it is.
func With(f *annotate.Filter, key annotate.FilterKey, term *annotate.Filter) *annotate.Filter {
	var parts []*annotate.Filter
	for _, part := range conjuncts(f) {
		if part.Op != annotate.FilterTerm || part.Key != key {
			parts = append(parts, part)
		} else if term != nil {
			parts = append(parts, term)
			term = nil
		}
	}
	if term != nil {
		parts = append(parts, term)
	}
	again, _ := Parse(Format(join(annotate.FilterAnd, parts, 0, 0))) // what was formatted is read
	return again
}

func conjuncts(f *annotate.Filter) []*annotate.Filter {
	switch {
	case f == nil:
		return nil
	case f.Op == annotate.FilterAnd:
		return f.Of
	}
	return []*annotate.Filter{f}
}
