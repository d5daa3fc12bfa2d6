package schema

import (
	"slices"

	"fyne.io/fyne/v2"

	"lede/annotate"
)

// goToRecord shows a record of the schema in its area.
func (e *Editor) goToRecord(kind annotate.Kind, id annotate.ID) {
	area := areaLabels
	switch kind {
	case annotate.KindRelationType:
		area = areaRelations
	case annotate.KindAttribute:
		area = areaAttributes
		for _, t := range e.schema().Attributes {
			if t.ID == id && t.Scope == annotate.DocumentScope {
				area = areaFields
			}
		}
	default: // a label
	}
	e.goTo(area, id)
}

// addAttributeFor begins an attribute of the spans of a label, of the relations of
// a type, or of the entities that a label stands for.
func (e *Editor) addAttributeFor(scope annotate.Scope, of annotate.ID) {
	if e.readOnly() {
		return
	}
	e.goTo(areaAttributes, "")
	e.startAdding()
	a := e.area().(*attributes)
	a.draft.Scope, a.draft.Labels = scope, []annotate.ID{of}
	e.focus = "title"
	e.show()
}

// attributeLinks lead to the attributes of a scope that a label or relation has.
func (f *form) attributeLinks(scope annotate.Scope, of annotate.ID) []fyne.CanvasObject {
	var links []fyne.CanvasObject
	for _, t := range f.e.schema().Attributes {
		if t.Scope == scope && (len(t.Labels) == 0 || slices.Contains(t.Labels, of)) {
			links = append(links, f.attributeLink(t))
		}
	}
	return links
}

// entityLinks lead to the attributes of a kind of entity.
func (f *form) entityLinks(kind string) []fyne.CanvasObject {
	var links []fyne.CanvasObject
	for _, t := range f.e.schema().EntityAttributes(kind) {
		links = append(links, f.attributeLink(t))
	}
	return links
}

func (f *form) attributeLink(t annotate.Attribute) fyne.CanvasObject {
	return f.link(string(t.ID), titleOr(t.Title, t.Name), func() { f.e.goToRecord(annotate.KindAttribute, t.ID) })
}
