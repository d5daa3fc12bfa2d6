package reader

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"lede/annotate"
	"lede/annotate/text"
	"lede/app/theme"
	"lede/app/widgets"
)

const barHeight float32 = 48

// labelBar has a button for each label and the switch of what selections snap to.
type labelBar struct {
	r       *Reader
	object  *fyne.Container
	buttons map[annotate.ID]*widgets.LabelButton
	labels  *fyne.Container
	snap    *widgets.Words
	drop    *widgets.Surface
	aa      *widgets.Surface // opens the reading settings
}

func newLabelBar(r *Reader) *labelBar {
	b := &labelBar{r: r, buttons: map[annotate.ID]*widgets.LabelButton{}, labels: container.New(&barLayout{})}
	b.snap = widgets.NewLine("words", theme.TextSize, theme.Dim)
	b.drop = widgets.NewDropDown(b.snap, b.pickSnap)
	b.drop.Pad = widgets.Even(4, 5)
	b.aa = r.newAa()
	inside := widgets.NewFrame(nil, nil, nil, widgets.NewRow(2, b.drop, b.aa), b.labels)
	b.object = widgets.NewAtLeast(fyne.NewSize(0, barHeight), widgets.NewPadded(widgets.Pad{Left: 20, Right: 10}, inside))
	return b
}

// rebuild makes the buttons anew: the schema is another one.
func (b *labelBar) rebuild() {
	b.buttons = map[annotate.ID]*widgets.LabelButton{}
	b.labels.Objects = nil
	if len(b.r.o.Session.Schema().Labels) == 0 {
		b.none()
		return
	}
	for _, l := range b.r.o.Session.Schema().Labels {
		button := widgets.NewLabelButton(MarkOf(l), LabelTitle(l), b.r.o.LabelKey(l.Hotkey), func() { b.r.labelTapped(l.ID) })
		b.buttons[l.ID] = button
		b.labels.Add(button.Surface)
	}
	words := widgets.NewLine("+1", theme.TextSize, theme.Dim)
	var more *widgets.Surface
	more = widgets.NewSurface(words, func() { b.pickHidden(more) })
	more.Pad = widgets.Even(4, 5)
	b.labels.Add(more)
	b.labels.Layout = &barLayout{hidden: func(n int) { words.SetText(fmt.Sprintf("+%d", n)) }}
	b.refresh()
}

// none says that the schema has no labels, and leads to where they are made.
func (b *labelBar) none() {
	words := widgets.NewLine("There are no labels yet.", theme.TextSize, theme.Dim)
	parts := []fyne.CanvasObject{words, widgets.NewLink("Make labels…", b.r.o.NewLabels)}
	if key := b.r.o.SchemaKey; key != "" {
		parts = append(parts, widgets.NewKeyCap(key))
	}
	b.labels.Layout = layout.NewStackLayout()
	b.labels.Add(widgets.NewRow(6, parts...))
	b.refresh()
}

// pickHidden is the menu of the labels for which there is no room.
func (b *labelBar) pickHidden(at fyne.CanvasObject) {
	var items []*fyne.MenuItem
	for _, l := range b.r.o.Session.Schema().Labels {
		button := b.buttons[l.ID]
		if button == nil || button.Visible() {
			continue
		}
		title := LabelTitle(l)
		if key := b.r.o.LabelKey(l.Hotkey); key != "" {
			title += "   " + key
		}
		item := fyne.NewMenuItem(title, func() { b.r.labelTapped(l.ID) })
		item.Disabled, item.Checked = button.Off, b.r.o.Session.Armed() == l.ID
		items = append(items, item)
	}
	popUp(at, items)
}

func (b *labelBar) refresh() {
	s := b.r.o.Session
	for id, button := range b.buttons {
		button.SetArmed(s.Armed() == id)
	}
	name := SnapName(s.Granularity())
	if b.snap.Text != name {
		b.snap.SetText(name)
		b.object.Refresh()
	}
}

// lock says whether nothing can be labelled now.
func (b *labelBar) lock(on bool) {
	for _, button := range b.buttons {
		button.SetOff(on)
	}
}

// SnapName is what selections snap to, as people say it.
func SnapName(g text.Granularity) string {
	switch g {
	case text.Character:
		return "characters"
	case text.Sentence:
		return "sentences"
	default:
		return "words"
	}
}

func (b *labelBar) pickSnap() {
	var items []*fyne.MenuItem
	for _, g := range []text.Granularity{text.Word, text.Character, text.Sentence} {
		item := fyne.NewMenuItem("Snap to "+SnapName(g), func() {
			b.r.o.Snap(g)
			b.r.Focus()
		})
		item.Checked = g == b.r.o.Session.Granularity()
		items = append(items, item)
	}
	popUp(b.drop, items)
}

// popUp opens a menu below an object.
func popUp(at fyne.CanvasObject, items []*fyne.MenuItem) {
	d := fyne.CurrentApp().Driver()
	if c := d.CanvasForObject(at); c != nil && len(items) > 0 {
		below := d.AbsolutePositionForObject(at).AddXY(0, at.Size().Height+4)
		widgets.ShowMenu(fyne.NewMenu("", items...), c, below)
	}
}

// barLayout shows as many labels as fit, and the last object only when some do
// not: it says how many.
type barLayout struct{ hidden func(int) }

const barGap float32 = 5

func (*barLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(120, 28) }

func (l *barLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if len(objects) == 0 {
		return
	}
	labels, more := objects[:len(objects)-1], objects[len(objects)-1]
	total := float32(0)
	for _, o := range labels {
		total += o.MinSize().Width + barGap
	}
	room := size.Width
	if total-barGap > room {
		room -= more.MinSize().Width + barGap
	}
	x, shown := float32(0), 0
	for i, o := range labels {
		m := o.MinSize()
		fits := shown == i && x+m.Width <= room
		put(o, fits, x, size.Height)
		if fits {
			x += m.Width + barGap
			shown++
		}
	}
	if l.hidden != nil && shown < len(labels) {
		l.hidden(len(labels) - shown)
	}
	put(more, shown < len(labels), x-2, size.Height)
}

func put(o fyne.CanvasObject, shown bool, x, height float32) {
	if !shown {
		o.Hide()
		return
	}
	m := o.MinSize()
	o.Move(fyne.NewPos(x, (height-m.Height)/2))
	o.Resize(m)
	o.Show()
}
