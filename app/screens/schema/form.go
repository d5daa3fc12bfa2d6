package schema

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

// form is the right side: what can be said of one record. It is put together anew
// after each change, from the fields that were there: a field that is pressed while
// another one writes down what was typed is the same when it is let go.
type form struct {
	e      *Editor
	width  float32
	rows   []fyne.CanvasObject
	fields map[string]fyne.Focusable
	checks map[string]*widgets.Check
	rooms  map[string]*container.Scroll
	first  fyne.Focusable
	off    bool // nothing can be changed
	of     annotate.ID
	before *form // the one of the same record that this one takes the place of
}

func newForm(e *Editor) *form {
	f := &form{e: e, of: e.chosen[e.now], width: e.inside, fields: map[string]fyne.Focusable{}, checks: map[string]*widgets.Check{}, rooms: map[string]*container.Scroll{}, off: e.o.Session.SchemaReadOnly() != ""}
	if e.form != nil && e.form.of == f.of {
		f.before = e.form
		f.before.before = nil
	}
	return f
}

// put adds lines.
func (f *form) put(rows ...fyne.CanvasObject) { f.rows = append(f.rows, rows...) }

// name makes a field known under a name.
func (f *form) name(name string, field fyne.Focusable) {
	f.fields[name] = field
	if f.first == nil {
		f.first = field
	}
}

// enter puts the keyboard into the first field.
func (f *form) enter() {
	if f.first != nil {
		f.e.o.Canvas.Focus(f.first)
	}
}

// holder is the name of the field that has the keyboard.
func (f *form) holder(focused fyne.Focusable) string {
	for name, field := range f.fields {
		if field == focused {
			return name
		}
	}
	return ""
}

// titleColumn is the room for the titles of fields.
const titleColumn float32 = 96

// row is a line with a title and a field.
func (f *form) row(title string, field fyne.CanvasObject) fyne.CanvasObject {
	words := widgets.NewElastic(title, theme.TextSize, theme.Dim)
	return widgets.NewStretch(12, 1, widgets.NewAtLeast(fyne.NewSize(titleColumn, 0), words), field)
}

// fieldWidth is the room beside a title.
func (f *form) fieldWidth() float32 { return f.width - titleColumn - 12 }

// top is a row whose title stands at the first line of a high field.
func (f *form) top(title string, field fyne.CanvasObject) fyne.CanvasObject {
	words := widgets.NewElastic(title, theme.TextSize, theme.Dim)
	return container.New(topRow{}, widgets.NewPadded(widgets.Pad{Top: 5}, words), field)
}

type topRow struct{}

// MinSize is for Fyne.
func (topRow) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(titleColumn+12+b.Width, max(a.Height, b.Height))
}

// Layout is for Fyne.
func (topRow) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(titleColumn, o[0].MinSize().Height))
	o[1].Move(fyne.NewPos(titleColumn+12, 0))
	o[1].Resize(fyne.NewSize(max(0, s.Width-titleColumn-12), s.Height))
}

// pair puts two lines beside each other, or, where there is no room, one below the
// other.
func (f *form) pair(left, right fyne.CanvasObject) fyne.CanvasObject {
	const least = 560
	if f.width < least {
		return widgets.NewColumn(10, left, right)
	}
	return container.New(halves{28}, left, right)
}

// halves gives two objects the same width, a gap apart.
type halves struct{ gap float32 }

// MinSize is for Fyne.
func (h halves) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(2*max(a.Width, b.Width)+h.gap, max(a.Height, b.Height))
}

// Layout is for Fyne.
func (h halves) Layout(o []fyne.CanvasObject, s fyne.Size) {
	w := (s.Width - h.gap) / 2
	for i, part := range o {
		part.Move(fyne.NewPos(float32(i)*(w+h.gap), 0))
		part.Resize(fyne.NewSize(w, s.Height))
	}
}

// was is the field of a name in the form that this one takes the place of.
func was[T fyne.Focusable](f *form, name string) (field T, ok bool) {
	if f.before != nil {
		field, ok = f.before.fields[name].(T)
	}
	return field, ok
}

// text is a field of one line. What commit refuses is said below it, and what was
// typed stays.
func (f *form) text(name, now, hint string, commit func(string) error) fyne.CanvasObject {
	field, ok := was[*widgets.Field](f, name)
	if !ok {
		field = widgets.NewField(hint)
	}
	return f.entry(name, field, now, commit)
}

// note is a field of several lines.
func (f *form) note(name, now, hint string, lines int, commit func(string) error) fyne.CanvasObject {
	field, ok := was[*widgets.Field](f, name)
	if !ok {
		field = widgets.NewNote(hint, lines)
	}
	return f.entry(name, field, now, commit)
}

func (f *form) entry(name string, field *widgets.Field, now string, commit func(string) error) fyne.CanvasObject {
	field.OnCommit = nil
	field.Put(now)
	wrong := widgets.NewParagraph("", theme.SmallSize, 0, theme.Danger)
	wrong.Hide()
	column := widgets.NewColumn(3, field, wrong)
	field.OnCommit = func(s string) {
		err := commit(s)
		if err == nil {
			f.e.soon() // what came while somebody was typing is shown now
		}
		wrong.Hidden = err == nil
		if err != nil {
			wrong.Width = field.Size().Width
			wrong.SetText(sheet.Sentence(err))
			f.e.body.Refresh()
			f.e.room.Refresh()
		}
	}
	if f.off {
		field.Disable()
	}
	f.name(name, field)
	return column
}

// hint is a small line below a field.
func (f *form) hint(words string) fyne.CanvasObject {
	return widgets.NewPadded(widgets.Pad{Left: titleColumn + 12, Bottom: 2},
		widgets.NewParagraph(words, theme.SmallSize, f.fieldWidth(), theme.Dim))
}

// head begins a section.
func (f *form) head(words string) fyne.CanvasObject {
	return widgets.NewPadded(widgets.Pad{Top: 12}, widgets.NewColumn(8, widgets.NewHairline(), widgets.NewHead(words)))
}

// picks are options beside each other.
func (f *form) picks(name string, width float32, options []widgets.Pick, picked func(i int)) *widgets.Picks {
	p, ok := was[*widgets.Picks](f, name)
	if ok {
		p.OnPicked = picked
		p.Set(width, options)
	} else {
		p = widgets.NewPicks(width, options, picked)
	}
	p.Off = f.off
	f.name(name, p)
	return p
}

// menuField is a field with a closed list of values, which opens below it. Unlike
// that of a dialog it is not gone through by arrow keys: each value would be a step
// of undo.
type menuField struct {
	widgets.Surface
	words   *widgets.Words
	titles  []string
	chosen  int
	changed func(int)
	canvas  fyne.Canvas
}

// choice is a field with a closed list of values.
func (f *form) choice(name string, titles []string, chosen int, changed func(int)) fyne.CanvasObject {
	m, ok := was[*menuField](f, name)
	if !ok {
		m = &menuField{canvas: f.e.o.Canvas, words: widgets.NewElastic("", theme.TextSize, theme.Text)}
		m.Content = widgets.NewStretch(8, 0, m.words, widgets.NewIcon(widgets.IconDown, 14, theme.Dim))
		m.Color, m.Stroke, m.Radius, m.Pad = theme.Raised, theme.Hairline, theme.SmallRadius, widgets.Even(9, 5)
		m.Least, m.OnTapped = fyne.NewSize(80, 32), m.open
		m.ExtendBaseWidget(m)
	}
	m.titles, m.chosen, m.changed, m.Off = titles, chosen, changed, f.off
	m.words.Text = ""
	if chosen >= 0 && chosen < len(titles) {
		m.words.Text = titles[chosen]
	}
	m.Refresh()
	f.name(name, m)
	return m
}

func (m *menuField) open() {
	menu := fyne.NewMenu("")
	for i, title := range m.titles {
		item := fyne.NewMenuItem(title, func() {
			if i != m.chosen {
				m.changed(i)
			}
		})
		item.Checked = i == m.chosen
		menu.Items = append(menu.Items, item)
	}
	widgets.ShowMenuBelow(menu, m.canvas, m)
}

// check is something that is so or not.
func (f *form) check(name, title string, on bool, changed func(bool)) fyne.CanvasObject {
	var c *widgets.Check
	if f.before != nil && f.before.checks[name] != nil {
		c = f.before.checks[name]
	} else {
		c = widgets.NewCheck(title, on, nil)
	}
	c.OnChanged, c.Off = changed, f.off
	c.Set(on)
	f.checks[name] = c
	f.name(name, c.Surface)
	return widgets.NewPadded(widgets.Pad{Left: -6}, widgets.NewRow(0, c.Surface))
}

// press is a button or a link that does something.
func (f *form) press(name string, fresh func(tapped func()) *widgets.Surface, do func()) *widgets.Surface {
	s, ok := was[*widgets.Surface](f, name)
	if !ok {
		s = fresh(nil)
	}
	s.OnTapped = do
	f.fields[name] = s
	return s
}

// link leads somewhere.
func (f *form) link(name, title string, do func()) fyne.CanvasObject {
	return f.press(name+"/"+title, func(tapped func()) *widgets.Surface { return widgets.NewLink(title, tapped) }, do)
}

// picksRoom is the most height that options get before they scroll.
const picksRoom float32 = 6*32 - 6

// scrolled gives options that are very many a room in which they scroll: the one
// that they had, where it stood.
func (f *form) scrolled(name string, p *widgets.Picks) fyne.CanvasObject {
	var before *container.Scroll
	if f.before != nil {
		before = f.before.rooms[name]
	}
	o, room := scrolled(p, before)
	if room != nil {
		f.rooms[name] = room
	}
	return o
}

func scrolled(p *widgets.Picks, room *container.Scroll) (fyne.CanvasObject, *container.Scroll) {
	p.OnMoved = nil
	if p.MinSize().Height <= picksRoom {
		return p, nil
	}
	if room == nil {
		room = container.NewVScroll(p)
		room.SetMinSize(fyne.NewSize(0, picksRoom))
	}
	room.Content = p
	p.OnMoved = func(y, height float32) {
		if to := min(max(room.Offset.Y, y+height-picksRoom), y); to != room.Offset.Y {
			room.Offset.Y = to
			room.Refresh()
		}
	}
	return room, room
}
