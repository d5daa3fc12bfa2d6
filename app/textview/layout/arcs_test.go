package layout

import (
	"testing"

	"pgregory.net/rapid"
)

func point(t *rapid.T, name string) Point {
	return Point{rapid.Float32Range(0, 1200).Draw(t, name+".x"), rapid.Float32Range(0, 800).Draw(t, name+".y")}
}

func TestArcs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, to := point(t, "from"), point(t, "to")
		arc := Over(from, to, rapid.IntRange(0, 9).Draw(t, "rank"), 42)
		if rapid.Bool().Draw(t, "out") {
			arc = Out(from, to)
		}
		if arc.At(0) != from || arc.At(1) != to {
			t.Fatalf("it leads from %v to %v", arc.At(0), arc.At(1))
		}
		// Whoever points at it hits it; whoever points clear of its frame does not.
		at := arc.At(rapid.Float32Range(0, 1).Draw(t, "t"))
		if d, ok := arc.Near(at, 6); !ok {
			t.Fatalf("its own point is %v away", d)
		}
		right := max(arc.From.X, arc.C1.X, arc.C2.X, arc.To.X)
		if _, ok := arc.Near(Point{right + 10, at.Y}, 6); ok {
			t.Fatal("hit from outside")
		}
	})
}

func TestWideArcsGoOverNarrowOnes(t *testing.T) {
	a, b, c := Point{100, 300}, Point{160, 300}, Point{420, 300}
	narrow, wide := Over(a, b, 0, 42), Over(a, c, 1, 42)
	if narrow.At(0.5).Y <= wide.At(0.5).Y {
		t.Errorf("narrow %v, wide %v", narrow.At(0.5), wide.At(0.5))
	}
	if narrow.At(0.5).Y >= 300-8 {
		t.Errorf("the hump is flat: %v", narrow.At(0.5))
	}
}

func TestClosest(t *testing.T) {
	a := []Point{{0, 0}, {500, 420}}
	b := []Point{{900, 0}, {300, 420}}
	if i, j := Closest(a, b); i != 1 || j != 1 {
		t.Errorf("%d %d", i, j)
	}
}
