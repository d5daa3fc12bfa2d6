package app

import (
	"strings"

	"fyne.io/fyne/v2"

	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

// ask puts a question; do is what is done when the answer is yes.
func (s *shell) ask(title, text, yes string, do func()) {
	q := sheet.Ask(s.win.Canvas(), title, text, yes, do)
	q.OnClose = s.focusText
}

// prompt asks for a line of text. An answer that check has something against is
// not taken; the words of check are shown.
func (s *shell) prompt(title, text, was, yes string, check func(string) string, do func(string)) {
	const width float32 = 440
	dialog := sheet.New(s.win.Canvas(), nil)
	field := widgets.NewField("")
	field.Put(was)
	wrong := widgets.NewElastic("", theme.SmallSize, theme.Danger)
	take := func() {
		answer := strings.TrimSpace(field.Text)
		if check != nil {
			if problem := check(answer); problem != "" {
				wrong.SetText(problem)
				return
			}
		}
		dialog.Close()
		do(answer)
	}
	field.OnEnter = take
	lines := []fyne.CanvasObject{sheet.NewTitle(title)}
	if text != "" {
		words := widgets.NewParagraph(text, theme.TextSize, width-48, theme.Dim)
		lines = append(lines, words)
	}
	lines = append(lines, field, wrong, widgets.NewRow(10, nil,
		widgets.NewBorderedButton("Cancel", dialog.Close), widgets.NewPrimaryButton(yes, take)))
	dialog.Content = widgets.NewPadded(widgets.Even(24, 22), widgets.NewColumn(11, lines...))
	dialog.Room.Width, dialog.OnDone = width, take
	dialog.OnClose = s.focusText
	dialog.Open(field)
	field.TypedShortcut(&fyne.ShortcutSelectAll{})
}
