package schema

import (
	"strings"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/annotate/migrate"
	"lede/app/screens/reader"
	"lede/app/screens/sheet"
)

// useRows are how many spans have the label, and what can be done with them.
func (a *labels) useRows(f *form, l annotate.Label) {
	used := ""
	if n, ok := a.e.use.labels[l.Name]; ok {
		used = sheet.Count(n, "span has", "spans have") + " this label"
	}
	f.deeds(used, a.deeds(l.ID))
}

func (a *labels) deeds(id annotate.ID) []deed {
	l := a.get(id)
	var all []deed
	if len(a.e.schema().Labels) > 1 {
		all = append(all, deed{"merge", "Merge…", 'm', func() { a.merge(l) }})
	}
	return append(all,
		deed{"split", "Split…", 's', func() { a.split(l) }},
		deed{"delete", "Delete…", 'd', func() { a.remove(id) }})
}

// rename gives a label another name; its spans stay as they are.
func (a *labels) rename(id annotate.ID, name string) error {
	if id == draftID {
		return a.change(id, "Rename", func(l *annotate.Label) { l.Name = name })
	}
	l := a.get(id)
	if name == l.Name {
		return nil
	}
	steps := []migrate.Step{migrate.RenameLabel{Label: id, Name: name}}
	if l.Title != "" { // which is somebody's choice, and stays
		l.Name = name
		steps = append(steps, migrate.Put{Record: l})
	}
	return a.e.straight("Rename "+l.Called(), "Rename", steps...)
}

// others are all labels but one.
func (a *labels) others(but annotate.ID) target {
	var t target
	for _, l := range a.e.schema().Labels {
		if l.ID != but {
			t.titles, t.ids = append(t.titles, l.Called()), append(t.ids, l.ID)
		}
	}
	return t
}

// merge gives the spans of some labels another label.
func (a *labels) merge(l annotate.Label) {
	from := several{on: []annotate.ID{l.ID}}
	into := target{}
	for _, o := range a.e.schema().Labels {
		mark := reader.MarkOf(o)
		from.titles, from.ids, from.marks = append(from.titles, o.Called()), append(from.ids, o.ID), append(from.marks, &mark)
		into.titles, into.ids = append(into.titles, o.Called()), append(into.ids, o.ID)
	}
	a.e.ask(&change{
		title: "Merge labels", meant: "Merge", done: func() { a.e.chosen[areaLabels] = into.id() },
		rows: func(c *change) []fyne.CanvasObject {
			return []fyne.CanvasObject{
				sheet.NewRow("These labels", from.picks(c)),
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
			switch {
			case into.id() == "":
				return nil, "Choose the label that their spans get. The others are deleted; nothing that was marked is lost."
			case len(gone) == 0:
				return nil, "Choose a label that is to go."
			}
			return []migrate.Step{migrate.MergeLabels{From: gone, Into: into.id()}}, ""
		},
	})
}

// remove deletes a label, with its spans or after they got another one.
func (a *labels) remove(id annotate.ID) {
	if id == draftID {
		a.drop()
		a.e.show()
		return
	}
	l := a.get(id)
	if a.e.use.labels[l.Name] == 0 && a.e.use.labels != nil { // as far as is known; the preview will tell
		a.e.fail(a.e.straight("Delete "+l.Called(), "Delete", migrate.DeleteLabel{Label: id}))
		return
	}
	to := a.others(id)
	to.none = "are deleted, with their relations"
	for i, title := range to.titles {
		to.titles[i] = "become " + title
	}
	a.e.ask(&change{
		title: "Delete " + l.Called(), meant: "Delete",
		rows: func(c *change) []fyne.CanvasObject {
			field := to.field(c)
			c.focus = field
			return []fyne.CanvasObject{sheet.NewRow("Its spans", field)}
		},
		steps: func() ([]migrate.Step, string) {
			return []migrate.Step{migrate.DeleteLabel{Label: id, To: to.id()}}, ""
		},
	})
}

// NewLabelName is what a title that was typed for a new label is called in files.
func newLabel(title string) annotate.Label {
	title = strings.Join(strings.Fields(title), " ")
	return annotate.Label{Name: nameFor(title), Title: title}
}
