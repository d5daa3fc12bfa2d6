package schema

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/app/theme"
	"lede/app/widgets"
)

// guideline is the field of a text in Markdown, with a switch between writing it
// and reading it as it will be shown.
func (f *form) guideline(now string, commit func(string) error) fyne.CanvasObject {
	const lines = 9
	width := f.fieldWidth()
	write := f.note("guideline", now, "When to use it and when not, in Markdown: **strong**, *words from a text*, - lists", lines, commit)
	stage := container.NewStack()
	field, _ := f.fields["guideline"].(*widgets.Field)
	show := func() {
		if f.e.writing {
			stage.Objects = []fyne.CanvasObject{write}
		} else {
			back := widgets.NewFill(theme.Raised)
			back.Stroke, back.Radius = theme.Hairline, theme.Radius
			read := container.NewVScroll(widgets.NewPadded(widgets.Even(14, 12), f.read(field.Text, width-36)))
			read.SetMinSize(fyne.NewSize(0, write.MinSize().Height))
			stage.Objects = []fyne.CanvasObject{container.NewStack(back, read)}
		}
		stage.Refresh()
	}
	segments := f.e.segments
	segments.OnChosen = func(i int) {
		field.Commit()
		f.e.writing = i == 0
		show()
	}
	show()
	return f.top("Guideline", widgets.NewColumn(6, stage, widgets.NewRow(0, segments.Container)))
}

// read is Markdown as it is shown.
func (f *form) read(source string, width float32) fyne.CanvasObject {
	if source == "" {
		return widgets.NewLine("Nothing is written yet.", theme.TextSize, theme.Dim)
	}
	return widgets.NewMarkdown(source, width, "")
}
