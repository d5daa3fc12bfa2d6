package warnings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"lede/app/screens/reader"
	"lede/app/screens/sheet"
	"lede/app/theme"
	"lede/app/widgets"
)

const (
	rowHeight float32 = 27
	signLeft  float32 = 16
	textLeft  float32 = 40
)

// row is a warning: its sign, its sentence and the words that it is about, in their
// line. Or it is the head of a group.
type row struct {
	widgets.Hovering
	p     *Panel
	index int
	head  bool

	sign    *widgets.Icon
	pattern *widgets.Pattern
	says    *widgets.Words
	title   *widgets.Words
	count   *widgets.Words
	line    *widgets.Concord
	field   *widgets.Words
}

func newRow(p *Panel) *row {
	r := &row{p: p, sign: widgets.NewIcon(widgets.IconWarn, 13, theme.Warning), line: widgets.NewConcord()}
	r.pattern = widgets.NewPattern(widgets.Mark{})
	r.says = widgets.NewElastic("", theme.TextSize, theme.Text)
	r.title = widgets.NewElastic("", theme.TextSize, theme.Text)
	r.title.Face = widgets.SansBold
	r.count = widgets.NewLine("", theme.SmallSize, theme.Dim)
	r.field = widgets.NewElastic("", theme.TextSize, theme.Dim)
	r.ExtendBaseWidget(r)
	return r
}

func (r *row) show(index int) {
	r.index = index
	l := r.p.rows[index]
	e, ok := r.p.at(index)
	r.head = !ok
	r.title.Hidden, r.count.Hidden = ok, ok
	r.sign.Hidden, r.says.Hidden = !ok, !ok
	r.line.Hidden, r.pattern.Hidden, r.field.Hidden = !ok || e.Span == "", !ok || e.Span == "", !ok || e.Span != ""
	switch {
	case !ok:
		r.title.SetText(l.head)
		r.count.Text = sheet.Number(l.count)
		r.count.Refresh()
	default:
		r.warning(e)
	}
	r.Refresh()
}

func (r *row) warning(e listed) {
	r.sign.Name, r.sign.Color = widgets.IconWarn, theme.Warning
	tone := theme.Text
	if e.Accepted {
		r.sign.Name, r.sign.Color, tone = widgets.IconCheck, theme.Dim, theme.Dim
	}
	r.sign.Refresh()
	r.says.Color = tone
	r.says.SetText(e.Text)
	if e.Span == "" {
		r.field.SetText("Article")
		return
	}
	r.line.Set(e.line.Text, e.line.At.Start, e.line.At.End, theme.Dim)
	label, _ := r.p.o.Session.Schema().Label(e.label)
	r.pattern.Mark = reader.MarkOf(label)
	r.pattern.Refresh()
}

// Tapped is for Fyne: it goes to the place.
func (r *row) Tapped(*fyne.PointEvent) {
	if !r.head {
		r.p.visit(r.index)
	}
}

// Cursor is for Fyne.
func (r *row) Cursor() desktop.Cursor {
	if r.head {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// CreateRenderer is for Fyne.
func (r *row) CreateRenderer() fyne.WidgetRenderer {
	x := &rowRenderer{r: r, back: &canvas.Rectangle{}, bar: &canvas.Rectangle{}}
	x.colour()
	return x
}

type rowRenderer struct {
	r         *row
	back, bar *canvas.Rectangle
}

func (x *rowRenderer) Destroy()           {}
func (x *rowRenderer) MinSize() fyne.Size { return fyne.NewSize(280, rowHeight) }

func (x *rowRenderer) Objects() []fyne.CanvasObject {
	r := x.r
	return []fyne.CanvasObject{x.back, x.bar, r.sign, r.says, r.title, r.count, r.line, r.pattern, r.field}
}

func (x *rowRenderer) Layout(s fyne.Size) {
	put := func(o fyne.CanvasObject, left, width, height float32) {
		o.Move(fyne.NewPos(left, (s.Height-height)/2))
		o.Resize(fyne.NewSize(max(0, width), height))
	}
	r := x.r
	x.back.Resize(s)
	x.bar.Resize(fyne.NewSize(3, s.Height))
	put(r.sign, signLeft, 13, 13)
	number := r.count.MinSize().Width
	put(r.title, signLeft, s.Width-signLeft-number-30, r.title.MinSize().Height)
	put(r.count, s.Width-number-16, number, r.count.MinSize().Height)
	rest := s.Width - textLeft - 16
	sentence := min(rest*0.5, 420)
	put(r.says, textLeft, sentence-12, r.says.MinSize().Height)
	put(r.pattern, textLeft+sentence, r.pattern.MinSize().Width, r.pattern.MinSize().Height)
	left := textLeft + sentence + r.pattern.MinSize().Width + 8
	put(r.line, left, s.Width-left-14, s.Height)
	put(r.field, textLeft+sentence, rest-sentence, r.field.MinSize().Height)
}

func (x *rowRenderer) Refresh() {
	x.colour()
	x.Layout(x.r.Size())
	canvas.Refresh(x.r)
}

func (x *rowRenderer) colour() {
	r := x.r
	x.back.FillColor, x.bar.FillColor = nil, nil
	switch {
	case r.head:
	case r.index == r.p.current:
		x.back.FillColor, x.bar.FillColor = theme.Color(theme.Raised), theme.Color(theme.Accent)
		if r.p.list.HasFocus() {
			x.back.FillColor = theme.Color(theme.Tint)
		}
	case r.Hovered:
		x.back.FillColor = theme.Color(theme.Hover)
	}
}
