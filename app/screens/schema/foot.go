package schema

import (
	"fyne.io/fyne/v2"

	"lede/app/widgets"
)

// foot is the line below the screen: what can be undone, files, and the way out.
type foot struct {
	e      *Editor
	object *fyne.Container
	row    *fyne.Container
}

func newFoot(e *Editor) *foot {
	t := &foot{e: e, row: widgets.NewRow(8)}
	t.object = widgets.NewPadded(widgets.Pad{Left: edge - 10, Top: 10, Right: edge, Bottom: 12}, t.row)
	return t
}

func (t *foot) show() {
	s := t.e.o.Session
	undo := widgets.NewButton("Undo", t.e.Undo)
	if step, ok := s.NextSchemaUndo(); ok {
		undo = widgets.NewButton("Undo: "+short(step.Title), t.e.Undo)
	} else {
		undo.Hide()
	}
	redo := widgets.NewButton("Redo", t.e.Redo)
	if step, ok := s.NextSchemaRedo(); ok {
		redo = widgets.NewButton("Redo: "+short(step.Title), t.e.Redo)
	} else {
		redo.Hide()
	}
	t.object.Objects = []fyne.CanvasObject{widgets.NewRow(4, undo, redo, nil, widgets.NewPrimaryButton("Close", t.e.Close))}
	t.object.Refresh()
}

// short is a title that a line has room for.
func short(title string) string {
	const most = 44
	if r := []rune(title); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return title
}
