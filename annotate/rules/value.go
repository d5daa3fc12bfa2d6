package rules

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lede/annotate"
)

// Value is what the value of a rule says, as Parse takes it apart.
type Value struct {
	Number int
	Choice string   // a policy or the name of a check
	Names  []string // of labels, of relation types or of attributes
	Values []string // of the one attribute in Names; none = any value
	Where  []Condition
}

// Condition limits a rule to spans with an attribute that has one of the values;
// without values, to spans that have the attribute.
type Condition struct {
	Attribute string
	Values    []string
}

// holds says whether the attributes fit all conditions.
func holds(where []Condition, v annotate.Values) bool {
	for _, c := range where {
		if !has(v, c.Attribute, c.Values) {
			return false
		}
	}
	return true
}

// has says whether an attribute is there and has one of the values; no values = any.
func has(v annotate.Values, name string, values []string) bool {
	now := given(v, name)
	if len(values) == 0 {
		return len(now) > 0
	}
	return slices.ContainsFunc(now, func(s string) bool { return slices.Contains(values, s) })
}

// given is the value of an attribute as a list, without what is empty.
func given(v annotate.Values, name string) []string {
	raw, ok := v[name]
	switch {
	case !ok:
		return nil
	case len(raw) > 2 && raw[0] == '"' && bytes.IndexByte(raw, '\\') < 0: // what most values are
		return []string{string(raw[1 : len(raw)-1])}
	}
	return slices.DeleteFunc(v.Strings(name), func(s string) bool { return s == "" || s == "null" })
}

const (
	whereWord = "where"
	andWord   = " and "
)

// Parse takes the value of a rule apart. The error is a sentence without a full
// stop that says what is wrong with the name or the value.
func Parse(name, value string) (Value, error) {
	kind, known := find(List, name)
	if !known {
		if _, check := find(Checks, name); check {
			return Value{}, fmt.Errorf("%q is checked always, so it needs no rule; “name: off, value: %s” switches it off", name, name)
		}
		return Value{}, fmt.Errorf("there is no rule %q; %s", name, suggest(name, Names(List)))
	}
	spec, condition, limited := cutWhere(value)
	var v Value
	if limited {
		if kind.Shape == CheckName {
			return Value{}, fmt.Errorf("rule %q takes no “where”", name)
		}
		var err error
		if v.Where, err = parseWhere(name, condition); err != nil {
			return Value{}, err
		}
	}
	return v, parseSpec(kind, spec, &v)
}

func find(list []Kind, name string) (Kind, bool) {
	if i := slices.IndexFunc(list, func(k Kind) bool { return k.Name == name }); i >= 0 {
		return list[i], true
	}
	return Kind{}, false
}

func cutWhere(value string) (spec, condition string, limited bool) {
	value = strings.TrimSpace(value)
	if rest, ok := strings.CutPrefix(value, whereWord+" "); ok {
		return "", rest, true
	}
	if value == whereWord {
		return "", "", true
	}
	return strings.Cut(value, " "+whereWord+" ")
}

func parseWhere(rule, condition string) ([]Condition, error) {
	var where []Condition
	for _, part := range strings.Split(condition, andWord) {
		name, values, given := strings.Cut(part, "=")
		c := Condition{Attribute: strings.TrimSpace(name)}
		if given {
			c.Values = split(values)
		}
		if c.Attribute == "" || given && len(c.Values) == 0 {
			return nil, fmt.Errorf("rule %q: after “where” comes an attribute with values, like “where type=AID,SANCTION”, and not %q", rule, strings.TrimSpace(condition))
		}
		where = append(where, c)
	}
	return where, nil
}

// parseSpec reads what stands before the condition.
func parseSpec(kind Kind, spec string, v *Value) error {
	switch kind.Shape {
	case NoValue:
		if spec != "" {
			return fmt.Errorf("rule %q takes no value, but %q is given (a condition begins with “where”)", kind.Name, spec)
		}
	case Number:
		n, err := strconv.Atoi(spec)
		if err != nil || n < 1 {
			return fmt.Errorf("rule %q needs a number from 1, and its value is %q", kind.Name, spec)
		}
		v.Number = n
	case Policy:
		return parseOneOf(kind.Name, spec, Policies, &v.Choice)
	case CheckName:
		return parseOneOf(kind.Name, spec, Names(Checks), &v.Choice)
	case Attribute:
		name, values, given := strings.Cut(spec, "=")
		v.Names = split(name)
		if given {
			v.Values = split(values)
		}
		if len(v.Names) != 1 || given && len(v.Values) == 0 {
			return fmt.Errorf("rule %q needs an attribute, like “mode” or “mode=riot,strike”, and its value is %q", kind.Name, spec)
		}
	case Labels, Relations, Pair:
		return parseNames(kind, spec, v)
	}
	return nil
}

func parseOneOf(rule, spec string, allowed []string, into *string) error {
	if !slices.Contains(allowed, spec) {
		return fmt.Errorf("rule %q: the value %q is none of its values; %s", rule, spec, suggest(spec, allowed))
	}
	*into = spec
	return nil
}

func parseNames(kind Kind, spec string, v *Value) error {
	v.Names = split(spec)
	what := map[Shape]string{Labels: "a label", Relations: "a relation", Pair: "an attribute"}[kind.Shape]
	switch {
	case len(v.Names) < kind.least && kind.least == 1:
		return fmt.Errorf("rule %q needs the name of %s as its value", kind.Name, what)
	case len(v.Names) < kind.least, kind.Shape == Pair && len(v.Names) > 2:
		return fmt.Errorf("rule %q needs the names of two of them, like “first,second”: each is %s; its value is %q", kind.Name, what, spec)
	}
	return nil
}

func split(list string) []string {
	var names []string
	for _, name := range strings.Split(list, ",") {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// String writes the value of a rule of a kind as Parse reads it.
func (v Value) String(kind Kind) string {
	var spec string
	switch kind.Shape {
	case Number:
		spec = strconv.Itoa(v.Number)
	case Policy, CheckName:
		spec = v.Choice
	case Attribute:
		spec = Condition{Attribute: strings.Join(v.Names, ","), Values: v.Values}.String()
	default:
		spec = strings.Join(v.Names, ",")
	}
	var where []string
	for _, c := range v.Where {
		where = append(where, c.String())
	}
	if len(where) == 0 {
		return spec
	}
	return strings.TrimSpace(spec + " " + whereWord + " " + strings.Join(where, andWord))
}

func (c Condition) String() string {
	if len(c.Values) == 0 {
		return c.Attribute
	}
	return c.Attribute + "=" + strings.Join(c.Values, ",")
}
