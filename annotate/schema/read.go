package schema

import (
	"fmt"

	"gopkg.in/yaml.v3"

	"lede/annotate"
)

// file reads the whole file and checks what its parts say of each other.
func (p *parser) file(n *yaml.Node) (*File, error) {
	f := &File{}
	p.lines = map[string]int{}
	err := p.mapping(
		n, "a schema",
		p.text("name", &f.Name), p.text("title", &f.Title), p.text("description", &f.Description),
		p.list("labels", func(item *yaml.Node) error { return p.label(f, item) }),
		p.list("relations", func(item *yaml.Node) error { return p.relation(f, item) }),
		p.list("attributes", func(item *yaml.Node) error { return p.attribute(f, item) }),
		p.list("rules", func(item *yaml.Node) error { return p.rule(f, item) }),
	)
	if err != nil {
		return nil, err
	}
	return f, p.check(f)
}

func (p *parser) label(f *File, n *yaml.Node) error {
	var l Label
	if n = resolve(n); n.Kind == yaml.ScalarNode { // just a name
		name, err := p.scalar("a label", n)
		if err != nil {
			return err
		}
		l.Name = name
	} else if err := p.mapping(
		n, "a label",
		p.text("name", &l.Name), p.text("title", &l.Title),
		p.text("color", &l.Color), p.text("color_dark", &l.ColorDark),
		oneOf(p, "pattern", &l.Pattern, annotate.Solid, annotate.Dashed, annotate.Double, annotate.Dotted),
		p.text("hotkey", &l.Hotkey), p.text("parent", &l.Parent), p.text("entity", &l.Entity),
		p.text("description", &l.Description), p.text("guideline", &l.Guideline),
	); err != nil {
		return err
	}
	p.lines[at("label", len(f.Labels))] = n.Line
	f.Labels = append(f.Labels, l)
	return nil
}

func (p *parser) relation(f *File, n *yaml.Node) error {
	var r Relation
	if n = resolve(n); n.Kind == yaml.ScalarNode {
		name, err := p.scalar("a relation", n)
		if err != nil {
			return err
		}
		r.Name = name
	} else if err := p.mapping(
		n, "a relation",
		p.text("name", &r.Name), p.text("title", &r.Title), p.text("description", &r.Description),
		p.texts("from", &r.From), p.texts("to", &r.To),
		p.count("min", &r.Min), p.count("max", &r.Max), p.text("hotkey", &r.Hotkey),
	); err != nil {
		return err
	}
	p.lines[at("relation", len(f.Relations))] = n.Line
	f.Relations = append(f.Relations, r)
	return nil
}

func (p *parser) attribute(f *File, n *yaml.Node) error {
	var a Attribute
	var preset *yaml.Node // read last: what it may be depends on the type and the choices
	err := p.mapping(
		n, "an attribute",
		p.text("name", &a.Name), p.text("title", &a.Title),
		oneOf(p, "scope", &a.Scope, annotate.SpanScope, annotate.RelationScope, annotate.EntityScope, annotate.DocumentScope),
		p.texts("labels", &a.Labels),
		oneOf(p, "type", &a.Type, annotate.TextValue, annotate.NumberValue, annotate.BooleanValue,
			annotate.OneOf, annotate.ManyOf, annotate.DateValue),
		p.truth("required", &a.Required), p.text("description", &a.Description),
		field{"default", func(n *yaml.Node) error { preset = n; return nil }},
		p.when(&a.When),
		p.list("choices", func(item *yaml.Node) error { return p.choice(&a, item) }),
	)
	if err == nil && preset != nil {
		err = p.preset(&a, preset)
	}
	if err != nil {
		return err
	}
	p.lines[at("attribute", len(f.Attributes))] = resolve(n).Line
	f.Attributes = append(f.Attributes, a)
	return nil
}

func (p *parser) choice(a *Attribute, n *yaml.Node) error {
	var c Choice
	if n = resolve(n); n.Kind == yaml.ScalarNode {
		name, err := p.scalar("a choice", n)
		if err != nil {
			return err
		}
		c.Name = name
	} else if err := p.mapping(
		n, "a choice",
		p.text("name", &c.Name), p.text("title", &c.Title), p.when(&c.When),
	); err != nil {
		return err
	}
	if err := p.properName(n.Line, "a choice", c.Name); err != nil {
		return err
	}
	for _, other := range a.Choices {
		if other.Name == c.Name {
			return p.fail(n.Line, "the choice %q is there twice", c.Name)
		}
	}
	a.Choices = append(a.Choices, c)
	return nil
}

// when reads a condition on the values of other attributes.
func (p *parser) when(into *annotate.When) field {
	return field{"when", func(n *yaml.Node) error {
		n = resolve(n)
		if n.Kind != yaml.MappingNode {
			return p.fail(n.Line, "when must name attributes with their values, like “when: {type: [PROTEST]}”")
		}
		*into = annotate.When{}
		for i := 0; i < len(n.Content); i += 2 {
			name := n.Content[i].Value
			if _, twice := (*into)[name]; twice {
				return p.fail(n.Content[i].Line, "when has %q twice", name)
			}
			var values []string
			if err := p.texts(name, &values).read(n.Content[i+1]); err != nil {
				return err
			}
			(*into)[name] = values
		}
		return nil
	}}
}

func (p *parser) rule(f *File, n *yaml.Node) error {
	var r Rule
	err := p.mapping(n, "a rule", p.text("name", &r.Name), p.text("label", &r.Label), p.text("value", &r.Value))
	if err != nil {
		return err
	}
	p.lines[at("rule", len(f.Rules))] = resolve(n).Line
	f.Rules = append(f.Rules, r)
	return nil
}

func at(kind string, index int) string { return fmt.Sprintf("%s %d", kind, index) }
