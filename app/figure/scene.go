package figure

import (
	"image"
	"image/color"

	"github.com/go-text/typesetting/font"

	"lede/app/textview/layout"
)

// Scene is a picture as shapes. Lengths are pixels at scale 1.
type Scene struct {
	Width, Height float32
	Page          color.NRGBA
	Title, Words  string // what it shows, for people who cannot see it
	// Undrawn are characters that no font or emoji function could draw.
	Undrawn []string

	dx, dy float32 // where the text column begins in the picture
	shapes [depths][]shape
}

// depth orders shapes, from the back.
type depth int

const (
	atFill depth = iota
	atLine
	atText
	atChip
	atArc
	atPill
	atPillText
	depths
)

// shape is one of rect, bars, letters, stroke, picture.
type shape interface {
	// extent is its bounding box.
	extent() box
}

type box struct{ x0, y0, x1, y1 float32 }

func (a box) overlaps(b box) bool { return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1 }

// with is the box around both.
func (a box) with(b box) box {
	return box{min(a.x0, b.x0), min(a.y0, b.y0), max(a.x1, b.x1), max(a.y1, b.y1)}
}

// rect is a filled rectangle. A fill says which span and part it is of.
type rect struct {
	box
	color  color.NRGBA
	radius float32
	edge   color.NRGBA // of a line around it, one pixel wide; none if transparent
	span   string
	part   int
}

func (r rect) extent() box { return r.box }

// bars are rectangles of one colour: a line, its dashes or dots.
type bars struct {
	list  []box
	color color.NRGBA
}

func (b bars) extent() box {
	all := b.list[0]
	for _, x := range b.list {
		all = all.with(x)
	}
	return all
}

// letters are glyphs of one face on one baseline.
type letters struct {
	face     *layout.Face
	size     float32
	color    color.NRGBA
	baseline float32
	glyphs   []letter
	box
}

// letter is a glyph with an outline.
type letter struct {
	id   uint32
	x, y float32 // y above the baseline
	path []font.Segment
	em   float32
}

func (l letters) extent() box { return l.box }

// stroke is a line along a path of cubic curves or, with two points, a straight
// one.
type stroke struct {
	points []point // 2, or 4: from, two controls, to
	width  float32
	color  color.NRGBA
}

type point struct{ x, y float32 }

func (s stroke) extent() box {
	b := box{s.points[0].x, s.points[0].y, s.points[0].x, s.points[0].y}
	for _, p := range s.path() {
		b = b.with(box{p.x, p.y, p.x, p.y})
	}
	w := s.width / 2
	return box{b.x0 - w, b.y0 - w, b.x1 + w, b.y1 + w}
}

// path is the stroke as a polygon line.
func (s stroke) path() []point {
	if len(s.points) == 2 {
		return s.points
	}
	const steps = 48
	list := make([]point, 0, steps+1)
	for i := range steps + 1 {
		list = append(list, bezier(s.points, float32(i)/steps))
	}
	return list
}

// bezier is the point at t of a cubic curve.
func bezier(p []point, t float32) point {
	u := 1 - t
	at := func(a, b, c, d float32) float32 { return u*u*u*a + 3*u*u*t*b + 3*u*t*t*c + t*t*t*d }
	return point{at(p[0].x, p[1].x, p[2].x, p[3].x), at(p[0].y, p[1].y, p[2].y, p[3].y)}
}

// picture is an emoji.
type picture struct {
	box
	image image.Image
	words string
}

func (p picture) extent() box { return p.box }

func (s *Scene) add(d depth, x shape) { s.shapes[d] = append(s.shapes[d], x) }

// frame sets the size of the picture: everything, with room around it. at least
// is the column of the text.
func (s *Scene) frame(column box, room float32) {
	all := column
	for _, list := range s.shapes {
		for _, x := range list {
			all = all.with(x.extent())
		}
	}
	whole := func(x float32) float32 { return float32(int(x + 0.999)) }
	s.dx, s.dy = whole(room-all.x0), whole(room-all.y0)
	s.Width, s.Height = whole(s.dx+all.x1+room), whole(s.dy+all.y1+room)
}
