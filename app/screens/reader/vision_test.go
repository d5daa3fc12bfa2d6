package reader

import (
	"fmt"
	"image/color"
	"testing"

	"lede/annotate"
	"lede/annotate/schema"
	"lede/app/textview/look"
	"lede/app/vision"
	"lede/assets/schemas"
)

// over is a colour at an opacity on a ground.
func over(c, ground color.Color, opacity float32) color.Color {
	a, b := color.NRGBAModel.Convert(c).(color.NRGBA), color.NRGBAModel.Convert(ground).(color.NRGBA)
	mix := func(x, y uint8) uint8 { return uint8(float32(x)*opacity + float32(y)*(1-opacity) + 0.5) }
	return color.NRGBA{R: mix(a.R, b.R), G: mix(a.G, b.G), B: mix(a.B, b.B), A: 0xff}
}

// parse reads #rrggbb.
func parse(t *testing.T, s string) color.Color {
	t.Helper()
	var v uint32
	if _, err := fmt.Sscanf(s, "#%06x", &v); err != nil {
		t.Fatalf("colour %q: %v", s, err)
	}
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xff}
}

// looked is a label's look.
type looked struct {
	name   string
	colors schema.Colors
	line   annotate.Pattern
}

// all are the labels of each schema that ships, and those that get their look by
// their number.
func all(t *testing.T) map[string][]looked {
	sets := map[string][]looked{}
	for _, name := range schemas.Names() {
		raw, _ := schemas.Read(name)
		file, err := schema.Parse(name, raw)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range file.Labels {
			sets[name] = append(sets[name], looked{l.Name, schema.Colors{Light: l.Color, Dark: l.ColorDark}, l.Pattern})
		}
	}
	for i := range schema.Palette {
		c, line := schema.Look(i)
		sets["palette"] = append(sets["palette"], looked{fmt.Sprint("label ", i), c, line})
	}
	return sets
}

// Two labels that somebody cannot tell apart by colour have different lines.
func TestLabelsDifferForEveryEye(t *testing.T) {
	for set, labels := range all(t) {
		for i, a := range labels {
			for _, b := range labels[:i] {
				if a.line != b.line {
					continue
				}
				for _, eye := range vision.Eyes {
					for _, c := range [][2]string{{a.colors.Light, b.colors.Light}, {a.colors.Dark, b.colors.Dark}} {
						if d := vision.Difference(eye.See(parse(t, c[0])), eye.See(parse(t, c[1]))); d < vision.Enough {
							t.Errorf("%s, %q: %s (%s) and %s (%s) are %s and %.0f apart", set, eye.Name, a.name, c[0], b.name, c[1], a.line, d)
						}
					}
				}
			}
		}
	}
}

// Of 28 labels that get their look by their number no two look alike.
func TestManyLabelsDiffer(t *testing.T) {
	seen := map[string]int{}
	for i := range 28 {
		c, line := schema.Look(i)
		l := c.Light + string(line)
		if before, twice := seen[l]; twice {
			t.Errorf("labels %d and %d both are %s %s", before, i, c.Light, line)
		}
		seen[l] = i
	}
}

// WCAG 2.2: 4.5 for text (1.4.3), 3 for lines and other marks (1.4.11).
func TestLabelsHaveContrast(t *testing.T) {
	for mode, s := range map[string]look.Style{"light": look.Light(), "dark": look.Dark()} {
		check := func(what string, a, b color.Color, least float64) {
			if got := vision.Contrast(a, b); got < least {
				t.Errorf("%s, %s: contrast %.2f, less than %g", mode, what, got, least)
			}
		}
		for set, labels := range all(t) {
			for _, l := range labels {
				name := set + " " + l.name
				c := parse(t, l.colors.Light)
				if mode == "dark" {
					c = parse(t, l.colors.Dark)
				}
				check(name+": its chip on the page", c, s.Page, 4.5)
				check(name+": its line on the page", c, s.Page, 3)
				check(name+": its outline and handles on its fill", c, over(c, s.Page, s.Fill), 3)
				check(name+": text on its fill", s.Text, over(c, s.Page, s.Fill), 4.5)
				check(name+": text on it when it is chosen", s.Text, over(c, s.Page, s.FillChosen), 4.5)
				check(name+": selected text on its fill", s.Text, over(c, s.Selection, s.Fill), 4.5)
			}
		}
		check("+n on the page", s.Dim, s.Page, 4.5)
		check("a label nobody described", s.Unknown, s.Page, 4.5)
	}
}
