package exporter

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"

	"lede/annotate/format"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

// start exports, after a question where something is in the way.
func (d *Dialog) start() {
	if d.button.Off {
		return
	}
	d.keepPath()
	target := d.target()
	if target == "" {
		d.judge(d.refusal(errors.New("give a file or folder to save as")))
		return
	}
	there, err := os.Stat(target)
	if err == nil && there.IsDir() && !d.inFolder(target) { // which is refused
		d.run(true)
		return
	}
	if _, err := os.Lstat(target); err == nil {
		sheet.Ask(d.sheet.Canvas(), "Replace it?", "“"+sheet.Short(target)+"” is there already. The export takes its place.",
			"Replace", func() { d.run(true) })
		return
	}
	d.run(false)
}

// inFolder says whether the export makes a folder of the name.
func (d *Dialog) inFolder(path string) bool {
	return d.chosen.FolderFor(format.ExportOptions{Out: path, Options: d.values[d.chosen.Name], Split: d.choices.split()})
}

// run shows the progress of an export, and what came of it.
func (d *Dialog) run(force bool) {
	o, store := d.options(), d.o.Store
	if err := d.choices.into(&o, d.chosen); err != nil {
		d.planned(nil, err)
		return
	}
	o.Force = force
	d.path = nil // no form: Enter and Esc mean something else now
	phase := line("Writing …", theme.Dim)
	bar := widgets.NewProgress()
	cancel := widgets.NewBorderedButton("Cancel", d.work.Cancel)
	d.put(page(sheet.NewTitle("Exporting as "+d.chosen.Title), phase,
		widgets.NewColumn(8, bar), widgets.NewRow(0, nil, cancel)))
	d.list.Rows.Hide()
	d.sheet.Canvas().Focus(cancel)
	sheet.Start(&d.work,
		func(ctx context.Context, tell func(sheet.Progress)) (*format.Manifest, error) {
			o.Progress = func(p format.Progress) { tell(sheet.Progress{Done: p.Done, Total: p.Total, Phase: string(p.Phase)}) }
			return format.Export(ctx, store, o)
		},
		func(p sheet.Progress) {
			bar.Set(p.Part())
			phase.SetText(phases[format.Phase(p.Phase)] + " " + sheet.Number(p.Done) + " of " + sheet.Count(p.Total, "article", "articles"))
		},
		func(m *format.Manifest, err error) {
			d.list.Rows.Show()
			switch {
			case errors.Is(err, context.Canceled):
				d.form()
				d.replan()
				d.sheet.Canvas().Focus(d.list.Rows)
			case err != nil:
				d.form()
				d.planned(nil, err)
				d.ready("Try again", true)
				d.sheet.Canvas().Focus(d.list.Rows)
			default:
				d.finish(o.Out, m)
			}
		})
}

var phases = map[format.Phase]string{
	format.Writing: "Writing", format.Checking: "Reading it back to check:", format.Saving: "Saving", format.Reading: "Reading",
}

// finish says where the export is.
func (d *Dialog) finish(path string, m *format.Manifest) {
	d.finished = path
	manifest := path + ".manifest.json"
	if d.inFolder(path) {
		manifest = filepath.Join(path, "manifest.json")
	}
	words := sheet.Count(m.Out.Spans, "span", "spans") + " in " + sheet.Count(m.Out.Articles, "article", "articles") +
		", read back and compared with the project."
	if d.chosen.SchemaAlone {
		words = "Read back and compared with the schema."
	}
	rows := []fyne.CanvasObject{
		sheet.NewRow("Data", line(sheet.Short(path), theme.Text)),
		sheet.NewRow("Manifest", line(sheet.Short(manifest), theme.Text)),
	}
	if n := lost(m); n > 0 {
		rows = append(rows, sheet.NewRow("Left behind", line(sheet.Count(n, "detail", "details")+" that the format cannot hold; the manifest lists them", theme.Text)))
	}
	ok := widgets.NewPrimaryButton("Close", d.Close)
	d.put(page(sheet.NewTitle("Exported"), line(words, theme.Dim), widgets.NewColumn(8, rows...),
		widgets.NewRow(10, nil, widgets.NewBorderedButton("Open the folder", d.reveal), ok)))
	d.sheet.Canvas().Focus(ok)
	if d.o.OnExported != nil {
		d.o.OnExported(path)
	}
}

func lost(m *format.Manifest) int {
	n := 0
	for _, l := range m.Losses {
		n += l.Count
	}
	return n
}

// reveal opens the folder of the export in the system's file manager.
func (d *Dialog) reveal() { d.o.ShowFolder(filepath.Dir(d.finished)) }
