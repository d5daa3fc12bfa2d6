package form

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"lede/app/theme"
	"lede/app/widgets"
)

// tap is what a field has inside to be clicked. It never has the keyboard: a field
// is one stop of Tab, however much there is in it.
type tap struct {
	widget.BaseWidget
	content fyne.CanvasObject
	do      func() // nil: nothing
	hovered func(bool)
}

func newTap(content fyne.CanvasObject, do func()) *tap {
	t := &tap{content: content, do: do}
	t.ExtendBaseWidget(t)
	return t
}

// Tapped is for Fyne.
func (t *tap) Tapped(*fyne.PointEvent) {
	if t.do != nil {
		widgets.ByKey = false
		t.do()
	}
}

// Cursor is for Fyne.
func (t *tap) Cursor() desktop.Cursor {
	if t.do == nil {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// MouseIn is for Fyne.
func (t *tap) MouseIn(*desktop.MouseEvent) { t.hover(true) }

// MouseMoved is for Fyne.
func (t *tap) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (t *tap) MouseOut() { t.hover(false) }

func (t *tap) hover(on bool) {
	if t.hovered != nil && t.do != nil {
		t.hovered(on)
	}
}

// CreateRenderer is for Fyne.
func (t *tap) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.content) }

// pillLook is how far a choice is taken.
type pillLook int

const (
	pillOff  pillLook = iota
	pillOn            // all things have it
	pillSome          // some of them
)

// newPill makes a choice that shows.
func newPill(title string, look pillLook, do func()) *tap {
	back := widgets.NewFill(theme.Raised)
	back.Stroke, back.Radius = theme.Hairline, 10
	words := widgets.NewElastic(title, 12, theme.Dim)
	switch look {
	case pillOn:
		back.Color, back.Stroke, words.Color = theme.Tint, theme.Accent, theme.Accent
	case pillSome:
		back.Stroke = theme.Faint
	case pillOff:
	}
	full := widgets.NewLine(title, 12, theme.Dim).MinSize()
	words.Elastic = full.Width > 2*words.TextSize // its least width is that
	padded := widgets.NewPadded(widgets.Pad{Left: 9, Top: 2, Right: 9, Bottom: 2}, widgets.NewAtLeast(full, words))
	t := newTap(container.NewStack(back, padded), do)
	t.hovered = func(on bool) {
		if back.Color = theme.Raised; look == pillOn {
			back.Color = theme.Tint
		}
		if on {
			back.Color = theme.Tint
		}
		back.Refresh()
	}
	return t
}

// newTick makes the box of what is so or not.
func newTick(on, mixed bool) fyne.CanvasObject {
	box := widgets.NewFill(theme.Raised)
	box.Radius, box.Least, box.Stroke = 4, fyne.NewSquareSize(16), theme.Faint
	if mixed {
		bar := widgets.NewFill(theme.Dim)
		bar.Least = fyne.NewSize(8, 2)
		return container.NewStack(box, container.NewCenter(bar))
	}
	if !on {
		return box
	}
	box.Color, box.Stroke = theme.Accent, theme.Accent
	return container.NewStack(box, widgets.NewIcon(widgets.IconCheck, 12, theme.OnAccent))
}

func newIconTap(name widgets.IconName, do func()) *tap {
	icon := widgets.NewIcon(name, 12, theme.Dim)
	return newTap(widgets.NewPadded(widgets.Even(4, 3), icon), do)
}

// rowLayout puts a name before a control.
type rowLayout struct{ width, column float32 }

// MinSize is for Fyne.
func (l rowLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.width, max(o[0].MinSize().Height, o[1].MinSize().Height))
}

// Layout is for Fyne.
func (l rowLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	h := o[0].MinSize().Height
	o[0].Move(fyne.NewPos(-nameMargin, max(0, (min(s.Height, boxHeight)-h)/2)))
	o[0].Resize(fyne.NewSize(l.column+nameMargin, h))
	o[1].Move(fyne.NewPos(l.column, 0))
	o[1].Resize(fyne.NewSize(s.Width-l.column, o[1].MinSize().Height))
}

// nameMargin is how far the mark of what is required stands before the names.
const nameMargin float32 = 10

// nameTag is the name of a field. It says whether the field is required and whether
// its value is kept; a click keeps it.
type nameTag struct {
	widget.BaseWidget
	pressed func()
	now     nameLook
	over    bool
	words   *widgets.Words
	pin     *widgets.Icon
	dot     *canvas.Circle
}

type nameLook struct {
	title         string
	wide          float32
	required, due bool // due: required, and empty
	kept, canKeep bool
}

func newNameTag() *nameTag {
	n := &nameTag{words: widgets.NewParagraph("", theme.TextSize, 80, theme.Dim), pin: widgets.NewIcon(widgets.IconPin, 12, theme.Faint), dot: &canvas.Circle{}}
	n.words.Lines, n.words.Elastic = 2, true
	n.ExtendBaseWidget(n)
	return n
}

func (n *nameTag) set(now nameLook) {
	n.now = now
	n.words.Text, n.words.Width = now.title, now.wide
	n.words.Refresh()
	n.Refresh()
}

// Tapped is for Fyne.
func (n *nameTag) Tapped(*fyne.PointEvent) { n.pressed() }

// Cursor is for Fyne.
func (n *nameTag) Cursor() desktop.Cursor {
	if n.now.canKeep {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// MouseIn is for Fyne.
func (n *nameTag) MouseIn(*desktop.MouseEvent) { n.hover(true) }

// MouseMoved is for Fyne.
func (n *nameTag) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (n *nameTag) MouseOut() { n.hover(false) }

func (n *nameTag) hover(on bool) {
	n.over = on
	n.Refresh()
}

// CreateRenderer is for Fyne.
func (n *nameTag) CreateRenderer() fyne.WidgetRenderer {
	r := &nameRenderer{n}
	r.look()
	return r
}

type nameRenderer struct{ n *nameTag }

func (r *nameRenderer) Destroy() {}

func (r *nameRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.n.dot, r.n.words, r.n.pin}
}

func (r *nameRenderer) MinSize() fyne.Size {
	return fyne.NewSize(r.n.now.wide+nameMargin, r.n.words.MinSize().Height)
}

func (r *nameRenderer) Layout(s fyne.Size) {
	const dot, pin = 5, 12
	n := r.n
	n.words.Move(fyne.NewPos(nameMargin, 0))
	n.words.Resize(fyne.NewSize(n.now.wide, s.Height))
	line := min(s.Height, 18)
	n.dot.Move(fyne.NewPos(0, (line-dot)/2+1))
	n.dot.Resize(fyne.NewSquareSize(dot))
	n.pin.Move(fyne.NewPos(s.Width-pin-6, (line-pin)/2+1))
	n.pin.Resize(fyne.NewSquareSize(pin))
}

func (r *nameRenderer) Refresh() {
	r.look()
	r.Layout(r.n.Size())
	canvas.Refresh(r.n)
}

func (r *nameRenderer) look() {
	n := r.n
	n.dot.Hidden = !n.now.required
	n.dot.FillColor = theme.Color(theme.Hairline)
	if n.now.due {
		n.dot.FillColor = theme.Color(theme.Flag)
	}
	n.pin.Hidden = !n.now.kept && !(n.over && n.now.canKeep)
	n.pin.Name, n.pin.Color = widgets.IconPin, theme.Dim
	if n.now.kept {
		n.pin.Name, n.pin.Color = widgets.IconPinned, theme.Accent
	}
	n.pin.Refresh()
}
