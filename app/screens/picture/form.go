package picture

import (
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"

	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

const (
	formWidth float32 = 336
	edge      float32 = 24
)

// content is the form on the left, the preview on the right, buttons below.
func (d *Dialog) content() fyne.CanvasObject {
	back := widgets.NewFill(theme.Panel)
	back.Stroke, back.Radius = theme.Hairline, theme.Radius
	stage := widgets.NewAtLeast(d.preview, container.NewStack(back, widgets.NewPadded(widgets.Even(1, 1), d.stage)))
	d.fill()
	left := widgets.NewPadded(widgets.Pad{Right: edge - 4}, widgets.NewFrame(widgets.NewAtLeast(fyne.NewSize(formWidth, 0), d.form), nil, nil, nil, widgets.NewSpace(0, 0)))
	return widgets.NewPadded(widgets.Even(edge, 20), widgets.NewColumn(14,
		d.title,
		container.NewBorder(nil, nil, left, nil, widgets.NewColumn(6, stage, d.facts)),
		widgets.NewStretch(8, 0, d.where(), widgets.NewBorderedButton("Folder…", d.browse)),
		widgets.NewRow(10, nil, widgets.NewBorderedButton("Cancel", d.Close), d.button.Surface),
	))
}

// where is the field with the file's name.
func (d *Dialog) where() fyne.CanvasObject {
	d.name = widgets.NewField("a file to be made")
	d.name.Put(sheet.Short(d.offered()))
	d.name.OnEnter = d.save
	return d.name
}

// rename gives the file the ending of the format, and keeps the rest.
func (d *Dialog) rename() {
	at := d.target()
	d.how.Folder = filepath.Dir(at)
	d.typed = strings.TrimSuffix(filepath.Base(at), filepath.Ext(at))
	d.name.Put(sheet.Short(d.offered()))
}

// browse asks for a folder.
func (d *Dialog) browse() {
	at := d.target()
	ask := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
		if err == nil && u != nil {
			d.name.Put(sheet.Short(filepath.Join(u.Path(), filepath.Base(at))))
		}
	}, d.o.Window)
	sheet.ShowFiles(ask, d.o.Window, filepath.Dir(at))
}

// fill lays out the fields of the chosen format.
func (d *Dialog) fill() {
	kinds := sheet.NewChoice(d.sheet, []string{"SVG, for papers", "PNG, for slides and mails", "Page of the article (HTML)"}, d.format, d.choose)
	rows := []fyne.CanvasObject{sheet.NewRow("Format", kinds)}
	if d.format != page {
		var passages []string
		for _, p := range d.o.Passages {
			passages = append(passages, p.Title)
		}
		rows = append(rows,
			sheet.NewRow("Passage", sheet.NewChoice(d.sheet, passages, d.passage, func(i int) { d.passage = i; d.show() })),
			sheet.NewRow("Colours", sheet.NewChoice(d.sheet, []string{"light", "dark"}, number(d.how.Dark), func(i int) { d.how.Dark = i == 1; d.show() })),
			sheet.NewRow("Width", d.number(widths, d.how.Width, func(w float32) { d.how.Width = w })))
	}
	if d.format == png {
		rows = append(rows, sheet.NewRow("Resolution", d.number(scales, d.scale(), func(s float32) { d.how.Scale = s })))
	}
	rows = append(rows, d.check("Show", "labels above the spans", !d.how.NoLabels, func(on bool) { d.how.NoLabels = !on }))
	if d.format != page {
		rows = append(rows,
			d.check("", "relations between them", d.how.Links, func(on bool) { d.how.Links = on }),
			d.check("", "title, source and date", d.how.Title, func(on bool) { d.how.Title = on }))
	}
	d.title.SetText("Picture of the passage")
	if d.format == page {
		d.title.SetText("Page of the article")
	}
	d.form.Objects = []fyne.CanvasObject{widgets.NewColumn(6, rows...)}
	d.form.Refresh()
}

// choose takes another format.
func (d *Dialog) choose(format int) {
	d.format = format
	d.rename()
	d.fill()
	d.show()
	d.sheet.Fit()
	d.sheet.Canvas().Focus(d.button)
}

func (d *Dialog) check(title, what string, on bool, set func(bool)) fyne.CanvasObject {
	box := widgets.NewCheck(what, on, func(on bool) { set(on); d.show() })
	return sheet.NewRow(title, widgets.NewRow(0, box.Surface, nil))
}

func number(on bool) int {
	if on {
		return 1
	}
	return 0
}

// sized is a number that can be chosen, with its words.
type sized struct {
	value float32
	words string
}

var (
	widths = []sized{{0, "as in the window"}, {340, "one column of a paper (340)"}, {480, "480 pixels"}, {668, "668 pixels"}, {900, "900 pixels"}}
	scales = []sized{{1, "1 ×"}, {2, "2 ×, for screens"}, {3, "3 ×"}, {4, "4 ×, for print"}}
)

func (d *Dialog) number(list []sized, now float32, set func(float32)) *sheet.Choice {
	var words []string
	for _, s := range list {
		words = append(words, s.words)
	}
	chosen := slices.IndexFunc(list, func(s sized) bool { return s.value == now })
	if chosen < 0 { // chosen by an other version
		list, words = append(slices.Clone(list), sized{now, ""}), append(words, strconv.FormatFloat(float64(now), 'f', -1, 32))
		chosen = len(list) - 1
	}
	return sheet.NewChoice(d.sheet, words, chosen, func(i int) { set(list[i].value); d.show() })
}
