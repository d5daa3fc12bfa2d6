package form

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"lede/annotate"
	"lede/annotate/dates"
)

// unknown is the type of what the schema does not know.
const unknown annotate.AttributeType = ""

// state is what a field shows of the things.
type state struct {
	applies bool
	offered []annotate.Choice
	raw     json.RawMessage // what all things have; nil if it is nothing, or mixed
	some    []string        // a list: what some things have and not all
	mixed   bool
	stale   string // why the value does not belong there
}

// shown says whether there is anything to show.
func (s state) shown() bool { return s.applies || s.has() }

// has says whether any thing has a value.
func (s state) has() bool { return s.raw != nil || s.mixed }

// stateOf gathers what the things say of an attribute.
func (f *Form) stateOf(a annotate.Attribute) state {
	s := state{applies: a.Type != unknown}
	for i, v := range f.o.Things {
		raw := v[a.Name]
		if i == 0 {
			s.raw = raw
			s.offered = a.Offered(v)
		} else {
			s.mixed = s.mixed || string(raw) != string(s.raw)
			s.offered = slices.DeleteFunc(s.offered, func(c annotate.Choice) bool { return !annotate.Holds(c.When, v) })
		}
		s.applies = s.applies && a.Applies(v)
	}
	s.applies = s.applies && (len(a.Choices) == 0 || len(s.offered) > 0)
	if s.mixed {
		s.raw = nil
	}
	if a.Type == annotate.ManyOf && s.mixed {
		s.raw, s.some = f.shared(a.Name)
	}
	s.stale = f.staleness(a, s)
	return s
}

// shared is what all things have of a list, and what only some do.
func (f *Form) shared(name string) (json.RawMessage, []string) {
	all := f.o.Things[0].Strings(name)
	var some []string
	for _, v := range f.o.Things {
		items := v.Strings(name)
		some = append(some, items...)
		all = slices.DeleteFunc(all, func(s string) bool { return !slices.Contains(items, s) })
	}
	slices.Sort(some)
	some = slices.DeleteFunc(slices.Compact(some), func(s string) bool { return slices.Contains(all, s) })
	return listOf(all), some
}

// staleness says in a few words why a value does not belong where it is.
func (f *Form) staleness(a annotate.Attribute, s state) string {
	if s.raw == nil {
		return ""
	}
	if a.Type == unknown {
		return "Not in the schema for " + f.o.Of
	}
	if !s.applies {
		return f.reason(a)
	}
	value := annotate.Values{a.Name: s.raw}
	for _, name := range value.Strings(a.Name) {
		switch {
		case a.Type == annotate.NumberValue && !isNumber(name):
			return "Not a number"
		case a.Type == annotate.DateValue && !dates.Valid(name):
			return "Not a date like 2026, 2026-03 or 2026-03-04"
		case len(a.Choices) == 0:
			continue
		}
		choice, known := choiceOf(a, name)
		switch {
		case !known:
			return "Not in the list of the schema"
		case !slices.ContainsFunc(s.offered, func(c annotate.Choice) bool { return c.Name == name }):
			return f.only(choice.When)
		}
	}
	return ""
}

// reason says why an attribute does not apply.
func (f *Form) reason(a annotate.Attribute) string {
	if !annotate.Holds(a.When, f.o.Things[0]) {
		return f.only(a.When)
	}
	for _, c := range a.Choices { // which values they hang on is the same for most
		for name := range c.When {
			return "Not with " + f.nameOf(name) + " " + f.titleOf(name, f.o.Things[0].String(name))
		}
	}
	return "Not asked for here"
}

// only says in which case a condition holds: Only with Type Protest or Riot.
func (f *Form) only(when annotate.When) string {
	const most = 3
	if len(when) == 0 {
		return "Not asked for here"
	}
	name := slices.Min(slices.Collect(maps.Keys(when)))
	var titles []string
	for i, value := range when[name] {
		if i == most {
			titles = append(titles, "…")
			break
		}
		titles = append(titles, f.titleOf(name, value))
	}
	return "Only with " + f.nameOf(name) + " " + strings.Join(titles, ", ")
}

func (f *Form) attribute(name string) (annotate.Attribute, bool) {
	for _, a := range f.o.Attributes {
		if a.Name == name {
			return a, true
		}
	}
	return annotate.Attribute{}, false
}

func (f *Form) nameOf(name string) string {
	if a, ok := f.attribute(name); ok {
		return Title(a)
	}
	return name
}

func (f *Form) titleOf(name, value string) string {
	if a, ok := f.attribute(name); ok {
		if c, ok := choiceOf(a, value); ok {
			return ChoiceTitle(c)
		}
	}
	if value == "" {
		return "empty"
	}
	return value
}

func choiceOf(a annotate.Attribute, name string) (annotate.Choice, bool) {
	i := slices.IndexFunc(a.Choices, func(c annotate.Choice) bool { return c.Name == name })
	if i < 0 {
		return annotate.Choice{}, false
	}
	return a.Choices[i], true
}

// Title is what people call an attribute.
func Title(a annotate.Attribute) string {
	if a.Title != "" {
		return a.Title
	}
	return a.Name
}

// ChoiceTitle is what people call a value.
func ChoiceTitle(c annotate.Choice) string {
	if c.Title != "" {
		return c.Title
	}
	return c.Name
}

// Words is a value as people read it.
func Words(a annotate.Attribute, raw json.RawMessage) string {
	var said []string
	for _, s := range (annotate.Values{a.Name: raw}).Strings(a.Name) {
		if c, ok := choiceOf(a, s); ok {
			s = ChoiceTitle(c)
		} else if a.Type == annotate.BooleanValue {
			s = map[string]string{"true": "yes", "false": "no"}[s]
		}
		said = append(said, s)
	}
	return strings.Join(said, ", ")
}

func isNumber(s string) bool {
	_, err := strconv.ParseFloat(s, 64)
	return err == nil && json.Valid([]byte(s))
}

// rawOf is what was typed as JSON: a number where one is wanted and it is one, else
// text; nothing for blanks.
func rawOf(kind annotate.AttributeType, s string) json.RawMessage {
	s = strings.TrimSpace(s)
	if s == "" {
		return nil
	}
	if kind == annotate.NumberValue {
		if plain := strings.ReplaceAll(s, ",", ""); thousands(s) && isNumber(plain) {
			return json.RawMessage(plain)
		} else if isNumber(s) {
			return json.RawMessage(s)
		}
	}
	return annotate.StringValue(s)
}

// thousands says whether commas part the thousands of a number, as in 4,000.
func thousands(s string) bool {
	parts := strings.Split(s, ",")
	for i, p := range parts {
		if i > 0 && len(p) != 3 || i == 0 && (p == "" || len(p) > 3) {
			return false
		}
	}
	return len(parts) > 1
}

// listOf is a list of names as JSON, nil if it is empty.
func listOf(names []string) json.RawMessage {
	if len(names) == 0 {
		return nil
	}
	raw, err := json.Marshal(names)
	if err != nil { // strings always encode
		return nil
	}
	return raw
}

// toggle puts a name into the list that a thing has, or takes it out.
func toggle(attribute, name string, on bool) func(annotate.Values) json.RawMessage {
	return func(v annotate.Values) json.RawMessage {
		list := slices.DeleteFunc(slices.Clone(v.Strings(attribute)), func(s string) bool { return s == name })
		if on {
			list = append(list, name)
		}
		return listOf(list)
	}
}
