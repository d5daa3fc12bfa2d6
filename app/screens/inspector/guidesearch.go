package inspector

import (
	"strings"

	"lede/annotate"
	"lede/app/screens/form"
	"lede/app/screens/reader"
	"lede/app/widgets"
)

// passage is a paragraph of the codebook.
type passage struct {
	label annotate.ID
	where string // beside the label's title; "" for what is said of the label itself
	text  string
}

// codebook lists what a schema says in words, label by label.
func codebook(schema *annotate.Schema) []passage {
	var all []passage
	for _, l := range schema.Labels {
		add := func(where string, texts ...string) {
			for _, t := range texts {
				if t = strings.TrimSpace(t); t != "" {
					all = append(all, passage{l.ID, where, t})
				}
			}
		}
		add("", reader.LabelTitle(l), l.Description)
		add("", widgets.Passages(l.Guideline)...)
		for _, a := range schema.AttributesOf(annotate.SpanScope, l.ID) {
			text := form.Title(a)
			if a.Description != "" {
				text += ": " + a.Description
			}
			add(form.Title(a), text)
			for _, c := range a.Choices {
				add(form.Title(a), form.ChoiceTitle(c))
			}
		}
		for _, r := range schema.RelationTypesFrom(l.ID) {
			if r.Description != "" {
				add(relationName(r), r.Description)
			}
		}
	}
	return all
}

// search finds the passages that have every word of a query, those of one label
// first.
func search(all []passage, query string, first annotate.ID) []passage {
	words := strings.Fields(strings.ToLower(query))
	var here, elsewhere []passage
	for _, p := range all {
		low, ok := strings.ToLower(p.text), true
		for _, w := range words {
			ok = ok && strings.Contains(low, w)
		}
		switch {
		case !ok:
		case p.label == first:
			here = append(here, p)
		default:
			elsewhere = append(elsewhere, p)
		}
	}
	return append(here, elsewhere...)
}

// around is the part of a text that holds the first of some words, with what is
// around it.
func around(text, query string) string {
	const most, before = 150, 50 // code points
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	from := 0
	if words := strings.Fields(strings.ToLower(query)); len(words) > 0 {
		if i := strings.Index(strings.ToLower(text), words[0]); i >= 0 {
			from = max(0, min(len([]rune(strings.ToLower(text)[:i]))-before, len(runes)-most))
		}
	}
	for from > 0 && runes[from-1] != ' ' {
		from--
	}
	part := strings.TrimSpace(string(runes[from:min(from+most, len(runes))]))
	if from > 0 {
		part = "… " + part
	}
	if from+most < len(runes) {
		part += " …"
	}
	return part
}
