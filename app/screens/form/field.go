package form

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/app/theme"
	"lede/app/widgets"
)

// boxHeight is the height of a closed field of one line.
const boxHeight float32 = 28

// severalValues stands where things differ.
const severalValues = "several values"

// field is one attribute of the form. Its face has the keyboard.
type field struct {
	f    *Form
	a    annotate.Attribute
	now  state
	face *widgets.Surface
	name *nameTag
	row  *fyne.Container
	all  *fyne.Container // the face, and what is said below it
}

func newField(f *Form, a annotate.Attribute) *field {
	one := &field{f: f, a: a, name: newNameTag()}
	one.name.pressed = one.keep
	one.face = widgets.NewSurface(nil, one.tapped)
	one.face.OnTyped, one.face.OnRune, one.face.OnSecondary = one.typed, one.char, one.menu
	return one
}

// wanted says whether the walk stops at the field: it is empty, or what it has does
// not belong there.
func (one *field) wanted() bool {
	return !one.now.has() || one.now.stale != "" && one.now.applies
}

// fill shows the state of the things.
func (one *field) fill(a annotate.Attribute, now state) {
	one.a, one.now = a, now
	f := one.f
	kept, isKept := f.o.Kept[a.Name]
	one.name.set(nameLook{
		title: Title(a), wide: f.o.Column - 10, due: a.Required && !now.has(), required: a.Required,
		kept: isKept, canKeep: f.o.Keep != nil && f.o.Editable && (isKept || now.raw != nil && now.stale == "" && string(kept) != string(now.raw)),
	})
	one.look()
	control := []fyne.CanvasObject{one.face}
	if now.stale != "" {
		control = append(control, one.whyNot())
	}
	one.all = widgets.NewColumn(2, control...)
	one.row = container.New(rowLayout{f.o.Width, f.o.Column}, one.name, one.all)
}

// whyNot says why the value does not belong there, and can remove it.
func (one *field) whyNot() fyne.CanvasObject {
	words := widgets.NewParagraph(one.now.stale, theme.SmallSize, one.wide()-24, theme.Warning)
	if !one.f.o.Editable {
		return words
	}
	remove := newIconTap(widgets.IconClose, func() { one.clear(); one.f.leave() })
	return widgets.NewStretch(2, 0, words, remove)
}

// wide is the width of the control.
func (one *field) wide() float32 { return one.f.o.Width - one.f.o.Column }

// look makes the closed field.
func (one *field) look() {
	s := one.face
	s.Off = !one.f.o.Editable
	s.Color, s.Stroke, s.Radius, s.Pad, s.Least = theme.Raised, theme.Hairline, theme.SmallRadius, widgets.Even(9, 4), fyne.NewSize(0, boxHeight)
	switch {
	case one.a.Type == annotate.BooleanValue && !one.a.Required:
		s.Color, s.Stroke, s.Pad = "", "", widgets.Pad{Left: 4, Top: 6, Right: 4, Bottom: 6}
		s.Content = widgets.NewRow(0, newTick(one.is("true"), one.now.mixed))
	case one.asPills():
		if !one.short() {
			s.Pad = widgets.Even(4, 4)
		} else {
			s.Color, s.Stroke, s.Pad, s.Least = "", "", widgets.Even(3, 3), fyne.Size{}
		}
		s.Content = widgets.NewWrap(4, one.wide()-2*s.Pad.Left, one.pills()...)
	default:
		s.Content = one.box()
	}
	s.Refresh()
}

func (one *field) is(value string) bool {
	return slices.Contains(annotate.Values{one.a.Name: one.now.raw}.Strings(one.a.Name), value) && one.now.raw != nil
}

// box is a value on one line.
func (one *field) box() fyne.CanvasObject {
	words := widgets.NewElastic(Words(one.a, one.now.raw), theme.TextSize, theme.Text)
	switch {
	case one.now.mixed:
		words.Text, words.Color = severalValues, theme.Dim
	case one.now.raw == nil:
		words.Text, words.Color = one.hint(), theme.Faint
	case one.now.stale != "":
		words.Color = theme.Dim
	}
	if len(one.a.Choices) == 0 && one.a.Type != annotate.BooleanValue {
		return widgets.NewStretch(6, 0, words)
	}
	return widgets.NewStretch(6, 0, words, widgets.NewIcon(widgets.IconDown, 13, theme.Dim))
}

// hint is what an empty field shows: of a date, the one that is proposed.
func (one *field) hint() string {
	if one.a.Type == annotate.DateValue && one.f.o.Editable {
		if p := one.proposals(); len(p) > 0 && p[0].own {
			return p[0].date + "?"
		}
	}
	return "–"
}

// choices are the values that are offered now. A truth value that must be said has
// two.
func (one *field) choices() []annotate.Choice {
	if one.a.Type == annotate.BooleanValue {
		return []annotate.Choice{{Name: "true", Title: "Yes"}, {Name: "false", Title: "No"}}
	}
	return one.now.offered
}

// asPills says whether the choices all show: few and short ones, and what is chosen
// of a list.
func (one *field) asPills() bool {
	if one.now.mixed && one.a.Type != annotate.ManyOf || one.now.stale != "" && !one.now.applies {
		return false
	}
	if one.a.Type == annotate.ManyOf {
		return one.now.has() || one.short()
	}
	return (one.a.Type == annotate.OneOf && one.now.stale == "" || one.a.Type == annotate.BooleanValue) && one.short()
}

// short says whether all choices fit on two lines.
func (one *field) short() bool {
	const most = 4
	all := one.a.Choices
	if one.a.Type == annotate.BooleanValue {
		all = one.choices()
	}
	if len(all) > most {
		return false
	}
	var pills []fyne.CanvasObject
	for _, c := range all {
		pills = append(pills, newPill(ChoiceTitle(c), pillOff, nil))
	}
	line := newPill("x", pillOff, nil).MinSize().Height
	return widgets.NewWrap(4, one.wide()-6, pills...).MinSize().Height < 2*line+8
}

// pills are the choices that show, and what opens the rest.
func (one *field) pills() []fyne.CanvasObject {
	var all []fyne.CanvasObject
	many := one.a.Type == annotate.ManyOf
	short := one.short()
	listed := map[string]bool{}
	add := func(name, title string) {
		look := pillOff
		switch {
		case one.is(name):
			look = pillOn
		case slices.Contains(one.now.some, name):
			look = pillSome
		case many && !short:
			return
		}
		listed[name] = true
		all = append(all, newPill(title, look, one.press(name)))
	}
	for _, c := range one.choices() {
		add(c.Name, ChoiceTitle(c))
	}
	now := append(annotate.Values{one.a.Name: one.now.raw}.Strings(one.a.Name), one.now.some...)
	for _, name := range now { // what is not offered, and set nevertheless
		if !listed[name] && name != "" && many {
			add(name, one.f.titleOf(one.a.Name, name))
		}
	}
	if many && !short && one.f.o.Editable {
		all = append(all, newPill("+", pillOff, func() { one.open(nil) }))
	}
	return all
}

// press is what a pill does.
func (one *field) press(name string) func() {
	if !one.f.o.Editable {
		return nil
	}
	return func() {
		one.choose(name)
		one.f.leave()
	}
}

// choose sets a choice, or takes it back if it is set.
func (one *field) choose(name string) {
	on := !one.is(name)
	switch {
	case one.a.Type == annotate.ManyOf:
		one.f.alter(one.a.Name, toggle(one.a.Name, name, on))
	case on:
		one.f.set(one.a.Name, one.rawOf(name))
	default:
		one.clear()
	}
}

func (one *field) rawOf(name string) json.RawMessage {
	if one.a.Type == annotate.BooleanValue {
		return json.RawMessage(name)
	}
	return annotate.StringValue(name)
}

func (one *field) clear() { one.f.set(one.a.Name, nil) }

// check says whether the field is a box with a tick.
func (one *field) check() bool { return one.a.Type == annotate.BooleanValue && !one.a.Required }

func (one *field) tapped() {
	if one.check() {
		one.tick(!one.is("true"))
		if !widgets.ByKey {
			one.f.leave()
		}
		return
	}
	one.open(nil)
}

func (one *field) tick(on bool) {
	if on {
		one.f.set(one.a.Name, json.RawMessage("true"))
	} else {
		one.clear()
	}
}

// typed hears keys while the closed field has the keyboard.
func (one *field) typed(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if one.check() {
			one.f.walkOn(one.a.Name)
		} else {
			one.open(nil)
		}
	case fyne.KeyDown:
		if !one.check() {
			one.open(nil)
		}
	case fyne.KeySpace:
		widgets.ByKey = true
		one.tapped()
		if one.f.editor != nil {
			one.f.editor.entry.swallow = true
		}
	case fyne.KeyDelete, fyne.KeyBackspace:
		one.clear()
	default:
		return false
	}
	return true
}

// char begins to type in the closed field.
func (one *field) char(r rune) {
	switch {
	case r == ' ' || !unicode.IsPrint(r):
	case one.check():
		switch unicode.ToLower(r) {
		case 'y', '1', '+':
			one.tick(true)
			one.f.walkOn(one.a.Name)
		case 'n', '0', '-':
			one.tick(false)
			one.f.walkOn(one.a.Name)
		}
	default:
		one.open(&r)
	}
}

// keep gives the value to the next things too, or no longer.
func (one *field) keep() {
	o := one.f.o
	if o.Keep == nil || !o.Editable {
		return
	}
	if _, kept := o.Kept[one.a.Name]; kept {
		o.Keep(one.a.Name, nil)
	} else if one.now.raw != nil && one.now.stale == "" {
		o.Keep(one.a.Name, one.now.raw)
	}
}

// menu is what the second mouse button opens.
func (one *field) menu(at fyne.Position) {
	o := one.f.o
	var items []*fyne.MenuItem
	if one.now.has() {
		items = append(items, fyne.NewMenuItem("Remove the value", func() { one.clear(); one.f.leave() }))
	}
	_, kept := o.Kept[one.a.Name]
	if o.Keep != nil && (kept || one.now.raw != nil && one.now.stale == "") {
		title := "Keep for the next spans with " + o.Of
		if kept {
			title = "No longer keep for " + o.Of
		}
		items = append(items, fyne.NewMenuItem(title, func() { one.keep(); one.f.leave() }))
	}
	widgets.ShowMenu(fyne.NewMenu("", items...), o.Canvas, at)
}

// open opens the editor, with a character typed already if there is one. A digit
// chooses at once.
func (one *field) open(typed *rune) {
	if one.face.Off || one.check() {
		return
	}
	if typed != nil {
		if name, ok := one.byDigit(*typed); ok {
			one.pick(name)
			return
		}
	}
	openEditor(one, typed)
}

// byDigit is the choice with a digit.
func (one *field) byDigit(r rune) (string, bool) {
	choices := one.choices()
	i := strings.IndexRune(digits, r)
	if i < 0 || i >= len(choices) || !one.counted() {
		return "", false
	}
	return choices[i].Name, true
}

// digits are the keys of the first choices.
const digits = "123456789"

// counted says whether choices have digits as keys: where none begins with one.
func (one *field) counted() bool {
	for _, c := range one.choices() {
		if t := ChoiceTitle(c); t != "" && t[0] >= '0' && t[0] <= '9' {
			return false
		}
	}
	return true
}

// pick takes a choice by key and walks on; of a list, one is taken or given back and
// the field stays.
func (one *field) pick(name string) {
	if one.a.Type == annotate.ManyOf {
		one.choose(name)
		return
	}
	if !one.is(name) {
		one.f.set(one.a.Name, one.rawOf(name))
	}
	one.f.walkOn(one.a.Name)
}
