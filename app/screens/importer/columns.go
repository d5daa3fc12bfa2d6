package importer

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

// columnFacts are what a column may be.
var columnFacts = []struct{ fact, title string }{
	{"", ""}, // told by its name
	{"text", "text"},
	{"title", "title"},
	{"id", "id"},
	{"source", "source"},
	{"url", "address (URL)"},
	{"author", "author"},
	{"published", "date"},
	{"language", "language"},
	{"meta", "further fact"},
	{"drop", "left out"},
}

const (
	mostColumns         = 60 // of a table that are shown
	columnWidth float32 = 164
	columnKey           = "column " // before its name, among the fields
)

// columnRows show the first rows of a table, and above each column what it becomes.
func (d *Dialog) columnRows() []fyne.CanvasObject {
	names := d.found.columns
	if len(names) == 0 || d.holdsAnySpan() && !(d.more || d.asked[askColumn] || len(d.columns) > 0) {
		return nil
	}
	columns := make([]fyne.CanvasObject, 0, len(names))
	for i, name := range names[:min(mostColumns, len(names))] {
		columns = append(columns, d.column(i, name))
	}
	grid := fyne.CanvasObject(container.New(evenly{}, columns...))
	if float32(len(columns))*columnWidth > d.width-16 {
		grid = container.NewHScroll(widgets.NewPadded(widgets.Pad{Bottom: 10}, grid))
	}
	rows := []fyne.CanvasObject{
		widgets.NewPadded(widgets.Pad{Top: 8, Bottom: 2}, widgets.NewHead("Columns, and what each becomes")),
		grid,
	}
	if more := len(names) - mostColumns; more > 0 {
		rows = append(rows, line("and "+sheet.Count(more, "more column, told by its name", "more columns, told by their names"), theme.Dim))
	}
	return rows
}

// column is one column of the table: its name, the choice, its first cells.
func (d *Dialog) column(i int, name string) fyne.CanvasObject {
	head := widgets.NewElastic(name, theme.TextSize, theme.Text)
	head.Face = widgets.SansBold
	choice := d.columnChoice(i, name)
	d.named[columnKey+name] = choice
	parts := []fyne.CanvasObject{head, choice}
	for n := range mostRows {
		cell := ""
		if d.found.grid != nil && n < len(d.found.grid.Rows) {
			cell = strings.Join(strings.Fields(beginning(d.found.grid.Rows[n][i])), " ")
		}
		parts = append(parts, widgets.NewPadded(widgets.Pad{Left: 9}, widgets.NewElastic(cell, theme.SmallSize, theme.Dim)))
	}
	return widgets.NewColumn(4, parts...)
}

func (d *Dialog) columnChoice(i int, name string) *sheet.Choice {
	var titles []string
	chosen := 0
	for n, f := range columnFacts {
		if f.fact == "" {
			f.title = d.toldByName(i)
		}
		titles = append(titles, f.title)
		if d.columns[name] == f.fact {
			chosen = n
		}
	}
	return sheet.NewChoice(d.sheet, titles, chosen, func(n int) {
		fact := columnFacts[n].fact
		d.lastColumn, d.chose = name, columnKey+name
		if d.columns[name] = fact; fact == "" {
			delete(d.columns, name)
		}
		d.look()
	})
}

// toldByName is what a column becomes of which nothing was said.
func (d *Dialog) toldByName(i int) string {
	fact := ""
	if g := d.found.grid; g != nil && i < len(g.Told) {
		fact = g.Told[i]
	}
	if strings.HasPrefix(fact, "meta:") {
		fact = "meta"
	}
	for _, f := range columnFacts {
		if f.fact == fact && fact != "" {
			return "auto: " + f.title
		}
	}
	return "auto"
}

// evenly puts columns beside each other, all as wide.
type evenly struct{}

const columnGap float32 = 8

func (evenly) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(columnWidth*float32(len(objects))-columnGap, 0)
	for _, o := range objects {
		size.Height = max(size.Height, o.MinSize().Height)
	}
	return size
}

func (evenly) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	wide := (s.Width + columnGap) / float32(len(objects))
	for i, o := range objects {
		o.Move(fyne.NewPos(float32(i)*wide, 0))
		o.Resize(fyne.NewSize(wide-columnGap, s.Height))
	}
}
