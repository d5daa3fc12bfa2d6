package figure

import (
	"image"
	"image/color"
	"testing"

	"pgregory.net/rapid"
)

// TestShapesMayLieOverAnyEdge: what hangs over the edge of a picture is cut off, and
// what lies within is as in a picture that holds all of it.
func TestShapesMayLieOverAnyEdge(t *testing.T) {
	const margin, size = 60, 80
	ink := color.NRGBA{R: 0x20, G: 0x40, B: 0x80, A: 0xff}
	rapid.Check(t, func(t *rapid.T) {
		at := func(name string) float32 { return float32(rapid.IntRange(-50, 130).Draw(t, name)) }
		b := box{at("x0"), at("y0"), at("x1"), at("y1")}
		b = box{min(b.x0, b.x1), min(b.y0, b.y1), max(b.x0, b.x1) + 1, max(b.y0, b.y1) + 1}
		paint := func(wide int, shift float32) *image.RGBA {
			p := &painter{img: image.NewRGBA(image.Rect(0, 0, wide, wide)), scale: 1}
			moved := box{b.x0 + shift, b.y0 + shift, b.x1 + shift, b.y1 + shift}
			p.fill(moved, ink, func(z *pen) { z.round(moved, 3, false) })
			return p.img
		}
		small, large := paint(size, 0), paint(size+2*margin, margin)
		for y := range size {
			for x := range size {
				a, b := small.RGBAAt(x, y), large.RGBAAt(x+margin, y+margin)
				if diff := int(a.A) - int(b.A); diff < -2 || diff > 2 {
					t.Fatalf("pixel %d, %d is %v, in the larger picture %v", x, y, a, b)
				}
			}
		}
	})
}
