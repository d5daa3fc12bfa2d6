package edit

import (
	"encoding/json"
	"slices"

	"lede/annotate"
)

// AlterAttribute sets one attribute of each span to what alter makes of the values
// that the span has; nil removes it.
func (e Editor) AlterAttribute(s *State, ids []annotate.ID, name string, alter func(annotate.Values) json.RawMessage) (annotate.Change, error) {
	return e.updateSpans(s, ids, "Set "+escape(attributeTitle(s, ids, name))+" of %s", func(span *annotate.Span) {
		span.Attributes = span.Attributes.With(name, alter(span.Attributes))
	})
}

// CopyAttributes gives spans the values of another one. What that one does not
// have stays.
func (e Editor) CopyAttributes(s *State, ids []annotate.ID, values annotate.Values) (annotate.Change, error) {
	return e.updateSpans(s, ids, "Copy attributes to %s", func(span *annotate.Span) {
		for name, raw := range values {
			span.Attributes = span.Attributes.With(name, raw)
		}
	})
}

// Given adds to the values that a span has those that it begins with under a label:
// the kept ones, else the schema's defaults. A value that the others rule out is
// not given.
func Given(schema *annotate.Schema, label annotate.ID, kept, has annotate.Values) annotate.Values {
	for _, a := range schema.AttributesOf(annotate.SpanScope, label) {
		value, ok := kept[a.Name]
		if !ok {
			value = a.Default
		}
		if _, there := has[a.Name]; there || !Fits(a, has, value) {
			continue
		}
		has = has.With(a.Name, value)
	}
	return has
}

// Fits says whether a value goes with the others: the attribute applies, and each
// choice is offered.
func Fits(a annotate.Attribute, has annotate.Values, value json.RawMessage) bool {
	if len(value) == 0 || string(value) == "null" || !a.Applies(has) {
		return false
	}
	if len(a.Choices) == 0 {
		return true
	}
	offered := a.Offered(has)
	for _, name := range (annotate.Values{a.Name: value}).Strings(a.Name) {
		if !slices.ContainsFunc(offered, func(c annotate.Choice) bool { return c.Name == name }) {
			return false
		}
	}
	return true
}

// Dress gives the spans that a change makes, or gives another label, what that label
// gives. Defaults of the label before that the new one does not know go.
func Dress(c *annotate.Change, schema *annotate.Schema, kept func(label annotate.ID) annotate.Values) {
	for i, op := range c.Ops {
		after, ok := op.After.(annotate.Span)
		if !ok {
			continue
		}
		if before, ok := op.Before.(annotate.Span); ok {
			if before.Label == after.Label {
				continue
			}
			after.Attributes = undress(schema, before.Label, after)
		}
		after.Attributes = Given(schema, after.Label, kept(after.Label), after.Attributes)
		c.Ops[i].After = after
	}
}

// undress takes the defaults of another label away that the span's own does not
// have.
func undress(schema *annotate.Schema, label annotate.ID, span annotate.Span) annotate.Values {
	values := span.Attributes
	now := schema.AttributesOf(annotate.SpanScope, span.Label)
	for _, a := range schema.AttributesOf(annotate.SpanScope, label) {
		known := slices.ContainsFunc(now, func(b annotate.Attribute) bool { return b.Name == a.Name })
		if len(a.Default) > 0 && !known && string(values[a.Name]) == string(a.Default) {
			values = values.With(a.Name, nil)
		}
	}
	return values
}

// attributeTitle is what people call an attribute of spans.
func attributeTitle(s *State, ids []annotate.ID, name string) string {
	if len(ids) > 0 {
		span, _ := s.Span(ids[0])
		for _, a := range s.Schema.AttributesOf(annotate.SpanScope, span.Label) {
			if a.Name == name {
				return firstOf(a.Title, a.Name)
			}
		}
	}
	return name
}
