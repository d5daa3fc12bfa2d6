package layout

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate/text"
)

// Lines that need more room get it: they lie below each other without gaps, a point
// finds the line it is on, and what shows at the top stays there when lines above it
// become higher or lower.
func TestLinesOfDifferentHeight(t *testing.T) {
	chain := testChain(t)
	rapid.Check(t, func(t *rapid.T) {
		f := NewFlow(Metrics{Chain: chain, Size: 18, Width: 300, Line: 42, Gap: 8, Blank: 12, Head: 70, Tail: 60, Height: 400})
		extra := map[int]int{}
		f.Extra = func(from, _ int) int { return extra[from%7] }
		f.SetText(text.New(genArticle(t)))
		f.ScrollTo(rapid.Float64Range(0, f.Total()).Draw(t, "jump"))
		for range 5 {
			first := f.Visible()[0]
			at := first.Y - f.Top()
			for i := range 7 {
				extra[i] = rapid.SampledFrom([]int{0, 0, 3, 19}).Draw(t, "extra")
			}
			f.Reroom()
			if got := f.LineOf(first.Start(), false); f.Top() > 0 && first.Y > 70 && math.Abs(got.Y-f.Top()-at) > 0.01 {
				t.Fatalf("the first line moved from %g to %g", at, got.Y-f.Top())
			}
			lines := f.Visible()
			for i, l := range lines {
				if want := 42 + f.Extra(l.Start(), l.End()); l.H != want && l.H != 12 {
					t.Fatalf("a line is %d high, want %d", l.H, want)
				}
				if i > 0 && lines[i-1].Block == l.Block && lines[i-1].Y+float64(lines[i-1].H) != l.Y {
					t.Fatalf("line at %g, the one before ends at %g", l.Y, lines[i-1].Y+float64(lines[i-1].H))
				}
				for _, y := range []float64{l.Y, l.Y + float64(l.H) - 1} {
					if got := f.LineAt(y); got.Start() != l.Start() || got.Y != l.Y {
						t.Fatalf("at %g is the line of %d, want that of %d", y, got.Start(), l.Start())
					}
				}
			}
			f.ScrollBy(rapid.Float64Range(-300, 300).Draw(t, "scroll"))
		}
	})
}
