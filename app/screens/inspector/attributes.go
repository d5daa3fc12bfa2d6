package inspector

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/app/theme"
	"lede/app/widgets"
)

// attributes is the form of a span's attributes.
func (t *spanTab) attributes(span annotate.Span) []fyne.CanvasObject {
	s := t.p.o.Session
	var rows []fyne.CanvasObject
	for _, a := range s.Schema().AttributesOf(annotate.SpanScope, span.Label) {
		set := func(raw json.RawMessage) { t.p.o.Tell(s.SetAttribute(span.ID, a.Name, raw)) }
		field, entry := t.p.attributeField(a, span.Attributes, t.editable(), set)
		if entry != nil {
			t.fields = append(t.fields, entry)
		}
		rows = append(rows, formRow(attributeTitle(a), field))
	}
	return rows
}

func attributeTitle(a annotate.Attribute) string {
	if a.Title != "" {
		return a.Title
	}
	return a.Name
}

// attributeField is the field of one attribute. Its entry is one that commits
// when it is left, nil if there is none.
func (p *Panel) attributeField(a annotate.Attribute, values annotate.Values, editable bool, set func(json.RawMessage)) (fyne.CanvasObject, *widgets.Field) {
	switch a.Type {
	case annotate.OneOf:
		return p.oneOf(a, values, editable, set), nil
	case annotate.ManyOf:
		return p.manyOf(a, values, editable, set), nil
	case annotate.BooleanValue:
		check := widgets.NewCheck("", values.String(a.Name) == "true", func(on bool) {
			if on {
				set(json.RawMessage("true"))
			} else {
				set(nil)
			}
			p.after()
		})
		check.Off = !editable
		return widgets.NewPadded(widgets.Pad{Left: -6}, widgets.NewRow(0, check.Surface)), nil
	default: // what is typed
	}
	f := widgets.NewField(hintOf(a))
	f.Put(values.String(a.Name))
	f.OnCommit = func(s string) { set(valueOf(a.Type, s)) }
	if !editable {
		f.Disable()
	}
	return f, f
}

func hintOf(a annotate.Attribute) string {
	switch a.Type {
	case annotate.DateValue:
		return "2026-03-04"
	case annotate.NumberValue:
		return "0"
	default:
		return ""
	}
}

// valueOf is what was typed as JSON: a number where one is wanted and it is one,
// else text; nothing for blanks.
func valueOf(kind annotate.AttributeType, s string) json.RawMessage {
	s = strings.TrimSpace(s)
	if s == "" {
		return nil
	}
	if kind == annotate.NumberValue {
		if _, err := strconv.ParseFloat(s, 64); err == nil && json.Valid([]byte(s)) {
			return json.RawMessage(s)
		}
	}
	return annotate.StringValue(s)
}

// offered are the choices that other values allow.
func offered(a annotate.Attribute, values annotate.Values) []annotate.Choice {
	var allowed []annotate.Choice
	for _, c := range a.Choices {
		ok := true
		for name, wanted := range c.When {
			ok = ok && slices.Contains(wanted, values.String(name))
		}
		if ok {
			allowed = append(allowed, c)
		}
	}
	return allowed
}

func choiceTitle(c annotate.Choice) string {
	if c.Title != "" {
		return c.Title
	}
	return c.Name
}

func (p *Panel) oneOf(a annotate.Attribute, values annotate.Values, editable bool, set func(json.RawMessage)) fyne.CanvasObject {
	now := values.String(a.Name)
	title := now
	none := fyne.NewMenuItem("–", func() { set(nil); p.after() })
	none.Checked = now == ""
	items := []*fyne.MenuItem{none}
	for _, c := range offered(a, values) {
		if c.Name == now {
			title = choiceTitle(c)
		}
		item := fyne.NewMenuItem(choiceTitle(c), func() { set(annotate.StringValue(c.Name)); p.after() })
		item.Checked = c.Name == now
		items = append(items, item)
	}
	return choiceOf(nil, title, items, editable)
}

// manyOf shows the chosen values as chips, and a menu of the others; a short list
// shows all of them.
func (p *Panel) manyOf(a annotate.Attribute, values annotate.Values, editable bool, set func(json.RawMessage)) fyne.CanvasObject {
	const all = 5
	var now []string
	if raw, ok := values[a.Name]; ok && json.Unmarshal(raw, &now) != nil {
		now = []string{values.String(a.Name)}
	}
	choices := offered(a, values)
	toggle := func(c annotate.Choice) func() {
		return func() { set(toggled(now, c.Name)); p.after() }
	}
	var chips []fyne.CanvasObject
	var items []*fyne.MenuItem
	for _, c := range choices {
		on := slices.Contains(now, c.Name)
		item := fyne.NewMenuItem(choiceTitle(c), toggle(c))
		item.Checked = on
		items = append(items, item)
		if on || len(choices) <= all {
			chip := widgets.NewChip("", toggle(c))
			chip.Set(choiceTitle(c), on)
			chip.Off = !editable
			chips = append(chips, chip.Surface)
		}
	}
	if len(choices) > all && editable {
		title := "+"
		if len(chips) == 0 {
			title = "choose…"
		}
		var more *widgets.Chip
		more = widgets.NewChip(title, func() { below(more.Surface, items) })
		chips = append(chips, more.Surface)
	}
	if len(chips) == 0 {
		return widgets.NewLine("–", theme.TextSize, theme.Faint)
	}
	return widgets.NewPadded(widgets.Pad{Top: 2}, widgets.NewWrap(5, inner-formColumn, chips...))
}

// toggled is a list of values with one put in or taken out, nil if none is left.
func toggled(now []string, name string) json.RawMessage {
	next := slices.DeleteFunc(slices.Clone(now), func(s string) bool { return s == name })
	if len(next) == len(now) {
		next = append(next, name)
	}
	if len(next) == 0 {
		return nil
	}
	raw, err := json.Marshal(next)
	if err != nil { // strings always encode
		return nil
	}
	return raw
}
