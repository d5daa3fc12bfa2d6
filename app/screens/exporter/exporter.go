package exporter

import (
	"cmp"
	"context"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/annotate/format"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

// Options is what the dialog needs.
type Options struct {
	Window    fyne.Window
	Store     annotate.Store // everything must be on disk: session.Flush
	Annotator string         // whose work is offered first
	Version   string         // of the program, for the manifest
	Articles  []annotate.ID  // only these; none = all
	Folder    string         // where to offer to write; "" = beside the project

	Dispatch   func(func())      // nil = fyne.Do
	OnExported func(path string) // after the export; may be nil
	ShowFolder func(path string) // in the system's file manager
}

const (
	sheetWidth float32 = 840
	sideWidth  float32 = 232
	bodyWidth          = sheetWidth - sideWidth - 1 - 48
	narrowSide float32 = 132 // in a small window
	leastWidth float32 = 320
)

// Dialog is the dialog while it is open.
type Dialog struct {
	o       Options
	sheet   *sheet.Sheet
	work    sheet.Work
	formats []*format.Format
	people  []annotate.Annotator
	labels  []string // of the project, by name
	chosen  *format.Format

	width  float32 // of the right side's content
	list   *sheet.List
	right  *fyne.Container
	who    *sheet.Choice
	status *sheet.Choice
	path   *widgets.Field
	noText bool
	values map[string]map[string]string // options by format
	whose  map[string]string            // by format; "" = the default
	states map[string]int               // by format
	paths  map[string]string            // by format, what the person typed

	counts   *widgets.Words
	verdict  *fyne.Container // losses, or what stands in the way
	body     *container.Scroll
	button   *widgets.ActionButton
	plan     *format.Plan
	examples bool
	choices  choices
	naming   bool             // the options that list names of the schema are shown
	link     *widgets.Surface // shows and hides them
	finished string           // the path of an export that is done
}

// Open shows the dialog.
func Open(o Options) (*Dialog, error) {
	d := &Dialog{
		o: o, values: map[string]map[string]string{}, whose: map[string]string{}, states: map[string]int{}, paths: map[string]string{},
	}
	d.work.Dispatch = o.Dispatch
	people, err := o.Store.Annotators(context.Background())
	if err != nil {
		return nil, err
	}
	d.people = people
	schema, err := o.Store.Schema(context.Background())
	if err != nil {
		return nil, err
	}
	for _, l := range schema.Labels {
		d.labels = append(d.labels, l.Name)
	}
	var items []sheet.Item
	d.formats = writable()
	for _, f := range d.formats {
		items = append(items, sheet.Item{Title: f.Name, Below: f.Title})
	}
	d.sheet = sheet.New(o.Window.Canvas(), nil)
	d.sheet.Room = fyne.NewSize(sheetWidth, 0)
	side := sideWidth
	d.width = bodyWidth
	if room := sheet.Room(o.Window.Canvas(), fyne.NewSize(sheetWidth, 0)).Width; room < sheetWidth {
		side = narrowSide
		d.width = max(leastWidth, room-side-1-60)
	}
	d.sheet.OnCancel, d.sheet.OnDone, d.sheet.OnClose = d.cancel, d.done, d.work.Stop
	d.right = container.NewStack()
	d.list = sheet.NewList(d.sheet, items, 0)
	d.list.OnChosen = func(i int) { d.choose(d.formats[i]) }
	d.sheet.Content = sheet.NewSide(d.list, d.right, side)
	d.choose(d.formats[0])
	d.sheet.Open(d.list.Rows)
	return d, nil
}

// writable are the formats that are written: Lede's own, then the others by name.
func writable() []*format.Format {
	own := map[string]int{"jsonl": -2, "lede": -1}
	formats := slices.DeleteFunc(format.All(), func(f *format.Format) bool { return !f.Writes() })
	slices.SortStableFunc(formats, func(a, b *format.Format) int { return cmp.Compare(own[a.Name], own[b.Name]) })
	return formats
}

// Close takes the dialog away.
func (d *Dialog) Close() { d.sheet.Close() }

// choose shows a format.
func (d *Dialog) choose(f *format.Format) {
	d.keepPath()
	d.chosen, d.noText, d.finished = f, d.noText && f.Standoff, ""
	d.form()
	d.replan()
}

func (d *Dialog) keepPath() {
	if d.path != nil && d.chosen != nil && sheet.Long(d.path.Text) != d.offered(d.chosen) {
		d.paths[d.chosen.Name] = sheet.Long(d.path.Text)
	}
}

// offered is where a format is written unless the person says otherwise.
func (d *Dialog) offered(f *format.Format) string {
	project := d.o.Store.Info().Path
	folder := d.o.Folder
	if folder == "" {
		folder = filepath.Dir(project)
	}
	name := strings.TrimSuffix(filepath.Base(project), filepath.Ext(project))
	if then := d.o.Store.Info().AsOf; then != nil {
		name += "-" + then.At().Local().Format("2006-01-02-150405")
	}
	asked := format.ExportOptions{Out: filepath.Join(folder, name), Options: d.values[f.Name], Split: d.choices.split()}
	if f.FolderFor(asked) || len(f.Extensions) == 0 {
		return sheet.Long(filepath.Join(folder, name+"-"+f.Name))
	}
	ending := f.Extension(d.values[f.Name])
	if ending != "."+f.Name { // several formats have this ending
		name += "-" + f.Name
	}
	return sheet.Long(filepath.Join(folder, name+ending))
}

func (d *Dialog) target() string {
	if d.path == nil {
		return d.offered(d.chosen)
	}
	return sheet.Long(d.path.Text)
}

// put shows content on the right.
func (d *Dialog) put(content fyne.CanvasObject) {
	d.right.Objects = []fyne.CanvasObject{content}
	d.right.Refresh()
	d.sheet.Fit()
}

// page is the right side: a title, a line below it, the body, the buttons.
func page(title, below *widgets.Words, body, buttons fyne.CanvasObject) fyne.CanvasObject {
	head := widgets.NewColumn(5, title, below)
	return widgets.NewPadded(widgets.Even(24, 20), container.NewBorder(
		widgets.NewPadded(widgets.Pad{Bottom: 14}, head), widgets.NewPadded(widgets.Pad{Top: 14}, buttons), nil, nil, body))
}

func (d *Dialog) cancel() {
	if d.finished == "" && d.work.Busy() && d.path == nil {
		d.work.Cancel() // an export is under way: it ends without a trace
		return
	}
	d.Close()
}

func (d *Dialog) done() {
	switch {
	case d.finished != "":
		d.Close()
	case d.path != nil && d.button != nil && !d.button.Off:
		d.start()
	}
}

func line(words string, color theme.Name) *widgets.Words {
	return widgets.NewElastic(words, theme.TextSize, color)
}
