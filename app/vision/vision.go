// Package vision tells how well colours can be read and told apart, by people
// with every kind of colour vision. It knows colours only; it imports nothing of
// ours and no Fyne.
package vision

import (
	"image/color"
	"math"
)

// Eye is a kind of colour vision: a matrix over linear RGB.
type Eye struct {
	Name string // "" sees all colours
	see  [3][3]float64
}

// Eyes are normal vision and the three kinds of dichromacy, at full severity, after
// Machado, Oliveira and Fernandes, A Physiologically-based Model for Simulation of
// Color Vision Deficiency, IEEE TVCG 15 (6), 2009, table 1.
var Eyes = []Eye{
	{"", [3][3]float64{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
	{"protanopia", [3][3]float64{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}},
	{"deuteranopia", [3][3]float64{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}},
	{"tritanopia", [3][3]float64{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}},
}

// Enough is the least Difference of two marks of one form in different places of a
// page. About 2 can just be seen side by side.
const Enough = 20

// Readable is the least Contrast of small text with what is behind it (WCAG 2, AA).
const Readable = 4.5

// Seen is a colour as an eye sees it.
type Seen [3]float64

func linear(c color.Color) Seen {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	var l Seen
	for i, v := range []uint8{n.R, n.G, n.B} {
		x := float64(v) / 255
		if l[i] = x / 12.92; x > 0.04045 {
			l[i] = math.Pow((x+0.055)/1.055, 2.4)
		}
	}
	return l
}

// See is a colour as the eye sees it.
func (e Eye) See(c color.Color) Seen {
	in := linear(c)
	var out Seen
	for i, row := range e.see {
		out[i] = max(0, min(1, row[0]*in[0]+row[1]*in[1]+row[2]*in[2]))
	}
	return out
}

// Difference is ΔE*ab of 1976.
func Difference(a, b Seen) float64 {
	p, q := lab(a), lab(b)
	return math.Sqrt((p[0]-q[0])*(p[0]-q[0]) + (p[1]-q[1])*(p[1]-q[1]) + (p[2]-q[2])*(p[2]-q[2]))
}

func lab(c Seen) [3]float64 {
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

// Contrast is the ratio of WCAG 2, from 1 to 21.
func Contrast(a, b color.Color) float64 {
	lum := func(c color.Color) float64 { l := linear(c); return 0.2126*l[0] + 0.7152*l[1] + 0.0722*l[2] + 0.05 }
	high, low := lum(a), lum(b)
	return max(high, low) / min(high, low)
}

// Alike says who cannot well tell two colours apart: the first of Eyes, if any.
func Alike(a, b color.Color) (Eye, bool) {
	for _, e := range Eyes {
		if Difference(e.See(a), e.See(b)) < Enough {
			return e, true
		}
	}
	return Eye{}, false
}
