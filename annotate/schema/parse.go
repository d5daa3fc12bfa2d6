package schema

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"lede/annotate"
)

// Error is what is wrong with a schema file, and where.
type Error struct {
	File   string
	Line   int // from 1; 0 = the file as a whole
	Reason string
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return e.File + ": " + e.Reason
	}
	return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Reason)
}

// Is makes an Error an annotate.ErrInvalid.
func (e *Error) Is(target error) bool { return target == annotate.ErrInvalid }

// Parse reads a schema file; name is what errors call it.
func Parse(name string, raw []byte) (*File, error) {
	p := parser{name: name}
	if !utf8.Valid(raw) {
		return nil, p.fail(0, "it is not UTF-8 text")
	}
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	var doc, more yaml.Node
	if err := dec.Decode(&doc); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, p.fail(0, "it is empty; a schema has at least “labels: []”")
		}
		return nil, p.syntax(err)
	}
	if err := dec.Decode(&more); !errors.Is(err, io.EOF) {
		return nil, p.fail(max(more.Line, 0), "a schema file holds one document, and here a second begins")
	}
	f, err := p.file(doc.Content[0])
	if err != nil {
		return nil, err
	}
	return f, nil
}

// parser reads YAML nodes strictly. It remembers the lines of what it read, for
// the checks that need everything.
type parser struct {
	name  string
	lines map[string]int
}

func (p *parser) fail(line int, format string, args ...any) error {
	return &Error{File: p.name, Line: line, Reason: fmt.Sprintf(format, args...)}
}

var yamlLine = regexp.MustCompile(`^yaml: line (\d+): (.*)$`)

func (p *parser) syntax(err error) error {
	if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
		line, _ := strconv.Atoi(m[1])
		return p.fail(line, "this is not YAML: %s", m[2])
	}
	return p.fail(0, "this is not YAML: %s", strings.TrimPrefix(err.Error(), "yaml: "))
}

// field reads one field of a mapping.
type field struct {
	name string
	read func(n *yaml.Node) error
}

// mapping reads a mapping whose fields are all known and there once.
func (p *parser) mapping(n *yaml.Node, what string, fields ...field) error {
	n = resolve(n)
	if n.Kind != yaml.MappingNode {
		return p.fail(n.Line, "%s must be fields with values, like “name: …”", what)
	}
	seen := map[string]bool{}
	for i := 0; i < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		at := slices.IndexFunc(fields, func(f field) bool { return f.name == key.Value })
		if at < 0 {
			return p.fail(key.Line, "%s has no field %q; it may have %s", what, key.Value, names(fields))
		}
		if seen[key.Value] {
			return p.fail(key.Line, "%s has the field %q twice", what, key.Value)
		}
		seen[key.Value] = true
		if err := fields[at].read(value); err != nil {
			return err
		}
	}
	return nil
}

func names(fields []field) string {
	all := make([]string, len(fields))
	for i, f := range fields {
		all[i] = f.name
	}
	return strings.Join(all, ", ")
}

func resolve(n *yaml.Node) *yaml.Node {
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n
}

// text reads a scalar as it is written: 1, yes and 2026-03 are names like others.
func (p *parser) text(name string, into *string) field {
	return field{name, func(n *yaml.Node) error {
		value, err := p.scalar(name, n)
		*into = value
		return err
	}}
}

func (p *parser) scalar(name string, n *yaml.Node) (string, error) {
	n = resolve(n)
	switch {
	case n.Kind != yaml.ScalarNode:
		return "", p.fail(n.Line, "%s must be one value", name)
	case n.Tag == "!!null" && strings.HasPrefix(name, "color"):
		return "", p.fail(n.Line, `%s is empty; YAML takes # for a comment, so quote it: "#0072b2"`, name)
	case n.Tag == "!!null":
		return "", p.fail(n.Line, "%s is empty; leave the field out or write \"\"", name)
	}
	return n.Value, nil
}

func (p *parser) count(name string, into *int) field {
	return field{name, func(n *yaml.Node) error {
		value, err := p.scalar(name, n)
		if err != nil {
			return err
		}
		number, err := strconv.Atoi(value)
		if err != nil || number < 0 {
			return p.fail(n.Line, "%s is %q; it must be a number from 0", name, value)
		}
		*into = number
		return nil
	}}
}

func (p *parser) truth(name string, into *bool) field {
	return field{name, func(n *yaml.Node) error {
		value, err := p.scalar(name, n)
		if err != nil {
			return err
		}
		if value != "true" && value != "false" {
			return p.fail(n.Line, "%s is %q; it must be true or false", name, value)
		}
		*into = value == "true"
		return nil
	}}
}

// texts reads a list of scalars, or one scalar for a list of one.
func (p *parser) texts(name string, into *[]string) field {
	return field{name, func(n *yaml.Node) error {
		if n = resolve(n); n.Kind == yaml.ScalarNode {
			value, err := p.scalar(name, n)
			*into = []string{value}
			return err
		}
		return p.items(name, n, func(item *yaml.Node) error {
			value, err := p.scalar("an item of "+name, item)
			*into = append(*into, value)
			return err
		})
	}}
}

func (p *parser) list(name string, read func(item *yaml.Node) error) field {
	return field{name, func(n *yaml.Node) error { return p.items(name, n, read) }}
}

func (p *parser) items(name string, n *yaml.Node, read func(item *yaml.Node) error) error {
	n = resolve(n)
	if n.Kind != yaml.SequenceNode {
		return p.fail(n.Line, "%s must be a list, each item with a dash before it", name)
	}
	for _, item := range n.Content {
		if err := read(item); err != nil {
			return err
		}
	}
	return nil
}

func oneOf[T ~string](p *parser, name string, into *T, allowed ...T) field {
	return field{name, func(n *yaml.Node) error {
		value, err := p.scalar(name, n)
		if err != nil {
			return err
		}
		if !slices.Contains(allowed, T(value)) {
			return p.fail(n.Line, "%s is %q; it must be one of %s", name, value, join(allowed))
		}
		*into = T(value)
		return nil
	}}
}

func join[T ~string](values []T) string {
	all := make([]string, len(values))
	for i, v := range values {
		all[i] = string(v)
	}
	return strings.Join(all, ", ")
}
