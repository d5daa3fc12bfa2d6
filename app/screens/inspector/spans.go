package inspector

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/app/screens/reader"
	"lede/app/session"
	"lede/app/theme"
	"lede/app/widgets"
)

// spansTab lists the spans of the article by label.
type spansTab struct {
	p    *Panel
	open map[annotate.ID]bool // labels of which all spans are listed
}

func newSpansTab(p *Panel) *spansTab { return &spansTab{p: p, open: map[annotate.ID]bool{}} }

// brief is how many spans of a label are listed before "n more".
const brief = 40

func (t *spansTab) build() fyne.CanvasObject {
	s := t.p.o.Session
	groups := map[annotate.ID][]annotate.Span{}
	for _, span := range s.Doc().Spans() {
		groups[span.Label] = append(groups[span.Label], span)
	}
	var parts []fyne.CanvasObject
	if kept := t.kept(); kept != nil {
		parts = append(parts, kept)
	}
	if len(groups) == 0 {
		return widgets.NewColumn(16, append(parts, t.hint())...)
	}
	labels := slices.Clone(s.Schema().Labels)
	for _, l := range labels {
		if spans := groups[l.ID]; len(spans) > 0 {
			parts = append(parts, t.group(l, spans))
		}
	}
	return widgets.NewColumn(16, parts...)
}

// hint says how to begin.
func (t *spansTab) hint() fyne.CanvasObject {
	words := "Nothing is marked yet. Select words in the article, then press the key of a label or click its button."
	if len(t.p.o.Session.Schema().Labels) == 0 {
		words = "Nothing is marked yet, and there are no labels to mark it with."
	}
	if t.p.o.Session.ReadOnly() != "" {
		words = "Nothing is marked here."
	}
	w := widgets.NewParagraph(words, theme.TextSize, inner, theme.Dim)
	w.Spread = 21
	parts := []fyne.CanvasObject{w}
	for _, other := range t.p.o.Session.Others() {
		parts = append(parts, t.other(other))
	}
	return widgets.NewColumn(16, parts...)
}

// other says what somebody else has marked here, and offers to go on with it.
func (t *spansTab) other(work session.Work) fyne.CanvasObject {
	name := work.Annotator.Name
	words := fmt.Sprintf("%s has marked %d spans here.", name, work.Spans)
	if work.Spans == 1 {
		words = name + " has marked 1 span here."
	}
	links := []fyne.CanvasObject{widgets.NewLink("Look at them", func() { t.p.o.Look(name) })}
	if work.Annotator.Kind == annotate.Human && !t.p.o.Session.Store().Info().ReadOnly {
		links = append(links, widgets.NewLink("Continue as "+name, func() { t.p.o.ContinueAs(name) }))
	}
	return widgets.NewColumn(6, widgets.NewParagraph(words, theme.TextSize, inner, theme.Text),
		widgets.NewPadded(widgets.Pad{Left: -4}, widgets.NewWrap(8, inner, links...)))
}

func (t *spansTab) group(l annotate.Label, spans []annotate.Span) fyne.CanvasObject {
	name := widgets.NewLine(reader.LabelTitle(l), theme.TextSize, theme.Text)
	name.Face = widgets.SansBold
	head := widgets.NewRow(8, widgets.NewPattern(reader.MarkOf(l)), name, nil,
		widgets.NewLine(fmt.Sprint(len(spans)), theme.SmallSize, theme.Dim))
	lines := []fyne.CanvasObject{head, widgets.NewSpace(0, 2)}
	for i, span := range spans {
		if i == brief && !t.open[l.ID] {
			lines = append(lines, widgets.NewRow(0, widgets.NewLink(fmt.Sprintf("%d more", len(spans)-brief), func() {
				t.open[l.ID] = true
				t.p.show()
			})))
			break
		}
		lines = append(lines, t.row(span))
	}
	return widgets.NewColumn(1, lines...)
}

func (t *spansTab) row(span annotate.Span) fyne.CanvasObject {
	s := t.p.o.Session
	words := widgets.NewElastic(t.p.span.words(span), theme.TextSize, theme.Text)
	line := []fyne.CanvasObject{words}
	if span.Note != "" {
		line = append(line, widgets.NewLine("note", theme.SmallSize, theme.Dim))
	}
	if t.p.warnedOf(span.ID) {
		line = append(line, widgets.NewIcon(widgets.IconWarn, 12, theme.Warning))
	}
	row := widgets.NewSurface(widgets.NewStretch(6, 0, line...), func() {
		if t.p.chooseAs(span.ID) {
			return
		}
		s.Choose(span.ID)
		t.p.o.Reveal()
		t.p.o.Focus()
	})
	row.Pad, row.Radius = widgets.Pad{Left: 8, Top: 4, Right: 6, Bottom: 4}, 5
	if slices.Contains(s.ChosenAll(), span.ID) {
		row.Color = theme.Tint
	}
	return container.New(outdent{}, row)
}

// outdent lets the hover of a row reach into the margin.
type outdent struct{}

// MinSize is for Fyne.
func (outdent) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(inner, o[0].MinSize().Height)
}

// Layout is for Fyne.
func (outdent) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(-8, 0))
	o[0].Resize(fyne.NewSize(s.Width+16, s.Height))
}
