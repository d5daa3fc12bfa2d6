package exporter

import (
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"

	"lede/annotate"
	"lede/annotate/format"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

// everybody is how the dialog spells annotate.AllName.
const everybody = "everybody"

// statuses are the choices of what goes out.
var statuses = []struct {
	title string
	list  []annotate.Status
}{
	{"done", []annotate.Status{annotate.Done}},
	{"done and in progress", []annotate.Status{annotate.Done, annotate.InProgress}},
	{"all but skipped", []annotate.Status{annotate.New, annotate.InProgress, annotate.Done}},
	{"all", annotate.Statuses},
}

const allStatuses = 3

// form lays out the fields of the chosen format.
func (d *Dialog) form() {
	f := d.chosen
	d.counts = line("", theme.Dim)
	d.verdict = container.NewStack()
	rows := []fyne.CanvasObject{sheet.NewRow("Whose work", d.whoField()), sheet.NewRow("Articles", d.statusField())}
	options := slices.Concat(f.Options, format.ExportOptionsOfAll)
	if f.SchemaAlone {
		rows, options = nil, f.Options
	}
	if f.Standoff {
		rows = append(rows, sheet.NewRow("Text", d.textField()))
	}
	// What is lost stands where it is seen at once, however many options there are.
	rows = append(rows, sheet.NewRow("Save as", d.pathField()), widgets.NewSpace(0, 2), d.verdict)
	rows = append(rows, d.optionRows(options)...)
	if !f.SchemaAlone {
		rows = append(rows, d.choiceRows())
	}
	d.button = widgets.NewActionButton("Export", d.start)
	buttons := widgets.NewRow(10, nil, widgets.NewBorderedButton("Cancel", d.cancel), d.button.Surface)
	body := container.NewVScroll(widgets.NewPadded(widgets.Pad{Right: 12}, widgets.NewColumn(6, rows...)))
	body.SetMinSize(fyne.NewSize(d.width, sheet.Room(d.sheet.Canvas(), fyne.NewSize(0, 556)).Height-156))
	d.body = body
	d.put(page(sheet.NewTitle("Export as "+f.Title), d.counts, body, buttons))
}

// refit lays out the fields anew, with others among them: what is in sight stays there.
func (d *Dialog) refit() {
	at, verdict := d.body.Offset, d.verdict.Objects
	d.keepPath()
	d.form()
	d.verdict.Objects = verdict
	d.verdict.Refresh()
	d.body.ScrollToOffset(at)
}

// optionRows are the fields of the options, those that list names behind a link.
func (d *Dialog) optionRows(options []format.Option) []fyne.CanvasObject {
	var rows, named []fyne.CanvasObject
	for _, o := range options {
		switch {
		case o.For != format.ForExport:
		case o.Names:
			named = append(named, d.namesRow(o))
		default:
			rows = append(rows, d.optionRow(o))
		}
	}
	if len(named) > 0 {
		rows = append(rows, d.names(named))
	}
	if len(rows) > 0 {
		rows = append([]fyne.CanvasObject{widgets.NewPadded(widgets.Pad{Top: 8, Bottom: 2}, widgets.NewHead("Options"))}, rows...)
	}
	return rows
}

// whoField offers the annotators, and everybody where the format keeps several
// apart.
func (d *Dialog) whoField() *sheet.Choice {
	var names []string
	for _, p := range d.people {
		names = append(names, p.Name)
	}
	if d.chosen.Several || !d.chosen.Training {
		names = append([]string{everybody}, names...)
	}
	chosen := 0
	want, said := d.whose[d.chosen.Name]
	if !said && d.chosen.Training {
		want = d.o.Annotator
	}
	if i := slices.IndexFunc(names, func(n string) bool { return strings.EqualFold(n, want) }); i >= 0 {
		chosen = i
	}
	d.who = sheet.NewChoice(d.sheet, names, chosen, func(i int) {
		d.whose[d.chosen.Name] = names[i]
		d.replan()
	})
	return d.who
}

func (d *Dialog) annotator() string {
	if len(d.who.Titles) == 0 {
		return ""
	}
	name := d.who.Titles[d.who.Chosen()]
	if name != everybody {
		return name
	}
	if d.chosen.Training {
		return annotate.AllName
	}
	return "" // articles that nobody touched too
}

func (d *Dialog) statusField() *sheet.Choice {
	chosen, said := d.states[d.chosen.Name]
	if !said && !d.chosen.Training {
		chosen = allStatuses
	}
	var titles []string
	for _, s := range statuses {
		titles = append(titles, s.title)
	}
	d.status = sheet.NewChoice(d.sheet, titles, chosen, func(i int) {
		d.states[d.chosen.Name] = i
		d.replan()
	})
	return d.status
}

func (d *Dialog) statusList() []annotate.Status {
	chosen := d.status.Chosen()
	if chosen == allStatuses && !d.chosen.Training {
		return nil
	}
	return statuses[chosen].list
}

// optionRow is the field of an option: a list where its values are closed.
func (d *Dialog) optionRow(o format.Option) fyne.CanvasObject {
	set := func(v string) { d.setOption(o, v) }
	open := slices.ContainsFunc(o.Values, func(v string) bool { return strings.Contains(v, ":") })
	var field fyne.CanvasObject
	if len(o.Values) > 0 && !open {
		field = sheet.NewChoice(d.sheet, o.Values, slices.Index(o.Values, d.option(o)), func(i int) { set(o.Values[i]) })
	} else {
		f := widgets.NewField(strings.Join(o.Values, ", "))
		f.Put(d.option(o))
		f.OnCommit = set
		f.OnEnter = d.done
		field = f
	}
	return sheet.NewExplained(optionTitle(o), field, o.Help, d.width-12)
}

func optionTitle(o format.Option) string {
	if o.Title != "" {
		return o.Title
	}
	return sheet.OptionTitle(o.Key)
}

// names are the options that list names of the schema, behind a link: the schemas that
// ship with Lede need none of them.
func (d *Dialog) names(rows []fyne.CanvasObject) fyne.CanvasObject {
	title := "Names in the schema…"
	if d.naming {
		title = "Hide the names"
	}
	d.link = widgets.NewLink(title, func() {
		d.keepPath()
		d.naming = !d.naming
		d.form()
		d.replan()
		if widgets.ByKey {
			d.sheet.Canvas().Focus(d.link)
		}
	})
	link := widgets.NewRow(0, widgets.NewSpace(116, 0), d.link)
	if !d.naming {
		return link
	}
	words := widgets.NewParagraph("Which labels, relations and attributes count, with commas between several. Of attributes the first that is there.",
		theme.SmallSize, d.width-12, theme.Dim)
	return widgets.NewColumn(6, append([]fyne.CanvasObject{link, words}, rows...)...)
}

// namesRow is the field of such an option, as wide as there is room, with what it is
// for below it.
func (d *Dialog) namesRow(o format.Option) fyne.CanvasObject {
	f := widgets.NewField(o.Default)
	f.Put(d.option(o))
	f.OnCommit = func(v string) { d.setOption(o, v) }
	f.OnEnter = d.done
	return widgets.NewColumn(1, sheet.NewRow(optionTitle(o), f), sheet.NewHint(o.Help, d.width-12))
}

// option is the value of an option.
func (d *Dialog) option(o format.Option) string {
	if v, ok := d.values[d.chosen.Name][o.Key]; ok {
		return v
	}
	return o.Default
}

// setOption gives an option a value. The name that is offered may have another ending
// then.
func (d *Dialog) setOption(o format.Option, v string) {
	if v == d.option(o) {
		return
	}
	offered := d.offered(d.chosen)
	if d.values[d.chosen.Name] == nil {
		d.values[d.chosen.Name] = map[string]string{}
	}
	d.values[d.chosen.Name][o.Key] = v
	if sheet.Long(d.path.Text) == offered { // nobody typed another
		d.path.Put(sheet.Short(d.offered(d.chosen)))
	}
	d.replan()
}

func (d *Dialog) textField() *sheet.Choice {
	chosen := 0
	if d.noText {
		chosen = 1
	}
	return sheet.NewChoice(d.sheet, []string{"in the file", "left out: offsets and a hash of the text only"}, chosen, func(i int) {
		d.noText = i == 1
		d.replan()
	})
}

func (d *Dialog) pathField() fyne.CanvasObject {
	d.path = widgets.NewField("a file or folder to be made")
	at := d.paths[d.chosen.Name]
	if at == "" {
		at = d.offered(d.chosen)
	}
	d.path.Put(sheet.Short(at))
	d.path.OnEnter = d.done
	return widgets.NewStretch(6, 0, d.path, widgets.NewBorderedButton("Choose…", d.browse))
}

// browse asks for a folder with the system's dialog; the name is in the field. (A
// dialog for a new file would make the file, which an export must not find.)
func (d *Dialog) browse() {
	at := d.target()
	ask := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
		if err == nil && u != nil {
			d.path.Put(sheet.Short(filepath.Join(u.Path(), filepath.Base(at))))
		}
	}, d.o.Window)
	sheet.ShowFiles(ask, d.o.Window, filepath.Dir(at))
}
