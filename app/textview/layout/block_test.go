package layout

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func near(a, b float32) bool { return math.Abs(float64(a-b)) < 0.01 }

func genBlock(t *rapid.T, s *Shaper, chain *Chain) *Block {
	text := genText(t)
	width := rapid.Float32Range(40, 700).Draw(t, "width")
	return s.Layout(text, Style{Chain: chain, Size: 18, Width: width})
}

func TestWrapLosesNothing(t *testing.T) {
	chain, shaper := testChain(t), &Shaper{}
	rapid.Check(t, func(t *rapid.T) {
		b := genBlock(t, shaper, chain)
		at := 0
		for i := range b.Lines {
			l := &b.Lines[i]
			if l.Start != at || l.End < l.Start || l.Trim < l.Start || l.Trim > l.End {
				t.Fatalf("line %d is [%d,%d) trimmed %d, want a start of %d", i, l.Start, l.End, l.Trim, at)
			}
			if l.Width > b.width+slack && countGraphemes(b, l.Start, l.Trim) > 1 {
				t.Fatalf("line %d is %g wide in a column of %g", i, l.Width, b.width)
			}
			checkRuns(t, b, l)
			at = l.End
		}
		if at != b.Len() {
			t.Fatalf("lines end at %d of %d", at, b.Len())
		}
	})
}

func countGraphemes(b *Block, from, to int) int {
	n := 0
	for i := from; i < to; i++ {
		if b.grapheme[i] {
			n++
		}
	}
	return n
}

// checkRuns: the runs of a line hold each character once and stand side by side.
func checkRuns(t *rapid.T, b *Block, l *Line) {
	var seen []int
	for i := range l.Runs {
		r := &l.Runs[i]
		for k := r.Start; k < r.End; k++ {
			seen = append(seen, k)
		}
		if i > 0 && !near(r.X, l.Runs[i-1].X+l.Runs[i-1].W) {
			t.Fatalf("run %d begins at %g, the one before ends at %g", i, r.X, l.Runs[i-1].X+l.Runs[i-1].W)
		}
		drawn := 0
		for _, p := range b.Pieces(r) {
			if p.W < 0 || p.X < r.X-0.01 || p.X+p.W > r.X+r.W+0.01 {
				t.Fatalf("piece %q at %g, %g wide, leaves its run at %g, %g wide", p.Text, p.X, p.W, r.X, r.W)
			}
			drawn += len([]rune(p.Text))
		}
		for k := r.Start; k < r.End; k++ {
			if !blank(b.runes[k]) {
				drawn--
			}
		}
		if drawn < 0 {
			t.Fatalf("pieces of run %d lack %d characters", i, -drawn)
		}
	}
	slices.Sort(seen)
	for k, o := range seen {
		if o != l.Start+k {
			t.Fatalf("characters of the runs: %v, want [%d,%d)", seen, l.Start, l.End)
		}
	}
	if len(seen) != l.End-l.Start {
		t.Fatalf("runs hold %d characters of [%d,%d)", len(seen), l.Start, l.End)
	}
}

// A caret stands at the leading edge of its grapheme: a hit just inside the
// grapheme finds it again.
func TestHitFindsTheCaret(t *testing.T) {
	chain, shaper := testChain(t), &Shaper{}
	rapid.Check(t, func(t *rapid.T) {
		b := genBlock(t, shaper, chain)
		for i := range b.Lines {
			l := &b.Lines[i]
			for o := l.Start; o < l.Trim; o++ {
				end := o + 1
				for end < l.Trim && !b.grapheme[end] {
					end++
				}
				w := b.cum[end] - b.cum[o]
				if !b.grapheme[o] || w < 0.5 || !sameRun(l, o, end) {
					continue // nothing to hit
				}
				x := b.CaretX(l, o)
				inside := w / 4
				if b.RTLAt(l, o) {
					inside = -inside
				}
				if got, _ := b.Hit(l, x+inside); got != o {
					t.Fatalf("caret %d of line %d is at %g; a hit at %g finds %d in %q", o, i, x, x+inside, got, string(b.runes))
				}
				if from, to, x0, x1, _, ok := b.Cell(l, x+inside); !ok || from != o || to != end || x0 > x+inside || x1 < x+inside {
					t.Fatalf("cell at %g is [%d,%d) %g–%g %v, want [%d,%d)", x+inside, from, to, x0, x1, ok, o, end)
				}
			}
		}
	})
}

func sameRun(l *Line, from, to int) bool {
	for _, r := range l.Runs {
		if from >= r.Start && to <= r.End {
			return true
		}
	}
	return false
}

func TestSegmentsCoverExactlyTheRange(t *testing.T) {
	chain, shaper := testChain(t), &Shaper{}
	rapid.Check(t, func(t *rapid.T) {
		b := genBlock(t, shaper, chain)
		from := rapid.IntRange(0, b.Len()).Draw(t, "from")
		to := rapid.IntRange(from, b.Len()).Draw(t, "to")
		for i := range b.Lines {
			l := &b.Lines[i]
			a, z := max(from, l.Start), min(to, l.End)
			sum, end := float32(0), float32(math.Inf(-1))
			b.Segments(l, from, to, func(x0, x1 float32) {
				if x1 < x0 || x0 < end {
					t.Fatalf("segment %g–%g after %g", x0, x1, end)
				}
				sum, end = sum+x1-x0, x1
			})
			want := float32(0)
			if a < z {
				want = b.cum[z] - b.cum[a]
			}
			if math.Abs(float64(sum-want)) > 0.02*float64(len(l.Runs)+1) {
				t.Fatalf("segments of [%d,%d) on line %d are %g wide, want %g", from, to, i, sum, want)
			}
		}
	})
}

// visual is the line's text from left to right.
func visual(b *Block, l *Line) string {
	var out []rune
	for i := range l.Runs {
		r := &l.Runs[i]
		part := slices.Clone(b.runes[r.Start:r.End])
		if r.RTL() {
			slices.Reverse(part)
		}
		out = append(out, part...)
	}
	return string(out)
}

func TestVisualOrder(t *testing.T) {
	chain, shaper := testChain(t), &Shaper{}
	for _, c := range []struct {
		text, want string
		rtl        bool
	}{
		{"abc", "abc", false},
		{"שלום", "םולש", true},
		{"abc אבג def", "abc גבא def", false},
		{"אבג 15 דהו", "והד 15 גבא", true},
		{"x אבג 15 דהו y", "x והד 15 גבא y", false}, // a number stays within its phrase
		{"אבג NATO דהו", "והד NATO גבא", true},
		{"12 אבג", "גבא 12", true},
		{"a אבג 1,5% b", "a 1,5% גבא b", false},
	} {
		b := shaper.Layout(c.text, Style{Chain: chain, Size: 18})
		if got := visual(b, &b.Lines[0]); got != c.want || b.RTL != c.rtl {
			t.Errorf("%q reads %q from the left (rtl %v), want %q (%v)", c.text, got, b.RTL, c.want, c.rtl)
		}
	}
}

func TestBlanksHangOverTheEnd(t *testing.T) {
	chain, shaper := testChain(t), &Shaper{}
	b := shaper.Layout("aaaa bbbb", Style{Chain: chain, Size: 18, Width: 50})
	if len(b.Lines) != 2 || b.Lines[0].Trim != 4 || b.Lines[0].End != 5 {
		t.Fatalf("lines: %+v", b.Lines)
	}
	if o, up := b.Hit(&b.Lines[0], 500); o != 4 || up {
		t.Errorf("a hit beside the first line finds %d (upstream %v), want 4", o, up)
	}
	rtl := shaper.Layout("אבגד אבגד", Style{Chain: chain, Size: 18, Width: 50})
	l := &rtl.Lines[0]
	if !near(l.X+l.Width, 50) {
		t.Errorf("a right-to-left line ends at %g, want the column's right edge 50", l.X+l.Width)
	}
}

func TestMandatoryBreaks(t *testing.T) {
	chain, shaper := testChain(t), &Shaper{}
	for text, want := range map[string]int{"a\u2028b": 2, "a\u2029b\u0085c": 3, "a\u2028": 2, "": 1, "a\vb": 2} {
		if b := shaper.Layout(text, Style{Chain: chain, Size: 18, Width: 300}); len(b.Lines) != want {
			t.Errorf("%q has %d lines, want %d", text, len(b.Lines), want)
		}
	}
}

func TestPiecesAreWordsAndPinned(t *testing.T) {
	chain, shaper := testChain(t), &Shaper{}
	pieces := func(s string) []string {
		b := shaper.Layout(s, Style{Chain: chain, Size: 18})
		var out []string
		for i := range b.Lines[0].Runs {
			for _, p := range b.Pieces(&b.Lines[0].Runs[i]) {
				out = append(out, p.Text)
			}
		}
		return out
	}
	if got := pieces("two words"); !slices.Equal(got, []string{"two", "words"}) {
		t.Errorf("pieces %q", got)
	}
	for _, p := range pieces("北京外交部长周二表示停火协议必须得到遵守") {
		if n := len([]rune(p)); n > cjkPiece {
			t.Errorf("piece %q has %d characters", p, n)
		}
	}
	// A bracket in right-to-left text would be drawn unmirrored without marks.
	if got := pieces("שלום (שלום)"); !slices.Contains(got, "\u200f(\u200f") {
		t.Errorf("pieces %q", got)
	}
}

func TestFacesByCluster(t *testing.T) {
	chain, shaper := testChain(t), &Shaper{}
	b := shaper.Layout("ab שלום e\u0301 عرب", Style{Chain: chain, Size: 18})
	names := map[string]bool{}
	for _, r := range b.Lines[0].Runs {
		names[r.Face.Name()] = true
	}
	for _, want := range []string{"NotoSerif-Regular.ttf", "NotoSansHebrew-Regular.ttf", "NotoNaskhArabic-Regular.ttf"} {
		if !names[want] {
			t.Errorf("no run in %s: %v", want, names)
		}
	}
	if m := chain.library.Missing(); len(m) != 0 {
		t.Errorf("missing %q", string(m))
	}
	shaper.Layout("北 a", Style{Chain: chain, Size: 18})
	if m := chain.library.Missing(); string(m) != "北" {
		t.Errorf("missing %q, want 北", string(m))
	}
}

func TestLookupIsAskedOnceAndOnlyWhenNeeded(t *testing.T) {
	asked := map[rune]int{}
	chain := testChain(t)
	chain.library.lookup = func(r rune) (Font, bool) {
		asked[r]++
		return Font{}, false
	}
	shaper := &Shaper{}
	shaper.Layout("plain text שלום عرب", Style{Chain: chain, Size: 18})
	if len(asked) != 0 {
		t.Errorf("asked for %v", asked)
	}
	for range 3 {
		shaper.Layout("北京 北", Style{Chain: chain, Size: 18})
	}
	if asked['北'] != 1 || asked['京'] != 1 {
		t.Errorf("asked %v times", asked)
	}
}
