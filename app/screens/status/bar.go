package status

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/annotate/text"
	"lede/app/session"
	"lede/app/theme"
	"lede/app/widgets"
)

// Options is what the bar needs.
type Options struct {
	Session *session.Session
	DoneKey string // the shortcut of "Done, next", as people see it
	Done    func()
	Switch  func(name string) // continue as this annotator
	Show    func(name string) // look at this annotator's work
	Add     func()            // add an annotator
	Zoom    func(float32)     // 1 = 100 %
	Later   func(time.Duration, func())

	Warnings func() // opens the list of warnings
}

// Bar is the line at the bottom.
type Bar struct {
	Object fyne.CanvasObject

	o         Options
	saved     *widgets.Words
	icon      *widgets.Icon
	selection *widgets.Words
	name      *widgets.Words
	shown     *widgets.Words
	annotator *widgets.Surface
	zoom      *widgets.Words
	zoomDrop  *widgets.Surface
	done      *widgets.Surface
	warned    *warned

	pending int
	failed  bool // a change was refused, and nothing was saved since
	turn    int
	row     *fyne.Container
}

const height float32 = 28

// New makes the bar.
func New(o Options) *Bar {
	b := &Bar{o: o}
	b.saved = widgets.NewLine("Saved", theme.SmallSize, theme.Text)
	b.icon = widgets.NewIcon(widgets.IconCheck, 13, theme.Text)
	b.selection = widgets.NewElastic("", theme.SmallSize, theme.Dim)
	b.name = widgets.NewLine("", theme.SmallSize, theme.Text)
	b.shown = widgets.NewLine("Annotator", theme.SmallSize, theme.Dim)
	b.annotator = tight(widgets.NewRow(4, b.shown, b.name, widgets.NewIcon(widgets.IconDown, 11, theme.Dim)), b.pickAnnotator)
	b.zoom = widgets.NewLine("100 %", theme.SmallSize, theme.Dim)
	b.zoomDrop = tight(b.zoom, b.pickZoom)
	b.done = tight(widgets.NewRow(4, widgets.NewLine("Done, next:", theme.SmallSize, theme.Dim), widgets.NewLine(o.DoneKey, theme.SmallSize, theme.Text)), o.Done)
	left := widgets.NewStretch(5, 2, b.icon, b.saved, widgets.NewPadded(widgets.Pad{Left: 17}, b.selection))
	b.warned = newWarned(o.Warnings)
	right := widgets.NewRow(10, b.warned.surface, b.annotator, b.zoomDrop, b.done)
	b.row = widgets.NewFrame(nil, nil, nil, right, left)
	line := widgets.NewAtLeast(fyne.NewSize(0, height), widgets.NewPadded(widgets.Pad{Left: 14, Right: 8}, b.row))
	b.Object = container.NewStack(widgets.NewFill(theme.Panel), widgets.NewFrame(widgets.NewHairline(), nil, nil, nil, line))
	b.People()
	b.Saved(0)
	return b
}

func tight(content fyne.CanvasObject, tapped func()) *widgets.Surface {
	s := widgets.NewSurface(content, tapped)
	s.Pad, s.Radius = widgets.Even(6, 4), 4
	return s
}

// Saved shows how many changes are not on disk yet. Writing takes a millisecond
// or so: "Saving…" appears only when it takes long enough to be read.
func (b *Bar) Saved(pending int) {
	const patience = 250 * time.Millisecond
	b.failed = b.failed && pending <= b.pending // until something new is under way
	b.pending = pending
	b.turn++
	if b.failed {
		return
	}
	if b.o.Session.Store().Info().ReadOnly {
		b.say(widgets.IconLock, theme.Dim, "Read-only")
		return
	}
	if pending == 0 {
		b.say(widgets.IconCheck, theme.Text, "Saved")
		return
	}
	turn := b.turn
	b.o.Later(patience, func() {
		if turn == b.turn && b.pending > 0 {
			b.say(widgets.IconClock, theme.Dim, "Saving…")
		}
	})
}

// NotSaved says why a change was taken back out.
func (b *Bar) NotSaved(why string) {
	b.turn++
	b.failed = true
	b.say(widgets.IconWarn, theme.Danger, "Not saved: "+text.Brief(why, 48))
}

func (b *Bar) say(icon widgets.IconName, color theme.Name, words string) {
	if b.saved.Text == words {
		return
	}
	b.icon.Name, b.icon.Color, b.saved.Color = icon, color, color
	b.icon.Refresh()
	b.saved.SetText(words)
	b.row.Refresh()
}

// Selection shows what is selected or chosen, with offsets in code points.
func (b *Bar) Selection() {
	s := b.o.Session
	words := ""
	if doc := s.Doc(); doc != nil {
		at := s.Selection()
		if span, ok := doc.Span(s.Chosen()); ok && at.Empty() {
			words = b.chosen(span)
		} else if !at.Empty() {
			words = "Selection " + offsets(annotate.Fragments{at})
		}
	}
	b.selection.SetText(words)
}

// chosen is what the bar says of the chosen spans: how many there are or, of one,
// where it lies and which it is of those on top of one another.
func (b *Bar) chosen(span annotate.Span) string {
	s := b.o.Session
	if n := len(s.ChosenAll()); n > 1 {
		return fmt.Sprintf("%d spans chosen", n)
	}
	words := offsets(span.Fragments)
	if here, at := s.Here(); len(here) > 1 && at >= 0 {
		words = fmt.Sprintf("%d of %d here · ", at+1, len(here)) + words
	}
	return words
}

func offsets(f annotate.Fragments) string {
	n := 0
	var places []string
	for _, r := range f {
		n += r.Len()
		places = append(places, fmt.Sprintf("%d–%d", r.Start, r.End))
	}
	unit := "characters"
	if n == 1 {
		unit = "character"
	}
	return fmt.Sprintf("%d %s · %s", n, unit, strings.Join(places, ", "))
}

// People shows who annotates, or whose work is on screen.
func (b *Bar) People() {
	s := b.o.Session
	b.shown.Text, b.name.Text = "Annotator", s.Annotator().Name
	if !strings.EqualFold(s.Shown().Name, s.Annotator().Name) {
		b.shown.Text, b.name.Text = "Looking at", s.Shown().Name
	}
	b.annotator.Refresh()
	b.row.Refresh()
}

// ShowZoom shows the zoom; 1 = 100 %.
func (b *Bar) ShowZoom(z float32) {
	b.zoom.Text = fmt.Sprintf("%.0f %%", z*100)
	b.zoomDrop.Refresh()
	b.row.Refresh()
}

// PickAnnotator opens the menu of annotators.
func (b *Bar) PickAnnotator() { b.pickAnnotator() }

func (b *Bar) pickAnnotator() {
	s := b.o.Session
	var own, look []*fyne.MenuItem
	seen := false
	for _, a := range s.Annotators() {
		if a.Kind == annotate.Human {
			item := fyne.NewMenuItem("Annotate as "+a.Name, func() { b.o.Switch(a.Name) })
			item.Checked = strings.EqualFold(a.Name, s.Annotator().Name)
			seen = seen || item.Checked
			own = append(own, item)
		}
		if !strings.EqualFold(a.Name, s.Annotator().Name) {
			item := fyne.NewMenuItem("Look at "+a.Name+"’s work", func() { b.o.Show(a.Name) })
			item.Checked = strings.EqualFold(a.Name, s.Shown().Name)
			look = append(look, item)
		}
	}
	if !seen {
		item := fyne.NewMenuItem("Annotate as "+s.Annotator().Name, func() { b.o.Switch(s.Annotator().Name) })
		item.Checked = true
		own = append([]*fyne.MenuItem{item}, own...)
	}
	items := append(own, fyne.NewMenuItem("Someone else…", b.o.Add))
	if len(look) > 0 {
		items = append(append(items, fyne.NewMenuItemSeparator()), look...)
	}
	above(b.annotator, items)
}

func (b *Bar) pickZoom() {
	var items []*fyne.MenuItem
	for _, z := range []float32{0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2} {
		items = append(items, fyne.NewMenuItem(fmt.Sprintf("%.0f %%", z*100), func() { b.o.Zoom(z) }))
	}
	above(b.zoomDrop, items)
}

// above opens a menu over the bar.
func above(at fyne.CanvasObject, items []*fyne.MenuItem) {
	d := fyne.CurrentApp().Driver()
	c := d.CanvasForObject(at)
	if c == nil {
		return
	}
	widgets.ShowMenuAbove(fyne.NewMenu("", items...), c, at)
}
