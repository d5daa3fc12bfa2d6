package importer

import (
	"image/color"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/schema"
	"lede/annotate/text"
	"lede/app/figure"
	"lede/app/textview/look"
	"lede/app/theme"
	"lede/app/widgets"
)

// shownText is how much of an article is drawn, in code points.
const shownText = 320

// marked draws the beginning of an article with its spans as they would be in the
// project; nil if it has none there, or cannot be drawn.
func (d *Dialog) marked(a seen) fyne.CanvasObject {
	if d.o.Fonts == nil {
		return nil
	}
	shown, err := format.Show(a.Article, a.format, d.values)
	if err != nil || len(shown.Spans) == 0 {
		return nil // the import says what is wrong
	}
	at := window(shown)
	src := figure.Source{Text: shown.Text, Schema: &annotate.Schema{}}
	for i, s := range shown.Spans {
		name, in := d.labelAs(s.Label)
		if !in {
			continue
		}
		label, known := src.Schema.LabelNamed(name)
		if !known {
			label = d.labelLook(name)
			src.Schema.Labels = append(src.Schema.Labels, label)
		}
		src.Spans = append(src.Spans, annotate.Span{ID: annotate.ID(strconv.Itoa(i)), Label: label.ID, Fragments: s.Fragments})
	}
	style := look.Light()
	if theme.Dark() {
		style = look.Dark()
	}
	style.Side = 0
	style = look.Reading{Size: 15, Spacing: 1, Chars: look.WindowWidth}.Fit(style)
	scene, err := figure.Draw(src.Passage(at, theme.Dark()), figure.Options{
		Fonts: d.o.Fonts, Emoji: d.o.Emoji, Style: style, Width: d.width - 46, Chips: true,
	})
	if err != nil {
		return nil
	}
	scene.Page = color.NRGBA{}
	scale := max(1, d.sheet.Canvas().Scale())
	img, err := scene.Image(scale)
	if err != nil {
		return nil
	}
	picture := &canvas.Image{Image: img, FillMode: canvas.ImageFillStretch, ScaleMode: canvas.ImageScalePixels}
	picture.SetMinSize(fyne.NewSize(float32(img.Bounds().Dx())/scale, float32(img.Bounds().Dy())/scale))
	return widgets.NewRow(0, picture) // as wide as it is
}

// window is the stretch of a text that is drawn: its beginning, or from the line of
// the first span on.
func window(s *format.Shown) text.Range {
	first := s.Text.Len()
	for _, x := range s.Spans {
		first = min(first, x.Fragments.Start())
	}
	start := 0
	if first > shownText/2 {
		head := s.Text.Slice(text.Range{End: first})
		start = len([]rune(head[:strings.LastIndexByte(head, '\n')+1]))
		start = max(start, first-shownText/2)
	}
	return text.Range{Start: start, End: min(s.Text.Len(), start+shownText)}
}

// labelLook is a label of the project, or as the import would make it.
func (d *Dialog) labelLook(name string) annotate.Label {
	if l, ok := d.schema.LabelNamed(name); ok {
		return l
	}
	at := slices.IndexFunc(d.labels, func(u format.LabelUse) bool { return u.As == name })
	colors, line := schema.Look(len(d.schema.Labels) + max(0, at))
	return annotate.Label{ID: annotate.ID("new " + name), Name: name, Title: name, Color: colors.Light, ColorDark: colors.Dark, Pattern: line}
}
