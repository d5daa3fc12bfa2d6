package importer

import (
	"strings"

	"fyne.io/fyne/v2"

	"lede/annotate/format"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

// mostNames is how many new names are listed before they are only counted, and mostAll
// how many when every one is asked for: a paragraph of more is not read by anybody.
const (
	mostNames = 12
	mostAll   = 1000
)

// created tells what an import makes, or would make, in the project: of many names how
// many there are and the first. hidden says that there are more to be shown.
func (d *Dialog) created(r *format.ImportReport) (rows []fyne.CanvasObject, hidden bool) {
	if w := r.Restored; w != nil {
		words := "This is now the project of the file"
		if r.DryRun {
			words = "A whole project, which takes the place of this new one"
		}
		words += ", with " + sheet.Count(w.Changes, "change", "changes") + " of its history and " + sheet.Count(w.Binned, "article", "articles") + " in the bin."
		rows = append(rows, widgets.NewParagraph(words, theme.TextSize, d.width-16, theme.Text))
	}
	for _, c := range []struct {
		title string
		names []string
	}{
		{"New labels", r.Created.Labels},
		{"New relations", r.Created.RelationTypes},
		{"New attributes", r.Created.Attributes},
		{"New annotators", r.Created.Annotators},
		{"New entities", r.Created.Entities},
	} {
		switch n := len(c.names); {
		case n == 0:
		case n <= mostNames:
			rows = append(rows, sheet.NewRow(c.title, line(strings.Join(c.names, ", "), theme.Text)))
		case !d.all:
			hidden = true
			rows = append(rows, sheet.NewRow(c.title, line(sheet.Number(n)+": "+strings.Join(c.names[:fewExamples], ", ")+" …", theme.Text)))
		default:
			words := strings.Join(c.names[:min(n, mostAll)], ", ")
			if n > mostAll {
				words += " and " + sheet.Number(n-mostAll) + " more"
			}
			rows = append(rows, sheet.NewRow(c.title, line(sheet.Number(n), theme.Text)),
				widgets.NewPadded(widgets.Pad{Left: 16}, widgets.NewParagraph(words, theme.TextSize, d.width-32, theme.Dim)))
		}
	}
	return rows, hidden
}
