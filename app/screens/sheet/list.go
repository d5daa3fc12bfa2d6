package sheet

import (
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lede/app/theme"
	"lede/app/widgets"
)

// Item is a line of a List: a title, and a smaller one below.
type Item struct{ Title, Below string }

// List is the left side of a sheet: a few things of which one is chosen. The
// arrow keys go through it, a letter to the next that begins with it, Enter is the
// sheet's.
type List struct {
	Rows     *widgets.Rows // what is shown
	OnChosen func(int)

	items  []Item
	chosen int
}

// listRow is the height of a line of a List.
const listRow float32 = 47

// NewList makes the list with one item chosen.
func NewList(s *Sheet, items []Item, chosen int) *List {
	l := &List{Rows: widgets.NewRows(listRow), items: items, chosen: chosen}
	l.Rows.Quiet = true
	l.Rows.Count = func() int { return len(l.items) }
	l.Rows.Make = func() fyne.CanvasObject { return newListRow(l) }
	l.Rows.Fill = func(i int, row fyne.CanvasObject) { row.(*listItem).show(i) }
	l.Rows.OnStep = func(steps int) { l.Choose(l.chosen + steps) }
	l.Rows.OnEnter, l.Rows.OnRune = s.Done, l.jump
	return l
}

// jump goes to the next item that begins with a letter.
func (l *List) jump(letter rune) {
	for k := 1; k < len(l.items); k++ {
		i := (l.chosen + k) % len(l.items)
		if first, _ := utf8.DecodeRuneInString(l.items[i].Title); unicode.ToLower(first) == unicode.ToLower(letter) {
			l.Choose(i)
			return
		}
	}
}

// Choose makes an item the chosen one.
func (l *List) Choose(i int) {
	i = max(0, min(i, len(l.items)-1))
	if i == l.chosen {
		return
	}
	l.chosen = i
	l.Rows.ScrollTo(i)
	l.Rows.Refresh()
	if l.OnChosen != nil {
		l.OnChosen(i)
	}
}

type listItem struct {
	widgets.Hovering
	list         *List
	index        int
	title, below *widgets.Words
}

func newListRow(l *List) *listItem {
	r := &listItem{list: l, title: widgets.NewElastic("", theme.TextSize, theme.Text), below: widgets.NewElastic("", theme.SmallSize, theme.Dim)}
	r.ExtendBaseWidget(r)
	return r
}

func (r *listItem) show(i int) {
	item := r.list.items[i]
	r.index = i
	r.title.SetText(item.Title)
	r.below.SetText(item.Below)
	r.Refresh()
}

// Tapped is for Fyne.
func (r *listItem) Tapped(*fyne.PointEvent) { r.list.Choose(r.index) }

// CreateRenderer is for Fyne.
func (r *listItem) CreateRenderer() fyne.WidgetRenderer {
	x := &listItemRenderer{r: r, back: &canvas.Rectangle{}, bar: &canvas.Rectangle{}}
	x.colour()
	x.Layout(r.Size()) // Fyne drops the renderer of what is out of sight for a minute
	return x
}

type listItemRenderer struct {
	r         *listItem
	back, bar *canvas.Rectangle
}

func (x *listItemRenderer) Destroy()           {}
func (x *listItemRenderer) MinSize() fyne.Size { return fyne.NewSize(80, listRow) }

func (x *listItemRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{x.back, x.bar, x.r.title, x.r.below}
}

func (x *listItemRenderer) Layout(s fyne.Size) {
	x.back.Resize(s)
	x.bar.Resize(fyne.NewSize(3, s.Height))
	for i, o := range []fyne.CanvasObject{x.r.title, x.r.below} {
		o.Move(fyne.NewPos(18, 6+float32(i)*19))
		o.Resize(fyne.NewSize(s.Width-30, o.MinSize().Height))
	}
}

func (x *listItemRenderer) Refresh() {
	x.colour()
	canvas.Refresh(x.r)
}

func (x *listItemRenderer) colour() {
	x.back.FillColor, x.bar.FillColor = nil, nil
	switch {
	case x.r.index == x.r.list.chosen && x.r.list.Rows.HasFocus():
		x.back.FillColor, x.bar.FillColor = theme.Color(theme.Tint), theme.Color(theme.Accent)
	case x.r.index == x.r.list.chosen:
		x.back.FillColor, x.bar.FillColor = theme.Color(theme.Raised), theme.Color(theme.Accent)
	case x.r.Hovered:
		x.back.FillColor = theme.Color(theme.Hover)
	}
}

// NewSide puts a list on the left of a sheet and the rest beside it.
func NewSide(list *List, rest fyne.CanvasObject, width float32) *fyne.Container {
	back := &sideFill{}
	back.ExtendBaseWidget(back)
	return container.New(&side{width}, back, list.Rows, widgets.NewHairline(), rest)
}

type side struct{ width float32 }

func (l *side) MinSize(objects []fyne.CanvasObject) fyne.Size {
	rest := objects[3].MinSize()
	return fyne.NewSize(l.width+1+rest.Width, max(rest.Height, 5*listRow))
}

func (l *side) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	put := func(i int, x, y, w, h float32) {
		objects[i].Move(fyne.NewPos(x, y))
		objects[i].Resize(fyne.NewSize(w, h))
	}
	put(0, 1, 1, l.width-1, s.Height-2)
	put(1, 1, 2*theme.Unit, l.width-1, s.Height-4*theme.Unit)
	put(2, l.width, 1, 1, s.Height-2)
	put(3, l.width+1, 0, s.Width-l.width-1, s.Height)
}

// sideFill is the ground of the left side, round where the panel is.
type sideFill struct{ widget.BaseWidget }

// CreateRenderer is for Fyne.
func (f *sideFill) CreateRenderer() fyne.WidgetRenderer {
	r := &canvas.Rectangle{TopLeftCornerRadius: theme.BigRadius - 1, BottomLeftCornerRadius: theme.BigRadius - 1}
	r.FillColor = theme.Color(theme.Panel)
	return &sideRenderer{widget.NewSimpleRenderer(r), r}
}

type sideRenderer struct {
	fyne.WidgetRenderer
	rect *canvas.Rectangle
}

func (r *sideRenderer) Refresh() {
	r.rect.FillColor = theme.Color(theme.Panel)
	r.rect.Refresh()
}
