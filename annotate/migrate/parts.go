package migrate

import (
	"regexp"
	"slices"

	"lede/annotate"
	"lede/annotate/schema"
)

// part is a Part whose label is there.
type part struct {
	label id
	name  string
	fits  func(*annotate.Span, *annotate.Document) bool
}

// parts finds or makes the labels of a split.
func (p *planner) parts(s SplitLabel) ([]part, error) {
	if len(s.Parts) == 0 {
		return nil, refuse("Say into which labels.", "A label is not split without parts.")
	}
	var all []part
	for _, given := range s.Parts {
		fits, err := given.condition(s.Attribute)
		if err != nil {
			return nil, err
		}
		label, err := p.partLabel(s.Label, given.Label)
		if err != nil {
			return nil, err
		}
		all = append(all, part{label: label.ID, name: label.Name, fits: fits})
	}
	return all, nil
}

func (given Part) condition(attribute string) (func(*annotate.Span, *annotate.Document) bool, error) {
	if attribute != "" {
		when := annotate.When{attribute: given.Values}
		return func(s *annotate.Span, _ *annotate.Document) bool { return annotate.Holds(when, s.Attributes) }, nil
	}
	words, err := regexp.Compile(given.Words)
	if err != nil || given.Words == "" {
		return nil, refuse("Mend the expression.", "“%s” is no regular expression that words can be compared with.", given.Words)
	}
	return func(s *annotate.Span, d *annotate.Document) bool { return words.MatchString(d.Text.Quote(s.Fragments)) }, nil
}

// partLabel is a label that is there or, without an id, a new one, which the schema
// treats as that which is split. Parts of one name share their label.
func (p *planner) partLabel(split id, given annotate.Label) (annotate.Label, error) {
	if given.ID != "" {
		l, err := p.label(given.ID)
		if err != nil {
			return given, err
		}
		return *l, nil
	}
	if i := slices.IndexFunc(p.schema.Labels, func(l annotate.Label) bool { return l.Name == given.Name && given.Name != "" }); i >= 0 {
		return p.schema.Labels[i], nil
	}
	old, err := p.label(split)
	if err != nil {
		return given, err
	}
	made := *old
	made.ID, made.Name, made.Title, made.Hotkey = p.env.NewID(), given.Name, given.Title, given.Hotkey
	if made.Title == "" {
		made.Title = schema.TitleOf(made.Name)
	}
	colors, pattern := schema.Look(len(p.schema.Labels))
	made.Color, made.ColorDark, made.Pattern = colors.Light, colors.Dark, pattern
	if given.Color != "" {
		made.Color, made.ColorDark, made.Pattern = given.Color, given.ColorDark, given.Pattern
	}
	if given.Description != "" {
		made.Description = given.Description
	}
	if given.Guideline != "" {
		made.Guideline = given.Guideline
	}
	p.schema.Labels = append(p.schema.Labels, made)
	p.likeLabel(split, made.ID)
	p.likeLabelInRules(old.Name, made.Name)
	return made, nil
}

// likeLabel puts a label wherever the schema names another one.
func (p *planner) likeLabel(old, made id) {
	add := func(ids []id) []id {
		if slices.Contains(ids, old) {
			return append(ids, made)
		}
		return ids
	}
	for i := range p.schema.Attributes {
		if a := &p.schema.Attributes[i]; a.Scope != annotate.RelationScope {
			a.Labels = add(a.Labels)
		}
	}
	for i := range p.schema.RelationTypes {
		t := &p.schema.RelationTypes[i]
		t.From, t.To = add(t.From), add(t.To)
	}
	for _, r := range p.schema.Rules {
		if r.Label == old {
			r.ID, r.Label = p.env.NewID(), made
			p.schema.Rules = append(p.schema.Rules, r)
		}
	}
}
