package app

import (
	"errors"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/app/session"
	"lede/app/theme"
	"lede/app/told"
	"lede/app/widgets"
)

// tell shows an error in a calm panel at the lower edge; nil is nothing to tell.
// It stays until it is closed or there is another one.
func (s *shell) tell(err error) { s.tellWith(err) }

// tellWith offers to do something about the error, too.
func (s *shell) tellWith(err error, offers ...offer) {
	if err == nil || errors.Is(err, annotate.ErrNothing) {
		return
	}
	if errors.Is(err, session.ErrAlready) {
		s.work.remark("Nothing was changed", "Another span with this label is on the same text.")
		return
	}
	told.Log(err)
	if s.work != nil && s.work.notSaved() && len(offers) == 0 {
		return // it follows from what is told already, where there is more to be done about it
	}
	t := told.Of(err)
	details := told.Details(s.o.Version, err)
	s.probe.say("error", "title", t.Title, "text", t.Text)
	s.notice(notice{
		icon: widgets.IconWarn, color: theme.Danger, title: t.Title, text: t.Text, hint: t.Hint,
		offers: append(offers, offer{"Copy details", func() { s.app.Clipboard().SetContent(details) }}),
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
