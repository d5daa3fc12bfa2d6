// Package about is the sheet that says what this program is, which version, and
// whose work it stands on.
package about

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

// Options is what the sheet needs.
type Options struct {
	Canvas   fyne.Canvas
	Name     string
	Version  string
	Built    string // from which commit; "" = not known
	Licences string // of the program and of what it is made of: their texts; "" = not known
}

const sheetWidth float32 = 640

// Open shows the sheet.
func Open(o Options) *sheet.Sheet {
	s := sheet.New(o.Canvas, nil)
	s.OnDone = s.Close
	name := widgets.NewLine(o.Name, 30, theme.Text)
	name.Face = widgets.SerifBold
	version := widgets.NewLine(widgets.Facts("Version "+o.Version, o.Built), theme.TextSize, theme.Dim)
	words := widgets.NewParagraph("Mark up articles by pointing at them. Everything stays on this computer.", theme.TextSize, sheetWidth-48, theme.Text)
	done := widgets.NewPrimaryButton("Close", s.Close)
	rows := []fyne.CanvasObject{name, version, widgets.NewSpace(0, 4), words}
	var texts fyne.CanvasObject = widgets.NewSpace(0, 0)
	if o.Licences != "" {
		rows = append(rows, widgets.NewSpace(0, 6), widgets.NewHead("Licences"))
		texts = lines(strings.TrimSpace(o.Licences))
		s.Room.Height = 560
	}
	s.Content = widgets.NewPadded(widgets.Even(24, 22), container.NewBorder(
		widgets.NewPadded(widgets.Pad{Bottom: 6}, widgets.NewColumn(4, rows...)),
		widgets.NewPadded(widgets.Pad{Top: 14}, widgets.NewRow(10, nil, done)), nil, nil, texts))
	s.Room.Width = sheetWidth
	s.Open(done)
	return s
}

// lines shows a long text, of which only what is in sight is drawn.
func lines(text string) fyne.CanvasObject {
	all := strings.Split(strings.ReplaceAll(text, "\t", "    "), "\n")
	rows := widgets.NewRows(18)
	rows.Count = func() int { return len(all) }
	rows.Make = func() fyne.CanvasObject { return widgets.NewElastic("", theme.SmallSize, theme.Dim) }
	rows.Fill = func(i int, o fyne.CanvasObject) { o.(*widgets.Words).SetText(all[i]) }
	top := 0
	rows.OnStep = func(steps int) {
		top = max(0, min(top+steps, len(all)-1))
		rows.ScrollTo(top)
	}
	back := widgets.NewFill(theme.Raised)
	back.Stroke, back.Radius = theme.Hairline, theme.Radius
	return container.NewStack(back, widgets.NewPadded(widgets.Even(12, 10), rows))
}
