package sheet

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate/text"
	"lede/app/theme"
	"lede/app/widgets"
)

// titleWidth is the room for the titles of a form.
const titleWidth float32 = 112

// NewRow is one line of a form: a title and, in the room that is left, a field.
func NewRow(title string, field fyne.CanvasObject) *fyne.Container {
	words := widgets.NewElastic(title, theme.TextSize, theme.Dim)
	return widgets.NewStretch(8, 1, widgets.NewAtLeast(fyne.NewSize(titleWidth, 0), words), field)
}

// NewHint is a small line below a field of a form, in its column.
func NewHint(words string, width float32) fyne.CanvasObject {
	p := widgets.NewParagraph(words, theme.SmallSize, width-titleWidth-8, theme.Dim)
	return widgets.NewPadded(widgets.Pad{Left: titleWidth + 8, Bottom: 2}, p)
}

// NewExplained is one line of a form of a width: a title, a short field, and beside it
// in small words, on as many lines as they need, what it is about.
func NewExplained(title string, field fyne.CanvasObject, words string, width float32) *fyne.Container {
	const fieldWidth = 124
	name := widgets.NewElastic(title, theme.TextSize, theme.Dim)
	return widgets.NewStretch(8, 2, widgets.NewAtLeast(fyne.NewSize(titleWidth, 0), name),
		container.New(wide{fieldWidth}, field), widgets.NewParagraph(words, theme.SmallSize, width-titleWidth-fieldWidth-2*8, theme.Dim))
}

// wide gives an object a width.
type wide struct{ width float32 }

func (l wide) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.width, objects[0].MinSize().Height)
}

func (l wide) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(s)
}

// NewTitle is the heading of a sheet.
func NewTitle(title string) *widgets.Words {
	w := widgets.NewElastic(title, 18, theme.Text)
	w.Face = widgets.SerifBold
	return w
}

// NewBox is a calm box with a border in a colour: losses, errors.
func NewBox(stroke theme.Name, content fyne.CanvasObject) *fyne.Container {
	back := widgets.NewFill(theme.Raised)
	back.Stroke, back.Radius = stroke, theme.Radius
	return container.NewStack(back, widgets.NewPadded(widgets.Even(14, 12), content))
}

// Ask puts a question over the window: a title, a sentence, what is meant, and
// Cancel. yes is called after the sheet is gone.
func Ask(c fyne.Canvas, title, words, meant string, yes func()) *Sheet {
	const width float32 = 420
	s := New(c, nil)
	do := func() {
		s.Close()
		yes()
	}
	primary := widgets.NewPrimaryButton(meant, do)
	head := widgets.NewParagraph(text.Brief(title, 120), 18, width-48, theme.Text) // it may name files: it wraps
	head.Face = widgets.SerifBold
	s.Content = widgets.NewPadded(widgets.Even(24, 22), widgets.NewColumn(12,
		head,
		widgets.NewParagraph(words, theme.TextSize, width-48, theme.Dim),
		widgets.NewSpace(0, 2),
		widgets.NewRow(10, nil, widgets.NewBorderedButton("Cancel", s.Close), primary),
	))
	s.Room.Width, s.OnDone = width, do
	s.Open(primary)
	return s
}

// Tell says something that needs no decision.
func Tell(c fyne.Canvas, title, words string) *Sheet {
	const width float32 = 460
	s := New(c, nil)
	ok := widgets.NewPrimaryButton("Close", s.Close)
	s.Content = widgets.NewPadded(widgets.Even(24, 22), widgets.NewColumn(12,
		NewTitle(title),
		widgets.NewParagraph(words, theme.TextSize, width-48, theme.Dim),
		widgets.NewSpace(0, 2),
		widgets.NewRow(10, nil, ok),
	))
	s.Room.Width, s.OnDone = width, s.Close
	s.Open(ok)
	return s
}
