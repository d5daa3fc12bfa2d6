package importer

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"

	"lede/annotate/format"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

// form lays the dialog out.
func (d *Dialog) form() {
	d.summary = line("", theme.Dim)
	d.rows = widgets.NewColumn(6)
	d.preview = container.NewStack()
	d.from = widgets.NewField("files and folders, one after the other with ; between")
	d.from.Put(spell(d.paths))
	d.from.OnCommit = func(s string) {
		d.paths = unspell(s)
		d.look()
	}
	d.from.OnEnter = d.done
	body := container.NewVScroll(widgets.NewPadded(widgets.Pad{Right: 12}, widgets.NewColumn(10, d.rows, d.preview)))
	body.SetMinSize(fyne.NewSize(d.width, sheet.Room(d.sheet.Canvas(), fyne.NewSize(0, 536)).Height-156))
	buttons := widgets.NewRow(10, nil, widgets.NewBorderedButton("Cancel", d.cancel), d.primary(d.start))
	d.put(page("Import articles", d.summary, body, buttons))
	d.fields()
}

func spell(paths []string) string {
	var short []string
	for _, p := range paths {
		short = append(short, sheet.Short(p))
	}
	return strings.Join(short, "; ")
}

func unspell(s string) []string {
	var paths []string
	for part := range strings.SplitSeq(s, ";") {
		if p := sheet.Long(part); p != "" {
			paths = append(paths, p)
		}
	}
	return paths
}

// fields shows the fields that matter for what was found. The field with the focus
// keeps it, though it may be another object.
func (d *Dialog) fields() {
	if d.pasting != nil {
		return
	}
	shape := fmt.Sprint(d.asked, d.format, d.found.format, d.found.guess, d.found.sample, d.found.columns, d.found.grid, d.holdsAnySpan(), d.found.folder, len(d.paths), d.more, d.clashes(), d.holdsSpans(), d.labels, d.mapped, d.columns, d.acceptDrift, d.duplicates, d.kinds())
	if shape == d.shape {
		return
	}
	d.shape = shape
	focused := d.sheet.Canvas().Focused()
	had := ""
	for title, field := range d.named {
		if focused != nil && field == focused {
			had = title
		}
	}
	if had == "" {
		had = d.chose // the list that was open has the focus no more
	}
	d.chose = ""
	d.named = map[string]fyne.Focusable{}
	rows := []fyne.CanvasObject{sheet.NewRow("From", widgets.NewStretch(6, 0, d.from,
		widgets.NewBorderedButton("File…", d.browseFile), widgets.NewBorderedButton("Folder…", d.browseFolder)))}
	if len(d.paths) > 0 {
		rows = append(rows, d.questions()...)
		rows = append(rows, d.details()...)
	}
	d.rows.Objects = rows
	d.rows.Refresh()
	d.sheet.Fit()
	if again := d.named[had]; again != nil {
		d.sheet.Canvas().Focus(again)
	}
}

// questions are the fields that must be answered, where they were asked.
func (d *Dialog) questions() []fyne.CanvasObject {
	var rows []fyne.CanvasObject
	if d.asked[askEncoding] || d.more {
		rows = append(rows, d.row("Encoding", d.encodingField()))
		for _, words := range d.found.sample {
			rows = append(rows, sheet.NewHint("“"+words+"”", d.width-12))
		}
		if d.several() {
			rows = append(rows, sheet.NewHint("It is used only for files that are not Unicode; the others are read as what they are.", d.width-12))
		}
	}
	if d.asked[askColumn] && len(d.found.columns) > 0 && len(d.columns) == 0 {
		rows = append(rows, d.row("Text is in", d.columnField()))
	}
	if d.asked[askDates] {
		rows = append(rows, d.datesRow())
	}
	return rows
}

// details are the fields that have an answer already.
func (d *Dialog) details() []fyne.CanvasObject {
	rows := []fyne.CanvasObject{d.row("Format", d.formatField())}
	if d.more {
		rows = append(rows, d.optionRows()...)
	}
	if d.more || d.clashes() {
		rows = append(rows, d.row("Already there", d.duplicatesField()))
		rows = append(rows, d.driftRows()...)
	}
	if d.more || d.asked[askAnnotator] || d.holdsSpans() {
		rows = append(rows, d.row("Annotator", d.annotatorField()))
	}
	if d.more {
		rows = append(rows, d.languageRow())
	}
	if d.more || d.long() {
		rows = append(rows, d.partsRow())
	}
	rows = append(rows, d.columnRows()...)
	if d.more || d.newLabels() {
		rows = append(rows, d.labelRows()...)
	}
	if !d.more {
		rows = append(rows, widgets.NewPadded(widgets.Pad{Left: 116}, widgets.NewRow(0, widgets.NewLink("More options", func() {
			d.more = true
			d.fields()
		}))))
	}
	return rows
}

// clashes says whether some of the articles are in the project already.
func (d *Dialog) clashes() bool {
	r := d.report
	return d.duplicates != format.Merge || r != nil && r.Unchanged+r.Merged+r.Replaced+r.Skipped+r.Kept > 0
}

// holdsAnySpan says whether the files are annotated, whoever did it.
func (d *Dialog) holdsAnySpan() bool {
	return slices.ContainsFunc(d.found.articles, func(a seen) bool {
		return slices.ContainsFunc(a.Sets, func(s format.Set) bool { return len(s.Spans) > 0 })
	})
}

// holdsSpans says whether there are spans of which the files do not say whose they are.
func (d *Dialog) holdsSpans() bool {
	for _, a := range d.found.articles {
		for _, s := range a.Sets {
			if len(s.Spans) > 0 && s.Annotator == "" {
				return true
			}
		}
	}
	return false
}

// row is a row of the form whose field can be found by its title.
func (d *Dialog) row(title string, field interface {
	fyne.CanvasObject
	fyne.Focusable
},
) fyne.CanvasObject {
	d.named[title] = field
	return sheet.NewRow(title, field)
}

func (d *Dialog) browseFile() {
	ask := dialog.NewFileOpen(func(f fyne.URIReadCloser, err error) {
		if err != nil || f == nil {
			return
		}
		path := f.URI().Path()
		_ = f.Close() // it was opened to be named, not read
		d.take([]string{path})
	}, d.o.Window)
	sheet.ShowFiles(ask, d.o.Window, d.folder())
}

func (d *Dialog) browseFolder() {
	ask := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
		if err == nil && u != nil {
			d.take([]string{u.Path()})
		}
	}, d.o.Window)
	sheet.ShowFiles(ask, d.o.Window, d.folder())
}

// folder is where to look for files: where the last one was, else at the project.
func (d *Dialog) folder() string {
	if len(d.paths) > 0 {
		return filepath.Dir(d.paths[0])
	}
	if d.o.Folder != "" {
		return d.o.Folder
	}
	return filepath.Dir(sheet.Long(d.o.Store.Info().Path))
}

// take looks at other files.
func (d *Dialog) take(paths []string) {
	d.paths = nil
	for _, p := range paths {
		d.paths = append(d.paths, filepath.Clean(p))
	}
	d.labels = nil
	clear(d.mapped)
	clear(d.columns)
	d.from.Put(spell(d.paths))
	d.look()
}

// kinds is how many formats the files are of, once all were read.
func (d *Dialog) kinds() int {
	if d.report == nil {
		return 0
	}
	kinds := map[string]bool{}
	for _, s := range d.report.Sources {
		kinds[s.Format] = true
	}
	return len(kinds)
}

func (d *Dialog) formatField() *sheet.Choice {
	names := []string{""}
	titles := []string{"told by the content"}
	if d.found.format != nil {
		titles[0] = d.found.format.Title + " (told by the content)"
		if n := d.kinds(); n > 1 {
			titles[0] = sheet.Count(n, "format", "formats") + ", told by the content"
		}
	}
	for _, f := range format.All() {
		if f.Reads() {
			names, titles = append(names, f.Name), append(titles, f.Title)
		}
	}
	return sheet.NewChoice(d.sheet, titles, slices.Index(names, d.format), func(i int) {
		d.format = names[i]
		d.values = map[string]string{}
		d.look()
	})
}

// encodings are offered beside what was guessed.
var encodings = []string{
	"utf-8", "windows-1252", "iso-8859-1", "iso-8859-2", "windows-1250", "windows-1251", "koi8-r", "windows-1253", "windows-1254",
	"windows-1255", "windows-1256", "utf-16le", "utf-16be", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr",
}

func (d *Dialog) encodingField() *sheet.Choice {
	names := []string{""}
	titles := []string{"told by the file"}
	if g := d.found.guess; g != "" {
		names, titles = append(names, g), append(titles, g+" (likely)")
	}
	for _, e := range encodings {
		if e != d.found.guess {
			names, titles = append(names, e), append(titles, e)
		}
	}
	return sheet.NewChoice(d.sheet, titles, slices.Index(names, d.encoding), func(i int) {
		d.encoding = names[i]
		d.look()
	})
}

// optionRows are the format's own options, where the format is known.
func (d *Dialog) optionRows() []fyne.CanvasObject {
	f := d.found.format
	if f == nil {
		return nil
	}
	var rows []fyne.CanvasObject
	for _, o := range f.Options {
		switch {
		case o.For != format.ForImport:
		case o.Key == string(askColumn) && d.asked[askColumn] && len(d.found.columns) > 0: // asked above
		case len(o.Values) > 0:
			field := d.listField(o)
			d.named[sheet.OptionTitle(o.Key)] = field
			rows = append(rows, sheet.NewExplained(sheet.OptionTitle(o.Key), field, o.Help, d.width-12))
		default:
			field := d.wordField(o)
			d.named[sheet.OptionTitle(o.Key)] = field
			rows = append(rows, sheet.NewExplained(sheet.OptionTitle(o.Key), field, o.Help, d.width-12))
		}
	}
	return rows
}

func (d *Dialog) columnField() *sheet.Choice {
	return sheet.NewChoice(d.sheet, d.found.columns, slices.Index(d.found.columns, d.values[string(askColumn)]), func(i int) {
		d.set(string(askColumn), d.found.columns[i])
	})
}

func (d *Dialog) listField(o format.Option) *sheet.Choice {
	value := o.Default
	if v, ok := d.values[o.Key]; ok {
		value = v
	}
	return sheet.NewChoice(d.sheet, o.Values, slices.Index(o.Values, value), func(i int) { d.set(o.Key, o.Values[i]) })
}

func (d *Dialog) wordField(o format.Option) *widgets.Field {
	f := widgets.NewField(o.Default)
	f.Put(d.values[o.Key])
	f.OnCommit = func(s string) { d.set(o.Key, s) }
	f.OnEnter = d.done
	return f
}

func (d *Dialog) set(key, value string) {
	d.values[key] = value
	if d.pasting == nil {
		d.look()
	}
}

func (d *Dialog) datesRow() fyne.CanvasObject {
	orders := []string{"", "dmy", "mdy"}
	titles := []string{"which is meant?", "day first: 03/04/2026 is the 3rd of April", "month first: 03/04/2026 is March the 4th"}
	chosen := slices.Index(orders, d.values[string(askDates)])
	return d.row("Dates", sheet.NewChoice(d.sheet, titles, max(chosen, 0), func(i int) { d.set(string(askDates), orders[i]) }))
}

func (d *Dialog) duplicatesField() *sheet.Choice {
	titles := map[format.OnDuplicate]string{
		format.Merge: "keep the article, add what further annotators did", format.Skip: "leave it as it is",
		format.Replace: "replace it, if no span would be lost", format.Keep: "keep both",
		format.Correct: "it is the corrected text: move the spans along",
	}
	var list []string
	for _, dup := range format.Duplicates {
		list = append(list, titles[dup])
	}
	return sheet.NewChoice(d.sheet, list, slices.Index(format.Duplicates, d.duplicates), func(i int) {
		d.duplicates = format.Duplicates[i]
		d.look()
	})
}

func (d *Dialog) annotatorField() *widgets.Field {
	f := widgets.NewField("whose work it is where a file does not say")
	f.Put(d.annotator)
	f.OnCommit = func(s string) {
		d.annotator = strings.TrimSpace(s)
		d.look()
	}
	f.OnEnter = d.done
	return f
}
