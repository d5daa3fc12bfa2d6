package importer

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate/format"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

// start imports what was chosen.
func (d *Dialog) start() {
	if d.button.Off {
		return
	}
	expect := 0
	if d.report != nil {
		expect = d.report.Read.Articles
	}
	d.foreseen = expect
	d.state = running
	phase := line("Reading …", theme.Dim)
	bar := widgets.NewProgress()
	cancel := widgets.NewBorderedButton("Cancel", d.work.Cancel)
	hide := widgets.NewButton("Go on working", d.Close)
	keep := widgets.NewBorderedButton("Stop and keep", func() { d.enough.Store(true) })
	d.put(page("Importing", phase, widgets.NewColumn(8, bar), widgets.NewRow(10, nil, hide, keep, cancel)))
	d.sheet.Canvas().Focus(cancel)
	began := d.o.Env.Now()
	sheet.Start(&d.work, d.runImport(false),
		func(p sheet.Progress) {
			p.Total = max(p.Total, expect)
			bar.Set(p.Part())
			phase.SetText(sheet.Number(p.Done) + " of " + sheet.Count(p.Total, "article", "articles") + pace(p.Done, d.o.Env.Now().Sub(began)))
		},
		func(r *format.ImportReport, err error) { d.ended(r, err) })
}

// ended shows what came of an import. A person who went on working is told by
// the shell.
func (d *Dialog) ended(r *format.ImportReport, err error) {
	d.state = finished
	if err == nil && r.Change != "" && d.o.OnImported != nil {
		d.o.OnImported(r)
	}
	switch {
	case !d.sheet.Shown():
		if err != nil && !errors.Is(err, context.Canceled) && d.o.OnFailed != nil {
			d.o.OnFailed(err)
		}
	case err != nil:
		d.again(err)
	default:
		d.report, d.all = r, false
		title := "Imported"
		if r.Stopped {
			title = "Imported in part"
		}
		d.result(title, outcome(r), d.remarks(r), r)
	}
}

// pace says how fast it goes, once that can be told.
func pace(done int, took time.Duration) string {
	if took < 2*time.Second {
		return ""
	}
	return " · " + sheet.Number(int(float64(done)/took.Seconds())) + " a second"
}

// again goes back to the form after an import that brought nothing.
func (d *Dialog) again(err error) {
	d.state, d.shape = choosing, ""
	d.form()
	d.sheet.Canvas().Focus(d.from)
	if errors.Is(err, context.Canceled) {
		d.showPreview()
		d.say(left(err))
		d.ready("Import", true)
		return
	}
	leftOut := d.leaveOut
	d.counted(nil, err)
	d.say(left(err))
	if d.leaveOut == leftOut && questionOf(err) == "" { // room is made, or the file put back
		d.ready("Try again", true)
	}
}

func (d *Dialog) result(title, words string, rows []fyne.CanvasObject, r *format.ImportReport) {
	ok := widgets.NewPrimaryButton("Close", d.Close)
	buttons := []fyne.CanvasObject{nil}
	if r != nil && r.FirstArticle != "" && d.o.OnShow != nil {
		buttons = append(buttons, widgets.NewBorderedButton("Show the first", func() {
			d.Close()
			d.o.OnShow(r.FirstArticle)
		}))
	}
	body := fyne.CanvasObject(widgets.NewSpace(0, 0))
	if len(rows) > 0 {
		scroll := container.NewVScroll(widgets.NewColumn(6, rows...))
		scroll.SetMinSize(fyne.NewSize(d.width, max(96, min(320, scroll.Content.MinSize().Height+16))))
		body = scroll
	}
	d.put(page(title, line(words, theme.Dim), body, widgets.NewRow(10, append(buttons, ok)...)))
	d.sheet.Canvas().Focus(ok)
}
