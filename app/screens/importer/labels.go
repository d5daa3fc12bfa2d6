package importer

import (
	"slices"

	"fyne.io/fyne/v2"

	"lede/annotate"
	"lede/annotate/format"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

// mostLabels is how many labels of the files have a field of their own.
const mostLabels = 60

// labelAs is the label of the project for one of the files; false if its spans stay out.
func (d *Dialog) labelAs(name string) (string, bool) {
	if to, told := d.mapped[name]; told {
		return to, to != ""
	}
	return name, true
}

// labelRows are the labels of the files and what becomes of each: a label of the
// project, a new one, or nothing.
func (d *Dialog) labelRows() []fyne.CanvasObject {
	if len(d.labels) == 0 {
		return nil
	}
	rows := []fyne.CanvasObject{widgets.NewPadded(widgets.Pad{Top: 8, Bottom: 2}, widgets.NewHead("Labels"))}
	for _, u := range d.labels[:min(mostLabels, len(d.labels))] {
		rows = append(rows, d.row(u.Name, d.labelField(u)))
	}
	if more := len(d.labels) - mostLabels; more > 0 {
		rows = append(rows, line("and "+sheet.Count(more, "more, taken under its own name", "more, taken under their own names"), theme.Dim))
	}
	return rows
}

func (d *Dialog) labelField(u format.LabelUse) *sheet.Choice {
	spans := " (" + sheet.Count(u.Spans, "span", "spans") + ")"
	var titles, to []string
	if _, known := d.schema.LabelNamed(u.Name); known {
		titles, to = []string{u.Name + ", as in the project" + spans}, []string{u.Name}
	} else {
		titles, to = []string{"a new label " + u.Name + spans}, []string{u.Name}
	}
	for _, l := range d.schema.Labels {
		if l.Name != u.Name {
			titles, to = append(titles, l.Name+spans), append(to, l.Name)
		}
	}
	titles, to = append(titles, "left out"+spans), append(to, "")
	as, _ := d.labelAs(u.Name)
	return sheet.NewChoice(d.sheet, titles, slices.Index(to, as), func(i int) {
		if delete(d.mapped, u.Name); to[i] != u.Name {
			d.mapped[u.Name] = to[i]
		}
		d.chose = u.Name
		d.look()
	})
}

// newLabels says whether the files have a label that the project does not have, or
// that was given another name: a reason to show the rows.
func (d *Dialog) newLabels() bool {
	return len(d.mapped) > 0 || slices.ContainsFunc(d.labels, func(u format.LabelUse) bool { return u.New })
}

// columnOptions are the answers as an import takes them, in the order of the columns.
// Only one can be the title: that which was chosen last, so that going through the list
// by keyboard takes nothing from another for good.
func (d *Dialog) columnOptions() format.Columns {
	var c format.Columns
	taken := map[string]bool{}
	if fact := d.columns[d.lastColumn]; fact != "meta" && fact != "drop" {
		taken[fact] = true
	}
	for _, name := range d.found.columns {
		switch fact := d.columns[name]; {
		case fact == "":
		case fact == "meta":
			c = append(c, format.Column{Fact: "meta:" + name, Name: name})
		case fact == "drop", name == d.lastColumn, !taken[fact]:
			c = append(c, format.Column{Fact: fact, Name: name})
			taken[fact] = fact != "drop"
		}
	}
	return c
}

// driftRows ask what is to become of the spans of corrected texts, and list them.
func (d *Dialog) driftRows() []fyne.CanvasObject {
	if d.duplicates != format.Correct {
		return nil
	}
	chosen := 0
	if d.acceptDrift {
		chosen = 1
	}
	return []fyne.CanvasObject{d.row("Their spans", sheet.NewChoice(d.sheet, []string{
		"wait: articles with spans stay as they are", "move along; those whose words are gone stay with the old text",
	}, chosen, func(i int) {
		d.acceptDrift = i == 1
		d.look()
	}))}
}

// drifted lists what becomes of the spans of corrected articles.
func (d *Dialog) drifted(r *format.ImportReport) []fyne.CanvasObject {
	const mostArticles, mostSpans = 20, 20
	if len(r.Drift) == 0 {
		return nil
	}
	rows := []fyne.CanvasObject{widgets.NewPadded(widgets.Pad{Top: 8, Bottom: 2}, widgets.NewHead("Corrected texts"))}
	para := func(words string, color theme.Name) {
		rows = append(rows, widgets.NewParagraph(words, theme.TextSize, d.width-16, color))
	}
	for i, a := range r.Drift {
		if i == mostArticles {
			para("and "+sheet.Count(len(r.Drift)-i, "more article", "more articles"), theme.Dim)
			break
		}
		title := a.Title
		if title == "" {
			title = a.Ref
		}
		para(title+": "+sheet.Count(a.Same, "span stays", "spans stay")+" where they are, "+sheet.Number(len(a.Moved))+" move, "+
			sheet.Number(len(a.Lost))+" lose their words.", theme.Text)
		for k, s := range a.Lost {
			if k == mostSpans && !d.all {
				para("    and "+sheet.Number(len(a.Lost)-k)+" more", theme.Dim)
				break
			}
			para("    "+s.Label+" “"+s.Text+"” of "+s.Annotator, theme.Warning)
		}
	}
	return rows
}

// schemaOf is that of the project, an empty one if it cannot be read: the import will
// say why.
func schemaOf(s *annotate.Schema, err error) *annotate.Schema {
	if err != nil {
		return &annotate.Schema{}
	}
	return s
}
