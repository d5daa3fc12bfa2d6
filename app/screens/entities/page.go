package entities

import (
	"cmp"
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/annotate/entity"
	"lede/app/screens/sheet"
	"lede/app/screens/undo"
	"lede/app/session"
	"lede/app/theme"
	"lede/app/widgets"
)

// Options is what the screen needs.
type Options struct {
	Session *session.Session
	Window  fyne.Window // for dialogs of files
	Env     annotate.Env
	At      annotate.ID // the entity to begin with, "" for the first
	Folder  string      // where lists are looked for first

	Soon     func(func())           // runs once what is happening now is over
	Dispatch func(func())           // runs on the window's goroutine
	Go       func(annotate.Mention) // shows a mention in its article
	OnClose  func()
	Listed   func(entity annotate.ID, mentions int) // for the probe
}

const (
	width  float32 = 1200
	height float32 = 740
	edge   float32 = 24
)

// Page is the screen while it is open.
type Page struct {
	Sheet *sheet.Sheet

	o        Options
	canvas   fyne.Canvas
	facts    *widgets.Words
	find     *widgets.Field
	kinds    *widgets.Picks
	kindRow  *fyne.Container
	kind     string // only this one; "" = all
	list     *list
	card     *card
	mentions *mentions
	foot     *foot
	right    *fyne.Container
	empty    *widgets.Words
	wide     [2]float32 // of the list and of the card

	chosen annotate.ID
	due    bool // show is about to be called
	work   sheet.Work
	steps  *undo.Undo
}

// Open shows the screen.
func Open(o Options) *Page {
	p := &Page{o: o, canvas: o.Window.Canvas(), chosen: o.At}
	p.work.Dispatch, p.steps = o.Dispatch, p.stepsBack()
	p.Sheet = sheet.New(p.canvas, nil)
	p.Sheet.Room = fyne.NewSize(width, height)
	p.wide = [2]float32{286, 340}
	if sheet.Room(p.canvas, p.Sheet.Room).Width < 1040 { // the mentions are to have room as well
		p.wide = [2]float32{220, 292}
	}
	p.list, p.card, p.mentions, p.foot = newList(p), newCard(p), newMentions(p), newFoot(p)
	p.Sheet.Content = p.frame()
	p.Sheet.OnCancel, p.Sheet.OnClose = p.cancel, p.closed
	p.show()
	if p.chosen != "" {
		p.Sheet.Open(p.list)
	} else {
		p.Sheet.Open(p.find)
	}
	o.Soon(func() { p.list.ScrollTo(p.list.at()) }) // once it has a height
	return p
}

func (p *Page) frame() fyne.CanvasObject {
	p.facts = widgets.NewElastic("", theme.SmallSize, theme.Dim)
	title := sheet.NewTitle("Entities")
	title.Elastic = false
	head := widgets.NewPadded(widgets.Pad{Left: edge, Top: 14, Right: edge, Bottom: 12},
		widgets.NewStretch(12, 1, title, widgets.NewPadded(widgets.Pad{Top: 5}, p.facts),
			widgets.NewBorderedButton("Import a list…", p.importList), widgets.NewBorderedButton("Export a list…", p.exportList)))
	p.find = widgets.NewField("Find by name")
	p.find.OnChanged = func(string) {
		p.list.Top()
		p.search()
	}
	p.find.OnDown = func() { p.canvas.Focus(p.list) }
	p.find.OnEnter = p.find.OnDown
	add := widgets.NewSurface(widgets.NewRow(5, widgets.NewIcon(widgets.IconPlus, 14, theme.Accent), widgets.NewLine("Add", theme.TextSize, theme.Accent)), p.add)
	add.Color, add.Stroke, add.Radius, add.Pad = theme.Raised, theme.Hairline, theme.Radius, widgets.Pad{Left: 9, Top: 7, Right: 12, Bottom: 7}
	p.kindRow = container.NewStack()
	top := widgets.NewPadded(widgets.Pad{Left: 12, Top: 12, Right: 12, Bottom: 8},
		widgets.NewColumn(8, widgets.NewStretch(8, 0, p.find, add), p.kindRow))
	left := container.New(fixed{p.wide[0]}, container.NewStack(widgets.NewFill(theme.Panel),
		widgets.NewFrame(top, nil, nil, widgets.NewHairline(), p.list)))
	p.empty = widgets.NewParagraph("", theme.TextSize, 300, theme.Dim)
	p.right = container.NewStack()
	return widgets.NewFrame(
		widgets.NewFrame(nil, widgets.NewHairline(), nil, nil, head),
		widgets.NewFrame(widgets.NewHairline(), nil, nil, nil, p.foot.object), nil, nil,
		widgets.NewFrame(nil, nil, left, nil, p.right))
}

// fixed keeps an object at a width.
type fixed struct{ width float32 }

// MinSize is for Fyne.
func (f fixed) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(f.width, 120) }

// Layout is for Fyne.
func (f fixed) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(s)
}

// index is the project's entities, an empty one until they have been read.
func (p *Page) index() *entity.Index {
	if x := p.o.Session.Entities(); x != nil {
		return x
	}
	return entity.NewIndex(nil, nil)
}

// entity is the chosen one.
func (p *Page) entity() (annotate.Entity, bool) { return p.index().Entity(p.chosen) }

// Show goes to an entity.
func (p *Page) Show(id annotate.ID) {
	if id == "" {
		return
	}
	p.find.Put("")
	p.kind = ""
	p.choose(id)
	p.list.ScrollTo(p.list.at())
}

// choose shows an entity.
func (p *Page) choose(id annotate.ID) {
	if p.chosen == id {
		return
	}
	p.commit()
	p.chosen = id
	p.list.Refresh()
	p.showPage()
}

// Changed shows the entities as they are now.
func (p *Page) Changed() {
	if p.due {
		return
	}
	p.due = true
	p.o.Soon(func() {
		if p.due && p.Sheet.Shown() {
			p.show()
		}
	})
}

// show makes all of it anew: what was found, and the page of the chosen one.
func (p *Page) show() {
	p.due = false
	p.showKinds()
	p.foot.show()
	p.search()
}

// search lists what was looked for.
func (p *Page) search() {
	p.list.look(entity.Query{Text: strings.TrimSpace(p.find.Text), Kind: p.kind})
	if p.list.index(p.chosen) < 0 {
		if _, there := p.entity(); !there || p.find.Text != "" || p.kind != "" {
			p.chosen = p.list.first()
		}
	}
	p.list.Refresh()
	p.showPage()
}

// showPage makes the page of the chosen one anew.
func (p *Page) showPage() {
	e, ok := p.entity()
	if !ok {
		p.mentions.forget()
		p.card.forget()
		p.empty.SetText(p.nothing())
		p.right.Objects = []fyne.CanvasObject{container.NewCenter(p.empty)}
		p.right.Refresh()
		return
	}
	p.card.show(e)
	p.mentions.show(e)
	p.right.Objects = []fyne.CanvasObject{widgets.NewFrame(nil, nil, container.New(fixed{p.wide[1]},
		widgets.NewFrame(nil, nil, nil, widgets.NewHairline(), p.card.object)), nil, p.mentions.object)}
	p.right.Refresh()
}

// nothing is what to say where there is no entity to show.
func (p *Page) nothing() string {
	switch {
	case p.o.Session.Entities() == nil:
		return "The entities are being read…"
	case p.index().Len() > 0:
		return "No entity is called that. Add it, or look for less."
	}
	return "No actors, events or places yet. Choose a span in an article and say whom it stands for, or import a list of those you know already."
}

// showKinds brings the filter and the counts up to date.
func (p *Page) showKinds() {
	counts := p.index().Kinds()
	kinds := p.allKinds()
	options := []widgets.Pick{{Title: "All", On: p.kind == ""}}
	var facts []string
	for _, k := range kinds {
		options = append(options, widgets.Pick{Title: k, On: p.kind == k})
		if counts[k] > 0 {
			facts = append(facts, sheet.Count(counts[k], k, plural(k)))
		}
	}
	p.facts.SetText(widgets.Facts(facts...))
	if p.kinds != nil && samePicks(p.kinds.Options, options) {
		return
	}
	focused := p.kinds != nil && p.canvas.Focused() == fyne.Focusable(p.kinds)
	at := 0
	if p.kinds != nil {
		at = p.kinds.At()
	}
	p.kinds = widgets.NewPicks(p.wide[0]-24, options, func(i int) {
		p.kind = ""
		if i > 0 {
			p.kind = kinds[i-1]
		}
		p.list.Top()
		p.show()
	})
	p.kinds.GoTo(at)
	p.kindRow.Objects = []fyne.CanvasObject{p.kinds}
	p.kindRow.Refresh()
	if focused {
		p.canvas.Focus(p.kinds)
	}
}

func samePicks(a, b []widgets.Pick) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Title != b[i].Title || a[i].On != b[i].On {
			return false
		}
	}
	return true
}

// allKinds are the kinds of the schema, then others that entities have.
func (p *Page) allKinds() []string { return kindsOf(p.o.Session.Schema(), p.index()) }

func plural(kind string) string {
	if stem, y := strings.CutSuffix(kind, "y"); y {
		return stem + "ies"
	}
	return kind + "s"
}

// add makes an entity of the kind that is listed, named after what was looked for.
func (p *Page) add() {
	p.commit()
	name := cmp.Or(strings.TrimSpace(p.find.Text), "New entity")
	kinds := p.allKinds()
	kind := p.kind
	if kind == "" && len(kinds) > 0 {
		kind = kinds[0]
	}
	id, err := p.o.Session.AddEntity(cmp.Or(kind, "entity"), name)
	if err != nil {
		p.fail(err)
		return
	}
	p.find.Put("")
	p.chosen = id
	p.show()
	p.list.ScrollTo(p.list.at())
	p.card.begin()
}

// commit writes down what stands in a field.
func (p *Page) commit() {
	if f, ok := p.canvas.Focused().(*widgets.Field); ok && f != p.find {
		f.Commit()
	}
	p.card.commit()
}

// cancel is Esc: first out of a field, as it was; then out of the screen.
func (p *Page) cancel() {
	if f, ok := p.canvas.Focused().(*widgets.Field); ok && f != p.find {
		f.Revert()
		p.canvas.Focus(p.list)
		return
	}
	if p.find.Text != "" {
		p.find.SetText("")
		p.canvas.Focus(p.list)
		return
	}
	p.Sheet.Close()
}

// Close takes the screen away; what stands in a field is kept.
func (p *Page) Close() {
	p.commit()
	p.Sheet.Close()
}

// End gives up what is under way and waits until it has let go of the project.
func (p *Page) End() {
	p.mentions.work.End()
	p.steps.End()
	p.work.End()
}

func (p *Page) closed() {
	p.mentions.forget()
	if p.o.OnClose != nil {
		p.o.OnClose()
	}
}

// fail tells what went wrong.
func (p *Page) fail(err error) {
	if err != nil {
		sheet.Tell(p.canvas, "That cannot be done", sheet.Sentence(err))
	}
}

// readOnly tells why nothing can be changed, if that is so.
func (p *Page) readOnly() bool {
	info := p.o.Session.Store().Info()
	if info.ReadOnly {
		sheet.Tell(p.canvas, "The entities cannot be changed", info.Why)
	}
	return info.ReadOnly
}

// carryOut writes a step in the background and shows what came of it.
func (p *Page) carryOut(step *session.EntityStep, err error) {
	if err != nil {
		p.fail(err)
		return
	}
	if p.work.Busy() {
		return
	}
	p.foot.busy(0)
	sheet.Start(&p.work, func(ctx context.Context, tell func(sheet.Progress)) (struct{}, error) {
		return struct{}{}, step.Write(ctx, func(done, total int) { tell(sheet.Progress{Done: done, Total: total}) })
	}, func(at sheet.Progress) { p.foot.busy(at.Part()) }, func(_ struct{}, err error) {
		if err == nil {
			if step.Result() != "" {
				p.chosen = step.Result()
			}
			p.mentions.forget()
			p.o.Session.WroteEntities(step)
			p.show()
			p.list.ScrollTo(p.list.at())
			p.list.Refresh()
			return
		}
		p.show()
		p.fail(err)
	})
}

// Undo takes the newest step back, Redo brings it back again, if it is one of
// entities alone: what is in articles is undone in sight of them.
func (p *Page) Undo() { p.again(false) }

// Redo brings a step back.
func (p *Page) Redo() { p.again(true) }

func (p *Page) again(redo bool) {
	if !p.work.Busy() {
		p.steps.Do(redo)
	}
}

// stepsBack are the steps that are taken back here.
func (p *Page) stepsBack() *undo.Undo {
	return &undo.Undo{
		Session: p.o.Session, Canvas: p.canvas, Dispatch: p.o.Dispatch, Begin: p.commit, Fail: p.fail,
		Takes: func(step session.Step) bool { return step.About == session.AboutEntities },
		Ask: func(step session.Step, _ bool, yes func()) {
			sheet.Ask(p.canvas, "“"+step.Title+"”", step.Asks, "Go on", yes)
		},
		Done: func(session.Step, bool, bool) {
			p.mentions.forget()
			p.show()
			p.list.ScrollTo(p.list.at())
			p.list.Refresh()
		},
	}
}
