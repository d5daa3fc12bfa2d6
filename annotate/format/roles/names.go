package roles

import (
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
)

// Names are the names that an option lists, with commas between them: each counts,
// the earlier one first.
type Names []string

// Parse reads the value of an option.
func Parse(value string) Names {
	var names Names
	for _, n := range strings.Split(value, ",") {
		if n = strings.TrimSpace(n); n != "" {
			names = append(names, n)
		}
	}
	return names
}

// Has says whether a name is among them.
func (n Names) Has(name string) bool { return slices.Contains(n, name) }

// Option is an option that takes names.
func Option(key, standard, help string) format.Option {
	return format.Option{Key: key, Default: standard, For: format.ForExport, Help: help, Names: true}
}

// Labels are the labels with these names and, as they are kinds of them, all labels
// below those.
func (n Names) Labels(s *annotate.Schema) Names {
	all := slices.Clone(n)
	for range s.Labels { // a label may stand before its parent
		for _, l := range s.Labels {
			if p, ok := s.Label(l.Parent); ok && all.Has(p.Name) && !all.Has(l.Name) {
				all = append(all, l.Name)
			}
		}
	}
	return all
}

// Of is the first of the named values that is there, with its name.
func (n Names) Of(v annotate.Values) (name string, ok bool) {
	for _, name := range n {
		if _, ok := v[name]; ok {
			return name, true
		}
	}
	return "", false
}

// Text is the first of the named values that is there, as a cell.
func (n Names) Text(v annotate.Values) string {
	name, ok := n.Of(v)
	if !ok {
		return ""
	}
	return Value(v, name)
}

// List is the first of the named values that is there, as a list.
func (n Names) List(v annotate.Values) []string {
	name, ok := n.Of(v)
	if !ok {
		return nil
	}
	return v.Strings(name)
}

// AttributesOf are the names of the schema's attributes of spans with one of the
// labels, in order, without those in but.
func AttributesOf(s *annotate.Schema, labels Names, but ...Names) []string {
	var names []string
	for _, a := range s.Attributes {
		if a.Scope != annotate.SpanScope || slices.Contains(names, a.Name) ||
			slices.ContainsFunc(but, func(n Names) bool { return n.Has(a.Name) }) {
			continue
		}
		if len(a.Labels) == 0 || slices.ContainsFunc(a.Labels, func(id annotate.ID) bool {
			l, ok := s.Label(id)
			return ok && labels.Has(l.Name)
		}) {
			names = append(names, a.Name)
		}
	}
	return names
}

// Fields are the names of the schema's document fields, in order.
func Fields(s *annotate.Schema) []string {
	var names []string
	for _, a := range s.Attributes {
		if a.Scope == annotate.DocumentScope {
			names = append(names, a.Name)
		}
	}
	return names
}
