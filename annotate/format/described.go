package format

import (
	"slices"
	"strings"

	"lede/annotate"
)

// Describe is no article but what a file says of its labels, relation types and
// attributes. Those that the project lacks are made so, used or not; those that it
// has stay as they are. In s the names stand for ids: where an attribute or a
// relation type lists labels, it lists their names. Readers yield it before the
// first article.
func Describe(at Place, s *annotate.Schema) *Article {
	return &Article{Place: at, aside: true, describes: s}
}

// Describes is what the file says of its labels and attributes, nil for nothing.
func (a *Article) Describes() *annotate.Schema { return a.describes }

// describe makes what the project lacks of s.
func (im *importer) describe(s *annotate.Schema) {
	if s == nil {
		return
	}
	s = im.renamed(s)
	for _, l := range s.Labels {
		if l.Name == "" || strings.ContainsAny(l.Name, "\n\x00") {
			continue // no span can have it either
		}
		im.described[l.Name] = l
		im.label(l.Name)
	}
	for _, t := range s.RelationTypes {
		if _, known := im.types[t.Name]; known || t.Name == "" || strings.ContainsAny(t.Name, "\n\x00") {
			continue
		}
		im.describedTypes[t.Name] = annotate.RelationType{Title: t.Title, Description: t.Description, From: im.idsOf(t.From), To: im.idsOf(t.To)}
		im.relationType(t.Name)
	}
	for _, a := range s.Attributes {
		im.attribute(a)
	}
}

// look gives a new label what its file says of it.
func (im *importer) look(l *annotate.Label) {
	d, ok := im.described[l.Name]
	if !ok {
		return
	}
	if d.Title != "" {
		l.Title = d.Title
	}
	if _, _, _, ok := annotate.RGB(d.Color); ok {
		l.Color, l.ColorDark = strings.ToLower(d.Color), "" // a chosen colour is not paired with a stranger
		l.ColorDark = l.InDark()
	}
	if _, taken := im.schema.LabelByKey(d.Hotkey); d.Hotkey != "" && !taken {
		l.Hotkey = d.Hotkey
	}
	l.Description, l.Guideline = d.Description, d.Guideline
	if parent, ok := im.labels[string(d.Parent)]; ok {
		l.Parent = parent
	}
}

// idsOf are the ids of labels, made where they are new.
func (im *importer) idsOf(names []annotate.ID) []annotate.ID {
	var ids []annotate.ID
	for _, n := range names {
		ids = append(ids, im.label(string(n)))
	}
	return ids
}

// attribute makes an attribute, or a document field, unless one of its scope is
// called so.
func (im *importer) attribute(a annotate.Attribute) {
	order := 0
	for _, known := range im.schema.Attributes {
		if known.Scope == a.Scope && known.Name == a.Name {
			return
		}
		order = max(order, known.Order)
	}
	if a.Name == "" || strings.ContainsAny(a.Name, "\n\x00") {
		return
	}
	made := annotate.Attribute{
		ID: im.o.Env.NewID(), Scope: a.Scope, Labels: im.idsOf(a.Labels), Name: a.Name, Title: a.Title, Type: a.Type,
		Choices: slices.Clone(a.Choices), Required: a.Required, Description: a.Description, Order: order + 1,
	}
	if made.Title == "" {
		made.Title = made.Name
	}
	im.schema.Attributes = append(im.schema.Attributes, made)
	im.ops = append(im.ops, annotate.Create(made))
	im.report.Created.Attributes = append(im.report.Created.Attributes, made.Name)
}
