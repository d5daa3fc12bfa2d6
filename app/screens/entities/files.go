package entities

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"lede/annotate"
	"lede/annotate/entity"
	"lede/app/screens/sheet"
	"lede/app/session"
	"lede/app/theme"
	"lede/app/widgets"
)

// listImport is the dialog that takes an authority list in. It says what the list would
// do before it is done.
type listImport struct {
	p      *Page
	sheet  *sheet.Sheet
	path   *widgets.Field
	kind   *sheet.Choice
	kinds  []string
	says   *widgets.Words
	button *widgets.ActionButton
	work   sheet.Work

	list *entity.List
	plan *entity.Plan
}

// importList opens the dialog.
func (p *Page) importList() {
	if p.readOnly() {
		return
	}
	p.commit()
	d := &listImport{p: p, sheet: sheet.New(p.canvas, nil), kinds: append([]string{""}, p.allKinds()...)}
	d.work.Dispatch = p.o.Dispatch
	d.path = widgets.NewField("A table: CSV with the column “name”")
	d.path.OnCommit = func(string) { d.look() }
	d.path.OnEnter = d.do
	titles := []string{"As the list says"}
	at := 0
	for i, k := range d.kinds[1:] {
		titles = append(titles, k)
		if k == p.kind {
			at = i + 1
		}
	}
	d.kind = sheet.NewChoice(d.sheet, titles, at, func(int) { d.look() })
	d.says = widgets.NewParagraph("", theme.TextSize, dialogWidth-48, theme.Dim)
	d.button = widgets.NewActionButton("Take in", d.do)
	d.button.Set("Take in", false)
	choose := widgets.NewBorderedButton("Choose…", func() {
		files := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
			if err == nil && r != nil {
				d.path.Put(sheet.Short(r.URI().Path()))
				_ = r.Close() // only its name is wanted
				d.look()
			}
		}, p.o.Window)
		files.SetFilter(storage.NewExtensionFileFilter([]string{".csv", ".tsv", ".txt"}))
		sheet.ShowFiles(files, p.o.Window, p.o.Folder)
	})
	d.sheet.Content = widgets.NewPadded(widgets.Even(24, 22), widgets.NewColumn(12,
		sheet.NewTitle("Import a list of entities"),
		sheet.NewRow("File", widgets.NewStretch(8, 0, d.path, choose)),
		sheet.NewRow("Kind", d.kind),
		d.says, widgets.NewSpace(0, 2),
		widgets.NewRow(10, nil, widgets.NewBorderedButton("Cancel", d.sheet.Close), d.button.Surface),
	))
	d.sheet.Room.Width, d.sheet.OnDone = dialogWidth, d.do
	d.sheet.OnClose = func() {
		d.work.Stop()
		p.canvas.Focus(p.list)
	}
	d.say("Actors, events or places that you know already: a name in each row, and codes, other names and attributes in further columns.", theme.Dim)
	d.sheet.Open(d.path)
}

func (d *listImport) say(words string, tone theme.Name) {
	d.says.Color = tone
	d.says.SetText(words)
	d.says.Refresh()
	d.sheet.Fit()
}

// look reads the file and says what it would do.
func (d *listImport) look() {
	d.plan = nil
	d.button.Set("Take in", false)
	path := sheet.Long(d.path.Text)
	if path == "" {
		return
	}
	d.say("Reading "+filepath.Base(path)+"…", theme.Dim)
	kind, store, env := d.kinds[d.kind.Chosen()], d.p.o.Session.Store(), d.p.o.Env
	d.p.o.Session.Flush() // the store must answer with what is on screen
	type looked struct {
		list *entity.List
		plan *entity.Plan
	}
	sheet.Start(&d.work, func(ctx context.Context, _ func(sheet.Progress)) (l looked, err error) {
		raw, err := os.ReadFile(path)
		if err != nil {
			return l, &annotate.Error{Kind: annotate.ErrNotFound, Subject: sheet.Short(path), Detail: "it cannot be read.", Err: err}
		}
		if l.list, err = entity.ReadList(bytes.NewReader(raw), filepath.Base(path)); err != nil {
			return l, err
		}
		l.plan, err = session.TakeEntityList(ctx, store, l.list, kind, env)
		return l, err
	}, func(sheet.Progress) {}, func(l looked, err error) {
		if err != nil {
			d.say(sheet.Sentence(err), theme.Danger)
			return
		}
		d.list, d.plan = l.list, l.plan
		d.offer()
	})
}

// offer says what the list would do.
func (d *listImport) offer() {
	words := fmt.Sprintf("%s: %s, %s changed, %s with nothing new.", sheet.Count(d.list.Len(), "row", "rows"),
		sheet.Count(d.plan.Added, "new entity", "new entities"), sheet.Number(d.plan.Changed), sheet.Number(d.plan.Same))
	for _, note := range d.plan.Notes {
		words += " " + strings.ToUpper(note[:1]) + note[1:]
	}
	d.say(words, theme.Text)
	d.button.Set("Take in", len(d.plan.Ops) > 0)
	d.sheet.Fit()
}

func (d *listImport) do() {
	if d.plan == nil || len(d.plan.Ops) == 0 {
		return
	}
	d.sheet.Close()
	d.p.carryOut(d.p.o.Session.EntityListStep(d.list, d.plan))
}

// exportList asks where to write the entities that are listed, all or of one kind.
func (p *Page) exportList() {
	p.commit()
	all := p.index().Search(entity.Query{Kind: p.kind, ByName: true})
	dialog := sheet.New(p.canvas, nil)
	name, folder := widgets.NewField(""), widgets.NewField("")
	called := "entities"
	if p.kind != "" {
		called = plural(p.kind)
	}
	name.Put(called + ".csv")
	folder.Put(sheet.Short(p.o.Folder))
	wrong := widgets.NewParagraph("", theme.SmallSize, dialogWidth-48, theme.Danger)
	do := func() {
		path := filepath.Join(sheet.Long(folder.Text), strings.TrimSuffix(strings.TrimSpace(name.Text), ".csv")+".csv")
		if err := writeList(path, all, p.o.Session.Schema()); err != nil {
			wrong.SetText(sheet.Sentence(err))
			dialog.Fit()
			return
		}
		dialog.Close()
		sheet.Tell(p.canvas, "Exported", sheet.Count(len(all), "entity", "entities")+" in "+sheet.Short(path)+".")
	}
	name.OnEnter, folder.OnEnter = do, do
	words := sheet.Count(len(all), "entity", "entities") + " as a table (CSV) that any spreadsheet opens, and that can be taken in again."
	dialog.Content = widgets.NewPadded(widgets.Even(24, 22), widgets.NewColumn(12,
		sheet.NewTitle("Export a list of entities"), widgets.NewParagraph(words, theme.TextSize, dialogWidth-48, theme.Dim),
		sheet.NewRow("Name", name), sheet.NewRow("Folder", folder), wrong,
		widgets.NewRow(10, nil, widgets.NewBorderedButton("Cancel", dialog.Close), widgets.NewPrimaryButton("Export", do)),
	))
	dialog.Room.Width, dialog.OnDone, dialog.OnClose = dialogWidth, do, func() { p.canvas.Focus(p.list) }
	dialog.Open(name)
	name.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// writeList writes entities to a file that is not there yet.
func writeList(path string, all []entity.Match, schema *annotate.Schema) error {
	if _, err := os.Stat(path); err == nil {
		return &annotate.Error{Kind: annotate.ErrExists, Subject: sheet.Short(path), Detail: "There is a file of that name.", Hint: "Choose another name."}
	}
	entities := make([]annotate.Entity, len(all))
	for i, m := range all {
		entities[i] = m.Entity
	}
	var out bytes.Buffer
	if err := entity.WriteList(&out, entities, schema); err != nil {
		return err
	}
	if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
		return &annotate.Error{Kind: annotate.ErrForbidden, Subject: sheet.Short(path), Detail: "It cannot be written.", Err: err}
	}
	return nil
}
