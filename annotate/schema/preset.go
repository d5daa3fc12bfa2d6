package schema

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	"lede/annotate"
)

// preset reads the default of an attribute whose type and choices are known.
func (p *parser) preset(a *Attribute, n *yaml.Node) error {
	n = resolve(n)
	if a.Type == "" {
		return nil // check says that it needs one
	}
	var values []string
	if err := p.texts("default", &values).read(n); err != nil {
		return err
	}
	of := annotate.Attribute{Type: a.Type}
	for _, c := range a.Choices {
		of.Choices = append(of.Choices, annotate.Choice{Name: c.Name})
	}
	raw, ok := valueOf(of, values)
	if !ok {
		return p.fail(n.Line, "attribute %q: the default %s is no %s", a.Name, strings.Join(values, ", "), kindOfValue(a.Type))
	}
	a.Default = raw
	return nil
}

func kindOfValue(t annotate.AttributeType) string {
	switch t {
	case annotate.NumberValue:
		return "number"
	case annotate.BooleanValue:
		return "truth value; it must be true or false"
	case annotate.DateValue:
		return "date like 2026, 2026-03 or 2026-03-04"
	case annotate.OneOf:
		return "choice of it"
	case annotate.ManyOf:
		return "list of its choices"
	default:
		return "single text"
	}
}

// valueOf is what people write for a value of the attribute's type, as JSON.
func valueOf(a annotate.Attribute, values []string) (json.RawMessage, bool) {
	if a.Type == annotate.ManyOf {
		raw := list(values)
		return raw, Fits(a, raw)
	}
	if len(values) != 1 {
		return nil, false
	}
	raw := annotate.StringValue(values[0])
	if a.Type == annotate.NumberValue || a.Type == annotate.BooleanValue {
		raw = json.RawMessage(values[0])
	}
	return raw, Fits(a, raw)
}

// list is a JSON array of strings.
func list(values []string) json.RawMessage {
	raw := json.RawMessage("[")
	for i, v := range values {
		if i > 0 {
			raw = append(raw, ',')
		}
		raw = append(raw, annotate.StringValue(v)...)
	}
	return append(raw, ']')
}

// Fits tells whether a JSON value is one of an attribute's type: a number, a date
// in the form of its precision, a name among the choices. The values of an
// article are never refused for it; it is what defaults and migrations go by.
func Fits(a annotate.Attribute, raw json.RawMessage) bool {
	var s string
	isText := json.Unmarshal(raw, &s) == nil && len(raw) > 0 && raw[0] == '"'
	switch a.Type {
	case annotate.NumberValue:
		return number.Match(raw)
	case annotate.BooleanValue:
		return string(raw) == "true" || string(raw) == "false"
	case annotate.DateValue:
		return isText && IsDate(s)
	case annotate.OneOf:
		return isText && isChoice(a, s)
	case annotate.ManyOf:
		var all []string
		return json.Unmarshal(raw, &all) == nil && all != nil &&
			!slices.ContainsFunc(all, func(s string) bool { return !isChoice(a, s) })
	default:
		return isText
	}
}

// number is a number of JSON.
var number = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)

// IsDate tells whether s is a year, a month or a day of the calendar, as values of
// the type date are written.
func IsDate(s string) bool {
	for _, layout := range []string{"2006", "2006-01", "2006-01-02"} {
		if _, err := time.Parse(layout, s); err == nil {
			return true
		}
	}
	return false
}

func isChoice(a annotate.Attribute, name string) bool {
	return slices.ContainsFunc(a.Choices, func(c annotate.Choice) bool { return c.Name == name })
}

// presetNode is a default as people write it.
func presetNode(raw json.RawMessage) *yaml.Node {
	var s string
	var all []string
	switch {
	case raw[0] == '"' && json.Unmarshal(raw, &s) == nil:
		return scalar(s)
	case raw[0] == '[' && json.Unmarshal(raw, &all) == nil:
		return flow(all)
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Value: string(raw)}
}
