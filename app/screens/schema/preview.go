package schema

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"lede/annotate"
	"lede/annotate/text"
	"lede/app/figure"
	"lede/app/textview/look"
)

// The sentence of the preview, and what of it has the label.
const (
	sampleText = "Then the harbour council met."
	sampleFrom = 5
	sampleTo   = 24
)

// sample is a sentence with a span of the label, as articles show it on a light or
// dark page.
func (e *Editor) sample(l annotate.Label, dark bool) fyne.CanvasObject {
	style, value := look.Light(), l.Color
	if dark {
		style, value = look.Dark(), l.InDark()
	}
	ink := look.Faded(style.Unknown, 1)
	if r, g, b, ok := annotate.RGB(value); ok {
		ink = color.NRGBA{R: r, G: g, B: b, A: 0xff}
	}
	back := &canvas.Rectangle{FillColor: style.Page, StrokeColor: style.Hairline, StrokeWidth: 1, CornerRadius: 8}
	stage := container.New(sampleLayout{}, back)
	style.Side = 8
	scene, err := figure.Draw(figure.Passage{Text: sampleText, Spans: []figure.Span{{
		ID: "span", Title: titleOr(l.Title, "New label"), Color: ink, Pattern: l.Pattern,
		Fragments: []figure.Fragment{{Range: text.Range{Start: sampleFrom, End: sampleTo}}},
	}}}, figure.Options{Fonts: e.o.Fonts, Emoji: e.o.Emoji, Style: style, Width: 2000, Chips: true})
	if err != nil { // a title that cannot be drawn has no picture
		return stage
	}
	scale := max(1, e.o.Canvas.Scale())
	img, err := scene.Image(scale)
	if err != nil {
		return stage
	}
	picture := &canvas.Image{Image: img, FillMode: canvas.ImageFillStretch, ScaleMode: canvas.ImageScalePixels}
	picture.SetMinSize(fyne.NewSize(float32(img.Bounds().Dx())/scale, float32(img.Bounds().Dy())/scale))
	stage.Add(picture)
	return stage
}

// sampleLayout puts the picture into the middle of the card, from its left edge.
type sampleLayout struct{}

// MinSize is for Fyne.
func (sampleLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(120, 72) }

// Layout is for Fyne.
func (sampleLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Resize(s)
	if len(o) > 1 {
		m := o[1].MinSize()
		if most := s.Width - 4; m.Width > most { // in a small window
			m = fyne.NewSize(most, m.Height*most/m.Width)
		}
		o[1].Resize(m)
		o[1].Move(fyne.NewPos(max(2, min(14, s.Width-m.Width-2)), (s.Height-m.Height)/2))
	}
}
