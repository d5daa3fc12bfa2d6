package form

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"github.com/sahilm/fuzzy"

	"lede/annotate"
	"lede/annotate/dates"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

// The measures of an editor.
const (
	optionRow    float32 = 28
	editorPad    float32 = 6
	choiceWidth  float32 = 244 // of a list below its field
	mostOptions          = 17  // in sight
	leastOptions         = 8   // in sight, also where the field is far down
)

// option is something that an editor offers.
type option struct {
	value string
	title string
	note  string // on the right: the words of a date
	also  string // another name to find it by
	on    bool
	some  bool // some of the things have it
	none  bool // it takes the value away
}

// editor is an open field: a line to type in, and what is offered below it.
type editor struct {
	field *field
	sheet *sheet.Sheet
	entry *typing
	rows  *widgets.Rows
	all   []option
	found []int
	at    int  // the marked one, -1 for none
	last  int  // the one marked before it was taken, for the arrow keys
	moved bool // an arrow key marked it
	was   string
}

// openEditor opens a field, with a character typed already if there is one.
func openEditor(one *field, typed *rune) {
	f := one.f
	f.Commit()
	e := &editor{field: one, at: -1, last: -1, entry: &typing{}}
	f.editor = e
	e.entry.ExtendBaseWidget(e.entry)
	e.entry.e = e
	e.entry.OnChanged = func(string) { e.rows.Top(); e.search() }
	e.rows = widgets.NewRows(optionRow)
	e.rows.Count = func() int { return len(e.found) }
	e.rows.Make = func() fyne.CanvasObject { return newOptionLine(e) }
	e.rows.Fill = func(i int, row fyne.CanvasObject) { row.(*optionLine).show(i) }
	e.sheet = sheet.New(f.o.Canvas, container.NewBorder(
		widgets.NewPadded(widgets.Even(editorPad, editorPad), e.entry), nil, nil, nil, e.rows))
	e.sheet.Light = true
	e.sheet.OnCancel = func() { e.finish(); f.leave() }
	e.sheet.OnDone = e.done
	e.entry.PlaceHolder = Title(one.a) + "…"
	if !one.choosing() {
		e.was = annotate.Values{one.a.Name: one.now.raw}.String(one.a.Name)
		e.entry.Text = e.was
	}
	e.offer()
	e.search()
	e.sheet.Open(e.entry)
	e.rows.ScrollTo(e.at)
	if e.was != "" {
		e.entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
	if typed != nil {
		e.entry.Field.TypedRune(*typed)
	}
}

// choosing says whether the field has a closed list of values.
func (one *field) choosing() bool {
	return one.a.Type == annotate.OneOf || one.a.Type == annotate.ManyOf || one.a.Type == annotate.BooleanValue
}

func (e *editor) many() bool { return e.field.a.Type == annotate.ManyOf }

// offer gathers what can be chosen.
func (e *editor) offer() {
	one := e.field
	e.all = nil
	if !one.choosing() {
		return
	}
	for _, c := range one.choices() {
		e.all = append(e.all, option{
			value: c.Name, title: ChoiceTitle(c), also: c.Name,
			on: one.is(c.Name), some: slices.Contains(one.now.some, c.Name),
		})
	}
	if one.now.has() && !e.many() {
		e.all = append(e.all, option{title: "No value", none: true})
	}
}

// search shows what goes with what was typed.
func (e *editor) search() {
	typed := strings.TrimSpace(e.entry.Text)
	e.at, e.moved = -1, false
	switch {
	case e.field.choosing():
		e.find(typed)
	case e.field.a.Type == annotate.DateValue:
		e.findDates(typed)
	default:
		e.findRecent(typed)
	}
	e.fit()
}

// find looks for choices. Nothing typed shows all, with the present value marked.
func (e *editor) find(typed string) {
	e.found = nil
	if typed == "" {
		for i, o := range e.all {
			e.found = append(e.found, i)
			if o.on && !e.many() {
				e.at = i
			}
		}
		return
	}
	low := strings.ToLower(typed)
	rank := map[int]int{}
	for i, o := range e.all {
		if r := closeness(o, low); r < far && !o.none {
			rank[i] = r
			e.found = append(e.found, i)
		}
	}
	if len(e.found) == 0 {
		for _, m := range fuzzy.FindFrom(typed, titles(e.all)) {
			e.found = append(e.found, m.Index)
		}
	}
	slices.SortStableFunc(e.found, func(a, b int) int { return rank[a] - rank[b] })
	if len(e.found) > 0 {
		e.at = 0
	}
}

type titles []option

func (t titles) String(i int) string { return t[i].title }
func (t titles) Len() int            { return len(t) }

const far = 5

// closeness says how well an option goes with what was typed, in small letters; 0
// is best.
func closeness(o option, typed string) int {
	title, also := strings.ToLower(o.title), strings.ToLower(o.also)
	switch {
	case strings.HasPrefix(title, typed):
		return 0
	case strings.HasPrefix(also, typed):
		return 1
	case strings.Contains(title, " "+typed):
		return 2
	case strings.Contains(title, typed):
		return 3
	case strings.Contains(also, typed):
		return 4
	}
	return far
}

// findDates offers the dates that may be meant: those that what was typed says, or
// those of the words at hand.
func (e *editor) findDates(typed string) {
	e.all, e.found = nil, nil
	add := func(date, words string) {
		if !slices.ContainsFunc(e.all, func(o option) bool { return o.value == date }) {
			e.found = append(e.found, len(e.all))
			e.all = append(e.all, option{value: date, title: date, note: words})
		}
	}
	if typed == "" || typed == e.was {
		for _, p := range e.field.proposals() {
			if add(p.date, p.words); p.own && e.was == "" && e.at < 0 {
				e.at = 0
			}
		}
		return
	}
	for _, p := range dates.Propose(typed, e.field.f.o.Published) {
		for _, d := range ends(e.field.a, p) {
			add(d.date, d.words)
		}
	}
	if len(e.found) > 0 && !dates.Valid(typed) {
		e.at = 0
	}
}

// findRecent offers the values that were given last.
func (e *editor) findRecent(typed string) {
	const most = 6
	e.all, e.found = nil, nil
	if e.field.f.o.Recent == nil {
		return
	}
	low := strings.ToLower(typed)
	var later []option
	for _, v := range e.field.f.o.Recent(e.field.a) {
		if v == e.was || v == typed || typed != e.was && !strings.Contains(strings.ToLower(v), low) {
			continue
		}
		if o := (option{value: v, title: v}); strings.HasPrefix(strings.ToLower(v), low) || typed == e.was {
			e.all = append(e.all, o)
		} else {
			later = append(later, o)
		}
	}
	e.all = append(e.all, later...)
	e.all = e.all[:min(len(e.all), most)]
	for i := range e.all {
		e.found = append(e.found, i)
	}
}

// fit puts the editor where its field is, as high as what it offers.
func (e *editor) fit() {
	one := e.field
	at, size := one.place(), one.face.Size()
	line := e.entry.MinSize().Height
	wide := size.Width + 2*editorPad
	if one.choosing() {
		wide = choiceWidth
		at = at.AddXY(size.Width-wide, one.all.Size().Height+4)
	} else {
		at = at.AddXY(-editorPad, (size.Height-line)/2-editorPad)
	}
	height := line + 2*editorPad
	room := int((one.f.o.Canvas.Size().Height - at.Y - height - 2*theme.Unit) / optionRow)
	if n := min(mostOptions, max(leastOptions, room), len(e.found)); n > 0 {
		height += float32(n)*optionRow + editorPad + 3
	}
	if e.rows.Hidden = len(e.found) == 0; !e.rows.Hidden {
		e.rows.Refresh()
	}
	e.sheet.At, e.sheet.Room = &at, fyne.NewSize(wide, height)
	e.sheet.Fit()
	if e.sheet.Shown() { // it has its height
		e.rows.ScrollTo(e.at)
	}
}

// place is where the closed field stands on the canvas.
func (one *field) place() fyne.Position {
	if one.f.o.Place != nil {
		return one.f.o.Place(one.face)
	}
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(one.face)
}

// step marks another option.
func (e *editor) step(by int) {
	n := len(e.found)
	if n == 0 {
		return
	}
	if e.at < 0 {
		e.at = e.last
	}
	e.moved = true
	switch {
	case e.at < 0 && by < 0:
		e.at = n - 1
	case by == 1 || by == -1:
		e.at = (e.at + by + n) % n
	default:
		e.at = max(0, min(e.at+by, n-1))
	}
	e.rows.ScrollTo(e.at)
	e.rows.Refresh()
}

// enter takes what is marked, or what was typed, and walks on.
func (e *editor) enter() {
	if e.at >= 0 {
		e.take(e.at, true)
		return
	}
	e.finish()
	e.field.f.walkOn(e.field.a.Name)
}

// take takes an option. By key the walk goes on; a list stays open.
func (e *editor) take(row int, byKey bool) {
	if row < 0 || row >= len(e.found) {
		return
	}
	o, one := e.all[e.found[row]], e.field
	if e.many() {
		e.toggle(o, row)
		return
	}
	e.close()
	e.give(o)
	if byKey {
		one.f.walkOn(one.a.Name)
	} else {
		one.f.leave()
	}
}

// give sets what an option stands for.
func (e *editor) give(o option) {
	switch one := e.field; {
	case o.none:
		one.clear()
	case !one.choosing():
		one.f.set(one.a.Name, rawOf(one.a.Type, o.value))
	case !o.on:
		one.f.set(one.a.Name, one.rawOf(o.value))
	}
}

// toggle puts a choice into the list or takes it out; the editor stays.
func (e *editor) toggle(o option, row int) {
	one := e.field
	one.f.alter(one.a.Name, toggle(one.a.Name, o.value, !o.on))
	e.last = row
	if e.entry.Text != "" {
		e.last = e.found[row]
		e.entry.SetText("")
	}
	e.offer()
	e.search()
}

// finish writes down what was typed and closes.
func (e *editor) finish() {
	one := e.field
	typed := e.entry.Text
	e.close()
	if !one.choosing() && strings.TrimSpace(typed) != e.was {
		one.f.set(one.a.Name, rawOf(one.a.Type, typed))
	}
}

func (e *editor) close() {
	if e.field.f.editor == e {
		e.field.f.editor = nil
	}
	e.sheet.Close()
}

// tab goes to the next field as one sees them. It takes what was looked for, and
// leaves what is only proposed.
func (e *editor) tab(by int) {
	one := e.field
	if e.at >= 0 && (e.moved || strings.TrimSpace(e.entry.Text) != e.was) {
		if o := e.all[e.found[e.at]]; e.many() {
			e.toggle(o, e.at)
		} else {
			e.close()
			e.give(o)
		}
	}
	if one.f.editor == e {
		e.finish()
	}
	one.f.step(one.a.Name, by)
}

// done takes what is marked, or what was typed, and goes back to the text.
func (e *editor) done() {
	if e.at >= 0 && !e.many() {
		e.take(e.at, false)
		return
	}
	e.finish()
	e.field.f.leave()
}

// digit takes the option with a digit while nothing is typed.
func (e *editor) digit(r rune) bool {
	if !e.field.choosing() || e.entry.Text != "" {
		return false
	}
	name, ok := e.field.byDigit(r)
	if !ok {
		return false
	}
	e.take(slices.IndexFunc(e.found, func(i int) bool { return e.all[i].value == name }), true)
	return true
}
