package figure

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"math"

	"github.com/go-text/typesetting/font/opentype"
	scaling "golang.org/x/image/draw"
	"golang.org/x/image/vector"
)

// most is the number of pixels that a picture may have.
const most = 120_000_000

// PNG writes the scene with that many pixels for each pixel of the scene. The
// error of a picture that would be too large is a sentence.
func (s *Scene) PNG(w io.Writer, scale float32) error {
	img, err := s.Image(scale)
	if err != nil {
		return err
	}
	return png.Encode(w, img)
}

// Image paints the scene.
func (s *Scene) Image(scale float32) (*image.RGBA, error) {
	if scale <= 0 {
		return nil, fmt.Errorf("the scale must be more than 0")
	}
	wide, high := float64(s.Width*scale), float64(s.Height*scale)
	if wide*high > most || high > math.MaxUint16 || wide > math.MaxUint16 {
		return nil, fmt.Errorf("the picture would have %.0f × %.0f pixels, which is too many; choose a shorter passage or a smaller scale", wide, high)
	}
	p := &painter{img: image.NewRGBA(image.Rect(0, 0, int(math.Ceil(wide)), int(math.Ceil(high)))), scale: scale, dx: s.dx, dy: s.dy}
	draw.Draw(p.img, p.img.Bounds(), image.NewUniform(s.Page), image.Point{}, draw.Src)
	for _, list := range s.shapes {
		for _, x := range list {
			p.shape(x)
		}
	}
	return p.img, nil
}

type painter struct {
	img    *image.RGBA
	scale  float32
	dx, dy float32
	raster vector.Rasterizer
}

func (p *painter) shape(x shape) {
	switch x := x.(type) {
	case rect:
		p.rect(x)
	case bars:
		for _, b := range x.list {
			p.crisp(b, x.color)
		}
	case letters:
		p.letters(x)
	case stroke:
		p.stroke(x)
	case picture:
		at := p.pixels(x.box)
		scaling.CatmullRom.Scale(p.img, at, x.image, x.image.Bounds(), draw.Over, nil)
	}
}

// px are pixels of the picture.
func (p *painter) px(x, y float32) (float32, float32) {
	return (x + p.dx) * p.scale, (y + p.dy) * p.scale
}

func whole(x float32) int { return int(math.Round(float64(x))) }

// pixels is a box with its edges on pixels: neighbours meet without a seam, and
// bars of one thickness have one.
func (p *painter) pixels(b box) image.Rectangle {
	x0, y0 := p.px(b.x0, b.y0)
	x1, _ := p.px(b.x1, b.y1)
	r := image.Rect(whole(x0), whole(y0), whole(x1), whole(y0)+max(1, whole((b.y1-b.y0)*p.scale)))
	r.Max.X = max(r.Max.X, r.Min.X+1)
	return r
}

func (p *painter) crisp(b box, c color.NRGBA) {
	draw.Draw(p.img, p.pixels(b), image.NewUniform(c), image.Point{}, draw.Over)
}

func (p *painter) rect(r rect) {
	if r.radius == 0 && r.edge.A == 0 {
		p.crisp(r.box, r.color)
		return
	}
	if r.edge.A > 0 { // the edge lies half outside
		out := box{r.x0 - 0.5, r.y0 - 0.5, r.x1 + 0.5, r.y1 + 0.5}
		in := box{r.x0 + 0.5, r.y0 + 0.5, r.x1 - 0.5, r.y1 - 0.5}
		p.fill(out, r.edge, func(z *pen) { z.round(out, r.radius+0.5, false); z.round(in, r.radius-0.5, true) })
	}
	p.fill(r.box, r.color, func(z *pen) { z.round(r.box, r.radius, false) })
}

func (p *painter) letters(l letters) {
	_, base := p.px(0, l.baseline)
	base = float32(whole(base)) // words stand on a pixel
	for _, g := range l.glyphs {
		k := l.size / g.em
		var ext box
		for i, s := range g.path {
			for _, a := range s.ArgsSlice() {
				b := box{g.x + a.X*k, -g.y - a.Y*k, g.x + a.X*k, -g.y - a.Y*k}
				if i == 0 {
					ext = b
				}
				ext = ext.with(b)
			}
		}
		at := box{ext.x0, ext.y0 + l.baseline - 1, ext.x1, ext.y1 + l.baseline + 1}
		p.fill(at, l.color, func(z *pen) {
			for _, s := range g.path {
				var q [3]point
				for i, a := range s.ArgsSlice() {
					x, _ := p.px(g.x+a.X*k, 0)
					q[i] = point{x, base - (g.y+a.Y*k)*p.scale}
				}
				z.segment(s.Op, q)
			}
			z.r.ClosePath()
		})
	}
}

// stroke paints a line as one strip along its path.
func (p *painter) stroke(s stroke) {
	path := s.path()
	p.fill(s.extent(), s.color, func(z *pen) {
		left, right := make([]point, 0, len(path)), make([]point, 0, len(path))
		for i, at := range path {
			from, to := path[max(0, i-1)], path[min(len(path)-1, i+1)]
			dx, dy := to.x-from.x, to.y-from.y
			n := float32(math.Hypot(float64(dx), float64(dy)))
			if n == 0 {
				continue
			}
			ox, oy := -dy/n*s.width/2, dx/n*s.width/2
			left, right = append(left, point{at.x + ox, at.y + oy}), append(right, point{at.x - ox, at.y - oy})
		}
		for i := len(right) - 1; i >= 0; i-- {
			left = append(left, right[i])
		}
		z.polygon(left)
	})
}

// pen draws paths on a part of the picture.
type pen struct {
	p      *painter
	r      *vector.Rasterizer
	ox, oy float32 // the part's corner
}

// fill paints what path draws, which lies in the box b of the scene.
func (p *painter) fill(b box, c color.NRGBA, path func(*pen)) {
	x0, y0 := p.px(b.x0, b.y0)
	x1, y1 := p.px(b.x1, b.y1)
	part := image.Rect(int(math.Floor(float64(x0)))-1, int(math.Floor(float64(y0)))-1, int(math.Ceil(float64(x1)))+1, int(math.Ceil(float64(y1)))+1)
	part = part.Intersect(p.img.Bounds()) // the rasterizer paints on nothing that is not there
	if c.A == 0 || part.Empty() {
		return
	}
	p.raster.Reset(part.Dx(), part.Dy())
	path(&pen{p, &p.raster, float32(part.Min.X), float32(part.Min.Y)})
	p.raster.Draw(p.img, part, image.NewUniform(c), image.Point{})
}

// segment draws a part of an outline, in pixels.
func (z *pen) segment(op opentype.SegmentOp, q [3]point) {
	for i := range q {
		q[i].x -= z.ox
		q[i].y -= z.oy
	}
	switch op {
	case opentype.SegmentOpMoveTo:
		z.r.ClosePath()
		z.r.MoveTo(q[0].x, q[0].y)
	case opentype.SegmentOpLineTo:
		z.r.LineTo(q[0].x, q[0].y)
	case opentype.SegmentOpQuadTo:
		z.r.QuadTo(q[0].x, q[0].y, q[1].x, q[1].y)
	case opentype.SegmentOpCubeTo:
		z.r.CubeTo(q[0].x, q[0].y, q[1].x, q[1].y, q[2].x, q[2].y)
	}
}

// polygon draws a closed line through points of the scene.
func (z *pen) polygon(list []point) {
	for i, at := range list {
		x, y := z.p.px(at.x, at.y)
		if i == 0 {
			z.r.MoveTo(x-z.ox, y-z.oy)
		} else {
			z.r.LineTo(x-z.ox, y-z.oy)
		}
	}
	z.r.ClosePath()
}

// round draws a rectangle with round corners; a hole goes the other way round.
func (z *pen) round(b box, radius float32, hole bool) {
	r := max(0, min(radius, (b.x1-b.x0)/2, (b.y1-b.y0)/2))
	var list []point
	corner := func(cx, cy float32, from float64) {
		const steps = 8
		for i := range steps + 1 {
			a := from + float64(i)/steps*math.Pi/2
			list = append(list, point{cx + r*float32(math.Cos(a)), cy + r*float32(math.Sin(a))})
		}
	}
	corner(b.x1-r, b.y1-r, 0)
	corner(b.x0+r, b.y1-r, math.Pi/2)
	corner(b.x0+r, b.y0+r, math.Pi)
	corner(b.x1-r, b.y0+r, 3*math.Pi/2)
	if hole {
		for i, j := 0, len(list)-1; i < j; i, j = i+1, j-1 {
			list[i], list[j] = list[j], list[i]
		}
	}
	z.polygon(list)
}
