package welcome

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"lede/app/theme"
	"lede/app/widgets"
)

// drop is the place with a dashed border that says what can be dropped.
type drop struct{ widget.BaseWidget }

func newDrop() *drop {
	d := &drop{}
	d.ExtendBaseWidget(d)
	return d
}

// CreateRenderer is for Fyne.
func (d *drop) CreateRenderer() fyne.WidgetRenderer {
	return &dropRenderer{words: widgets.NewLine("Drop articles or a project here", theme.TextSize, theme.Dim)}
}

type dropRenderer struct {
	words  *widgets.Words
	dashes []*canvas.Rectangle
}

const dropHeight float32 = 58

// Destroy is for Fyne.
func (r *dropRenderer) Destroy() {}

// MinSize is for Fyne.
func (r *dropRenderer) MinSize() fyne.Size { return fyne.NewSize(200, dropHeight) }

// Objects is for Fyne.
func (r *dropRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.words}
	for _, d := range r.dashes {
		objects = append(objects, d)
	}
	return objects
}

// Layout is for Fyne.
func (r *dropRenderer) Layout(s fyne.Size) {
	const long, gap float32 = 4, 3
	r.dashes = nil
	dash := func(x, y, w, h float32) {
		d := canvas.NewRectangle(theme.Color(theme.Hairline))
		d.Move(fyne.NewPos(x, y))
		d.Resize(fyne.NewSize(w, h))
		r.dashes = append(r.dashes, d)
	}
	for x := theme.SmallRadius; x < s.Width-theme.SmallRadius; x += long + gap {
		w := min(long, s.Width-theme.SmallRadius-x)
		dash(x, 0, w, 1)
		dash(x, s.Height-1, w, 1)
	}
	for y := theme.SmallRadius; y < s.Height-theme.SmallRadius; y += long + gap {
		h := min(long, s.Height-theme.SmallRadius-y)
		dash(0, y, 1, h)
		dash(s.Width-1, y, 1, h)
	}
	m := r.words.MinSize()
	r.words.Move(fyne.NewPos((s.Width-m.Width)/2, (s.Height-m.Height)/2))
	r.words.Resize(m)
}

// Refresh is for Fyne.
func (r *dropRenderer) Refresh() {
	for _, d := range r.dashes {
		d.FillColor = theme.Color(theme.Hairline)
		d.Refresh()
	}
	r.words.Refresh()
}
