package schema

import (
	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/annotate/migrate"
	"lede/app/screens/sheet"
)

// deeds are what can be done with a type of relations and all of them.
func (a *relations) deeds(id annotate.ID) []deed {
	t := a.get(id)
	var all []deed
	if len(a.e.schema().RelationTypes) > 1 {
		all = append(all, deed{"merge", "Merge…", 'm', func() { a.merge(t) }})
	}
	return append(all, deed{"delete", "Delete…", 'd', func() { a.remove(id) }})
}

// rename gives a type of relations another name; the relations stay as they are.
func (a *relations) rename(id annotate.ID, name string) error {
	if id == draftID {
		return a.change(id, "Rename", func(t *annotate.RelationType) { t.Name = name })
	}
	t := a.get(id)
	if name == t.Name {
		return nil
	}
	steps := []migrate.Step{migrate.RenameRelation{Type: id, Name: name}}
	if t.Title != "" {
		t.Name = name
		steps = append(steps, migrate.Put{Record: t})
	}
	return a.e.straight("Rename "+titleOr(t.Title, t.Name), "Rename", steps...)
}

func (a *relations) merge(t annotate.RelationType) {
	from, into := several{on: []annotate.ID{t.ID}}, target{}
	for _, o := range a.e.schema().RelationTypes {
		title := titleOr(o.Title, o.Name)
		from.titles, from.ids = append(from.titles, title), append(from.ids, o.ID)
		into.titles, into.ids = append(into.titles, title), append(into.ids, o.ID)
	}
	a.e.ask(&change{
		title: "Merge relations", meant: "Merge", done: func() { a.e.chosen[areaRelations] = into.id() },
		rows: func(c *change) []fyne.CanvasObject {
			return []fyne.CanvasObject{
				sheet.NewRow("These types", from.picks(c)),
				sheet.NewRow("Become", into.field(c)),
			}
		},
		steps: func() ([]migrate.Step, string) {
			var gone []annotate.ID
			for _, id := range from.on {
				if id != into.id() {
					gone = append(gone, id)
				}
			}
			if into.id() == "" || len(gone) == 0 {
				return nil, "Choose the types that are to go, and the one that their relations get."
			}
			return []migrate.Step{migrate.MergeRelations{From: gone, Into: into.id()}}, ""
		},
	})
}

// remove deletes a type of relations, with them or after they got another one.
func (a *relations) remove(id annotate.ID) {
	if id == draftID {
		a.drop()
		a.e.show()
		return
	}
	t := a.get(id)
	to := target{none: "are deleted"}
	for _, o := range a.e.schema().RelationTypes {
		if o.ID != id {
			to.titles, to.ids = append(to.titles, "become "+titleOr(o.Title, o.Name)), append(to.ids, o.ID)
		}
	}
	a.e.ask(&change{
		title: "Delete " + titleOr(t.Title, t.Name), meant: "Delete",
		rows: func(c *change) []fyne.CanvasObject {
			field := to.field(c)
			c.focus = field
			return []fyne.CanvasObject{sheet.NewRow("Its relations", field)}
		},
		steps: func() ([]migrate.Step, string) {
			return []migrate.Step{migrate.DeleteRelation{Type: id, To: to.id()}}, ""
		},
	})
}
