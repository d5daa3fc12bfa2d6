package inspector

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"lede/annotate"
	"lede/app/theme"
	"lede/app/widgets"
)

// attributes is the form of a span's attributes.
func (t *spanTab) attributes(span annotate.Span) fyne.CanvasObject {
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
	if len(rows) == 0 {
		return nil
	}
	return widgets.NewColumn(6, rows...)
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
		check := widget.NewCheck("", nil)
		check.Checked = values.String(a.Name) == "true"
		check.OnChanged = func(on bool) {
			if on {
				set(json.RawMessage("true"))
			} else {
				set(nil)
			}
		}
		if !editable {
			check.Disable()
		}
		return check, nil
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
	}
	return ""
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
	none := fyne.NewMenuItem("–", func() { set(nil); p.o.Focus() })
	none.Checked = now == ""
	items := []*fyne.MenuItem{none}
	for _, c := range offered(a, values) {
		if c.Name == now {
			title = choiceTitle(c)
		}
		item := fyne.NewMenuItem(choiceTitle(c), func() { set(annotate.StringValue(c.Name)); p.o.Focus() })
		item.Checked = c.Name == now
		items = append(items, item)
	}
	return choiceOf(nil, title, items, editable)
}

// manyOf shows every choice as a chip that is on or off.
func (p *Panel) manyOf(a annotate.Attribute, values annotate.Values, editable bool, set func(json.RawMessage)) fyne.CanvasObject {
	var now []string
	if raw, ok := values[a.Name]; ok && json.Unmarshal(raw, &now) != nil {
		now = []string{values.String(a.Name)}
	}
	var chips []fyne.CanvasObject
	for _, c := range offered(a, values) {
		on := slices.Contains(now, c.Name)
		chip := widgets.NewChip("", func() {
			next := slices.DeleteFunc(slices.Clone(now), func(s string) bool { return s == c.Name })
			if !on {
				next = append(next, c.Name)
			}
			if len(next) == 0 {
				set(nil)
				return
			}
			if raw, err := json.Marshal(next); err == nil {
				set(raw)
			}
		})
		chip.Set(choiceTitle(c), on)
		chip.Off = !editable
		chips = append(chips, chip.Surface)
	}
	if len(chips) == 0 {
		return widgets.NewLine("–", theme.TextSize, theme.Faint)
	}
	return widgets.NewWrap(5, inner-formColumn, chips...)
}
