package reader

import (
	"encoding/json"
	"fmt"
	"strings"

	"lede/annotate"
	"lede/app/textview"
)

// tip is what a tooltip says of a span: its attributes, its entity, its note, whose it
// is, how many relations it has.
func (r *Reader) tip(_, id string) textview.Tip {
	s := r.o.Session
	if s.Doc() == nil {
		return textview.Tip{}
	}
	span, ok := s.Doc().Span(annotate.ID(id))
	if !ok {
		return textview.Tip{}
	}
	tip, badge := textview.Tip{Note: span.Note}, s.Schema().Badge(span.Label, span.Attributes)
	for _, a := range s.Schema().AttributesOf(annotate.SpanScope, span.Label) {
		value := valueTitle(a, span.Attributes[a.Name])
		if value != "" && value != badge { // that stands behind the label

			tip.Facts = append(tip.Facts, attributeTitle(a)+": "+value)
		}
	}
	if e, ok := s.Entity(span.Entity); ok {
		tip.Facts = append(tip.Facts, "Entity: "+e.Name)
	}
	foot := []string{s.Shown().Name}
	if n := len(s.Doc().RelationsOf(span.ID)); n > 0 {
		foot = append(foot, plural(n, "relation"))
	}
	if n := len(span.Fragments); n > 1 {
		foot = append(foot, plural(n, "part"))
	}
	tip.Foot = strings.Join(foot, " · ")
	return tip
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

func attributeTitle(a annotate.Attribute) string {
	if a.Title != "" {
		return a.Title
	}
	return a.Name
}

// valueTitle is the value of an attribute as people say it, "" for none.
func valueTitle(a annotate.Attribute, raw json.RawMessage) string {
	if len(raw) == 0 {
		return ""
	}
	var many []string
	if json.Unmarshal(raw, &many) != nil {
		one := annotate.Values{a.Name: raw}.String(a.Name)
		if one == "" {
			return ""
		}
		many = []string{one}
	}
	for i, name := range many {
		for _, c := range a.Choices {
			if c.Name == name && c.Title != "" {
				many[i] = c.Title
			}
		}
	}
	switch {
	case len(many) == 0:
		return ""
	case a.Type == annotate.BooleanValue:
		return map[string]string{"true": "yes", "false": "no"}[many[0]]
	}
	return strings.Join(many, ", ")
}
