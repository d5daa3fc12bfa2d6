package layout

import (
	"testing"

	"pgregory.net/rapid"
)

// TestCaretStandsWhereItWasPut: wherever a line of mixed scripts is clicked, the
// caret appears at the nearer edge of what was clicked, on the right side where
// text of two directions meets.
func TestCaretStandsWhereItWasPut(t *testing.T) {
	chain, shaper := testChain(t), &Shaper{}
	rapid.Check(t, func(t *rapid.T) {
		b := shaper.Layout(mixed(t), Style{Chain: chain, Size: 18, Width: rapid.Float32Range(80, 700).Draw(t, "width")})
		l := &b.Lines[rapid.IntRange(0, len(b.Lines)-1).Draw(t, "line")]
		x := l.X + l.Width*rapid.Float32Range(0.001, 0.999).Draw(t, "part")
		from, to, x0, x1, _, ok := b.Cell(l, x)
		if !ok || to > l.Trim {
			return
		}
		near := x0
		if x >= (x0+x1)/2 {
			near = x1
		}
		o, up := b.Hit(l, x)
		if got := b.CaretAt(l, o, up); abs(got-near) > 0.02 {
			t.Fatalf("a click at %g on [%d,%d) in %q puts the caret at %d (%v), drawn at %g, want %g", x, from, to, string(b.runes), o, up, got, near)
		}
	})
}

func TestCaretWhereDirectionsMeet(t *testing.T) {
	b := (&Shaper{}).Layout("abc שלום def", Style{Chain: testChain(t), Size: 18})
	l := &b.Lines[0]
	hebrew := l.Runs[1]
	if got := b.CaretAt(l, 4, false); !near(got, hebrew.X+hebrew.W) {
		t.Errorf("before the Hebrew word the caret is at %g, want its right edge %g", got, hebrew.X+hebrew.W)
	}
	if got := b.CaretAt(l, 4, true); !near(got, hebrew.X) {
		t.Errorf("behind the Latin word the caret is at %g, want %g", got, hebrew.X)
	}
	if got := b.CaretAt(l, 8, true); !near(got, hebrew.X) {
		t.Errorf("behind the Hebrew word the caret is at %g, want its left edge %g", got, hebrew.X)
	}
}
