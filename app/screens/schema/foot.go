package schema

import (
	"fyne.io/fyne/v2"

	"lede/app/screens/undo"
	"lede/app/theme"
	"lede/app/widgets"
)

// foot is the line below the screen: what can be undone, files, and the way out.
type foot struct {
	e          *Editor
	object     *fyne.Container
	row        *fyne.Container
	undo, redo *widgets.Surface
	words      [2]*widgets.Words // of undo and redo
}

func newFoot(e *Editor) *foot {
	t := &foot{e: e}
	button := func(i int, do func()) *widgets.Surface {
		t.words[i] = widgets.NewLine("", theme.TextSize, theme.Text)
		b := widgets.NewSurface(t.words[i], do)
		b.Pad = widgets.Even(12, 7)
		return b
	}
	t.undo, t.redo = button(0, e.Undo), button(1, e.Redo)
	t.row = widgets.NewRow(4, t.undo, t.redo, nil,
		widgets.NewButton("Apply a schema…", e.Apply), widgets.NewButton("Export…", func() {
			e.commit()
			e.o.Export()
		}), widgets.NewSpace(8, 0), widgets.NewPrimaryButton("Close", e.Close))
	t.object = widgets.NewPadded(widgets.Pad{Left: edge - 10, Top: 10, Right: edge, Bottom: 12}, t.row)
	return t
}

// show says what can be undone and redone.
func (t *foot) show() {
	say := func(b *widgets.Surface, words *widgets.Words, verb string, redo bool) {
		step, ok := t.e.steps.Next(redo)
		b.Hidden = !ok
		words.Text = undo.Title(verb, step)
		b.Refresh()
	}
	say(t.undo, t.words[0], "Undo", false)
	say(t.redo, t.words[1], "Redo", true)
	t.row.Refresh()
}
