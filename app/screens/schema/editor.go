package schema

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"lede/annotate"
	"lede/app/figure"
	"lede/app/screens/sheet"
	"lede/app/screens/undo"
	"lede/app/session"
	"lede/app/textview/layout"
	"lede/app/theme"
	"lede/app/widgets"
)

// Options is what the screen needs.
type Options struct {
	Session *session.Session
	Canvas  fyne.Canvas
	Fonts   *layout.Bundle // of articles, for the preview of a span
	Emoji   figure.Emoji

	Mods     func() fyne.KeyModifier // held now; nil asks the driver
	KeyOwner func(key string) string // the command that a label's key is taken from, "" for none
	Soon     func(func())            // runs once what is happening now is over
	Dispatch func(func())            // runs on the window's goroutine
	Later    func(time.Duration, func())
	OnClose  func()

	Export     func()                                           // asks for a file and writes the schema into it
	ChooseFile func(endings []string, chosen func(path string)) // asks for a schema file
}

const (
	width      float32 = 1120
	height     float32 = 720
	side       float32 = 288
	narrowSide float32 = 216 // in a small window
	edge       float32 = 24
)

// The areas, in the order of the tabs.
const (
	areaLabels = iota
	areaAttributes
	areaRelations
	areaFields
	areaKinds
	areaRules
)

// Editor is the screen while it is open.
type Editor struct {
	o     Options
	Sheet *sheet.Sheet
	areas []area
	now   int // the area that is shown

	facts *widgets.Words
	tabs  *widgets.Tabs
	list  *outline
	find  *widgets.Field
	add   *widgets.Surface
	body  *fyne.Container
	room  *container.Scroll
	form  *form
	foot  *foot

	chosen  []annotate.ID // by area
	due     bool          // show is about to be called
	focus   string        // the field that is to get the keyboard when the form is made
	inside  float32       // width of a form
	side    float32       // width of the list
	writing bool          // a preview of Markdown is not shown

	segments *widgets.Segments // of a guideline: written or read
	use      use
	work     sheet.Work // counts
	steps    *undo.Undo
}

// area is a part of the schema.
type area interface {
	title() string
	empty() string // what to say where there is nothing
	adds() string  // what the button says that adds one; "" for none
	items() []item
	form(f *form, id annotate.ID)
	add()                        // makes a draft
	drop()                       // forgets the draft
	arrange(ids []annotate.ID)   // another order; all of them
	arranges() bool              // whether the order means something
	remove(id annotate.ID)       // begins to delete it
	deeds(id annotate.ID) []deed // what can be done with all of it
}

// Open shows the screen.
func Open(o Options) *Editor {
	if o.Mods == nil {
		o.Mods = heldNow
	}
	e := &Editor{o: o, Sheet: sheet.New(o.Canvas, nil), body: container.NewStack(), writing: true}
	e.work.Dispatch, e.steps = o.Dispatch, e.stepsBack()
	e.areas = []area{&labels{e: e}, &attributes{e: e}, &relations{e: e}, &attributes{e: e, fields: true}, &kinds{e: e}, &ruleArea{e: e}}
	e.chosen = make([]annotate.ID, len(e.areas))
	room := sheet.Room(o.Canvas, fyne.NewSize(width, height))
	e.Sheet.Room = fyne.NewSize(width, height)
	e.side = side
	if room.Width < width-120 {
		e.side = narrowSide
	}
	e.inside = max(300, room.Width-e.side-1-2*edge-8)
	e.foot, e.segments = newFoot(e), widgets.NewSegments("Write", "Preview")
	e.makeList()
	e.Sheet.Content = e.frame()
	e.Sheet.OnCancel, e.Sheet.OnClose = e.cancel, e.closed
	e.show()
	e.Sheet.Open(e.list)
	e.count()
	return e
}

func (e *Editor) closed() {
	e.work.Stop()
	if e.o.OnClose != nil {
		e.o.OnClose()
	}
}

// End waits until a step that is being written has let go of the project.
func (e *Editor) End() { e.steps.End() }

// heldNow are the modifiers that are held, from the driver.
func heldNow() fyne.KeyModifier {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()
	}
	return 0
}

func (e *Editor) frame() fyne.CanvasObject {
	var titles []string
	for _, a := range e.areas {
		titles = append(titles, a.title())
	}
	e.tabs = widgets.NewTabs(22, titles...)
	e.tabs.OnChosen = e.turnTo
	e.facts = widgets.NewElastic("", theme.SmallSize, theme.Dim)
	title := sheet.NewTitle("Schema")
	title.Elastic = false
	head := widgets.NewPadded(widgets.Pad{Left: edge, Top: 16, Right: edge}, widgets.NewColumn(2,
		widgets.NewStretch(12, 1, title, widgets.NewPadded(widgets.Pad{Top: 5}, e.facts)), e.tabs.Container))
	e.room = container.NewVScroll(widgets.NewPadded(widgets.Pad{Left: edge, Top: 18, Right: edge + 8, Bottom: 24}, e.body))
	left := container.New(fixed{e.side}, container.NewStack(widgets.NewFill(theme.Panel), widgets.NewFrame(
		widgets.NewPadded(widgets.Pad{Left: 12, Top: 12, Right: 12, Bottom: 8}, widgets.NewStretch(8, 0, e.find, e.add)),
		nil, nil, widgets.NewHairline(), e.list)))
	middle := widgets.NewFrame(nil, nil, left, nil, e.room)
	return widgets.NewFrame(
		widgets.NewFrame(nil, widgets.NewHairline(), nil, nil, head),
		widgets.NewFrame(widgets.NewHairline(), nil, nil, nil, e.foot.object), nil, nil, middle)
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

// Focused brings what got the keyboard into sight.
func (e *Editor) Focused(o fyne.CanvasObject) {
	focusable, ok := o.(fyne.Focusable)
	if !ok || e.form == nil || e.form.holder(focusable) == "" {
		return
	}
	const room = 12
	d := fyne.CurrentApp().Driver()
	y := d.AbsolutePositionForObject(o).Y - d.AbsolutePositionForObject(e.room).Y
	switch below := y + o.Size().Height + room - e.room.Size().Height; {
	case y < room:
		e.room.Offset.Y = max(0, e.room.Offset.Y+y-room)
	case below > 0 && y > room+below:
		e.room.Offset.Y += below
	default:
		return
	}
	e.room.Refresh()
}

func (e *Editor) area() area { return e.areas[e.now] }

func (e *Editor) schema() *annotate.Schema { return e.o.Session.Schema() }

// turnTo shows another area.
func (e *Editor) turnTo(i int) {
	e.commit()
	e.now = i
	e.find.Put("")
	e.list.Top()
	e.show()
	e.o.Canvas.Focus(e.list)
}

// go_ to a record of an area.
func (e *Editor) goTo(area int, id annotate.ID) {
	e.commit()
	e.now = area
	e.tabs.Choose(area)
	e.find.Put("")
	e.chosen[area] = id
	e.show()
	e.list.ScrollTo(e.list.at())
	e.room.ScrollToTop()
}

// choose shows a record of the area.
func (e *Editor) choose(id annotate.ID) {
	if e.chosen[e.now] == id {
		return
	}
	e.commit()
	e.area().drop()
	e.chosen[e.now] = id
	e.room.ScrollToTop()
	e.show()
}

// Say says something beside the title, until the next change.
func (e *Editor) Say(words string) { e.facts.SetText(words) }

// Changed shows the schema as it is now.
func (e *Editor) Changed() { e.soon() }

// soon shows the screen anew, once for all that happens in one gesture: what has
// the keyboard by then has it afterwards.
func (e *Editor) soon() {
	if e.due {
		return
	}
	e.due = true
	e.o.Soon(func() {
		if e.due && e.Sheet.Shown() {
			e.show()
		}
	})
}

// show makes list and form anew.
func (e *Editor) show() {
	e.due = false
	s := e.schema()
	e.facts.SetText(widgets.Facts(fmt.Sprintf("version %d", s.Version),
		sheet.Count(len(s.Labels), "label", "labels"), sheet.Count(len(s.Attributes), "attribute", "attributes"),
		sheet.Count(len(s.RelationTypes), "relation", "relations")))
	e.list.show(e.area().items(), e.find.Text)
	if e.chosen[e.now] = e.list.nearest(e.chosen[e.now]); e.list.at() >= 0 {
		e.list.ScrollTo(e.list.at())
	}
	e.list.Refresh()
	e.foot.show()
	if f, typing := e.o.Canvas.Focused().(*widgets.Field); typing && f.Dirty() && e.form != nil && e.form.of == e.chosen[e.now] && e.form.holder(f) != "" {
		return // the field is not made anew under somebody's hands
	}
	e.showForm()
}

// showForm makes the form of what is chosen. The field that has the keyboard has
// it afterwards.
func (e *Editor) showForm() {
	if e.focus == "" && e.form != nil {
		e.focus = e.form.holder(e.o.Canvas.Focused())
	}
	e.form = newForm(e)
	if id := e.chosen[e.now]; id != "" {
		e.area().form(e.form, id)
	} else {
		e.form.put(widgets.NewParagraph(e.area().empty(), theme.TextSize, e.inside, theme.Dim))
	}
	e.body.Objects = []fyne.CanvasObject{widgets.NewColumn(10, e.form.rows...)}
	e.body.Refresh()
	e.room.Refresh()
	if target := e.form.fields[e.focus]; target != nil {
		e.o.Canvas.Focus(target)
	}
	e.focus = ""
}

// startAdding makes a draft and puts the keyboard into its first field.
func (e *Editor) startAdding() {
	if e.area().adds() == "" || e.readOnly() {
		return
	}
	e.commit()
	e.find.Put("")
	e.area().add()
	e.room.ScrollToTop()
	e.focus = "title"
	e.show()
}

// added chooses what a draft has become.
func (e *Editor) added(id annotate.ID) {
	e.chosen[e.now] = id
	if e.form != nil {
		e.form.of = id // the fields go on being those of the same thing
	}
}

func (e *Editor) makeList() {
	e.list = newOutline(e)
	e.find = widgets.NewField("Find")
	e.find.OnChanged = func(string) {
		e.list.Top()
		e.show()
	}
	e.find.OnDown = func() { e.o.Canvas.Focus(e.list) }
	e.find.OnEnter = e.find.OnDown
	plus := widgets.NewSurface(widgets.NewRow(5, widgets.NewIcon(widgets.IconPlus, 14, theme.Accent), widgets.NewLine("Add", theme.TextSize, theme.Accent)), e.startAdding)
	plus.Color, plus.Stroke, plus.Radius, plus.Pad = theme.Raised, theme.Hairline, theme.Radius, widgets.Pad{Left: 9, Top: 7, Right: 12, Bottom: 7}
	e.add = plus
}

// commit writes down what stands in a field.
func (e *Editor) commit() {
	if f, ok := e.o.Canvas.Focused().(*widgets.Field); ok && f != e.find {
		f.Commit()
	}
}

// Turn goes to another area, by steps.
func (e *Editor) Turn(by int) {
	to := (e.now + by + len(e.areas)) % len(e.areas)
	e.tabs.Choose(to)
	e.turnTo(to)
}

// Find puts the keyboard into the field above the list.
func (e *Editor) Find() { e.o.Canvas.Focus(e.find) }

// cancel is Esc: first out of the form, a field being as it was; then out of the
// screen.
func (e *Editor) cancel() {
	focused := e.o.Canvas.Focused()
	f, typing := focused.(*widgets.Field)
	if typing {
		f.Revert()
	}
	if typing || e.form != nil && e.form.holder(focused) != "" {
		e.o.Canvas.Focus(e.list)
		return
	}
	if e.chosen[e.now] == draftID {
		e.area().drop()
		e.show()
		return
	}
	e.Sheet.Close()
}

// Close takes the screen away; what stands in a field is kept.
func (e *Editor) Close() {
	e.commit()
	e.Sheet.Close()
}

// readOnly tells why nothing can be changed, if that is so.
func (e *Editor) readOnly() bool {
	why := e.o.Session.SchemaReadOnly()
	if why != "" {
		sheet.Tell(e.o.Canvas, "The schema cannot be changed", why)
	}
	return why != ""
}

// fail tells what went wrong where there is no field to say it at.
func (e *Editor) fail(err error) {
	if err != nil {
		sheet.Tell(e.o.Canvas, "That cannot be done", sheet.Sentence(err))
	}
}

// Undo takes the newest step back if it is one of the schema: what is in articles is
// undone in sight of them.
func (e *Editor) Undo() { e.again(false) }

// Redo brings a step of the schema back.
func (e *Editor) Redo() { e.again(true) }

// Writing says whether a step is being taken back or brought back.
func (e *Editor) Writing() bool { return e.steps.Busy() }

func (e *Editor) again(redo bool) {
	e.steps.Do(redo)
	e.soon()
}

// stepsBack are the steps that are taken back here. It asks nothing: the screen shows
// what becomes of the schema.
func (e *Editor) stepsBack() *undo.Undo {
	return &undo.Undo{
		Session: e.o.Session, Canvas: e.o.Canvas, Dispatch: e.o.Dispatch, Fail: e.fail,
		Takes: func(step session.Step) bool { return step.About == session.AboutSchema },
		Begin: func() {
			e.commit()
			e.area().drop()
		},
		Done: func(_ session.Step, _, large bool) {
			if large {
				e.count()
			}
		},
	}
}

// draftID stands for what is not in the schema yet.
const draftID annotate.ID = "draft"

// titleOr is a title, or the name where there is none.
func titleOr(title, name string) string {
	if strings.TrimSpace(title) != "" {
		return title
	}
	return name
}
