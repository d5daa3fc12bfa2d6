package newproject

import (
	"errors"
	"fmt"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate/schema"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

// Options is what the dialog needs.
type Options struct {
	Canvas       fyne.Canvas
	Name, Folder string // what is offered

	// Create makes the project; what it returns is handed to OnCreated when the
	// dialog is gone.
	Create       func(folder, name string, f *schema.File) (path string, err error)
	OnCreated    func(path string)
	OnClose      func()                                           // gone without a project
	ChooseFolder func(from string, chosen func(path string))      // asks for a folder
	ChooseFile   func(endings []string, chosen func(path string)) // asks for a schema file
}

const (
	sheetWidth float32 = 840
	sideWidth  float32 = 248
	narrowSide float32 = 132 // in a small window
	leastWidth float32 = 320
)

// Dialog is the dialog while it is open.
type Dialog struct {
	o     Options
	sheet *sheet.Sheet
	packs []*schema.File
	own   own

	width        float32 // of the right side's content
	chosen       int     // len(packs) is a schema file
	list         *sheet.List
	name, folder *widgets.Field
	file         *widgets.Field  // the path of a schema file
	shown        *fyne.Container // the preview
	wrong        *widgets.Words
}

// Open shows the dialog.
func Open(o Options) (*Dialog, error) {
	all, err := packs()
	if err != nil {
		return nil, err
	}
	d := &Dialog{o: o, packs: all, width: sheetWidth - sideWidth - 49}
	var items []sheet.Item
	for _, f := range all {
		items = append(items, item(f))
	}
	items = append(items, sheet.Item{Title: "A schema file…", Below: "your own codebook, as YAML"})
	d.sheet = sheet.New(o.Canvas, nil)
	d.sheet.Room.Width = sheetWidth
	side := sideWidth
	if room := sheet.Room(o.Canvas, fyne.NewSize(sheetWidth, 0)).Width; room < sheetWidth {
		side = narrowSide
		d.width = max(leastWidth, room-side-49)
	}
	d.sheet.OnDone, d.sheet.OnClose = d.create, o.OnClose
	d.list = sheet.NewList(d.sheet, items, 0)
	d.list.OnChosen = d.choose
	d.sheet.Content = sheet.NewSide(d.list, d.form(), side)
	d.show()
	d.sheet.Open(d.name)
	d.name.TypedShortcut(&fyne.ShortcutSelectAll{})
	return d, nil
}

// form is the right side: where the project is to be, and what the pack brings.
func (d *Dialog) form() fyne.CanvasObject {
	d.name, d.folder = widgets.NewField(""), widgets.NewField("")
	d.name.Put(d.o.Name)
	d.folder.Put(sheet.Short(d.o.Folder))
	for _, f := range []*widgets.Field{d.name, d.folder} {
		f.OnEnter, f.OnDown = d.create, func() { d.sheet.Canvas().Focus(d.list.Rows) }
	}
	choose := widgets.NewBorderedButton("Choose…", func() {
		d.o.ChooseFolder(sheet.Long(d.folder.Text), func(path string) { d.folder.Put(sheet.Short(path)) })
	})
	d.file = d.newFile()
	d.shown = container.NewStack()
	d.wrong = widgets.NewParagraph("", theme.SmallSize, d.width, theme.Danger)
	high := sheet.Room(d.sheet.Canvas(), fyne.NewSize(0, 800)).Height
	top := widgets.NewColumn(12, sheet.NewTitle("New project"))
	if high > 440 {
		top.Add(widgets.NewBody("A project is one file on this computer: articles, labels, annotations and their history.",
			d.width, theme.Dim))
	}
	for _, o := range []fyne.CanvasObject{
		sheet.NewRow("Name", d.name), sheet.NewRow("Folder", widgets.NewStretch(8, 0, d.folder, choose)), widgets.NewHairline(),
	} {
		top.Add(o)
	}
	body := container.NewVScroll(d.shown)
	body.SetMinSize(fyne.NewSize(d.width, max(60, min(214, high-300))))
	buttons := widgets.NewRow(10, nil, widgets.NewBorderedButton("Cancel", d.sheet.Close), widgets.NewPrimaryButton("Create", d.create))
	foot := widgets.NewColumn(10, d.wrong, widgets.NewStretch(10, 0,
		widgets.NewElastic("Labels can be changed at any time.", theme.SmallSize, theme.Dim), buttons))
	return widgets.NewPadded(widgets.Even(24, 22), container.NewBorder(
		widgets.NewPadded(widgets.Pad{Bottom: 14}, top), widgets.NewPadded(widgets.Pad{Top: 12}, foot), nil, nil, body))
}

func (d *Dialog) choose(i int) {
	d.chosen = i
	d.complain("")
	d.show()
}

// show shows what the chosen pack, or the file, brings.
func (d *Dialog) show() {
	var content fyne.CanvasObject
	if d.chosen < len(d.packs) {
		f := d.packs[d.chosen]
		content = preview(f, f.Name, d.width-12)
	} else {
		content = d.ownPreview()
	}
	d.shown.Objects = []fyne.CanvasObject{content}
	d.shown.Refresh()
}

// ownPreview is a field for the path of a schema file, and what is in the file.
func (d *Dialog) ownPreview() fyne.CanvasObject {
	rows := []fyne.CanvasObject{sheet.NewRow("File", widgets.NewStretch(8, 0, d.file, widgets.NewBorderedButton("Choose…", d.browse)))}
	say := func(words string, color theme.Name) {
		rows = append(rows, widgets.NewBody(words, d.width-12, color))
	}
	switch {
	case d.own.err != nil:
		say(fault(d.own.err), theme.Danger)
	case d.own.file != nil:
		rows = append(rows, preview(d.own.file, filepath.Base(d.own.path), d.width-12))
	default:
		say("A schema file is a text that says what can be annotated: your own, a colleague’s, or one written from another project.", theme.Dim)
	}
	return widgets.NewColumn(14, rows...)
}

// fault says what is wrong with a schema file; its name stands above.
func fault(err error) string {
	var wrong *schema.Error
	if errors.As(err, &wrong) && wrong.Line > 0 {
		return fmt.Sprintf("Line %d: %s.", wrong.Line, wrong.Reason)
	}
	return sheet.Sentence(err)
}

// newFile makes the field for the path of a schema file. Enter shows what is in the
// file, and again makes the project.
func (d *Dialog) newFile() *widgets.Field {
	f := widgets.NewField("codebook.yaml")
	f.OnCommit = d.take
	seen := ""
	f.OnEnter = func() {
		if seen == d.own.path {
			d.create()
		}
		seen = d.own.path
	}
	return f
}

// endings are those of schema files.
var endings = []string{".yaml", ".yml"}

func (d *Dialog) browse() {
	d.o.ChooseFile(endings, func(path string) {
		d.file.Put(sheet.Short(path))
		d.take(path)
		d.sheet.Canvas().Focus(d.list.Rows)
	})
}

// take reads a schema file and shows what is in it.
func (d *Dialog) take(path string) {
	d.own = own{}
	if path != "" {
		d.own = readOwn(sheet.Long(path))
	}
	d.complain("")
	d.show()
}

func (d *Dialog) create() {
	if d.chosen == len(d.packs) && d.own.file == nil {
		if d.own.err == nil { // nothing to begin with yet
			d.sheet.Canvas().Focus(d.file)
		}
		return
	}
	f := d.own.file
	if d.chosen < len(d.packs) {
		f = d.packs[d.chosen]
	}
	path, err := d.o.Create(sheet.Long(d.folder.Text), d.name.Text, f)
	if err != nil {
		d.complain(sheet.Sentence(err))
		return
	}
	d.sheet.OnClose = nil
	d.sheet.Close()
	d.o.OnCreated(path)
}

func (d *Dialog) complain(words string) {
	if d.wrong.Text != words {
		d.wrong.SetText(words)
		d.sheet.Fit()
	}
}
