package inspector

import (
	"strings"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/app/commands"
	"lede/app/screens/form"
	"lede/app/screens/reader"
	"lede/app/theme"
	"lede/app/widgets"
)

// guideTab is what the codebook says of the label at hand, or where it says what is
// looked for.
type guideTab struct {
	p      *Panel
	search *widgets.Field
	line   fyne.CanvasObject
	picked annotate.ID // by the person; "" for the label at hand
	marked string      // words that were looked for
	found  []passage
	at     int // the result that Enter opens
	from   int // the tab that Esc goes back to, -1 for none
}

func newGuideTab(p *Panel) *guideTab {
	t := &guideTab{p: p, from: -1}
	t.search, t.line = widgets.NewSearch("Search all guidelines…", p.o.Key(commands.GuideShow))
	t.search.OnChanged = func(string) { t.at = 0; t.p.show() }
	t.search.OnTyped = t.typed
	t.search.OnEnter = t.enter
	return t
}

// hasGuide says whether the schema says anything about its labels.
func (p *Panel) hasGuide() bool {
	schema := p.o.Session.Schema()
	for _, l := range schema.Labels {
		if l.Guideline != "" || l.Description != "" || len(schema.AttributesOf(annotate.SpanScope, l.ID)) > 0 {
			return true
		}
	}
	return false
}

// ShowGuide shows the guidelines of the label at hand and lets search them. It says
// whether there are any.
func (p *Panel) ShowGuide() bool {
	if !p.hasGuide() || p.o.Session.Doc() == nil {
		return false
	}
	t := p.guide
	if p.tab() != tabGuide {
		t.from = p.wanted
	}
	t.picked, t.marked = "", ""
	t.search.Put("")
	p.turnTo(tabGuide)
	p.scroll.ScrollToTop()
	p.focus(t.search)
	return true
}

// label is the one whose guidelines are shown: the picked one, that of the chosen
// span, the armed one, the one given last, the first.
func (t *guideTab) label() annotate.Label {
	s := t.p.o.Session
	wanted := []annotate.ID{t.picked}
	if span, ok := t.p.chosenSpan(); ok {
		wanted = append(wanted, span.Label)
	}
	for _, id := range append(wanted, s.Armed(), s.LastLabel()) {
		if l, ok := s.Schema().Label(id); ok {
			return l
		}
	}
	if all := s.Schema().Labels; len(all) > 0 {
		return all[0]
	}
	return annotate.Label{}
}

func (t *guideTab) build() fyne.CanvasObject {
	query := strings.TrimSpace(t.search.Text)
	t.found = nil
	var content fyne.CanvasObject
	if query == "" {
		content = t.guideline(t.label())
	} else {
		t.found = search(codebook(t.p.o.Session.Schema()), query, t.label().ID)
		content = t.results(query)
	}
	return widgets.NewColumn(16, t.line, content)
}

// guideline is all that the schema says of a label.
func (t *guideTab) guideline(l annotate.Label) fyne.CanvasObject {
	var items []*fyne.MenuItem
	for _, other := range t.p.o.Session.Schema().Labels {
		item := fyne.NewMenuItem(menuTitle(other, t.p.o.LabelKey(other.Hotkey)), func() { t.pick(other.ID); t.p.after() })
		item.Checked = other.ID == l.ID
		items = append(items, item)
	}
	parts := []fyne.CanvasObject{choiceOf(widgets.NewPattern(reader.MarkOf(l)), reader.LabelTitle(l), items, true)}
	if l.Description != "" {
		bit := widgets.Bit{Text: l.Description, Face: widgets.SansBold, Color: theme.Text}
		parts = append(parts, widgets.NewRich(theme.TextSize, inner, 20, widgets.Marked(bit, t.marked)...))
	}
	if l.Guideline != "" {
		parts = append(parts, widgets.NewMarkdown(l.Guideline, inner, t.marked))
	}
	if asked := t.asked(l); len(asked) > 0 {
		parts = append(parts, section("Attributes", 10, asked...))
	}
	if len(parts) == 1 {
		parts = append(parts, widgets.NewParagraph("The schema says nothing about this label.", theme.TextSize, inner, theme.Dim))
	}
	return widgets.NewColumn(14, parts...)
}

// asked are the attributes of a label with what they mean and their values.
func (t *guideTab) asked(l annotate.Label) []fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, a := range t.p.o.Session.Schema().AttributesOf(annotate.SpanScope, l.ID) {
		bits := widgets.Marked(widgets.Bit{Text: form.Title(a), Face: widgets.SansBold, Color: theme.Text}, t.marked)
		said := ""
		if a.Required {
			said = " (required)"
		}
		if a.Description != "" {
			said += " " + a.Description
		}
		bits = append(bits, widgets.Marked(widgets.Bit{Text: said, Color: theme.Text}, t.marked)...)
		parts := []fyne.CanvasObject{widgets.NewRich(theme.TextSize, inner, 20, bits...)}
		var titles []string
		for _, c := range a.Choices {
			titles = append(titles, strings.ReplaceAll(form.ChoiceTitle(c), " ", "\u00a0"))
		}
		if len(titles) > 0 {
			bit := widgets.Bit{Text: strings.Join(titles, ", "), Color: theme.Dim}
			parts = append(parts, widgets.NewRich(theme.SmallSize+0.5, inner, 18, widgets.Marked(bit, t.marked)...))
		}
		rows = append(rows, widgets.NewColumn(1, parts...))
	}
	return rows
}

// results lists where the codebook has what is looked for.
func (t *guideTab) results(query string) fyne.CanvasObject {
	const most = 40
	if len(t.found) == 0 {
		return widgets.NewParagraph("No guideline has these words.", theme.TextSize, inner, theme.Dim)
	}
	t.at = max(0, min(t.at, len(t.found)-1, most-1))
	var rows []fyne.CanvasObject
	for i, p := range t.found[:min(len(t.found), most)] {
		label, _ := t.p.o.Session.Schema().Label(p.label)
		head := widgets.NewElastic(widgets.Facts(reader.LabelTitle(label), p.where), theme.SmallSize, theme.Dim)
		head.Forward = true
		bits := widgets.Marked(widgets.Bit{Text: around(p.text, query), Color: theme.Text}, query)
		row := widgets.NewSurface(widgets.NewColumn(2,
			widgets.NewStretch(8, 1, widgets.NewPattern(reader.MarkOf(label)), head),
			widgets.NewRich(theme.TextSize, inner-16, 19, bits...)), func() { t.open(i) })
		row.Pad, row.Radius = widgets.Even(8, 6), theme.SmallRadius
		if i == t.at {
			row.Color = theme.Tint
		}
		rows = append(rows, row)
	}
	return widgets.NewColumn(2, rows...)
}

// open shows the guidelines that a result is from, with what was looked for.
func (t *guideTab) open(i int) {
	if i < 0 || i >= len(t.found) {
		return
	}
	t.picked, t.marked = t.found[i].label, t.search.Text
	t.search.Put("")
	t.p.show()
	t.p.scroll.ScrollToTop()
}

func (t *guideTab) pick(label annotate.ID) {
	t.picked, t.marked = label, ""
	t.p.show()
	t.p.scroll.ScrollToTop()
}

// enter opens the marked result; without one the guidelines stay beside the text.
func (t *guideTab) enter() {
	if strings.TrimSpace(t.search.Text) != "" {
		t.open(t.at)
		return
	}
	t.from = -1
	t.p.o.Focus()
}

// typed hears the keys that go through results, or through labels, and the ones that
// turn the page.
func (t *guideTab) typed(e *fyne.KeyEvent) bool {
	by := map[fyne.KeyName]int{fyne.KeyUp: -1, fyne.KeyDown: 1}[e.Name]
	switch {
	case by != 0 && len(t.found) > 0:
		t.at += by
		t.p.show()
	case by != 0:
		t.pick(t.beside(by))
	case e.Name == fyne.KeyPageDown:
		t.p.turnPage(1)
	case e.Name == fyne.KeyPageUp:
		t.p.turnPage(-1)
	case e.Name == fyne.KeyEscape:
		t.leave()
	default:
		return false
	}
	return true
}

// beside is the label next to the one that is shown, in the order of the schema.
func (t *guideTab) beside(by int) annotate.ID {
	labels, now := t.p.o.Session.Schema().Labels, t.label().ID
	for i, l := range labels {
		if l.ID == now {
			return labels[max(0, min(i+by, len(labels)-1))].ID
		}
	}
	return now
}

// leave goes back to the text, and to the tab that was in front before the key.
func (t *guideTab) leave() {
	if t.from >= 0 {
		from := t.from
		t.from = -1
		t.p.turnTo(from)
	}
	t.p.o.Focus()
}

// turnPage scrolls by most of what is in sight.
func (p *Panel) turnPage(by float32) {
	height := p.scroll.Size().Height
	furthest := max(0, p.scroll.Content.MinSize().Height-height)
	p.scroll.Offset.Y = max(0, min(p.scroll.Offset.Y+by*0.8*height, furthest))
	p.scroll.Refresh()
}
