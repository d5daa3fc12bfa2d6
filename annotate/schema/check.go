package schema

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lede/annotate"
)

// check holds the parts of a file against each other.
func (p *parser) check(f *File) error {
	if err := p.checkLabels(f); err != nil {
		return err
	}
	if err := p.checkRelations(f); err != nil {
		return err
	}
	for i := range f.Attributes {
		if err := p.checkAttribute(f, i); err != nil {
			return err
		}
	}
	for i := range f.Rules {
		if err := p.checkRule(f, i); err != nil {
			return err
		}
	}
	return nil
}

var color = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

func (p *parser) checkLabels(f *File) error {
	keys := map[string]string{}
	for i := range f.Labels {
		l, line := &f.Labels[i], p.lines[at("label", i)]
		if err := p.properName(line, "a label", l.Name); err != nil {
			return err
		}
		if slices.ContainsFunc(f.Labels[:i], func(o Label) bool { return o.Name == l.Name }) {
			return p.fail(line, "the label %q is there twice", l.Name)
		}
		for _, c := range []*string{&l.Color, &l.ColorDark} {
			if *c != "" && !color.MatchString(*c) {
				return p.fail(line, "label %q: the colour %q is not like #0072b2", l.Name, *c)
			}
			*c = strings.ToLower(*c)
		}
		if strings.ContainsAny(l.Entity, "\n\x00") {
			return p.fail(line, "label %q: the kind of entity %q has a line break or a NUL", l.Name, l.Entity)
		}
		if l.Hotkey == "" {
			continue
		}
		if r, n := utf8.DecodeRuneInString(l.Hotkey); n != len(l.Hotkey) || !unicode.IsLetter(r) && (r < '0' || r > '9') {
			return p.fail(line, "label %q: the hotkey %q is neither a digit nor a letter", l.Name, l.Hotkey)
		}
		if other, taken := keys[strings.ToLower(l.Hotkey)]; taken {
			return p.fail(line, "label %q: the hotkey %q is that of label %q already", l.Name, l.Hotkey, other)
		}
		keys[strings.ToLower(l.Hotkey)] = l.Name
	}
	return p.checkParents(f)
}

// checkParents refuses unknown parents and labels that are their own ancestor.
func (p *parser) checkParents(f *File) error {
	parent := map[string]string{}
	for _, l := range f.Labels {
		parent[l.Name] = l.Parent
	}
	for i, l := range f.Labels {
		line := p.lines[at("label", i)]
		if l.Parent != "" && !f.hasLabel(l.Parent) {
			return p.fail(line, "label %q: its parent %q is not in this file", l.Name, l.Parent)
		}
		steps := 0
		for above := l.Parent; above != ""; above = parent[above] {
			if steps++; above == l.Name || steps > len(f.Labels) {
				return p.fail(line, "label %q is its own ancestor", l.Name)
			}
		}
	}
	return nil
}

func (p *parser) checkRelations(f *File) error {
	for i, r := range f.Relations {
		line := p.lines[at("relation", i)]
		if err := p.properName(line, "a relation", r.Name); err != nil {
			return err
		}
		if slices.ContainsFunc(f.Relations[:i], func(o Relation) bool { return o.Name == r.Name }) {
			return p.fail(line, "the relation %q is there twice", r.Name)
		}
		for _, l := range slices.Concat(r.From, r.To) {
			if !f.hasLabel(l) {
				return p.fail(line, "relation %q names the label %q, which is not in this file", r.Name, l)
			}
		}
		if r.Max > 0 && r.Max < r.Min {
			return p.fail(line, "relation %q: max is %d and min %d", r.Name, r.Max, r.Min)
		}
		if r.Hotkey == "" {
			continue
		}
		if len(r.Hotkey) != 1 || r.Hotkey < "1" || r.Hotkey > "9" {
			return p.fail(line, "relation %q: the hotkey %q is not one of 1 to 9, which is pressed with Ctrl", r.Name, r.Hotkey)
		}
		for _, o := range f.Relations[:i] {
			if o.Hotkey == r.Hotkey && meet(o.From, r.From) {
				return p.fail(line, "relation %q: the hotkey %q is that of relation %q already, and both start at the same label", r.Name, r.Hotkey, o.Name)
			}
		}
	}
	return nil
}

func (p *parser) checkAttribute(f *File, i int) error {
	a, line := f.Attributes[i], p.lines[at("attribute", i)]
	if err := p.properName(line, "an attribute", a.Name); err != nil {
		return err
	}
	if a.Scope == "" || a.Type == "" {
		return p.fail(line, "attribute %q needs a scope and a type", a.Name)
	}
	if a.Scope == annotate.DocumentScope && len(a.Labels) > 0 {
		return p.fail(line, "attribute %q is a field of documents, which have no labels", a.Name)
	}
	for _, l := range a.Labels {
		if a.Scope == annotate.RelationScope && !f.hasRelation(l) {
			return p.fail(line, "attribute %q names the relation %q, which is not in this file", a.Name, l)
		}
		if a.Scope != annotate.RelationScope && !f.hasLabel(l) {
			return p.fail(line, "attribute %q names the label %q, which is not in this file", a.Name, l)
		}
	}
	listed := a.Type == annotate.OneOf || a.Type == annotate.ManyOf
	if listed != (len(a.Choices) > 0) {
		return p.fail(line, "attribute %q: choices and the types one_of and many_of go together", a.Name)
	}
	for _, o := range f.Attributes[:i] {
		if o.Name == a.Name && o.Scope == a.Scope && meet(o.Labels, a.Labels) {
			return p.fail(line, "the attribute %q is there twice for the same thing", a.Name)
		}
	}
	return p.checkWhen(f, a, line)
}

// checkWhen holds conditions against the attributes that they name.
func (p *parser) checkWhen(f *File, a Attribute, line int) error {
	if err := p.checkCondition(f, a, line, fmt.Sprintf("attribute %q", a.Name), a.When); err != nil {
		return err
	}
	for _, c := range a.Choices {
		if err := p.checkCondition(f, a, line, fmt.Sprintf("attribute %q, choice %q", a.Name, c.Name), c.When); err != nil {
			return err
		}
	}
	return nil
}

func (p *parser) checkCondition(f *File, a Attribute, line int, what string, when annotate.When) error {
	for _, name := range slices.Sorted(maps.Keys(when)) {
		i := slices.IndexFunc(f.Attributes, func(o Attribute) bool {
			return o.Name == name && o.Scope == a.Scope && meet(o.Labels, a.Labels)
		})
		if i < 0 || name == a.Name {
			return p.fail(line, "%s: there is no other attribute %q to depend on", what, name)
		}
		for _, v := range when[name] {
			if o := f.Attributes[i]; len(o.Choices) > 0 && !slices.ContainsFunc(o.Choices, func(c Choice) bool { return c.Name == v }) {
				return p.fail(line, "%s: %q is no choice of %q", what, v, name)
			}
		}
	}
	return nil
}

// meet says whether two lists of labels have one in common; none = all.
func meet(a, b []string) bool {
	if len(a) == 0 || len(b) == 0 {
		return true
	}
	return slices.ContainsFunc(a, func(l string) bool { return slices.Contains(b, l) })
}

func (p *parser) properName(line int, what, name string) error {
	switch {
	case name == "":
		return p.fail(line, "%s has no name", what)
	case strings.ContainsAny(name, "\n\x00"):
		return p.fail(line, "the name %q of %s has a line break or a NUL", name, what)
	}
	return nil
}

func (f *File) hasLabel(name string) bool {
	return slices.ContainsFunc(f.Labels, func(l Label) bool { return l.Name == name })
}

func (f *File) hasRelation(name string) bool {
	return slices.ContainsFunc(f.Relations, func(r Relation) bool { return r.Name == name })
}
