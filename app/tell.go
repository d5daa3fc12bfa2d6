package app

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/app/session"
	"lede/app/theme"
	"lede/app/widgets"
)

// told is an error as a person reads it.
type told struct{ title, sentence, hint, details string }

// words turns an error into a title, a sentence and what to do.
func words(err error) told {
	t := told{title: "That did not work", sentence: err.Error(), details: err.Error()}
	var e *annotate.Error
	if errors.As(err, &e) {
		t.sentence, t.hint = e.Detail, e.Hint
		if t.sentence == "" {
			bare := *e
			bare.Hint, bare.Op = "", ""
			t.sentence = bare.Error()
		} else if e.Subject != "" && !strings.Contains(t.sentence, e.Subject) {
			t.sentence = e.Subject + ": " + t.sentence
		}
		if e.Op != "" {
			t.title = fmt.Sprintf("Could not %s", e.Op)
		}
		if e.Err != nil {
			t.details += "\n" + e.Err.Error()
		}
	}
	switch {
	case errors.Is(err, annotate.ErrReadOnly):
		t.title = "Nothing was changed"
	case errors.Is(err, annotate.ErrConflict) && e == nil:
		t.title = "Changed in the meantime"
	case errors.Is(err, annotate.ErrNotFound) && e == nil:
		t.title, t.sentence = "Not there any more", "What this is about was removed in the meantime."
	}
	t.sentence = sentence(t.sentence)
	return t
}

// sentence gives words a capital and a full stop.
func sentence(s string) string {
	s = strings.TrimSpace(s)
	if s == "" {
		return s
	}
	if !strings.ContainsAny(s[len(s)-1:], ".!?…”") {
		s += "."
	}
	if first := strings.SplitN(s, " ", 2)[0]; !strings.ContainsAny(first, "/\\.") {
		initial, size := utf8.DecodeRuneInString(s)
		s = string(unicode.ToUpper(initial)) + s[size:]
	}
	return s
}

// tell shows an error in a calm panel at the lower edge; nil is nothing to tell.
// It stays until it is closed or there is another one.
func (s *shell) tell(err error) {
	if err == nil || errors.Is(err, annotate.ErrNothing) {
		return
	}
	if errors.Is(err, session.ErrAlready) {
		s.work.remark("Nothing was changed", "Another span with this label is on the same text.")
		return
	}
	slog.Error("told", "error", err)
	t := words(err)
	s.probe.say("error", "title", t.title, "text", t.sentence)
	s.notice(notice{
		icon: widgets.IconWarn, color: theme.Danger, title: t.title, text: t.sentence, hint: t.hint,
		offers: []offer{{"Copy details", func() { s.app.Clipboard().SetContent(t.title + "\n" + t.details) }}},
	})
}

// offer is a word in a panel that does something.
type offer struct {
	title string
	do    func()
}

// notice is a panel that waits for nothing.
type notice struct {
	icon              widgets.IconName // IconInfo if none is named
	color             theme.Name
	title, text, hint string
	offers            []offer
	brief             bool // a hint: it goes by itself, or with the next gesture or article
}

// briefly is how long a hint stays.
const briefly = 6 * time.Second

const noticeWidth float32 = 420

// notice shows a panel in the lower middle of the window.
func (s *shell) notice(n notice) {
	if n.icon == "" {
		n.icon, n.color = widgets.IconInfo, theme.Accent
	}
	const inner = noticeWidth - 32 - 28
	head := widgets.NewParagraph(n.title, theme.TextSize, inner-28, theme.Text)
	head.Face = widgets.SansBold
	lines := []fyne.CanvasObject{head}
	if n.text != "" {
		lines = append(lines, spread(widgets.NewParagraph(n.text, theme.TextSize, inner, theme.Text)))
	}
	if n.hint != "" {
		lines = append(lines, spread(widgets.NewParagraph(n.hint, theme.TextSize, inner, theme.Dim)))
	}
	if len(n.offers) > 0 {
		links := widgets.NewRow(8)
		for _, o := range n.offers {
			links.Add(widgets.NewLink(o.title, o.do))
		}
		lines = append(lines, widgets.NewPadded(widgets.Pad{Left: -4, Top: 2}, links))
	}
	body := widgets.NewFrame(nil, nil, container.NewVBox(widgets.NewIcon(n.icon, 18, n.color)), container.NewVBox(
		widgets.NewIconButton(widgets.IconClose, s.hideNotice)),
		widgets.NewPadded(widgets.Pad{Left: 6}, widgets.NewColumn(5, lines...)))
	s.float.Objects = []fyne.CanvasObject{widgets.NewPanel(body)}
	s.float.Refresh()
	s.told++
	s.brief = n.brief
	if told := s.told; n.brief {
		s.later(briefly, func() {
			if told == s.told {
				s.hideHint()
			}
		})
	}
}

// hideHint takes away what only was a hint.
func (s *shell) hideHint() {
	if s.brief {
		s.hideNotice()
	}
}

func spread(w *widgets.Words) *widgets.Words {
	w.Spread = 20
	return w
}

func (s *shell) hideNotice() {
	s.brief = false
	if len(s.float.Objects) > 0 {
		s.float.Objects = nil
		s.float.Refresh()
	}
}

// lowerEdge lays a notice out in the lower middle of the window.
type lowerEdge struct{}

func (lowerEdge) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (lowerEdge) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	for _, o := range objects {
		m := o.MinSize()
		o.Resize(m)
		o.Move(fyne.NewPos((s.Width-m.Width)/2, s.Height-m.Height-44))
	}
}
