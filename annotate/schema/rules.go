package schema

import (
	"slices"

	"lede/annotate"
	"lede/annotate/rules"
)

// checkRule refuses a rule that could not be checked: one that there is not, a value
// that it does not take, or one that names what is not in the file.
func (p *parser) checkRule(f *File, i int) error {
	r, line := f.Rules[i], p.lines[at("rule", i)]
	if err := p.properName(line, "a rule", r.Name); err != nil {
		return err
	}
	if r.Label != "" && !f.hasLabel(r.Label) {
		return p.fail(line, "rule %q is for the label %q, which is not in this file%s", r.Name, r.Label, meant(r.Label, f.labelNames()))
	}
	v, err := rules.Parse(r.Name, r.Value)
	if err != nil {
		return p.fail(line, "%s", err)
	}
	if slices.Contains(f.Rules[:i], r) {
		return p.fail(line, "rule %q is there twice", r.Name)
	}
	kind, _ := rules.KindOf(r.Name)
	for _, name := range v.Names {
		if err := p.checkNamed(f, r, line, kind.Shape, name); err != nil {
			return err
		}
	}
	conditions := v.Where
	if kind.Shape == rules.Attribute {
		conditions = append([]rules.Condition{{Attribute: v.Names[0], Values: v.Values}}, conditions...)
	}
	for _, c := range conditions {
		if err := p.checkWhere(f, r, line, c); err != nil {
			return err
		}
	}
	return nil
}

// checkNamed holds a name in the value of a rule against the file.
func (p *parser) checkNamed(f *File, r Rule, line int, shape rules.Shape, name string) error {
	var what string
	var names []string
	switch shape {
	case rules.Labels:
		what, names = "label", f.labelNames()
	case rules.Relations:
		what, names = "relation", f.relationNames()
	case rules.Pair:
		what, names = "attribute", f.attributeNames(r.Label)
	default: // conditions have attributes
		return nil
	}
	if slices.Contains(names, name) {
		return nil
	}
	return p.fail(line, "rule %q names the %s %q, which is not in this file%s", r.Name, what, name, meant(name, names))
}

// checkWhere holds an attribute and its values against the file.
func (p *parser) checkWhere(f *File, r Rule, line int, c rules.Condition) error {
	names := f.attributeNames(r.Label)
	if !slices.Contains(names, c.Attribute) {
		return p.fail(line, "rule %q names the attribute %q, which its spans do not have%s", r.Name, c.Attribute, meant(c.Attribute, names))
	}
	var choices []string
	for _, a := range f.Attributes {
		if a.Name == c.Attribute && a.Scope == annotate.SpanScope && meets(a, r.Label) {
			if len(a.Choices) == 0 {
				return nil // any value
			}
			for _, choice := range a.Choices {
				choices = append(choices, choice.Name)
			}
		}
	}
	for _, v := range c.Values {
		if !slices.Contains(choices, v) {
			return p.fail(line, "rule %q: %q is no choice of %q%s", r.Name, v, c.Attribute, meant(v, choices))
		}
	}
	return nil
}

// meant asks whether a near name was meant.
func meant(name string, names []string) string {
	if near := rules.Near(name, names); near != "" {
		return "; do you mean “" + near + "”?"
	}
	return ""
}

func (f *File) labelNames() []string {
	names := make([]string, len(f.Labels))
	for i, l := range f.Labels {
		names[i] = l.Name
	}
	return names
}

func (f *File) relationNames() []string {
	names := make([]string, len(f.Relations))
	for i, r := range f.Relations {
		names[i] = r.Name
	}
	return names
}

// attributeNames are the attributes of spans with a label, "" for any.
func (f *File) attributeNames(label string) []string {
	var names []string
	for _, a := range f.Attributes {
		if a.Scope == annotate.SpanScope && meets(a, label) && !slices.Contains(names, a.Name) {
			names = append(names, a.Name)
		}
	}
	return names
}

func meets(a Attribute, label string) bool { return label == "" || meet(a.Labels, []string{label}) }
