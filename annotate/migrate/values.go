package migrate

import (
	"fmt"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/rules"
	"lede/annotate/schema"
)

// RenameValue gives a choice of an attribute another name, and the values
// everywhere.
type RenameValue struct {
	Attribute annotate.ID
	From, To  string
}

func (s RenameValue) compile(p *planner, e *effect) error {
	a, err := p.attribute(s.Attribute)
	if err != nil {
		return err
	}
	c := choice(a, s.From)
	switch {
	case c == nil:
		return noValue(a, s.From)
	case choice(a, s.To) != nil:
		return refuse("Merge the two instead.", "Attribute “%s” has a value “%s” already.", a.Name, s.To)
	case strings.TrimSpace(s.To) == "":
		return nameRefused("value", "", "")
	}
	if c.Title == schema.TitleOf(s.From) || c.Title == "" {
		c.Title = schema.TitleOf(s.To)
	}
	c.Name = s.To
	e.title = fmt.Sprintf("Rename value “%s” of “%s” to “%s”", s.From, a.Name, s.To)
	e.mapValues(p, a, map[string]string{s.From: s.To})
	of := *a
	e.tell = func(e *effect) []string {
		return []string{fmt.Sprintf("Value “%s” of “%s” is called “%s”: %s.", s.From, of.Name, s.To, e.where(of, e.values))}
	}
	return nil
}

// MergeValues makes some values of an attribute another one, everywhere, and
// removes their choices.
type MergeValues struct {
	Attribute annotate.ID
	From      []string
	Into      string
}

func (s MergeValues) compile(p *planner, e *effect) error {
	a, err := p.attribute(s.Attribute)
	if err != nil {
		return err
	}
	if choice(a, s.Into) == nil {
		return noValue(a, s.Into)
	}
	to := map[string]string{}
	for _, from := range s.From {
		if choice(a, from) == nil {
			return noValue(a, from)
		}
		if from == s.Into {
			return refuse("Choose another one.", "A value cannot be merged into itself.")
		}
		to[from] = s.Into
	}
	a.Choices = slices.DeleteFunc(a.Choices, func(c annotate.Choice) bool { return slices.Contains(s.From, c.Name) })
	names := "“" + strings.Join(s.From, "”, “") + "”"
	e.title = fmt.Sprintf("Merge value %s of “%s” into “%s”", names, a.Name, s.Into)
	e.mapValues(p, a, to)
	of := *a
	e.tell = func(e *effect) []string {
		return []string{fmt.Sprintf("%s of “%s” %s “%s”: %s.", names, of.Name, verb(len(s.From), "becomes", "become"), s.Into, e.where(of, e.values))}
	}
	return nil
}

// DeleteValue removes a choice of an attribute and its values everywhere, or makes
// them the choice To. In a list of values only the one goes.
type DeleteValue struct {
	Attribute annotate.ID
	Value     string
	To        string // "" = no value
}

func (s DeleteValue) compile(p *planner, e *effect) error {
	if s.To != "" {
		err := MergeValues{s.Attribute, []string{s.Value}, s.To}.compile(p, e)
		e.title = strings.Replace(e.title, "Merge", "Delete", 1)
		return err
	}
	a, err := p.attribute(s.Attribute)
	if err != nil {
		return err
	}
	if choice(a, s.Value) == nil {
		return noValue(a, s.Value)
	}
	if len(a.Choices) == 1 {
		return refuse("Delete the attribute instead.", "“%s” is the only value of “%s”.", s.Value, a.Name)
	}
	a.Choices = slices.DeleteFunc(a.Choices, func(c annotate.Choice) bool { return c.Name == s.Value })
	e.title = fmt.Sprintf("Delete value “%s” of “%s”", s.Value, a.Name)
	e.mapValues(p, a, map[string]string{s.Value: ""})
	of := *a
	e.tell = func(e *effect) []string {
		if e.values == 0 {
			return []string{fmt.Sprintf("Value “%s” of “%s” is deleted.", s.Value, of.Name)}
		}
		return []string{fmt.Sprintf("Value “%s” of “%s” is deleted, and with it %s.", s.Value, of.Name, e.where(of, e.values))}
	}
	return nil
}

func choice(a *annotate.Attribute, name string) *annotate.Choice {
	if i := slices.IndexFunc(a.Choices, func(c annotate.Choice) bool { return c.Name == name }); i >= 0 {
		return &a.Choices[i]
	}
	return nil
}

func noValue(a *annotate.Attribute, name string) error {
	return &annotate.Error{Kind: annotate.ErrNotFound, Detail: fmt.Sprintf("Attribute “%s” has no value “%s”.", a.Name, name), Hint: "Open the schema anew."}
}

// mapValues turns values of an attribute into others, or into none where to is "":
// of spans and the like, in its default, in conditions and in rules.
func (e *effect) mapValues(p *planner, a *annotate.Attribute, to map[string]string) {
	change := func(s string) (string, bool) {
		now, named := to[s]
		if !named {
			return s, true
		}
		return now, now != ""
	}
	name := a.Name
	e.onValues(*a, func(v annotate.Values) (annotate.Values, int) {
		after, changed := mapped(v[name], change)
		if !changed {
			return v, 0
		}
		if after == nil {
			e.touch(&e.goneValues)
		}
		return v.With(name, after), 1
	})
	if len(a.Default) > 0 {
		a.Default, _ = mapped(a.Default, change)
	}
	p.conditions(*a, func(w annotate.When) annotate.When { return conditioned(w, name, eachOnce(w[name], change)) })
	e.rewrite(p.rulesOf(*a), rules.Renames{Values: map[string]map[string]string{name: to}})
}

func eachOnce(all []string, change func(string) (string, bool)) []string {
	var out []string
	for _, s := range all {
		if now, stays := change(s); stays && !slices.Contains(out, now) {
			out = append(out, now)
		}
	}
	return out
}
