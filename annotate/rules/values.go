package rules

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"lede/annotate"
)

// values checks attribute values, of whatever they belong to.
func (r *run) values(attributes []annotate.Attribute, v annotate.Values, warn func(Warning)) {
	for _, a := range attributes {
		if len(v) == 0 && !a.Required {
			continue
		}
		switch now := given(v, a.Name); {
		case len(now) == 0:
			if a.Required && a.Applies(v) {
				warn(Warning{Rule: Required, Field: a.Name, Text: titleOf(a.Title, a.Name) + " is missing.", Hint: "Fill it in."})
			}
		case !annotate.Holds(a.When, v):
			name, is := unmet(attributes, a.When, v)
			warn(Warning{
				Rule: When, Field: a.Name, Text: fmt.Sprintf("%s is given, but %s %s.", titleOf(a.Title, a.Name), name, is),
				Hint: "Correct one of the two.",
			})
		case a.Type == annotate.OneOf || a.Type == annotate.ManyOf:
			choices(attributes, a, v, now, warn)
		default:
			plain(a, v[a.Name], now, warn)
		}
	}
}

// choices checks a value that comes from a list.
func choices(attributes []annotate.Attribute, a annotate.Attribute, v annotate.Values, now []string, warn func(Warning)) {
	title := titleOf(a.Title, a.Name)
	if a.Type == annotate.OneOf && len(now) > 1 {
		warn(Warning{Rule: ValueType, Field: a.Name, Text: title + " has " + strconv.Itoa(len(now)) + " values; it takes one.", Hint: "Choose one."})
		return
	}
	for _, value := range now {
		i := slices.IndexFunc(a.Choices, func(c annotate.Choice) bool { return c.Name == value })
		if i < 0 {
			warn(Warning{
				Rule: ChoiceCheck, Field: a.Name, Text: fmt.Sprintf("%s is %s, which is not in its list.", title, quoted(value)),
				Hint: "Choose another value, or add this one to the schema.",
			})
			return
		}
		if c := a.Choices[i]; !annotate.Holds(c.When, v) {
			name, is := unmet(attributes, c.When, v)
			warn(Warning{
				Rule: When, Field: a.Name, Text: fmt.Sprintf("%s is %s, but %s %s.", title, titleOf(c.Title, c.Name), name, is),
				Hint: "Correct one of the two.",
			})
			return
		}
	}
}

// unmet is the first attribute, by name, that keeps a condition from holding, and
// what is the matter with it.
func unmet(attributes []annotate.Attribute, when annotate.When, v annotate.Values) (name, is string) {
	names := make([]string, 0, len(when))
	for n := range when {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		now := given(v, n)
		if slices.ContainsFunc(now, func(s string) bool { return slices.Contains(when[n], s) }) {
			continue
		}
		if len(now) == 0 {
			return attributeTitle(attributes, n), "is missing"
		}
		return attributeTitle(attributes, n), "is " + choiceTitle(attributes, n, now[0])
	}
	return "", "" // the condition holds
}

func attributeTitle(attributes []annotate.Attribute, name string) string {
	if i := slices.IndexFunc(attributes, func(a annotate.Attribute) bool { return a.Name == name }); i >= 0 {
		return titleOf(attributes[i].Title, name)
	}
	return name
}

func choiceTitle(attributes []annotate.Attribute, name, value string) string {
	for _, a := range attributes {
		for _, c := range a.Choices {
			if a.Name == name && c.Name == value {
				return titleOf(c.Title, value)
			}
		}
	}
	return value
}

// plain checks a value that does not come from a list. A number or a truth value
// that a file brought as text is one.
func plain(a annotate.Attribute, raw json.RawMessage, now []string, warn func(Warning)) {
	title := titleOf(a.Title, a.Name)
	what := ""
	switch list := len(raw) > 0 && (raw[0] == '[' || raw[0] == '{'); {
	case list:
		what = "a single value"
	case a.Type == annotate.NumberValue && !isNumber(now[0]):
		what = "a number"
	case a.Type == annotate.BooleanValue && now[0] != "true" && now[0] != "false":
		what = "true or false"
	case a.Type == annotate.DateValue && !IsDate(now[0]):
		warn(Warning{
			Rule: Date, Field: a.Name, Text: fmt.Sprintf("%s is %s, which is no date.", title, quoted(now[0])),
			Hint: "Write 2026, 2026-03 or 2026-03-04.",
		})
	}
	if what != "" {
		warn(Warning{
			Rule: ValueType, Field: a.Name, Text: fmt.Sprintf("%s is %s, which is not %s.", title, quoted(now[0]), what),
			Hint: "Correct the value.",
		})
	}
}

func isNumber(s string) bool {
	var n json.Number
	return json.Unmarshal([]byte(strings.TrimSpace(s)), &n) == nil && n != ""
}

// IsDate tells whether a value is a date with its precision: a year, a month or a
// day that the calendar has.
func IsDate(s string) bool {
	for _, form := range []string{"2006", "2006-01", time.DateOnly} {
		if _, err := time.Parse(form, s); err == nil {
			return true
		}
	}
	return false
}

// needsAttribute warns of an attribute that is missing or is none of the values.
func (r *run) needsAttribute(rule *rule, l *labelled, s *annotate.Span) {
	name := rule.Names[0]
	if has(s.Attributes, name, rule.Values) {
		return
	}
	title := attributeTitle(l.attributes, name)
	now := given(s.Attributes, name)
	w := Warning{Rule: rule.Name, Field: name, Text: title + " is missing.", Hint: "Fill it in."}
	var values []string
	for _, v := range rule.Values {
		values = append(values, choiceTitle(l.attributes, name, v))
	}
	switch {
	case len(now) > 0:
		w.Severity = Wrong
		w.Text = fmt.Sprintf("%s is %s; it should be %s.", title, choiceTitle(l.attributes, name, now[0]), either(values))
		w.Hint = "Correct one of the two."
	case len(values) > 0:
		w.Text = fmt.Sprintf("%s is missing; it should be %s.", title, either(values))
	}
	if reason := because(rule, l, s); reason != "" {
		w.Text = strings.TrimSuffix(w.Text, ".") + reason + "."
	}
	r.warn(s, w)
}

// ordered warns of two dates or numbers of which the first is after the second.
func (r *run) ordered(rule *rule, l *labelled, s *annotate.Span) {
	a, b := given(s.Attributes, rule.Names[0]), given(s.Attributes, rule.Names[1])
	if len(a) == 0 || len(b) == 0 || !after(a[0], b[0]) {
		return
	}
	r.warn(s, Warning{
		Rule: rule.Name, Field: rule.Names[0],
		Text: fmt.Sprintf("%s (%s) is after %s (%s).", attributeTitle(l.attributes, rule.Names[0]), a[0], attributeTitle(l.attributes, rule.Names[1]), b[0]),
		Hint: "Correct one of the two.",
	})
}

// after compares two dates, to the precision that both have, or two numbers.
func after(a, b string) bool {
	if IsDate(a) && IsDate(b) && (len(a) > 4 || len(b) > 4) {
		n := min(len(a), len(b))
		return a[:n] > b[:n]
	}
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	return errX == nil && errY == nil && cmp.Compare(x, y) > 0
}
