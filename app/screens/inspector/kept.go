package inspector

import (
	"maps"
	"slices"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/app/commands"
	"lede/app/screens/form"
	"lede/app/screens/reader"
	"lede/app/theme"
	"lede/app/widgets"
)

// kept lists the values that the next spans get with their labels, nil if there are
// none.
func (t *spansTab) kept() fyne.CanvasObject {
	s := t.p.o.Session
	var rows []fyne.CanvasObject
	for _, l := range s.Schema().Labels {
		values := s.Kept(l.ID)
		attributes := s.Schema().AttributesOf(annotate.SpanScope, l.ID)
		for _, name := range slices.Sorted(maps.Keys(values)) {
			title, said := name, values.String(name)
			for _, a := range attributes {
				if a.Name == name {
					title, said = form.Title(a), form.Words(a, values[name])
				}
			}
			words := widgets.NewElastic(reader.LabelTitle(l)+" · "+title+": "+said, theme.TextSize, theme.Text)
			rows = append(rows, widgets.NewStretch(8, 1, widgets.NewPattern(reader.MarkOf(l)), words,
				widgets.NewIconButton(widgets.IconClose, func() {
					s.Keep(l.ID, name, nil)
					t.p.after()
				})))
		}
	}
	if len(rows) == 0 || s.ReadOnly() != "" {
		return nil
	}
	head := []fyne.CanvasObject{widgets.NewIcon(widgets.IconPinned, 12, theme.Accent), widgets.NewHead("Kept for the next spans")}
	if key := t.p.o.Key(commands.SpanKeep); key != "" {
		head = append(head, widgets.NewKeyCap(key))
	}
	return widgets.NewColumn(6, widgets.NewStretch(6, 1, head...), widgets.NewColumn(1, rows...))
}
