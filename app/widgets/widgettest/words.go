package widgettest

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lede/app/widgets"
)

// Words lists the text of every Words in o that is not hidden, in the order in
// which it is drawn.
func Words(o fyne.CanvasObject) []string {
	if !o.Visible() {
		return nil
	}
	var parts []fyne.CanvasObject
	switch o := o.(type) {
	case *widgets.Words:
		return []string{o.Text}
	case *fyne.Container:
		parts = o.Objects
	case fyne.Widget:
		parts = test.WidgetRenderer(o).Objects()
	}
	var all []string
	for _, part := range parts {
		all = append(all, Words(part)...)
	}
	return all
}
