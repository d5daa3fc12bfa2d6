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

// prompt is a question with a line of text for an answer. An answer that check
// has something against is not taken; the words of check are shown.
type prompt struct {
	title, text string
	was, yes    string              // the answer to begin with; what the button says
	check       func(string) string // may be nil
	do          func(string)
}

// prompt asks for a line of text.
func (s *shell) prompt(p prompt) {
	const width float32 = 440
	dialog := sheet.New(s.win.Canvas(), nil)
	field := widgets.NewField("")
	field.Put(p.was)
	wrong := widgets.NewElastic("", theme.SmallSize, theme.Danger)
	take := func() {
		answer := strings.TrimSpace(field.Text)
		if p.check != nil {
			if problem := p.check(answer); problem != "" {
				wrong.SetText(problem)
				return
			}
		}
		dialog.Close()
		p.do(answer)
	}
	field.OnEnter = take
	lines := []fyne.CanvasObject{sheet.NewTitle(p.title)}
	if p.text != "" {
		words := widgets.NewParagraph(p.text, theme.TextSize, width-48, theme.Dim)
		lines = append(lines, words)
	}
	lines = append(lines, field, wrong, widgets.NewRow(10, nil,
		widgets.NewBorderedButton("Cancel", dialog.Close), widgets.NewPrimaryButton(p.yes, take)))
	dialog.Content = widgets.NewPadded(widgets.Even(24, 22), widgets.NewColumn(11, lines...))
	dialog.Room.Width, dialog.OnDone = width, take
	dialog.OnClose = s.focusText
	dialog.Open(field)
	field.TypedShortcut(&fyne.ShortcutSelectAll{})
}
