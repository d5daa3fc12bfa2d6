package rules

import (
	"slices"

	"lede/annotate"
	"lede/annotate/text"
)

// Severity says what kind of objection a warning is.
type Severity string

// Something contradicts the schema, something is not there yet, or something looks
// like a slip.
const (
	Wrong    Severity = "wrong"
	Missing  Severity = "missing"
	Doubtful Severity = "doubtful"
)

// Warning is one objection to one span, relation or document field.
type Warning struct {
	Rule     string // name of a rule or a check
	Severity Severity
	Span     annotate.ID // the span it is about, "" for a document field or an entity
	Relation annotate.ID // the relation it is about, "" for none; Span is its beginning then
	Entity   annotate.ID // the entity it is about, "" for none
	Field    string      // name of the attribute, document field or relation type it is about; may be ""
	Range    text.Range  // the place in the text, code points; empty for document fields and entities
	Text     string      // a sentence
	Hint     string      // what to do, a sentence; may be ""
	Accepted bool        // somebody said that it is no problem here
}

// Key is what the Accepted lists of records hold: a rule, and with it the field if it
// has one.
func (w Warning) Key() string {
	if w.Field == "" {
		return w.Rule
	}
	return w.Rule + ":" + w.Field
}

// Unaccepted are the warnings that nobody has accepted.
func Unaccepted(warnings []Warning) []Warning {
	return slices.DeleteFunc(slices.Clone(warnings), func(w Warning) bool { return w.Accepted })
}
