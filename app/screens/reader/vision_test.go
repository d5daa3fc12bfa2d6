package reader

import (
	"fmt"
	"image/color"
	"math"
	"testing"

	"lede/annotate"
	"lede/annotate/schema"
	"lede/app/textview/look"
	"lede/assets/schemas"
)

// vision is how somebody sees: a matrix over linear RGB.
type vision [3][3]float64

// visions are the three kinds of dichromacy, at full severity, after Machado,
// Oliveira and Fernandes, A Physiologically-based Model for Simulation of Color
// Vision Deficiency, IEEE TVCG 15 (6), 2009, table 1.
var visions = map[string]vision{
	"all colours":  {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopia":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deuteranopia": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"tritanopia":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

type linear [3]float64

func linearOf(c color.Color) linear {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	var l linear
	for i, v := range []uint8{n.R, n.G, n.B} {
		x := float64(v) / 255
		if l[i] = x / 12.92; x > 0.04045 {
			l[i] = math.Pow((x+0.055)/1.055, 2.4)
		}
	}
	return l
}

func (v vision) see(c color.Color) linear {
	in := linearOf(c)
	var out linear
	for i, row := range v {
		out[i] = max(0, min(1, row[0]*in[0]+row[1]*in[1]+row[2]*in[2]))
	}
	return out
}

// difference is ΔE*ab of 1976. About 2 can just be seen side by side; lines in
// different places of a page want ten times that.
func difference(a, b linear) float64 {
	p, q := lab(a), lab(b)
	return math.Sqrt((p[0]-q[0])*(p[0]-q[0]) + (p[1]-q[1])*(p[1]-q[1]) + (p[2]-q[2])*(p[2]-q[2]))
}

func lab(c linear) [3]float64 {
	f := func(t float64) float64 {
		if t > 0.008856 {
			return math.Cbrt(t)
		}
		return 7.787*t + 16.0/116
	}
	x := f((0.4124*c[0] + 0.3576*c[1] + 0.1805*c[2]) / 0.95047)
	y := f(0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2])
	z := f((0.0193*c[0] + 0.1192*c[1] + 0.9505*c[2]) / 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

// contrast is the ratio of WCAG 2.
func contrast(a, b color.Color) float64 {
	lum := func(c color.Color) float64 { l := linearOf(c); return 0.2126*l[0] + 0.7152*l[1] + 0.0722*l[2] + 0.05 }
	high, low := lum(a), lum(b)
	return max(high, low) / min(high, low)
}

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
	const enough = 20
	for set, labels := range all(t) {
		for i, a := range labels {
			for _, b := range labels[:i] {
				if a.line != b.line {
					continue
				}
				for eye, v := range visions {
					for _, c := range [][2]string{{a.colors.Light, b.colors.Light}, {a.colors.Dark, b.colors.Dark}} {
						if d := difference(v.see(parse(t, c[0])), v.see(parse(t, c[1]))); d < enough {
							t.Errorf("%s, %s: %s (%s) and %s (%s) are %s and %.0f apart", set, eye, a.name, c[0], b.name, c[1], a.line, d)
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
			if got := contrast(a, b); got < least {
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
