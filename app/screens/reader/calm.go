package reader

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lede/app/theme"
	"lede/app/widgets"
)

// newAa makes the button of the reading settings.
func (r *Reader) newAa() *widgets.Surface {
	words := widgets.NewLine("Aa", theme.TextSize+1, theme.Dim)
	words.Face = widgets.Serif
	s := widgets.NewSurface(words, func() {
		if r.o.Reading != nil {
			r.o.Reading()
		}
	})
	s.Pad = widgets.Even(7, 4)
	return s
}

// calmBar is what is left of the label bar in focus mode: the way back.
type calmBar struct {
	object *fyne.Container
	aa     *widgets.Surface
}

const calmHeight float32 = 36

func (r *Reader) newCalmBar() *calmBar {
	b := &calmBar{aa: r.newAa()}
	words := []fyne.CanvasObject{widgets.NewLine("Leave focus mode", theme.SmallSize, theme.Dim)}
	for _, key := range r.o.CalmKeys {
		words = append(words, widgets.NewKeyCap(key))
	}
	leave := widgets.NewSurface(widgets.NewRow(6, words...), func() {
		if r.o.Leave != nil {
			r.o.Leave()
		}
	})
	leave.Pad = widgets.Even(7, 4)
	b.object = widgets.NewAtLeast(fyne.NewSize(0, calmHeight), widgets.NewPadded(widgets.Pad{Left: 20, Right: 10},
		widgets.NewRow(4, nil, b.aa, leave)))
	b.object.Hide()
	return b
}

// Calm shows a quiet bar instead of the labels', or the labels' again.
func (r *Reader) Calm(on bool) {
	r.calmed = on
	r.heads()
}

func shown(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}

// BelowAa is where the popover of the reading settings belongs: its upper right
// corner, on the canvas.
func (r *Reader) BelowAa() fyne.Position {
	aa := r.bar.aa
	if r.calmed {
		aa = r.calm.aa
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(aa)
	return at.AddXY(aa.Size().Width, aa.Size().Height+4)
}

// head is what stands above the article.
func (r *Reader) head() *fyne.Container {
	r.line, r.calm, r.ask = widgets.NewHairline(), r.newCalmBar(), newAskLine(r.o.ShiftKey, r.EndRole)
	r.top = container.NewVBox(r.ask.object, r.bar.object, r.line, r.calm.object, r.banner.object, r.glyphs.banner.object)
	if r.o.Above != nil {
		r.top.Add(r.o.Above)
	}
	r.top.Layout = stacked{}
	return r.top
}
