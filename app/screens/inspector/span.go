package inspector

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/annotate/text"
	"lede/app/commands"
	"lede/app/screens/reader"
	"lede/app/theme"
	"lede/app/widgets"
)

// spanTab is the chosen span in detail.
type spanTab struct {
	p      *Panel
	id     annotate.ID // of the span that is shown
	shown  annotate.Span
	note   *widgets.Field
	who    who // the chosen span stands for
	object fyne.CanvasObject
	state  string // what else object depends on

	warnings *warningsBox
}

func newSpanTab(p *Panel) *spanTab { return &spanTab{p: p, warnings: newWarningsBox(p)} }

// forget makes the next build start anew.
func (t *spanTab) forget() { t.id, t.object, t.who = "", nil, who{} }

func (t *spanTab) commit() {
	if t.note != nil && t.id != "" {
		t.note.Commit()
	}
}

// build makes the tab, or hands out the one that still holds: typing in a field
// must not be interrupted by an unrelated change.
func (t *spanTab) build(span annotate.Span) fyne.CanvasObject {
	state := t.outside(span)
	t.warnings.of(span.ID)
	if t.object != nil && t.id == span.ID && t.state == state && annotate.SameRecord(t.shown, span) {
		return t.object
	}
	t.id, t.shown, t.state = span.ID, span, state
	parts := []fyne.CanvasObject{widgets.NewColumn(4, t.quote(span), t.warnings.top())}
	if here := t.here(); here != nil {
		parts = append(parts, here)
	}
	rows := []fyne.CanvasObject{t.head(span)}
	if who := t.entity(span); who != nil {
		parts, rows = append(parts, rows[0], who), nil
	}
	if roles := t.roles(span); roles != nil { // before a form that may be long: they are few, and nearly always wanted
		parts, rows = append(append(parts, rows...), roles), nil
	}
	if rows = append(rows, t.p.fields(span)...); len(rows) > 0 {
		parts = append(parts, widgets.NewColumn(6, rows...))
	}
	if relations := t.relations(span); relations != nil {
		parts = append(parts, relations)
	}
	parts = append(parts, t.warnings.of(span.ID))
	if fragments := t.parts(span); fragments != nil {
		parts = append(parts, fragments)
	}
	parts = append(parts, t.noteField(span))
	if t.editable() {
		parts = append(parts, widgets.NewColumn(4, t.labelAll(), t.deleteButton()))
	}
	t.object = widgets.NewColumn(14, parts...)
	return t.object
}

// outside is what the tab shows that is not of the span itself.
func (t *spanTab) outside(span annotate.Span) string {
	s := t.p.o.Session
	here, at := s.Here()
	state := fmt.Sprint(s.ReadOnly() == "", s.Schema().Version, len(here), at, s.Kept(span.Label), t.entityOf(span).state())
	for _, r := range s.Doc().RelationsOf(span.ID) {
		state += string(r.ID) + string(r.Type) + string(r.From)
		for _, end := range []annotate.ID{r.From, r.To} {
			other, _ := s.Doc().Span(end)
			state += string(other.Label) + fmt.Sprint(other.Fragments)
		}
	}
	return state
}

func (t *spanTab) editable() bool { return t.p.o.Session.ReadOnly() == "" }

func (t *spanTab) quote(span annotate.Span) fyne.CanvasObject {
	w := widgets.NewParagraph(t.words(span), 14, inner, theme.Text)
	w.Face, w.Spread, w.Lines = widgets.Serif, 21, 8
	w.Elastic = true
	return w
}

// words is the text of a span, with … between its parts.
func (t *spanTab) words(span annotate.Span) string {
	doc := t.p.o.Session.Doc()
	var parts []string
	for _, f := range span.Fragments {
		parts = append(parts, doc.Text.Slice(f))
	}
	return strings.Join(parts, " … ")
}

// head is the label, which can be changed.
func (t *spanTab) head(span annotate.Span) fyne.CanvasObject {
	schema := t.p.o.Session.Schema()
	label, _ := schema.Label(span.Label)
	var items []*fyne.MenuItem
	for _, l := range schema.Labels {
		item := fyne.NewMenuItem(menuTitle(l, t.p.o.LabelKey(l.Hotkey)), func() {
			_, err := t.p.o.Session.Label(l.ID)
			t.p.o.Tell(err)
			t.p.after()
		})
		item.Checked = l.ID == label.ID
		items = append(items, item)
	}
	choice := choiceOf(widgets.NewPattern(reader.MarkOf(label)), reader.LabelTitle(label), items, t.editable())
	return formRow("Label", choice)
}

func menuTitle(l annotate.Label, key string) string {
	if key == "" {
		return reader.LabelTitle(l)
	}
	return fmt.Sprintf("%s   %s", reader.LabelTitle(l), key)
}

// formColumn is where the fields of a form begin.
const formColumn float32 = 108

// formRow is a name with a field.
func formRow(name string, field fyne.CanvasObject) fyne.CanvasObject {
	words := widgets.NewParagraph(name, theme.TextSize, formColumn-8, theme.Dim)
	words.Lines, words.Elastic = 2, true
	return container.New(formLayout{}, words, field)
}

type formLayout struct{}

// MinSize is for Fyne.
func (formLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(inner, max(o[0].MinSize().Height, o[1].MinSize().Height))
}

// Layout is for Fyne.
func (formLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	h := o[0].MinSize().Height
	o[0].Move(fyne.NewPos(0, max(0, (min(s.Height, 28)-h)/2)))
	o[0].Resize(fyne.NewSize(formColumn-8, h))
	o[1].Move(fyne.NewPos(formColumn, 0))
	o[1].Resize(fyne.NewSize(s.Width-formColumn, s.Height))
}

// choiceOf is a field with a menu.
func choiceOf(icon fyne.CanvasObject, title string, items []*fyne.MenuItem, editable bool) *widgets.Surface {
	words := widgets.NewElastic(title, theme.TextSize, theme.Text)
	if title == "" {
		words.Text, words.Color = "–", theme.Faint
	}
	var row fyne.CanvasObject
	arrow := widgets.NewIcon(widgets.IconDown, 13, theme.Dim)
	if icon != nil {
		row = widgets.NewStretch(8, 1, icon, words, arrow)
	} else {
		row = widgets.NewStretch(8, 0, words, arrow)
	}
	var s *widgets.Surface
	s = widgets.NewSurface(row, func() { below(s, items) })
	s.Color, s.Stroke, s.Pad, s.Least = theme.Raised, theme.Hairline, widgets.Even(9, 4), fyne.NewSize(0, 28)
	s.Off = !editable
	return s
}

func below(at fyne.CanvasObject, items []*fyne.MenuItem) {
	d := fyne.CurrentApp().Driver()
	if c := d.CanvasForObject(at); c != nil {
		widgets.ShowMenu(fyne.NewMenu("", items...), c, d.AbsolutePositionForObject(at).AddXY(0, at.Size().Height+4))
	}
}

// section is a head with what belongs below it.
func section(title string, gap float32, objects ...fyne.CanvasObject) fyne.CanvasObject {
	return widgets.NewColumn(9, widgets.NewHead(title), widgets.NewColumn(gap, objects...))
}

// parts lists the fragments of a span, and how to add one.
func (t *spanTab) parts(span annotate.Span) fyne.CanvasObject {
	doc := t.p.o.Session.Doc()
	var rows []fyne.CanvasObject
	for i, f := range span.Fragments {
		if len(span.Fragments) == 1 {
			break
		}
		words := widgets.NewElastic(doc.Text.Slice(f), theme.TextSize, theme.Text)
		place := widgets.NewLine(fmt.Sprintf("%d–%d", f.Start, f.End), theme.SmallSize, theme.Dim)
		line := []fyne.CanvasObject{words, place}
		if t.editable() {
			line = append(line, widgets.NewIconButton(widgets.IconClose, func() {
				t.p.o.Tell(t.p.o.Session.RemoveFragment(span.ID, i))
				t.p.after()
			}))
		}
		rows = append(rows, widgets.NewStretch(6, 0, line...))
	}
	if t.editable() {
		rows = append(rows, t.addPart())
	}
	if len(rows) == 0 {
		return nil
	}
	if len(span.Fragments) == 1 {
		return rows[0]
	}
	return section("Parts", 2, rows...)
}

// addPart is the button that adds the selection to the span.
func (t *spanTab) addPart() fyne.CanvasObject {
	title := "Add the selection as a part"
	words := widgets.NewLine(title, theme.TextSize, theme.Accent)
	inside := []fyne.CanvasObject{widgets.NewIcon(widgets.IconPlus, 13, theme.Accent), words}
	if t.p.o.AddPartKey != "" {
		inside = append(inside, widgets.NewKeyCap(t.p.o.AddPartKey))
	}
	s := widgets.NewSurface(widgets.NewRow(6, inside...), func() {
		t.p.o.Tell(t.p.o.Session.AddFragment(text.Range{}))
		t.p.o.Focus()
	})
	s.Pad, s.Radius = widgets.Pad{Left: 4, Top: 4, Right: 8, Bottom: 4}, 4
	return widgets.NewPadded(widgets.Pad{Left: -4}, widgets.NewRow(0, s))
}

func relationName(t annotate.RelationType) string { return reader.RelationName(t) }

func (t *spanTab) noteField(span annotate.Span) fyne.CanvasObject {
	if t.note == nil {
		hint := "Add a note…"
		if t.p.o.NoteKey != "" {
			hint += " (" + t.p.o.NoteKey + ")"
		}
		t.note = widgets.NewNote(hint, 2)
	}
	id := span.ID
	t.note.OnCommit = func(note string) { t.p.o.Tell(t.p.o.Session.SetSpanNote(id, note)) }
	t.note.Put(span.Note)
	if t.editable() {
		t.note.Enable()
	} else {
		t.note.Disable()
	}
	return section("Note", 0, t.note)
}

// labelAll is the button that labels every other place with the same words.
func (t *spanTab) labelAll() fyne.CanvasObject {
	inside := []fyne.CanvasObject{
		widgets.NewIcon(widgets.IconSearch, 13, theme.Accent), widgets.NewLine("Label all like this…", theme.TextSize, theme.Accent),
	}
	if key := t.p.o.Key(commands.SpanLabelAll); key != "" {
		inside = append(inside, widgets.NewKeyCap(key))
	}
	s := widgets.NewSurface(widgets.NewRow(6, inside...), func() { t.p.o.Run(commands.SpanLabelAll) })
	s.Pad, s.Radius = widgets.Pad{Left: 4, Top: 4, Right: 8, Bottom: 4}, 4
	return widgets.NewPadded(widgets.Pad{Left: -4}, widgets.NewRow(0, s))
}

func (t *spanTab) deleteButton() fyne.CanvasObject {
	s := widgets.NewSurface(widgets.NewRow(6, widgets.NewIcon(widgets.IconTrash, 14, theme.Danger),
		widgets.NewLine("Delete span", theme.TextSize, theme.Danger)), func() {
		t.p.o.Tell(t.p.o.Session.Delete())
		t.p.o.Focus()
	})
	s.Pad, s.Radius = widgets.Pad{Left: 4, Top: 4, Right: 8, Bottom: 4}, 4
	return widgets.NewPadded(widgets.Pad{Left: -4}, widgets.NewRow(0, s))
}
