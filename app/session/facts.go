package session

import (
	"strings"

	"lede/annotate"
	"lede/annotate/facts"
)

// SetFact sets a fact of the open article as it was typed, "" to remove it. What cannot
// be meant is refused.
func (s *Session) SetFact(key facts.Key, value string) error {
	if s.doc == nil {
		return nil
	}
	if key == facts.Assigned {
		value = strings.Join(annotate.Meant(annotate.Listed(value), s.annotator.Name), ", ")
	}
	after, err := facts.Set(s.doc.Article, key, value)
	if err != nil {
		return err
	}
	title := "Set " + string(key)
	if value == "" {
		title = "Remove " + string(key)
	}
	return s.gesture(s.edit.SetFacts(s.doc, title, after))
}
