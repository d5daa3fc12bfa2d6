package schema

import (
	"bytes"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"gopkg.in/yaml.v3"

	"lede/annotate"
)

// Write writes the file as YAML. The same schema gives the same bytes.
func (f *File) Write() ([]byte, error) {
	var b bytes.Buffer
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	if err := enc.Encode(f.node()); err != nil {
		return nil, err
	}
	if err := enc.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// node is the file as YAML nodes. They are made here and not by yaml.v3, which
// writes some texts (a lone line break, say) so that they read back otherwise.
func (f *File) node() *yaml.Node {
	m := mapping{node: &yaml.Node{Kind: yaml.MappingNode}}
	m.text("name", f.Name)
	m.text("title", f.Title)
	m.text("description", f.Description)
	m.put("labels", sequence(f.Labels, Label.node))
	m.list("relations", sequence(f.Relations, Relation.node))
	m.list("attributes", sequence(f.Attributes, Attribute.node))
	m.list("rules", sequence(f.Rules, Rule.node))
	return m.node
}

func (l Label) node() *yaml.Node {
	m := mapping{node: &yaml.Node{Kind: yaml.MappingNode}}
	m.put("name", scalar(l.Name))
	m.text("title", l.Title)
	m.text("color", l.Color)
	m.text("color_dark", l.ColorDark)
	m.text("pattern", string(l.Pattern))
	m.text("hotkey", l.Hotkey)
	m.text("parent", l.Parent)
	m.text("entity", l.Entity)
	m.text("description", l.Description)
	m.text("guideline", l.Guideline)
	return m.node
}

func (r Relation) node() *yaml.Node {
	m := mapping{node: &yaml.Node{Kind: yaml.MappingNode}}
	m.put("name", scalar(r.Name))
	m.text("title", r.Title)
	m.text("description", r.Description)
	m.list("from", flow(r.From))
	m.list("to", flow(r.To))
	m.count("min", r.Min)
	m.count("max", r.Max)
	m.text("hotkey", r.Hotkey)
	return m.node
}

func (a Attribute) node() *yaml.Node {
	m := mapping{node: &yaml.Node{Kind: yaml.MappingNode}}
	m.put("name", scalar(a.Name))
	m.text("title", a.Title)
	m.text("scope", string(a.Scope))
	m.list("labels", flow(a.Labels))
	m.text("type", string(a.Type))
	if a.Required {
		m.put("required", &yaml.Node{Kind: yaml.ScalarNode, Value: "true"})
	}
	m.text("description", a.Description)
	if len(a.Default) > 0 {
		m.put("default", presetNode(a.Default))
	}
	m.when(a.When)
	m.list("choices", sequence(a.Choices, Choice.node))
	return m.node
}

// node is just the name if there is nothing else to say.
func (c Choice) node() *yaml.Node {
	if c.Title == "" && len(c.When) == 0 {
		return scalar(c.Name)
	}
	m := mapping{node: &yaml.Node{Kind: yaml.MappingNode, Style: yaml.FlowStyle}}
	m.put("name", scalar(c.Name))
	m.text("title", c.Title)
	m.when(c.When)
	return m.node
}

func (r Rule) node() *yaml.Node {
	m := mapping{node: &yaml.Node{Kind: yaml.MappingNode}}
	m.put("name", scalar(r.Name))
	m.text("label", r.Label)
	m.text("value", r.Value)
	return m.node
}

// mapping is a YAML mapping as it is put together; what is empty is left out.
type mapping struct{ node *yaml.Node }

func (m mapping) put(key string, value *yaml.Node) {
	m.node.Content = append(m.node.Content, scalar(key), value)
}

func (m mapping) text(key, value string) {
	if value != "" {
		m.put(key, scalar(value))
	}
}

func (m mapping) count(key string, value int) {
	if value != 0 {
		m.put(key, &yaml.Node{Kind: yaml.ScalarNode, Value: strconv.Itoa(value)})
	}
}

func (m mapping) when(w annotate.When) {
	if len(w) == 0 {
		return
	}
	when := mapping{node: &yaml.Node{Kind: yaml.MappingNode, Style: yaml.FlowStyle}}
	for _, name := range slices.Sorted(maps.Keys(w)) {
		when.put(name, flow(w[name]))
	}
	m.put("when", when.node)
}

func (m mapping) list(key string, items *yaml.Node) {
	if len(items.Content) > 0 {
		m.put(key, items)
	}
}

func sequence[T any](items []T, node func(T) *yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.SequenceNode, Content: each(items, node)}
}

func flow(items []string) *yaml.Node {
	n := sequence(items, scalar)
	n.Style = yaml.FlowStyle
	return n
}

// paragraphs is text that comes back the same from a block of lines: it starts
// and ends with something to see.
var paragraphs = regexp.MustCompile(`^\S(.*\n)*.*\S\n?$`)

// scalar is a string, in a block if it is plain text of several lines, and in
// double quotes if it has characters that YAML may drop or take for line breaks.
func scalar(s string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}
	odd := strings.ContainsFunc(s, func(r rune) bool {
		return r != '\n' && !unicode.IsGraphic(r) || unicode.IsSpace(r) && r > ' '
	})
	switch {
	case strings.Contains(s, "\n") && !odd && paragraphs.MatchString(s):
		n.Style = yaml.LiteralStyle
	case odd || s == "<<" || strings.Contains(s, "\n"): // << merges in YAML
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}

// Of is a project's schema by names.
func Of(s *annotate.Schema) *File {
	f := &File{Labels: []Label{}}
	label, relation := nameOfLabel(s), nameOfRelation(s)
	for _, l := range s.Labels {
		f.Labels = append(f.Labels, Label{
			Name: l.Name, Title: unlessMade(l.Title, l.Name), Color: l.Color, ColorDark: l.ColorDark, Pattern: l.Pattern,
			Hotkey: l.Hotkey, Parent: label(l.Parent), Entity: l.Entity, Description: l.Description, Guideline: l.Guideline,
		})
	}
	for _, t := range s.RelationTypes {
		f.Relations = append(f.Relations, Relation{
			Name: t.Name, Title: unlessMade(t.Title, t.Name), Description: t.Description,
			From: each(t.From, label), To: each(t.To, label), Min: t.Min, Max: t.Max, Hotkey: t.Hotkey,
		})
	}
	for _, a := range s.Attributes {
		of := label
		if a.Scope == annotate.RelationScope {
			of = relation
		}
		attribute := Attribute{
			Name: a.Name, Title: unlessMade(a.Title, a.Name), Scope: a.Scope, Labels: each(a.Labels, of),
			Type: a.Type, Required: a.Required, Description: a.Description, When: a.When,
		}
		for _, c := range a.Choices {
			attribute.Choices = append(attribute.Choices, Choice{Name: c.Name, Title: unlessMade(c.Title, c.Name), When: c.When})
		}
		if Fits(a, a.Default) { // another tool may have written what no file can say
			attribute.Default = a.Default
		}
		f.Attributes = append(f.Attributes, attribute)
	}
	for _, r := range s.Rules {
		f.Rules = append(f.Rules, Rule{Name: r.Name, Label: label(r.Label), Value: r.Value})
	}
	return f
}

// unlessMade leaves out a title that Records would make again.
func unlessMade(title, name string) string {
	if title == TitleOf(name) {
		return ""
	}
	return title
}

func nameOfLabel(s *annotate.Schema) func(annotate.ID) string {
	return func(id annotate.ID) string {
		l, _ := s.Label(id)
		return l.Name
	}
}

func nameOfRelation(s *annotate.Schema) func(annotate.ID) string {
	return func(id annotate.ID) string {
		t, _ := s.RelationType(id)
		return t.Name
	}
}

func each[A, B any](items []A, f func(A) B) []B {
	var all []B
	for _, item := range items {
		all = append(all, f(item))
	}
	return all
}
