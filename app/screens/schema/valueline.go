package schema

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"lede/app/theme"
	"lede/app/widgets"
)

// valueLine is a line of the list of values: title, name, and when it is offered.
type valueLine struct {
	widgets.Hovering
	list              *values
	index             int
	title, name, when *widgets.Words
	cross             *widgets.Surface
}

func newValueLine(v *values) *valueLine {
	l := &valueLine{
		list: v, title: widgets.NewElastic("", theme.TextSize, theme.Text),
		name: widgets.NewElastic("", theme.SmallSize, theme.Dim), when: widgets.NewElastic("", theme.SmallSize, theme.Dim),
	}
	l.cross = widgets.NewIconButton(widgets.IconClose, func() { v.a.removeValue(v.f.of, v.choices[l.index].Name) })
	l.ExtendBaseWidget(l)
	return l
}

func (l *valueLine) show(i int) {
	c := l.list.choices[i]
	l.index = i
	l.title.SetText(titleOr(c.Title, c.Name))
	l.name.SetText(c.Name)
	l.when.SetText(l.list.whens[i])
	l.Refresh()
}

// Tapped is for Fyne.
func (l *valueLine) Tapped(*fyne.PointEvent) {
	l.list.a.e.o.Canvas.Focus(l.list)
	l.list.choose(l.index)
}

// Dragged is for Fyne.
func (l *valueLine) Dragged(e *fyne.DragEvent) {
	from := l.list.dragged
	if from < 0 {
		from = l.index
	}
	l.list.drag(from, l.index+int(math.Round(float64(e.Position.Y/valueHeight))))
}

// DragEnd is for Fyne.
func (l *valueLine) DragEnd() { l.list.dropped() }

// CreateRenderer is for Fyne.
func (l *valueLine) CreateRenderer() fyne.WidgetRenderer {
	x := &valueLineRenderer{l: l, back: &canvas.Rectangle{CornerRadius: theme.SmallRadius}, gap: &canvas.Rectangle{}}
	x.colour()
	x.Layout(l.Size())
	return x
}

type valueLineRenderer struct {
	l         *valueLine
	back, gap *canvas.Rectangle
}

func (x *valueLineRenderer) Destroy()           {}
func (x *valueLineRenderer) MinSize() fyne.Size { return fyne.NewSize(80, valueHeight) }

func (x *valueLineRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{x.back, x.l.title, x.l.name, x.l.when, x.l.cross, x.gap}
}

// Layout is for Fyne: three columns and, on the chosen line, the cross.
func (x *valueLineRenderer) Layout(s fyne.Size) {
	x.back.Resize(s)
	put := func(o fyne.CanvasObject, left, w float32) {
		h := o.MinSize().Height
		o.Move(fyne.NewPos(left, (s.Height-h)/2))
		o.Resize(fyne.NewSize(max(0, w), h))
	}
	inner := s.Width - 10 - 40
	put(x.l.title, 10, inner*0.34-12)
	put(x.l.name, 10+inner*0.34, inner*0.28-12)
	put(x.l.when, 10+inner*0.62, inner*0.38-8)
	put(x.l.cross, s.Width-38, 24)
	x.l.cross.Hidden = !(x.l.index == x.l.list.at() || x.l.Hovered) || x.l.list.f.off
	x.gap.Hide()
	v := x.l.list
	switch {
	case v.dragged < 0:
	case v.target == x.l.index:
		x.gap.Show()
		x.gap.Move(fyne.NewPos(4, 0))
		x.gap.Resize(fyne.NewSize(s.Width-8, 2))
	case v.target == len(v.choices) && x.l.index == v.target-1:
		x.gap.Show()
		x.gap.Move(fyne.NewPos(4, s.Height-2))
		x.gap.Resize(fyne.NewSize(s.Width-8, 2))
	}
}

// Refresh is for Fyne.
func (x *valueLineRenderer) Refresh() {
	x.colour()
	x.Layout(x.l.Size())
	canvas.Refresh(x.l)
}

func (x *valueLineRenderer) colour() {
	v := x.l.list
	x.back.FillColor, x.gap.FillColor = nil, theme.Color(theme.Accent)
	switch chosen := x.l.index == v.at(); {
	case x.l.index == v.dragged:
		x.back.FillColor = theme.Color(theme.Pressed)
	case chosen && v.HasFocus():
		x.back.FillColor = theme.Color(theme.Tint)
	case chosen || x.l.Hovered:
		x.back.FillColor = theme.Color(theme.Hover)
	}
}
