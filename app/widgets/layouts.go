package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// NewRow puts objects beside each other, centred on a line, a gap apart. Nil
// stands for what pushes the rest to the right.
func NewRow(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	l := &row{gap: gap, spring: -1}
	var shown []fyne.CanvasObject
	for _, o := range objects {
		if o == nil {
			l.spring = len(shown)
			continue
		}
		shown = append(shown, o)
	}
	return container.New(l, shown...)
}

// NewStretch is a row in which the object at the given place takes the room that
// is left.
func NewStretch(gap float32, stretch int, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&row{gap: gap, spring: -1, stretch: stretch + 1}, objects...)
}

type row struct {
	gap     float32
	spring  int // before this object; -1 = none
	stretch int // this object, counted from 1; 0 = none
}

func (l *row) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	n := 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		size.Width += m.Width
		size.Height = max(size.Height, m.Height)
		n++
	}
	size.Width += l.gap * float32(max(n-1, 0))
	return size
}

func (l *row) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	left := size.Width - l.MinSize(objects).Width
	x := float32(0)
	for i, o := range objects {
		if i == l.spring {
			x += max(left, 0)
		}
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		if i == l.stretch-1 {
			m.Width = max(m.Width+left, 0)
		}
		place(o, x, (size.Height-m.Height)/2, m.Width, m.Height)
		x += m.Width + l.gap
	}
}

// NewColumn stacks objects, each as wide as the column, a gap apart.
func NewColumn(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&column{gap}, objects...)
}

type column struct{ gap float32 }

func (l *column) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	n := 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		size.Width = max(size.Width, m.Width)
		size.Height += m.Height
		n++
	}
	size.Height += l.gap * float32(max(n-1, 0))
	return size
}

func (l *column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		h := o.MinSize().Height
		place(o, 0, y, size.Width, h)
		y += h + l.gap
	}
}

// NewWrap puts objects beside each other and goes on below where there is no
// room. Its height is that at the given width.
func NewWrap(gap, width float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&wrap{gap, width}, objects...)
}

type wrap struct{ gap, width float32 }

func (l *wrap) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, l.flow(objects, l.width, func(fyne.CanvasObject, fyne.Position, fyne.Size) {}))
}

func (l *wrap) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.flow(objects, size.Width, func(o fyne.CanvasObject, at fyne.Position, s fyne.Size) {
		o.Move(at)
		o.Resize(s)
	})
}

func (l *wrap) flow(objects []fyne.CanvasObject, width float32, put func(fyne.CanvasObject, fyne.Position, fyne.Size)) float32 {
	var x, y, line float32
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		m.Width = min(m.Width, width)
		if x > 0 && x+m.Width > width {
			x, y, line = 0, y+line+l.gap, 0
		}
		put(o, fyne.NewPos(x, y), m)
		x += m.Width + l.gap
		line = max(line, m.Height)
	}
	return y + line
}

// NewPadded puts room around an object.
func NewPadded(p Pad, o fyne.CanvasObject) *fyne.Container { return container.New(padded{p}, o) }

type padded struct{ p Pad }

func (l padded) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().AddWidthHeight(l.p.Left+l.p.Right, l.p.Top+l.p.Bottom)
}

func (l padded) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	place(objects[0], l.p.Left, l.p.Top, s.Width-l.p.Left-l.p.Right, s.Height-l.p.Top-l.p.Bottom)
}

// NewAtLeast keeps an object at a least size; a zero side is its own.
func NewAtLeast(size fyne.Size, o fyne.CanvasObject) *fyne.Container {
	return container.New(atLeast{size}, o)
}

type atLeast struct{ size fyne.Size }

func (l atLeast) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().Max(l.size)
}

func (l atLeast) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	place(objects[0], 0, 0, s.Width, s.Height)
}

// NewFrame puts objects at the edges of what takes the rest of the room, without
// any gap. Nil leaves an edge free.
func NewFrame(top, bottom, left, right, middle fyne.CanvasObject) *fyne.Container {
	l := &frame{top, bottom, left, right, middle}
	var objects []fyne.CanvasObject
	for _, o := range []fyne.CanvasObject{middle, top, bottom, left, right} {
		if o != nil {
			objects = append(objects, o)
		}
	}
	return container.New(l, objects...)
}

type frame struct{ top, bottom, left, right, middle fyne.CanvasObject }

// measure is the least size of an edge or the middle, zero if it does not show.
func measure(o fyne.CanvasObject) fyne.Size {
	if o == nil || !o.Visible() {
		return fyne.Size{}
	}
	return o.MinSize()
}

func (l *frame) MinSize([]fyne.CanvasObject) fyne.Size {
	t, b, le, r, m := measure(l.top), measure(l.bottom), measure(l.left), measure(l.right), measure(l.middle)
	width := max(t.Width, b.Width, le.Width+m.Width+r.Width)
	return fyne.NewSize(width, t.Height+b.Height+max(le.Height, r.Height, m.Height))
}

func (l *frame) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	t, b, le, r := measure(l.top), measure(l.bottom), measure(l.left), measure(l.right)
	set := func(o fyne.CanvasObject, x, y, w, h float32) {
		if o != nil && o.Visible() {
			place(o, x, y, max(w, 0), max(h, 0))
		}
	}
	set(l.top, 0, 0, s.Width, t.Height)
	set(l.bottom, 0, s.Height-b.Height, s.Width, b.Height)
	middle := s.Height - t.Height - b.Height
	set(l.left, 0, t.Height, le.Width, middle)
	set(l.right, s.Width-r.Width, t.Height, r.Width, middle)
	set(l.middle, le.Width, t.Height, s.Width-le.Width-r.Width, middle)
}
