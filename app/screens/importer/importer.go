package importer

import (
	"context"
	"errors"
	"maps"
	"path/filepath"
	"strings"
	"sync/atomic"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/annotate/format"
	"lede/app/figure"
	"lede/app/screens/sheet"
	"lede/app/textview/layout"
	"lede/app/theme"
	"lede/app/widgets"
)

// Options is what the dialog needs.
type Options struct {
	Window    fyne.Window
	Store     annotate.Store // everything must be on disk: session.Flush
	Actor     string         // who imports
	Annotator string         // whose work it is where a file names nobody
	Env       annotate.Env

	Fonts *layout.Bundle // of articles, for their spans in the preview; nil = spans are not drawn
	Emoji figure.Emoji   // may be nil

	Folder string // where to look for files first; "" = beside the project

	Dispatch func(func()) // nil = fyne.Do
	// OnImported is called after an import that changed the project, with the dialog
	// still open unless the person went on working: session.Poll reads it.
	OnImported func(*format.ImportReport)
	// OnFailed is told of an import that failed after the person went on working;
	// nothing was changed. May be nil.
	OnFailed func(error)
	// OnShow is asked to show an article that is new. May be nil.
	OnShow func(annotate.ID)
	// Draft keeps what was typed into Paste and not added. May be nil.
	Draft *Draft
}

const (
	sheetWidth float32 = 680
	bodyWidth          = sheetWidth - 48
	leastWidth float32 = 320 // of the content
)

// Dialog is the dialog while it is open.
type Dialog struct {
	o     Options
	sheet *sheet.Sheet
	work  sheet.Work

	// What was chosen.
	paths      []string
	format     string // "" = told by content
	encoding   string // "" = auto
	duplicates format.OnDuplicate
	annotator  string
	values     map[string]string // options
	mapped     map[string]string // labels of the files to those of the project; "" = left out
	columns    map[string]string // columns of a table to what they hold, by columnFacts
	lastColumn string            // the one that was answered last

	enough     *atomic.Bool // the import is to end with what was read so far
	inParts    bool         // what was read so far is kept every few minutes
	keepUntold bool         // languages of which the files say nothing stay open

	// acceptDrift says that the spans of corrected texts move along.
	acceptDrift bool

	// leaveOut goes on without files that cannot be read; the remarks list them.
	leaveOut bool

	// What looking found.
	found    found
	problem  error
	report   *format.ImportReport // of the dry run
	foreseen int                  // articles that the dry run read before the import began; 0 for not known
	asked    map[question]bool    // rows that stay, because they were needed once
	more     bool                 // all fields are shown
	all      bool                 // every example of a remark is shown
	labels   []format.LabelUse    // of the files
	schema   *annotate.Schema     // of the project

	width   float32 // of the content
	body    *fyne.Container
	summary *widgets.Words
	rows    *fyne.Container // fields
	preview *fyne.Container
	button  *widgets.ActionButton
	from    *widgets.Field
	named   map[string]fyne.Focusable // fields by title
	chose   string                    // the field that was answered last: it gets the focus back
	shape   string                    // what fields was last made for
	state   state

	pasting   *pasted
	clipboard *pasted        // what a draft is shown in the place of
	title     *widgets.Field // of a pasted article
}

// state is where the dialog is.
type state int

const (
	choosing state = iota
	running
	finished
)

// Open shows the dialog for files and folders; without paths it asks for them.
func Open(o Options, paths []string) *Dialog {
	d := newDialog(o)
	d.paths = paths
	d.form()
	d.sheet.Open(d.from)
	d.look()
	return d
}

func newDialog(o Options) *Dialog {
	d := &Dialog{
		o: o, annotator: o.Annotator, duplicates: format.Merge, values: map[string]string{}, asked: map[question]bool{}, named: map[string]fyne.Focusable{},
		mapped: map[string]string{}, columns: map[string]string{}, schema: schemaOf(o.Store.Schema(context.Background())),
	}
	d.work.Dispatch = o.Dispatch
	d.body = container.NewStack()
	d.sheet = sheet.New(o.Window.Canvas(), d.body)
	d.sheet.Room.Width = sheetWidth
	d.width = bodyWidth
	if room := sheet.Room(o.Window.Canvas(), fyne.NewSize(sheetWidth, 0)).Width; room < sheetWidth {
		d.width = max(leastWidth, room-60)
	}
	d.sheet.OnCancel, d.sheet.OnDone = d.cancel, d.done
	d.sheet.OnClose = func() {
		if d.state != running {
			d.work.Stop()
		}
	}
	return d
}

// Close takes the dialog away. An import that is running goes on.
func (d *Dialog) Close() { d.sheet.Close() }

// Ready says whether the import can begin.
func (d *Dialog) Ready() bool { return d.state == choosing && d.button != nil && !d.button.Off }

// Running says whether an import is under way.
func (d *Dialog) Running() bool { return d.state == running && d.work.Busy() }

// End gives up what the dialog does, an import that goes on in the background
// included, and waits until the project can be closed. An import that was not
// complete leaves no trace.
func (d *Dialog) End() {
	d.work.End()
	d.state = finished
	d.sheet.Close()
}

func (d *Dialog) cancel() {
	if d.state == running {
		d.work.Cancel()
		return
	}
	d.Close()
}

func (d *Dialog) done() {
	switch {
	case d.state == finished:
		d.Close()
	case d.Ready():
		d.button.OnTapped()
	}
}

func (d *Dialog) put(content fyne.CanvasObject) {
	d.body.Objects = []fyne.CanvasObject{content}
	d.body.Refresh()
	d.sheet.Fit()
}

func page(title string, below, body, buttons fyne.CanvasObject) fyne.CanvasObject {
	head := widgets.NewColumn(5, sheet.NewTitle(title), below)
	return widgets.NewPadded(widgets.Even(24, 20), container.NewBorder(
		widgets.NewPadded(widgets.Pad{Bottom: 14}, head), widgets.NewPadded(widgets.Pad{Top: 14}, buttons), nil, nil, body))
}

func line(words string, color theme.Name) *widgets.Words {
	return widgets.NewElastic(words, theme.TextSize, color)
}

// primary makes the button that imports.
func (d *Dialog) primary(tapped func()) fyne.CanvasObject {
	d.button = widgets.NewActionButton("Import", tapped)
	d.ready("Import", false)
	return d.button.Surface
}

func (d *Dialog) ready(words string, on bool) {
	d.button.Set(words, on)
	d.body.Refresh()
}

// question is something that only a person can know.
type question string

// The questions are named by the option that answers them.
const (
	askEncoding  question = "encoding"
	askColumn    question = "text-column"
	askDates     question = "date-order"
	askFormat    question = "format"
	askAnnotator question = "annotator"
)

// questionOf says which question an error of the import asks: its hint names the
// option of the command line.
func questionOf(err error) question {
	var known *annotate.Error
	var usage *format.UsageError
	hint := ""
	switch {
	case errors.As(err, &known):
		hint = known.Hint
	case errors.As(err, &usage):
		hint = usage.Hint
	}
	for _, q := range []question{askColumn, askDates} {
		if strings.Contains(hint, "--opt "+string(q)) {
			return q
		}
	}
	for _, q := range []question{askEncoding, askFormat, askAnnotator} {
		if strings.Contains(hint, "--"+string(q)) {
			return q
		}
	}
	return ""
}

// leavable says whether an error is about one file alone: there is nothing to answer
// that would help the others too.
func leavable(err error) bool {
	q := questionOf(err)
	return q == "" || q == askFormat
}

// several says whether the chosen encoding is for more than one file: it is then
// only for those that do not say themselves what they are.
func (d *Dialog) several() bool { return len(d.paths) != 1 || d.found.folder }

func (d *Dialog) options() format.ImportOptions {
	o := format.ImportOptions{
		Format: d.format, Encoding: d.encoding, Fallback: d.several(), Annotator: d.annotator, OnDuplicate: d.duplicates,
		Options: map[string]string{}, Actor: d.o.Actor, Env: d.o.Env, Map: maps.Clone(d.mapped), AcceptDrift: d.acceptDrift,
		Columns: d.columnOptions(), DetectLanguage: !d.keepUntold, InParts: d.inParts,
	}
	if d.acceptDrift && d.duplicates != format.Correct {
		o.AcceptDrift = false
	}
	for k, v := range d.values {
		if v != "" {
			o.Options[k] = v
		}
	}
	if d.leaveOut {
		o.LeaveOut = leavable
	}
	return o
}

// runImport is the import of what was chosen, dry or not.
func (d *Dialog) runImport(dry bool) func(context.Context, func(sheet.Progress)) (*format.ImportReport, error) {
	o, store, paths, pasting := d.options(), d.o.Store, d.paths, d.pasting
	o.DryRun = dry
	if d.enough = new(atomic.Bool); !dry {
		o.Enough = d.enough.Load
	}
	return func(ctx context.Context, tell func(sheet.Progress)) (*format.ImportReport, error) {
		o.Progress = func(p format.Progress) { tell(sheet.Progress{Done: p.Done, Total: p.Total, Phase: string(p.Phase)}) }
		if pasting != nil {
			return format.ImportArticles(ctx, store, "pasted text", pasting.articles(), o)
		}
		return format.Import(ctx, store, paths, o)
	}
}

// named says what the paths are, in few words.
func named(paths []string) string {
	switch len(paths) {
	case 0:
		return ""
	case 1:
		return filepath.Base(paths[0])
	}
	return sheet.Count(len(paths), "file or folder", "files and folders")
}
