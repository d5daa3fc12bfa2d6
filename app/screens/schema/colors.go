package schema

import (
	"fmt"
	"image/color"
	"strings"

	"fyne.io/fyne/v2"

	"lede/annotate"
	file "lede/annotate/schema"
	"lede/app/textview/look"
	"lede/app/theme"
	"lede/app/vision"
	"lede/app/widgets"
)

// colorNames are the colours of the palette in words, for those who cannot see
// them all.
var colorNames = []string{"blue", "orange", "green", "purple", "ochre", "olive", "slate"}

// patterns are the lines under spans.
var patterns = []annotate.Pattern{annotate.Solid, annotate.Dashed, annotate.Double, annotate.Dotted}

// lookRows are the colour and the line of a label.
func (a *labels) lookRows(f *form, l annotate.Label) {
	said := widgets.NewElastic("", theme.SmallSize, theme.Dim)
	now := a.colorWords(l)
	said.Text = now
	var options []widgets.Pick
	for _, c := range file.Palette {
		options = append(options, widgets.Pick{
			Color: true, Mark: &widgets.Mark{Light: c.Light, Dark: c.Dark},
			On: strings.EqualFold(c.Light, l.Color) && strings.EqualFold(c.Dark, l.ColorDark),
		})
	}
	swatches := f.picks("color", float32(len(options))*32, options, func(i int) {
		c := file.Palette[i]
		a.do(f.of, "Recolour", func(l *annotate.Label) { l.Color, l.ColorDark = c.Light, c.Dark })
	})
	swatches.OnPoint = func(i int) {
		said.SetText(now)
		if i >= 0 {
			said.SetText(colorNames[i])
		}
	}
	f.put(f.row("Colour", widgets.NewStretch(10, 1,
		widgets.NewAtLeast(fyne.NewSize(float32(len(options))*32, 0), swatches), said)))
	f.put(f.pair(
		f.row("On light", a.hexField(f, "light", l.Color, look.Light().Page, func(l *annotate.Label, s string) { l.Color = s })),
		f.row("On dark", a.hexField(f, "dark", l.InDark(), look.Dark().Page, func(l *annotate.Label, s string) { l.ColorDark = s })),
	))
	options = nil
	for _, p := range patterns {
		options = append(options, widgets.Pick{
			Title: string(p), Line: true, On: l.Pattern == p || l.Pattern == "" && p == annotate.Solid,
			Mark: &widgets.Mark{Light: l.Color, Dark: l.ColorDark, Pattern: string(p)},
		})
	}
	f.put(f.row("Line", f.picks("pattern", f.fieldWidth(), options, func(i int) {
		a.do(f.of, "Change the line of", func(l *annotate.Label) { l.Pattern = patterns[i] })
	})))
	if words := a.clash(l); words != "" {
		warning := widgets.NewParagraph(words, theme.SmallSize, f.fieldWidth(), theme.Warning)
		f.put(widgets.NewPadded(widgets.Pad{Left: titleColumn + 12}, warning))
	}
}

// colorWords is the name of a label's colour.
func (a *labels) colorWords(l annotate.Label) string {
	for i, c := range file.Palette {
		if strings.EqualFold(c.Light, l.Color) && strings.EqualFold(c.Dark, l.ColorDark) {
			return colorNames[i]
		}
	}
	return "own colour"
}

// hexField is a colour as #rrggbb, with how well it can be read on its page.
func (a *labels) hexField(f *form, name, now string, page color.Color, set func(*annotate.Label, string)) fyne.CanvasObject {
	field := f.text(name, now, "#0072b2", func(s string) error {
		s = strings.ToLower(strings.TrimSpace(s))
		if s != "" && !strings.HasPrefix(s, "#") {
			s = "#" + s
		}
		return a.change(f.of, "Recolour", func(l *annotate.Label) { set(l, s) })
	})
	words := widgets.NewElastic("", theme.SmallSize, theme.Dim)
	if c, ok := theme.Parse(now); ok {
		ratio := vision.Contrast(c, page)
		words.Text = fmt.Sprintf("%.1f : 1, reads well", ratio)
		if ratio < vision.Readable {
			words.Text, words.Color = fmt.Sprintf("%.1f : 1, hard to read", ratio), theme.Warning
		}
	}
	return widgets.NewStretch(10, 1, widgets.NewAtLeast(fyne.NewSize(104, 0), field), words)
}

// clash says which other label looks so much alike that some people cannot tell
// the two apart, "" if none does. Another line is another look.
func (a *labels) clash(l annotate.Label) string {
	for _, o := range a.e.schema().Labels {
		if o.ID == l.ID || lineOf(o) != lineOf(l) {
			continue
		}
		for _, both := range [][2]string{{o.Color, l.Color}, {o.InDark(), l.InDark()}} {
			x, okX := theme.Parse(both[0])
			y, okY := theme.Parse(both[1])
			if !okX || !okY {
				continue
			}
			if eye, alike := vision.Alike(x, y); alike && eye.Name == "" {
				return fmt.Sprintf("%s looks almost the same. Choose another colour or another line.", o.Called())
			} else if alike {
				return fmt.Sprintf("People with %s cannot tell it from %s. Another line helps.", eye.Name, o.Called())
			}
		}
	}
	return ""
}

// lineOf is the pattern of a label; those that name none have a solid line.
func lineOf(l annotate.Label) annotate.Pattern {
	if l.Pattern == "" {
		return annotate.Solid
	}
	return l.Pattern
}
