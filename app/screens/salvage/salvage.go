package salvage

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

// Options is what the sheet needs.
type Options struct {
	Canvas   fyne.Canvas
	Dispatch func(func()) // nil = fyne.Do

	Title  string             // of the damaged project
	Wrong  []annotate.Problem // what was found, at least one
	Into   string             // where the new project is offered to be
	Folder func(from string, chosen func(string))

	Begin   func() // lets go of the project, if it is open; before Salvage
	Salvage func(ctx context.Context, into string, news func(done, total int)) (*annotate.Salvaged, error)
	Restore func() // goes back to a backup; nil = there is no way
	Open    func(path string)
	Copy    func(text string)
	OnClose func()
}

// Dialog is the sheet while it is open.
type Dialog struct {
	o      Options
	sheet  *sheet.Sheet
	work   sheet.Work
	name   *widgets.Field
	folder *widgets.Field
	wrong  *widgets.Words
}

const (
	width float32 = 600
	inner         = width - 2*24
)

// Open shows what is wrong and what can be done.
func Open(o Options) *Dialog {
	d := &Dialog{o: o, sheet: sheet.New(o.Canvas, nil)}
	d.work.Dispatch = o.Dispatch
	d.sheet.Room.Width = width
	d.sheet.OnCancel = d.cancel
	d.sheet.OnClose = func() {
		d.work.Stop()
		if o.OnClose != nil {
			o.OnClose()
		}
	}
	d.name, d.folder = widgets.NewField(""), widgets.NewField("")
	d.name.Put(strings.TrimSuffix(filepath.Base(o.Into), ".lede"))
	d.folder.Put(sheet.Short(filepath.Dir(o.Into)))
	d.ask("")
	d.sheet.Open(d.name)
	d.name.TypedShortcut(&fyne.ShortcutSelectAll{})
	return d
}

// Shown says whether the sheet is there.
func (d *Dialog) Shown() bool { return d.sheet.Shown() }

// cancel ends the work that is under way, or else the sheet.
func (d *Dialog) cancel() {
	if d.work.Busy() {
		d.work.Cancel()
		return
	}
	d.sheet.Close()
}

// ask says what is wrong and asks what to do; trouble is what came of the last try.
func (d *Dialog) ask(trouble string) {
	lead := "All that can still be read can be brought into a new project. The damaged file is not touched: keep it until you have looked through the new one."
	if d.o.Restore != nil {
		lead = "If there is a backup that is new enough, go back to it. Else all that can still be read can be brought into a new project. The damaged file is not touched."
	}
	d.wrong = widgets.NewBody(trouble, inner, theme.Danger)
	choose := widgets.NewBorderedButton("Choose…", func() {
		d.o.Folder(sheet.Long(d.folder.Text), func(path string) { d.folder.Put(sheet.Short(path)) })
	})
	d.name.OnEnter, d.folder.OnEnter = d.start, d.start
	buttons := []fyne.CanvasObject{nil, widgets.NewBorderedButton("Cancel", d.sheet.Close)}
	if d.o.Restore != nil {
		buttons = append(buttons, widgets.NewBorderedButton("Go back to a backup…", func() {
			d.sheet.Close()
			d.o.Restore()
		}))
	}
	buttons = append(buttons, widgets.NewPrimaryButton("Salvage", d.start))
	column := []fyne.CanvasObject{
		sheet.NewTitle("“" + d.o.Title + "” is damaged"), d.found(), widgets.NewBody(lead, inner, theme.Dim), widgets.NewSpace(0, 2),
		sheet.NewRow("New project", d.name), sheet.NewRow("Folder", widgets.NewStretch(8, 0, d.folder, choose)),
	}
	if trouble != "" {
		column = append(column, d.wrong)
	}
	d.put(widgets.NewColumn(12, append(column, widgets.NewSpace(0, 2), widgets.NewRow(10, buttons...))...))
	d.sheet.OnDone = d.start
}

// found is what is wrong: in full where it is little.
func (d *Dialog) found() fyne.CanvasObject {
	const few = 3
	if len(d.o.Wrong) <= few {
		var rows []fyne.CanvasObject
		for _, p := range d.o.Wrong {
			rows = append(rows, widgets.NewBody(p.What, inner, theme.Text))
		}
		return widgets.NewColumn(4, rows...)
	}
	return widgets.NewColumn(8, widgets.NewBody(sheet.Count(len(d.o.Wrong), "problem was found.", "problems were found."), inner, theme.Text), list(d.o.Wrong, 150))
}

func (d *Dialog) put(content fyne.CanvasObject) {
	d.sheet.Content = widgets.NewPadded(widgets.Even(24, 22), content)
	d.sheet.Fit()
}

// start salvages into the project that was named.
func (d *Dialog) start() {
	if d.work.Busy() {
		return
	}
	into, err := sheet.NewProject(d.folder.Text, d.name.Text)
	if err != nil {
		d.again(sheet.Sentence(err))
		return
	}
	d.o.Begin()
	phase := widgets.NewElastic("Reading what is left of the file …", theme.TextSize, theme.Dim)
	bar := widgets.NewProgress()
	cancel := widgets.NewBorderedButton("Cancel", d.work.Cancel)
	d.put(widgets.NewColumn(12, sheet.NewTitle("Salvaging"), phase, bar, widgets.NewSpace(0, 2), widgets.NewRow(10, nil, cancel)))
	d.sheet.OnDone = nil
	d.sheet.Canvas().Focus(cancel)
	sheet.Start(&d.work, func(ctx context.Context, tell func(sheet.Progress)) (*annotate.Salvaged, error) {
		return d.o.Salvage(ctx, into, func(done, total int) { tell(sheet.Progress{Done: done, Total: total}) })
	}, func(p sheet.Progress) {
		bar.Set(p.Part())
		phase.SetText(sheet.Number(p.Done) + " of " + sheet.Count(p.Total, "page", "pages"))
		if p.Done >= p.Total {
			phase.SetText("Putting the new project together …")
		}
	}, d.ended)
}

func (d *Dialog) again(trouble string) {
	d.ask(trouble)
	d.sheet.Canvas().Focus(d.name)
}

func (d *Dialog) ended(s *annotate.Salvaged, err error) {
	switch {
	case errors.Is(err, context.Canceled):
		d.again("Cancelled: no new project was made.")
	case err != nil:
		d.again(sheet.Sentence(err))
	default:
		d.result(s)
	}
}

// result says what came back, and lists what did not.
func (d *Dialog) result(s *annotate.Salvaged) {
	title := strings.TrimSuffix(filepath.Base(s.Path), ".lede")
	open := widgets.NewPrimaryButton("Open the new project", func() {
		d.sheet.Close()
		d.o.Open(s.Path)
	})
	copied := widgets.NewBorderedButton("Copy the list", func() { d.o.Copy(said(s.Lost)) })
	rows := []fyne.CanvasObject{
		sheet.NewTitle("What could be read is in “" + title + "”"), widgets.NewBody(counts(s), inner, theme.Text),
		widgets.NewSpace(0, 2), widgets.NewHead("Lost, or not whole"),
	}
	d.put(container.NewBorder(widgets.NewPadded(widgets.Pad{Bottom: 8}, widgets.NewColumn(8, rows...)),
		widgets.NewPadded(widgets.Pad{Top: 16}, widgets.NewRow(10, nil, widgets.NewBorderedButton("Close", d.sheet.Close), copied, open)),
		nil, nil, list(s.Lost, min(300, float32(len(s.Lost))*rowHeight+16))))
	d.sheet.OnDone = func() {
		d.sheet.Close()
		d.o.Open(s.Path)
	}
	d.sheet.Canvas().Focus(open)
}

// counts says how much came back.
func counts(s *annotate.Salvaged) string {
	words := sheet.Count(s.Articles, "article", "articles") + ", " + sheet.Count(s.Spans, "span", "spans") + " and " +
		sheet.Count(s.Relations, "relation", "relations")
	if s.Binned > 0 {
		words += ", and " + sheet.Count(s.Binned, "article", "articles") + " in the bin"
	}
	words += "."
	if s.Rebuilt > 0 {
		words += " " + sheet.Count(s.Rebuilt, "record was", "records were") + " put together from the history and the indexes of the file."
	}
	return words
}

// said is a list as text.
func said(list []annotate.Problem) string {
	var b strings.Builder
	for _, p := range list {
		b.WriteString(p.Where + ": " + p.What + "\n")
	}
	return b.String()
}

const rowHeight float32 = 42

// list shows problems, of which only those in sight are drawn.
func list(all []annotate.Problem, height float32) fyne.CanvasObject {
	rows := widgets.NewRows(rowHeight)
	rows.Count = func() int { return len(all) }
	rows.Make = func() fyne.CanvasObject {
		return widgets.NewColumn(1, widgets.NewElastic("", theme.TextSize, theme.Text), widgets.NewElastic("", theme.SmallSize, theme.Dim))
	}
	rows.Fill = func(i int, o fyne.CanvasObject) {
		line := o.(*fyne.Container).Objects
		line[0].(*widgets.Words).SetText(strings.ToUpper(all[i].Where[:1]) + all[i].Where[1:])
		line[1].(*widgets.Words).SetText(all[i].What)
	}
	top := 0
	rows.OnStep = func(steps int) {
		top = max(0, min(top+steps, len(all)-1))
		rows.ScrollTo(top)
	}
	back := widgets.NewFill(theme.Raised)
	back.Stroke, back.Radius = theme.Hairline, theme.Radius
	return widgets.NewAtLeast(fyne.NewSize(inner, height), container.NewStack(back, widgets.NewPadded(widgets.Even(12, 8), rows)))
}
