package entities

import (
	"fyne.io/fyne/v2"

	"lede/app/screens/undo"
	"lede/app/theme"
	"lede/app/widgets"
)

// foot is the line below the screen: what can be undone, how far work is, and the way
// out.
type foot struct {
	p      *Page
	object *fyne.Container
	bar    *widgets.Progress
}

func newFoot(p *Page) *foot {
	t := &foot{p: p, bar: widgets.NewProgress()}
	t.object = widgets.NewPadded(widgets.Pad{Left: edge - 10, Top: 10, Right: edge, Bottom: 12}, widgets.NewRow(8))
	return t
}

// show offers what can be undone.
func (t *foot) show() {
	if t.p.work.Busy() {
		return
	}
	line := []fyne.CanvasObject{}
	if step, ok := t.p.steps.Next(false); ok {
		line = append(line, widgets.NewButton(undo.Title("Undo", step), t.p.Undo))
	}
	if step, ok := t.p.steps.Next(true); ok {
		line = append(line, widgets.NewButton(undo.Title("Redo", step), t.p.Redo))
	}
	t.put(append(line, nil, widgets.NewPrimaryButton("Close", t.p.Close))...)
}

// busy shows how far a step is, from 0 to 1, and lets it be given up.
func (t *foot) busy(part float64) {
	t.bar.Set(part)
	t.put(widgets.NewPadded(widgets.Pad{Left: 10}, widgets.NewLine("Working…", theme.TextSize, theme.Dim)),
		widgets.NewAtLeast(fyne.NewSize(200, 0), t.bar), nil, widgets.NewBorderedButton("Cancel", t.p.work.Cancel))
}

func (t *foot) put(line ...fyne.CanvasObject) {
	t.object.Objects = []fyne.CanvasObject{widgets.NewRow(4, line...)}
	t.object.Refresh()
}
