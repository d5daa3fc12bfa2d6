package cli

import (
	"fmt"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/migrate"
	"lede/annotate/schema"
)

// The names that --rename and --delete take: a plain name is that of a label.
const (
	ofLabel     = "label:"
	ofRelation  = "relation:"
	ofAttribute = "attribute:"
	ofValue     = "value:"
)

// spaceOf splits what was given into the space of names that it is from and the
// rest.
func spaceOf(given string) (space, rest string) {
	for _, space := range []string{ofLabel, ofRelation, ofAttribute, ofValue} {
		if rest, ok := strings.CutPrefix(given, space); ok {
			return space, rest
		}
	}
	return ofLabel, given
}

// found is what a name of the command line stands for: a label or a relation type,
// or all attributes of that name, with a value of them.
type found struct {
	label    *annotate.Label
	relation *annotate.RelationType
	value    string
	all      []annotate.Attribute
}

// find looks a name up; ok is false if nothing is called so.
func find(s *annotate.Schema, space, name string) (f found, ok bool) {
	switch space {
	case ofLabel:
		l, ok := s.LabelNamed(name)
		return found{label: &l}, ok
	case ofRelation:
		t, ok := s.RelationTypeNamed(name)
		return found{relation: &t}, ok
	case ofAttribute:
		for _, a := range s.Attributes {
			if a.Name == name {
				f.all = append(f.all, a)
			}
		}
		return f, len(f.all) > 0
	}
	for i := range name { // names may hold a slash
		if name[i] != '/' {
			continue
		}
		for _, a := range s.Attributes {
			if a.Name == name[:i] && hasValue(a, name[i+1:]) {
				f.value = name[i+1:]
				f.all = append(f.all, a)
			}
		}
	}
	return f, len(f.all) > 0
}

func hasValue(a annotate.Attribute, name string) bool {
	for _, c := range a.Choices {
		if c.Name == name {
			return true
		}
	}
	return false
}

func nothingCalled(space, name string) error {
	what := strings.TrimSuffix(space, ":")
	hint := "A plain name is that of a label; write relation:NAME, attribute:NAME or value:ATTRIBUTE/NAME for others."
	if space != ofLabel {
		hint = "Look at the names with lede schema PROJECT."
	}
	return &annotate.Error{Kind: annotate.ErrNotFound, Detail: fmt.Sprintf("the project has no %s “%s”.", what, name), Hint: hint}
}

// renameSteps are what OLD=NEW asks for: another name or, if something is called so
// already, that the two become one.
func renameSteps(s *annotate.Schema, given string) ([]migrate.Step, error) {
	space, rest := spaceOf(given)
	for i := range rest { // names may hold an equals sign
		if rest[i] != '=' {
			continue
		}
		if f, ok := find(s, space, rest[:i]); ok {
			return f.renamed(s, rest[i+1:]), nil
		}
	}
	old, _, ok := strings.Cut(rest, "=")
	if !ok {
		return nil, &annotate.Error{Kind: annotate.ErrInvalid, Detail: "it names no new name.", Hint: "Write --rename OLD=NEW."}
	}
	return nil, nothingCalled(space, old)
}

func (f found) renamed(s *annotate.Schema, name string) (steps []migrate.Step) {
	switch {
	case f.label != nil:
		if into, ok := s.LabelNamed(name); ok {
			return []migrate.Step{migrate.MergeLabels{From: []annotate.ID{f.label.ID}, Into: into.ID}}
		}
		return []migrate.Step{migrate.RenameLabel{Label: f.label.ID, Name: name}}
	case f.relation != nil:
		if into, ok := s.RelationTypeNamed(name); ok {
			return []migrate.Step{migrate.MergeRelations{From: []annotate.ID{f.relation.ID}, Into: into.ID}}
		}
		return []migrate.Step{migrate.RenameRelation{Type: f.relation.ID, Name: name}}
	}
	for _, a := range f.all {
		switch {
		case f.value == "":
			steps = append(steps, migrate.RenameAttribute{Attribute: a.ID, Name: name})
		case hasValue(a, name):
			steps = append(steps, migrate.MergeValues{Attribute: a.ID, From: []string{f.value}, Into: name})
		default:
			steps = append(steps, migrate.RenameValue{Attribute: a.ID, From: f.value, To: name})
		}
	}
	return steps
}

// deleteSteps are what --delete asks for.
func deleteSteps(s *annotate.Schema, given string) (steps []migrate.Step, err error) {
	space, name := spaceOf(given)
	f, ok := find(s, space, name)
	switch {
	case !ok:
		return nil, nothingCalled(space, name)
	case f.label != nil:
		return []migrate.Step{migrate.DeleteLabel{Label: f.label.ID}}, nil
	case f.relation != nil:
		return []migrate.Step{migrate.DeleteRelation{Type: f.relation.ID}}, nil
	}
	for _, a := range f.all {
		if f.value != "" {
			steps = append(steps, migrate.DeleteValue{Attribute: a.ID, Value: f.value})
		} else {
			steps = append(steps, migrate.DeleteAttribute{Attribute: a.ID})
		}
	}
	return steps, nil
}

// fileHas tells whether a schema file has what a name stands for.
func fileHas(f *schema.File, given string) bool {
	space, name := spaceOf(given)
	switch space {
	case ofLabel:
		return slices.ContainsFunc(f.Labels, func(l schema.Label) bool { return l.Name == name })
	case ofRelation:
		return slices.ContainsFunc(f.Relations, func(r schema.Relation) bool { return r.Name == name })
	case ofAttribute:
		return slices.ContainsFunc(f.Attributes, func(a schema.Attribute) bool { return a.Name == name })
	}
	return slices.ContainsFunc(f.Attributes, func(a schema.Attribute) bool {
		value, of := strings.CutPrefix(name, a.Name+"/")
		return of && slices.ContainsFunc(a.Choices, func(c schema.Choice) bool { return c.Name == value })
	})
}
