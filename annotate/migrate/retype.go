package migrate

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/schema"
)

// MostChoices is how many choices RetypeAttribute makes of the values that are
// there.
const MostChoices = 200

// RetypeAttribute gives an attribute values of another type, or another list of
// choices, and converts those that are there. What cannot be converted stays as it
// is, or goes.
//
// With no Choices for one of or many of, those that the attribute has stay; if it
// has none, its values become the choices, the most frequent first.
type RetypeAttribute struct {
	Attribute annotate.ID
	Type      annotate.AttributeType
	Choices   []annotate.Choice
	Drop      bool // what cannot be converted goes
}

func (s RetypeAttribute) compile(p *planner, e *effect) error {
	a, err := p.attribute(s.Attribute)
	if err != nil {
		return err
	}
	was := *a
	a.Type = s.Type
	switch {
	case !listed(s.Type):
		a.Choices = nil
	case len(s.Choices) > 0:
		a.Choices = slices.Clone(s.Choices)
	}
	e.title = fmt.Sprintf("Make “%s” %s", a.Name, kindOf(s.Type))
	if listed(s.Type) && len(a.Choices) == 0 {
		return s.choicesOfValues(p, e, was)
	}
	is := *a
	if a.Default != nil {
		if a.Default, err = converted(is, a.Default); err != nil {
			a.Default = nil
		}
	}
	if listed(is.Type) {
		p.conditions(is, func(w annotate.When) annotate.When {
			return conditioned(w, is.Name, eachOnce(w[is.Name], func(v string) (string, bool) { return v, choice(&is, v) != nil }))
		})
		e.keepChoices(is)
	}
	e.onValues(was, func(v annotate.Values) (annotate.Values, int) {
		raw := v[is.Name]
		after, err := converted(is, raw)
		switch {
		case err == nil && string(after) == string(raw):
			return v, 0
		case err == nil:
			return v.With(is.Name, after), 1
		case !s.Drop:
			e.keep()
			return v, 0
		}
		e.touch(&e.goneValues)
		return v.With(is.Name, nil), 1
	})
	e.tell = func(e *effect) []string {
		said := []string{fmt.Sprintf("Attribute “%s” becomes %s.", was.Name, kindOf(s.Type))}
		if n := e.values - e.goneValues; n > 0 {
			said[0] = fmt.Sprintf("Attribute “%s” becomes %s: %s converted.", was.Name, kindOf(s.Type), count(n, "value"))
		}
		return append(said, e.toldKept()...)
	}
	return nil
}

// toldKept says what became of values that could not be converted.
func (e *effect) toldKept() []string {
	switch {
	case e.kept > 0:
		return []string{fmt.Sprintf("%s cannot be converted and %s.", count(e.kept, "value"), verb(e.kept, "stays as it is", "stay as they are"))}
	case e.goneValues > 0:
		return []string{fmt.Sprintf("%s cannot be converted and %s.", count(e.goneValues, "value"), verb(e.goneValues, "goes", "go"))}
	}
	return nil
}

// keep counts a value that stays as it is.
func (e *effect) keep() {
	if e.counting {
		e.kept++
	}
}

func kindOf(t annotate.AttributeType) string {
	return map[annotate.AttributeType]string{
		annotate.TextValue: "a text", annotate.NumberValue: "a number", annotate.BooleanValue: "yes or no",
		annotate.OneOf: "one of a list", annotate.ManyOf: "many of a list", annotate.DateValue: "a date",
	}[t]
}

// choicesOfValues makes a list of choices from the values that are there.
func (s RetypeAttribute) choicesOfValues(p *planner, e *effect, was annotate.Attribute) error {
	n := map[string]int{}
	if a, _ := p.attribute(was.ID); len(a.Default) > 0 { // it need be no choice
		a.Default = nil
	}
	e.onValues(was, func(v annotate.Values) (annotate.Values, int) {
		raw := v[was.Name]
		all := v.Strings(was.Name)
		if s.Type == annotate.OneOf && len(all) != 1 || slices.Contains(all, "") {
			e.keep()
			return v, 0
		}
		for _, one := range all {
			n[one]++
		}
		after := annotate.StringValue(all[0])
		if s.Type == annotate.ManyOf {
			after = texts(all)
		}
		if string(after) == string(raw) {
			return v, 0
		}
		return v.With(was.Name, after), 1
	})
	e.tell = func(e *effect) []string {
		said := []string{fmt.Sprintf("Attribute “%s” becomes %s, made of its %s: %s converted.", was.Name, kindOf(s.Type),
			count(len(n), "different value"), count(e.values, "value"))}
		return append(said, e.toldKept()...)
	}
	p.late = append(p.late, func(*walk) {
		names := slices.SortedFunc(maps.Keys(n), func(a, b string) int { return cmp.Or(cmp.Compare(n[b], n[a]), strings.Compare(a, b)) })
		if len(names) > MostChoices {
			p.refused = refuse("Say which values there shall be.", "“%s” has %d different values, too many to choose from.", was.Name, len(names))
			return
		}
		a := at(p.schema.Attributes, was.ID)
		if a == nil {
			return
		}
		for _, name := range names {
			a.Choices = append(a.Choices, annotate.Choice{Name: name, Title: schema.TitleOf(name)})
		}
		e.keepChoices(*a)
	})
	return nil
}

// converted is a value as one of an attribute's type.
func converted(a annotate.Attribute, raw json.RawMessage) (json.RawMessage, error) {
	if schema.Fits(a, raw) {
		return raw, nil
	}
	all := annotate.Values{"": raw}.Strings("")
	if a.Type == annotate.ManyOf {
		return manyOf(a, raw, all)
	}
	one := strings.TrimSpace(strings.Join(all, ", "))
	candidate := annotate.StringValue(one)
	switch a.Type {
	case annotate.NumberValue:
		candidate = json.RawMessage(strings.TrimPrefix(one, "+"))
	case annotate.BooleanValue:
		candidate = json.RawMessage(truth[strings.ToLower(one)])
	case annotate.OneOf:
		if name, ok := choiceLike(a, one); ok && len(all) == 1 {
			candidate = annotate.StringValue(name)
		}
	default: // as it is
	}
	if len(all) == 0 || one == "" || !schema.Fits(a, candidate) {
		return nil, annotate.ErrInvalid
	}
	return candidate, nil
}

var truth = map[string]string{"true": "true", "yes": "true", "1": "true", "false": "false", "no": "false", "0": "false"}

// manyOf takes a list, or a text that lists choices with commas.
func manyOf(a annotate.Attribute, raw json.RawMessage, all []string) (json.RawMessage, error) {
	if len(raw) > 0 && raw[0] != '[' && len(all) == 1 {
		if _, whole := choiceLike(a, all[0]); !whole {
			all = strings.Split(all[0], ",")
		}
	}
	var names []string
	for _, s := range all {
		name, ok := choiceLike(a, strings.TrimSpace(s))
		if !ok {
			return nil, annotate.ErrInvalid
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return texts(names), nil
}

// choiceLike is the choice of a name, or of a name or title but for its case.
func choiceLike(a annotate.Attribute, s string) (string, bool) {
	if c := choice(&a, s); c != nil {
		return c.Name, true
	}
	for _, c := range a.Choices {
		if s != "" && (strings.EqualFold(c.Name, s) || strings.EqualFold(c.Title, s)) {
			return c.Name, true
		}
	}
	return "", false
}

func texts(all []string) json.RawMessage {
	items := make([]json.RawMessage, len(all))
	for i, s := range all {
		items[i] = annotate.StringValue(s)
	}
	return array(items)
}
