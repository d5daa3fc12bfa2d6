package reader

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/annotate/text"
	"lede/app/theme"
	"lede/app/widgets"
)

// askLine says what is asked while a role of a span is filled, and how to end. It
// stands where the label bar is, so that the text below stays in its place.
type askLine struct {
	object *fyne.Container
	room   *fyne.Container // as high as what it stands for
	role   *widgets.Words
	whose  *widgets.Words
}

func newAskLine(shift string, end func()) *askLine {
	a := &askLine{role: widgets.NewLine("", theme.TextSize, theme.Text), whose: widgets.NewElastic("", theme.TextSize, theme.Text)}
	a.role.Face = widgets.SansBold
	how := widgets.NewLine("type its letters, click it, or select words", theme.SmallSize, theme.Dim)
	several := widgets.NewRow(5, widgets.NewKeyCap(shift), widgets.NewLine("several", theme.SmallSize, theme.Dim))
	stop := widgets.NewSurface(widgets.NewRow(5, widgets.NewKeyCap("Esc"), widgets.NewLine("end", theme.SmallSize, theme.Accent)), end)
	stop.Pad, stop.Radius = widgets.Even(7, 4), 4
	words := container.New(askLayout{}, a.role, widgets.NewLine("of", theme.TextSize, theme.Dim), a.whose, how, widgets.NewRow(6, several, stop))
	a.room = widgets.NewAtLeast(fyne.NewSize(0, barHeight), widgets.NewPadded(widgets.Pad{Left: 22, Right: 14}, words))
	a.object = container.NewStack(widgets.NewFill(theme.Tint), a.room)
	a.object.Hide()
	return a
}

// askLayout puts the question at the left and the keys at the right; between them is
// how to answer, if there is room.
type askLayout struct{}

// MinSize is for Fyne.
func (askLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width+o[4].MinSize().Width, o[4].MinSize().Height)
}

// Layout is for Fyne.
func (askLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	const gap, least = 6, 110
	put := func(o fyne.CanvasObject, x, width float32) float32 {
		h := o.MinSize().Height
		o.Move(fyne.NewPos(x, (s.Height-h)/2))
		o.Resize(fyne.NewSize(width, h))
		return x + width
	}
	x := put(o[0], 0, o[0].MinSize().Width) + gap
	x = put(o[1], x, o[1].MinSize().Width) + gap
	right := s.Width - o[4].MinSize().Width
	put(o[4], right, o[4].MinSize().Width)
	if how := o[3].MinSize().Width; right-3*gap-how-x >= least {
		right -= 3*gap + how
		put(o[3], right, how)
		o[3].Show()
	} else {
		o[3].Hide()
	}
	put(o[2], x, max(0, right-3*gap-x))
}

// FillRole looks for what fills a role of the chosen span: a span, by hints of letters
// and by click, or words that are selected.
func (r *Reader) FillRole(kind annotate.ID) {
	s := r.o.Session
	span, ok := s.Doc().Span(s.Chosen())
	t, known := s.Schema().RelationType(kind)
	if !ok || !known {
		return
	}
	if s.Armed() != "" {
		s.Arm("") // what is selected now is for the role
	}
	r.Focus()
	r.View.Pick(string(span.ID), string(kind))
	r.ask.role.SetText(RelationTitle(t))
	r.ask.whose.SetText("“" + text.Bare(strings.Join(strings.Fields(s.Doc().Text.Quote(span.Fragments)), " ")) + "”")
	r.asking = true
	r.heads()
}

// EndRole ends the search for what fills a role.
func (r *Reader) EndRole() {
	r.View.StopRelating()
	r.Focus()
}

// heads shows one of what can stand at the top: the question that is asked, what
// stands in place of the label bar, the quiet bar of focus mode, or the label bar.
func (r *Reader) heads() {
	height := barHeight
	if r.calmed && r.instead == nil {
		height = calmHeight
	}
	r.ask.room.Layout = askHeight(height)
	shown(r.ask.object, r.asking)
	if r.instead != nil {
		shown(r.instead, !r.asking)
	}
	shown(r.calm.object, !r.asking && r.instead == nil && r.calmed)
	shown(r.bar.object, !r.asking && r.instead == nil && !r.calmed)
	shown(r.line, !r.calmed || r.instead != nil)
	r.top.Refresh()
	r.Object.Refresh()
}

// askHeight is the layout of the question: as high as what it covers.
type askHeight float32

// MinSize is for Fyne.
func (h askHeight) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width, float32(h))
}

// Layout is for Fyne.
func (askHeight) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.Position{})
	o[0].Resize(s)
}

// Instead puts a bar in the place of the label bar; nil gives the label bar back.
func (r *Reader) Instead(bar fyne.CanvasObject) {
	if r.instead != nil {
		r.top.Remove(r.instead)
	}
	r.instead = bar
	if bar != nil {
		r.top.Objects = append([]fyne.CanvasObject{bar}, r.top.Objects...)
	}
	r.heads()
}
