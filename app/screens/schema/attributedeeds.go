package schema

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/annotate/migrate"
	"lede/app/screens/sheet"
	"lede/app/widgets"
)

// deeds are what can be done with an attribute and all its values.
func (a *attributes) deeds(id annotate.ID) []deed {
	t := a.get(id)
	var all []deed
	if listed(t.Type) && len(t.Choices) > 1 {
		all = append(all, deed{"merge", "Merge values…", 'm', func() { a.mergeValues(t) }})
	}
	return append(all, deed{"delete", "Delete…", 'd', func() { a.remove(id) }})
}

// rename gives an attribute another name, by which its values are kept.
func (a *attributes) rename(id annotate.ID, name string) error {
	if id == draftID {
		return a.change(id, "Rename", func(t *annotate.Attribute) { t.Name = name })
	}
	t := a.get(id)
	if name == t.Name {
		return nil
	}
	return a.e.straight("Rename "+titleOr(t.Title, t.Name), "Rename", migrate.RenameAttribute{Attribute: id, Name: name})
}

// retype gives an attribute values of another type. What is there is converted.
func (a *attributes) retype(id annotate.ID, to annotate.AttributeType) {
	t := a.get(id)
	if id == draftID {
		a.do(id, "", func(t *annotate.Attribute) {
			t.Type, t.Default = to, nil
			if !listed(to) {
				t.Choices = nil
			}
		})
		return
	}
	words := ""
	for _, k := range types {
		if k.is == to {
			words = k.title
		}
	}
	drop, values := false, ""
	a.e.ask(&change{
		title: "Make " + titleOr(t.Title, t.Name) + " " + words, meant: "Change the values",
		rows: func(c *change) []fyne.CanvasObject {
			field := sheet.NewChoice(c.sheet, []string{"stay as they are", "are deleted"}, map[bool]int{true: 1}[drop], func(i int) {
				drop = i == 1
				c.preview()
			})
			c.focus = field
			rows := []fyne.CanvasObject{
				sheet.NewRow("Misfits", field),
				sheet.NewHint("Values that cannot be understood as "+words+".", changeRoom),
			}
			if listed(to) && !listed(t.Type) {
				list := widgets.NewField("made of the values that are there")
				list.Put(values)
				list.OnCommit = func(s string) { values = s; c.preview() }
				list.OnEnter = c.apply
				rows = append(rows, sheet.NewRow("The list", list), sheet.NewHint("Titles, with ; between them.", changeRoom))
			}
			return rows
		},
		steps: func() ([]migrate.Step, string) {
			step := migrate.RetypeAttribute{Attribute: id, Type: to, Drop: drop}
			for _, title := range strings.Split(values, ";") {
				if title = strings.Join(strings.Fields(title), " "); title != "" {
					step.Choices = append(step.Choices, annotate.Choice{Name: nameFor(title), Title: title})
				}
			}
			return []migrate.Step{step}, ""
		},
	})
}

// remove deletes an attribute, with its values or without.
func (a *attributes) remove(id annotate.ID) {
	if id == draftID {
		a.drop()
		a.e.show()
		return
	}
	t := a.get(id)
	keep := false
	a.e.ask(&change{
		title: "Delete " + titleOr(t.Title, t.Name), meant: "Delete",
		rows: func(c *change) []fyne.CanvasObject {
			field := sheet.NewChoice(c.sheet, []string{"are deleted", "stay where they are"}, map[bool]int{true: 1}[keep], func(i int) {
				keep = i == 1
				c.preview()
			})
			c.focus = field
			return []fyne.CanvasObject{sheet.NewRow("Its values", field)}
		},
		steps: func() ([]migrate.Step, string) {
			return []migrate.Step{migrate.DeleteAttribute{Attribute: id, KeepValues: keep}}, ""
		},
	})
}

// renameValue gives a value another name, wherever it was chosen.
func (a *attributes) renameValue(id annotate.ID, from, to string) error {
	if from == to {
		return nil
	}
	if id == draftID {
		return a.change(id, "", func(t *annotate.Attribute) {
			for i := range t.Choices {
				if t.Choices[i].Name == from {
					t.Choices[i].Name = to
				}
			}
		})
	}
	t := a.get(id)
	if err := a.e.straight("Rename a value of "+titleOr(t.Title, t.Name), "Rename", migrate.RenameValue{Attribute: id, From: from, To: to}); err != nil {
		return err
	}
	a.chooseValue(id, to)
	return nil
}

// removeValue deletes a value, wherever it was chosen, or makes it another one.
func (a *attributes) removeValue(id annotate.ID, name string) {
	t := a.get(id)
	if id == draftID {
		a.do(id, "", func(t *annotate.Attribute) {
			t.Choices = slices.DeleteFunc(t.Choices, func(c annotate.Choice) bool { return c.Name == name })
		})
		return
	}
	title := name
	to := target{none: "is deleted"}
	var names []string
	for _, c := range t.Choices {
		if c.Name == name {
			title = titleOr(c.Title, c.Name)
			continue
		}
		to.titles, names = append(to.titles, "becomes "+titleOr(c.Title, c.Name)), append(names, c.Name)
	}
	a.e.ask(&change{
		title: "Delete the value " + title, meant: "Delete",
		rows: func(c *change) []fyne.CanvasObject {
			field := to.field(c)
			c.focus = field
			return []fyne.CanvasObject{sheet.NewRow("Where it was", field)}
		},
		steps: func() ([]migrate.Step, string) {
			step := migrate.DeleteValue{Attribute: id, Value: name}
			if to.chosen > 0 {
				step.To = names[to.chosen-1]
			}
			return []migrate.Step{step}, ""
		},
	})
}

// mergeValues makes one value of several.
func (a *attributes) mergeValues(t annotate.Attribute) {
	from, into := several{}, target{}
	for _, c := range t.Choices {
		title := titleOr(c.Title, c.Name)
		from.titles, from.ids = append(from.titles, title), append(from.ids, annotate.ID(c.Name))
		into.titles, into.ids = append(into.titles, title), append(into.ids, annotate.ID(c.Name))
	}
	if v := a.value[t.ID]; v != "" {
		from.on = []annotate.ID{annotate.ID(v)}
	}
	a.e.ask(&change{
		title: "Merge values of " + titleOr(t.Title, t.Name), meant: "Merge",
		rows: func(c *change) []fyne.CanvasObject {
			return []fyne.CanvasObject{
				sheet.NewRow("These values", from.picks(c)),
				sheet.NewRow("Become", into.field(c)),
			}
		},
		steps: func() ([]migrate.Step, string) {
			var gone []string
			for _, id := range from.on {
				if id != into.id() {
					gone = append(gone, string(id))
				}
			}
			if into.id() == "" || len(gone) == 0 {
				return nil, "Choose the values that are to go, and the one that they become wherever they were chosen."
			}
			return []migrate.Step{migrate.MergeValues{Attribute: t.ID, From: gone, Into: string(into.id())}}, ""
		},
	})
}
