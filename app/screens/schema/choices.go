package schema

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/app/theme"
	"lede/app/widgets"
)

const (
	valueHeight float32 = 30
	valuesMost  int     = 9 // lines in sight
)

// values is the list of the values of an attribute. Its keys are those of the list
// on the left: Shift+arrow moves, Enter goes to the title, Insert adds, Delete
// deletes.
type values struct {
	widgets.Rows
	a       *attributes
	f       *form
	choices []annotate.Choice
	whens   []string
	dragged int // -1 for none
	target  int
}

// choiceRows are the list of values, a field that adds some, and what can be said
// of the chosen one.
func (a *attributes) choiceRows(f *form, t annotate.Attribute) {
	v, ok := was[*values](f, "choices")
	if !ok {
		v = &values{a: a, dragged: -1, target: -1}
		v.Height, v.Quiet = valueHeight, true
		v.Count = func() int { return len(v.choices) }
		v.Make = func() fyne.CanvasObject { return newValueLine(v) }
		v.Fill = func(i int, row fyne.CanvasObject) { row.(*valueLine).show(i) }
		v.ExtendBaseWidget(v)
	}
	v.f, v.choices, v.whens = f, t.Choices, nil
	for _, c := range t.Choices {
		v.whens = append(v.whens, a.whenWords(t, c.When))
	}
	v.Refresh()
	var parts []fyne.CanvasObject
	if len(v.choices) > 0 {
		f.name("choices", v)
		back := widgets.NewFill(theme.Raised)
		back.Stroke, back.Radius = theme.Hairline, theme.Radius
		high := valueHeight*float32(min(valuesMost, len(v.choices))) + 8
		parts = append(parts, widgets.NewAtLeast(fyne.NewSize(0, high), container.NewStack(back, widgets.NewPadded(widgets.Even(4, 4), v))))
	}
	parts = append(parts, f.text("newvalue", "", "Add values: their titles, with ; between several", func(s string) error { return a.addValues(f.of, s) }))
	f.put(f.top("", widgets.NewColumn(6, parts...)))
	if i := v.at(); i >= 0 {
		a.choiceRow(f, t, v.choices[i])
	}
}

// choiceRow is what can be said of the chosen value.
func (a *attributes) choiceRow(f *form, t annotate.Attribute, c annotate.Choice) {
	alter := func(what string, set func(*annotate.Choice)) error {
		return a.change(f.of, what, func(t *annotate.Attribute) {
			for i := range t.Choices {
				if t.Choices[i].Name == c.Name {
					set(&t.Choices[i])
				}
			}
		})
	}
	f.put(f.pair(
		f.row("Value", f.text("value", c.Title, "as people see it", func(s string) error {
			return alter("Rename "+titleOr(c.Title, c.Name)+" of", func(c *annotate.Choice) { c.Title = strings.Join(strings.Fields(s), " ") })
		})),
		f.row("Name", f.text("valuename", c.Name, "as files and exports have it", func(s string) error {
			return a.renameValue(f.of, c.Name, strings.TrimSpace(s))
		})),
	))
	a.whenRows(f, "Offered", "always", c.When, t, func(w annotate.When) {
		a.e.fail(alter("Change when "+titleOr(c.Title, c.Name)+" is offered for", func(c *annotate.Choice) { c.When = w }))
	})
}

// whenWords is a condition in a few words.
func (a *attributes) whenWords(t annotate.Attribute, w annotate.When) string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(w)) {
		var titles []string
		for _, o := range a.others(t) {
			if o.Name != name {
				continue
			}
			for _, v := range valuesOf(o) {
				if slices.Contains(w[name], v.Name) {
					titles = append(titles, titleOr(v.Title, v.Name))
				}
			}
		}
		parts = append(parts, cmp.Or(strings.Join(titles, ", "), strings.Join(w[name], ", ")))
	}
	return strings.Join(parts, " and ")
}

// addValues adds values by their titles.
func (a *attributes) addValues(id annotate.ID, typed string) error {
	return a.change(id, "Add values of", func(t *annotate.Attribute) {
		for _, title := range strings.FieldsFunc(typed, func(r rune) bool { return r == ';' || r == '\n' }) {
			title = strings.Join(strings.Fields(title), " ")
			if title == "" {
				continue
			}
			name := free(nameFor(title), func(name string) bool {
				return slices.ContainsFunc(t.Choices, func(c annotate.Choice) bool { return c.Name == name })
			})
			t.Choices = append(t.Choices, annotate.Choice{Name: name, Title: title})
			a.chooseValue(id, name)
		}
		a.e.focus = "newvalue"
	})
}

// arrangeValues puts one value before another.
func (a *attributes) arrangeValues(id annotate.ID, from, to int) {
	if to == from || to == from+1 || to < 0 {
		return
	}
	a.do(id, "Reorder the values of", func(t *annotate.Attribute) {
		c := t.Choices[from]
		t.Choices = slices.Delete(t.Choices, from, from+1)
		if to > from {
			to--
		}
		t.Choices = slices.Insert(t.Choices, min(to, len(t.Choices)), c)
	})
}

func (a *attributes) chooseValue(id annotate.ID, name string) {
	if a.value == nil {
		a.value = map[annotate.ID]string{}
	}
	a.value[id] = name
}

// at is the chosen line, -1 for none.
func (v *values) at() int {
	name := v.a.value[v.f.of]
	if i := slices.IndexFunc(v.choices, func(c annotate.Choice) bool { return c.Name == name }); i >= 0 {
		return i
	}
	return min(0, len(v.choices)-1)
}

func (v *values) choose(i int) {
	if i < 0 || i >= len(v.choices) {
		return
	}
	v.a.chooseValue(v.f.of, v.choices[i].Name)
	v.ScrollTo(i)
	v.a.e.focus = "choices"
	v.a.e.showForm()
}

// TypedKey is for Fyne.
func (v *values) TypedKey(k *fyne.KeyEvent) {
	shift := v.a.e.o.Mods()&fyne.KeyModifierShift != 0
	at := v.at()
	switch {
	case at < 0:
	case shift && k.Name == fyne.KeyUp:
		v.a.arrangeValues(v.f.of, at, at-1)
		return
	case shift && k.Name == fyne.KeyDown:
		v.a.arrangeValues(v.f.of, at, at+2)
		return
	case k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter:
		v.a.e.o.Canvas.Focus(v.f.fields["value"])
		return
	case k.Name == fyne.KeyInsert:
		v.a.e.o.Canvas.Focus(v.f.fields["newvalue"])
		return
	case k.Name == fyne.KeyDelete || k.Name == fyne.KeyBackspace:
		v.a.removeValue(v.f.of, v.choices[at].Name)
		return
	}
	v.OnStep = func(by int) { v.choose(max(0, min(v.at()+by, len(v.choices)-1))) }
	v.Rows.TypedKey(k)
}

// TypedRune is for Fyne.
func (v *values) TypedRune(r rune) {
	if r == '+' {
		v.a.e.o.Canvas.Focus(v.f.fields["newvalue"])
	}
}

func (v *values) drag(from, to int) {
	if v.f.off {
		return
	}
	v.dragged, v.target = from, max(0, min(to, len(v.choices)))
	v.ScrollTo(min(v.target, len(v.choices)-1))
	v.Refresh()
}

func (v *values) dropped() {
	from, to := v.dragged, v.target
	v.dragged, v.target = -1, -1
	v.Refresh()
	if from >= 0 {
		v.a.chooseValue(v.f.of, v.choices[from].Name)
		v.a.arrangeValues(v.f.of, from, to)
	}
}
