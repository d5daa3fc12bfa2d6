package huggingface

import (
	"encoding/json"
	"strings"
	"unicode/utf8"

	"lede/annotate/format"
	"lede/annotate/text"
)

// tokensRow is an article of tokens with tags: its text has a blank between two tokens.
func tokensRow(t *table, names []string) (*format.Article, error) {
	words, _ := t.value("tokens").([]any)
	tags, _ := firstOf(t, "ner_tags", "tags", "labels").([]any)
	if len(words) != len(tags) {
		return nil, t.refuse("%d tokens have %d tags", len(words), len(tags))
	}
	a := &format.Article{Place: t.r.Place(), Ref: t.text("id")}
	s := format.Set{Place: t.r.Place(), LocalIDs: true}
	var b strings.Builder
	at, before := 0, "" // behind the last token; its label
	for i, w := range words {
		if i > 0 {
			b.WriteByte(' ')
			at++
		}
		word := textOf(w)
		start := at
		b.WriteString(word)
		at += utf8.RuneCountInString(word)
		tag, err := tagOf(t, tags[i], names)
		if err != nil {
			return nil, err
		}
		prefix, label, has := strings.Cut(tag, "-")
		switch {
		case tag == "O" || tag == "":
			before = ""
			continue
		case !has:
			prefix, label = "I", tag // classes without B and I
		}
		if n := len(s.Spans); (prefix == "I" || prefix == "L" || prefix == "E") && before == label && n > 0 {
			s.Spans[n-1].Fragments[0].End = at
		} else if start < at {
			s.Spans = append(s.Spans, format.Span{Place: t.r.Place(), Label: label, Fragments: []text.Range{{Start: start, End: at}}})
		}
		before = label
	}
	a.Text = b.String()
	a.Sets = []format.Set{s}
	return a, nil
}

func firstOf(t *table, names ...string) any {
	for _, n := range names {
		if v := t.value(n); v != nil {
			return v
		}
	}
	return nil
}

// tagOf is a tag by its name, or by its number among the classes.
func tagOf(t *table, v any, names []string) (string, error) {
	n, is := v.(int64)
	if !is {
		return textOf(v), nil
	}
	if n < 0 || int(n) >= len(names) {
		return "", t.refuse("the tag %d has no name: the file says of %d classes what they are called", n, len(names))
	}
	return names[n], nil
}

// classes are the names of the tags, which the file says in its features.
func (t *table) classes() []string {
	raw := t.r.Meta("huggingface")
	if _, what := format.CheckJSON(raw); what != "" {
		return nil
	}
	info := member(raw, "info")
	features := member(info, "features")
	for _, column := range []string{"ner_tags", "tags", "labels"} {
		f := member(features, column)
		for _, inner := range []string{member(f, "feature"), f} {
			if list := member(inner, "names"); strings.HasPrefix(list, "[") {
				var names []string
				for item := range format.JSONElements(list) {
					names = append(names, format.JSONString(item))
				}
				return names
			}
		}
	}
	return nil
}

// member is a member of a JSON object, "" if there is none.
func member(raw, key string) string {
	if !strings.HasPrefix(raw, "{") || !valid(raw) {
		return ""
	}
	for k, v := range format.JSONFields(raw) {
		if k == key {
			return strings.TrimSpace(v)
		}
	}
	return ""
}

func valid(raw string) bool { return json.Valid([]byte(raw)) }
