package picture

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/osfile"
	"lede/annotate/text"
	"lede/app/figure"
	"lede/app/screens/sheet"
	"lede/app/settings"
	"lede/app/textview/layout"
	"lede/app/textview/look"
	"lede/app/theme"
	"lede/app/widgets"
)

// Options is what the dialog needs.
type Options struct {
	Window    fyne.Window
	Store     annotate.Store // everything must be on disk for a page: session.Flush
	Annotator string         // whose spans the source has; "" if nobody's
	Source    figure.Source
	Passages  []Passage // what can be drawn, the first is offered
	Page      bool      // begin with the page

	Fonts    *layout.Bundle
	Emoji    figure.Emoji
	Reading  look.Reading // how the article is set in the window
	Settings *settings.Store
	Folder   string // where to offer to write, unless another one was used
	Version  string // of the program

	Dispatch func(func()) // nil = fyne.Do
	OnSaved  func(path string)
	OnFailed func(error)
	OnClose  func()
}

// Passage is a range of the article and what it is called.
type Passage struct {
	Title string
	Range text.Range
}

// The formats.
const (
	svg = iota
	png
	page
)

var endings = []string{".svg", ".png", ".html"}

// Dialog is the dialog while it is open.
type Dialog struct {
	o     Options
	sheet *sheet.Sheet
	work  sheet.Work
	how   settings.Picture

	format  int
	passage int
	typed   string // the name that the person gave, without its ending

	title   *widgets.Words
	form    *fyne.Container
	image   *canvas.Image
	stage   *fyne.Container // the preview, or why there is none
	facts   *widgets.Words  // below it: the size
	name    *widgets.Field
	button  *widgets.ActionButton
	preview fyne.Size
}

// Open shows the dialog.
func Open(o Options) *Dialog {
	d := &Dialog{o: o, how: o.Settings.State().Picture}
	d.work.Dispatch = o.Dispatch
	for i, ending := range endings[:page] {
		if ending == "."+d.how.Format {
			d.format = i
		}
	}
	if o.Page {
		d.format = page
	}
	if d.how.Folder == "" {
		d.how.Folder = o.Folder
	}
	c := o.Window.Canvas()
	d.sheet = sheet.New(c, nil)
	room := sheet.Room(c, fyne.NewSize(860, 560))
	d.sheet.Room.Width = room.Width
	d.preview = fyne.NewSize(room.Width-formWidth-3*edge, room.Height-196)
	d.sheet.OnDone, d.sheet.OnClose = d.save, d.closed
	d.title, d.form = sheet.NewTitle(""), container.NewStack()
	d.image = &canvas.Image{FillMode: canvas.ImageFillContain, ScaleMode: canvas.ImageScaleSmooth}
	d.stage = container.NewStack()
	d.facts = widgets.NewElastic("", theme.SmallSize, theme.Dim)
	d.button = widgets.NewActionButton("Save", d.save)
	d.sheet.Content = d.content()
	d.show()
	d.sheet.Open(d.button)
	return d
}

// Close takes the dialog away.
func (d *Dialog) Close() { d.sheet.Close() }

func (d *Dialog) closed() {
	d.work.Stop()
	d.remember()
	if d.o.OnClose != nil {
		d.o.OnClose()
	}
}

// remember keeps how pictures are made for the next one.
func (d *Dialog) remember() {
	d.how.Format = strings.TrimPrefix(endings[d.format], ".")
	if err := d.o.Settings.ChangeState(func(s *settings.State) { s.Picture = d.how }); err != nil {
		d.o.OnFailed(err)
	}
}

// passageRange is what is drawn.
func (d *Dialog) passageRange() text.Range { return d.o.Passages[d.passage].Range }

// scene draws a range of the article.
func (d *Dialog) scene(at text.Range) (*figure.Scene, error) {
	style := look.Light()
	if d.how.Dark {
		style = look.Dark()
	}
	return figure.Draw(d.o.Source.Passage(at, d.how.Dark), figure.Options{
		Fonts: d.o.Fonts, Emoji: d.o.Emoji, Style: d.reading().Fit(style), Sans: d.o.Reading.Sans, Width: d.how.Width,
		Chips: !d.how.NoLabels, Arcs: d.how.Links, Head: d.how.Title,
	})
}

// reading is how the article is set in the window; a line as wide as the window
// has no place in a picture.
func (d *Dialog) reading() look.Reading {
	r := d.o.Reading
	if r.Chars < 0 {
		r.Chars = 0
	}
	return r
}

// glimpse is how much of a long passage the preview draws, in code points.
const glimpse = 2500

// show draws the preview anew.
func (d *Dialog) show() {
	d.stage.Objects = nil
	defer d.stage.Refresh()
	if d.format == page {
		d.facts.SetText("The page holds the whole article, light or dark as the reader's system is, and prints.")
		d.stage.Objects = []fyne.CanvasObject{container.NewCenter(widgets.NewParagraph(
			"Title and facts, the text with its spans and labels, and below it a list of all spans with attributes, notes and relations. It needs nothing else: mail it, print it, put it on a site.",
			theme.TextSize, 320, theme.Dim))}
		return
	}
	at := d.passageRange()
	cut := at.Len() > glimpse
	at.End = min(at.End, at.Start+glimpse)
	scene, err := d.scene(at)
	var img image.Image
	if err == nil {
		img, err = scene.Image(d.sharp(scene))
	}
	if err != nil {
		d.facts.SetText(sheet.Sentence(err))
		return
	}
	d.image.Image = img
	d.image.Refresh()
	d.stage.Objects = []fyne.CanvasObject{d.image}
	switch {
	case cut:
		d.facts.SetText("The preview shows the beginning of the passage.")
	case d.format == png:
		d.facts.SetText(fmt.Sprintf("%.0f × %.0f pixels", scene.Width*d.scale(), scene.Height*d.scale()))
	default:
		d.facts.SetText(fmt.Sprintf("%.0f × %.0f, sharp at any size. Letters are outlines.", scene.Width, scene.Height))
	}
}

// sharp is the scale at which a scene fills the preview pixel by pixel.
func (d *Dialog) sharp(s *figure.Scene) float32 {
	fit := min(d.preview.Width/s.Width, d.preview.Height/s.Height)
	return fit * d.sheet.Canvas().Scale()
}

func (d *Dialog) scale() float32 {
	if d.how.Scale == 0 {
		return 2
	}
	return d.how.Scale
}

// target is where it is saved.
func (d *Dialog) target() string { return sheet.Long(strings.TrimSpace(d.name.Text)) }

// offered is where it is saved unless the person says otherwise.
func (d *Dialog) offered() string {
	name := d.typed
	if name == "" {
		name = annotate.PortableName(filepath.Base(d.o.Source.Article.Ref))
	}
	return filepath.Join(d.how.Folder, name+endings[d.format])
}

// save writes the file, after a question where there is one.
func (d *Dialog) save() {
	target := d.target()
	d.how.Folder = filepath.Dir(target)
	if _, err := os.Stat(target); err == nil {
		sheet.Ask(d.sheet.Canvas(), "Replace it?", "“"+sheet.Short(target)+"” is there already.", "Replace", func() { d.write(target) })
		return
	}
	d.write(target)
}

// write makes the file. Pictures are drawn here, because fonts belong to the main
// goroutine; pages and files are written aside.
func (d *Dialog) write(target string) {
	var raw bytes.Buffer
	if d.format != page {
		scene, err := d.scene(d.passageRange())
		if err == nil && d.format == png {
			err = scene.PNG(&raw, d.scale())
		} else if err == nil {
			err = scene.SVG(&raw)
		}
		if err != nil {
			d.facts.SetText(sheet.Sentence(err))
			return
		}
	}
	d.button.Set("Saving …", false)
	whole := d.format == page
	sheet.Start(&d.work,
		func(ctx context.Context, _ func(sheet.Progress)) (string, error) {
			if whole {
				if err := d.page(ctx, &raw); err != nil {
					return target, err
				}
			}
			return target, keep(target, raw.Bytes())
		},
		func(sheet.Progress) {},
		func(path string, err error) {
			d.button.Set("Save", true)
			if err != nil {
				d.facts.SetText(sheet.Sentence(err))
				return
			}
			d.Close()
			d.o.OnSaved(path)
		})
}

// page writes the article as a page.
func (d *Dialog) page(ctx context.Context, to *bytes.Buffer) error {
	labels := "yes"
	if d.how.NoLabels {
		labels = "no"
	}
	_, err := format.Export(ctx, d.o.Store, format.ExportOptions{
		Format: "html", Stdout: to, Articles: []annotate.ID{d.o.Source.Article.ID}, Annotator: d.o.Annotator, Version: d.o.Version,
		Options: map[string]string{"pages": "one", "labels": labels},
	})
	return err
}

// keep writes a file under another name first, so that a disk that is full leaves
// the one that was there.
func keep(path string, raw []byte) error {
	temp, err := os.CreateTemp(filepath.Dir(path), ".lede-picture-*")
	if err != nil {
		return fault(path, err)
	}
	_, err = temp.Write(raw)
	if closed := temp.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Chmod(temp.Name(), 0o644) // a picture is for others to see
	}
	if err == nil {
		err = osfile.Rename(temp.Name(), path)
	}
	if err != nil {
		_ = os.Remove(temp.Name())
		return fault(path, err)
	}
	return nil
}

func fault(path string, err error) error {
	e := &annotate.Error{
		Op: "save the picture", Subject: sheet.Short(path), Detail: "it cannot be written there.", Hint: "Choose another folder.", Err: err,
	}
	if osfile.InUse(err) {
		e.Kind, e.Detail, e.Hint = annotate.ErrBusy, "another program uses it.", "Close it there and try again."
	}
	return e
}
