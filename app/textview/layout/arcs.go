package layout

import "math"

// Point is a place in the coordinates of whoever asks.
type Point struct{ X, Y float32 }

// Arc is a cubic curve that joins two marked places.
type Arc struct{ From, C1, C2, To Point }

// apart is from which difference in height on two places are on different lines,
// in line heights.
const apart = 1.4

// Over is the arc from one place to another that leaves upwards and arrives from
// above: a hump for places on one line, a calm S for lines apart. Further places
// and a greater rank make it higher, so that wide arcs go over narrow ones. Unit is
// the height of a line.
func Over(from, to Point, rank int, unit float32) Arc {
	reach := float32(math.Abs(float64(from.X - to.X)))
	lift := unit*3/7 + min(reach*0.03, unit/3) + float32(min(rank, 4))*unit/6
	if d := from.Y - to.Y; d > apart*unit || d < -apart*unit {
		return Arc{from, Point{from.X, from.Y - lift*1.6}, Point{to.X, to.Y - lift*1.6}, to}
	}
	up := min(from.Y, to.Y) - lift
	return Arc{from, Point{from.X, up}, Point{to.X, up}, to}
}

// Out is the arc from a place to one at an edge, which lies straight above or
// below all text.
func Out(from, edge Point) Arc {
	pull := (edge.Y - from.Y) * 0.55
	return Arc{from, Point{from.X, from.Y + pull}, Point{edge.X, edge.Y - pull}, edge}
}

// At is the point at t, from 0 to 1.
func (a Arc) At(t float32) Point {
	u := 1 - t
	at := func(a, b, c, d float32) float32 { return u*u*u*a + 3*u*u*t*b + 3*u*t*t*c + t*t*t*d }
	return Point{at(a.From.X, a.C1.X, a.C2.X, a.To.X), at(a.From.Y, a.C1.Y, a.C2.Y, a.To.Y)}
}

// arcSteps is how many straight pieces stand for an arc when something is
// measured.
const arcSteps = 24

// Near tells how far a point is from the arc, and false if that is more than
// reach.
func (a Arc) Near(p Point, reach float32) (float32, bool) {
	if p.X < min(a.From.X, a.C1.X, a.C2.X, a.To.X)-reach || p.X > max(a.From.X, a.C1.X, a.C2.X, a.To.X)+reach ||
		p.Y < min(a.From.Y, a.C1.Y, a.C2.Y, a.To.Y)-reach || p.Y > max(a.From.Y, a.C1.Y, a.C2.Y, a.To.Y)+reach {
		return 0, false
	}
	best := reach + 1
	last := a.From
	for i := 1; i <= arcSteps; i++ {
		next := a.At(float32(i) / arcSteps)
		best = min(best, distance(p, last, next))
		last = next
	}
	return best, best <= reach
}

// distance is how far p is from the straight line between a and b.
func distance(p, a, b Point) float32 {
	dx, dy := b.X-a.X, b.Y-a.Y
	t := float32(0)
	if l := dx*dx + dy*dy; l > 0 {
		t = max(0, min(1, ((p.X-a.X)*dx+(p.Y-a.Y)*dy)/l))
	}
	return float32(math.Hypot(float64(p.X-a.X-t*dx), float64(p.Y-a.Y-t*dy)))
}

// aslant is how much more the way from line to line counts than that along one: an
// arc within a line reads best, though it be half a line long.
const aslant = 12

// Closest is which of some places are the closest to each other. Lines count more
// than the way along one.
func Closest(a, b []Point) (i, j int) {
	best := float32(math.Inf(1))
	for x, p := range a {
		for y, q := range b {
			d := float32(math.Abs(float64(p.X-q.X))) + aslant*float32(math.Abs(float64(p.Y-q.Y)))
			if d < best {
				best, i, j = d, x, y
			}
		}
	}
	return i, j
}
