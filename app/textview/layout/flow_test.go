package layout

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate/text"
)

func testMetrics(t testing.TB, width, height float32) Metrics {
	t.Helper()
	return Metrics{Chain: testChain(t), Size: 18, Width: width, Line: 42, Gap: 8, Blank: 12, Head: 70, Tail: 60, Height: height}
}

func genArticle(t *rapid.T) string {
	var b strings.Builder
	for range rapid.IntRange(1, 30).Draw(t, "paragraphs") {
		for range rapid.IntRange(0, 5).Draw(t, "parts") {
			b.WriteString(rapid.SampledFrom(corpus).Draw(t, "part"))
			b.WriteByte(' ')
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// What is at the top of the screen stays there while blocks above it are laid
// out and turn out higher or lower than guessed.
func TestScrollCompensationKeepsTheTop(t *testing.T) {
	chain := testChain(t)
	rapid.Check(t, func(t *rapid.T) {
		m := Metrics{Chain: chain, Size: 18, Width: 300, Line: 42, Gap: 8, Blank: 12, Head: 70, Tail: 60, Height: 400}
		f := NewFlow(m)
		f.SetText(text.New(genArticle(t)))
		f.ScrollTo(rapid.Float64Range(0, f.Total()).Draw(t, "jump"))
		for range 8 {
			lines := f.Visible()
			if len(lines) == 0 {
				t.Fatal("nothing shows")
			}
			first := lines[0]
			at := first.Y - f.Top()
			// Look at places all over the text, as Reveal and the keyboard do.
			f.LineOf(rapid.IntRange(0, f.Text().Len()).Draw(t, "look"), false)
			if got := f.LineOf(first.Start(), false).Y - f.Top(); math.Abs(got-at) > 0.01 {
				t.Fatalf("the first line moved from %g to %g", at, got)
			}
			// A small step up moves what shows by that much, not more.
			before := f.LineOf(first.Start(), false).Y - f.Top()
			f.ScrollBy(-30)
			after := f.LineOf(first.Start(), false).Y - f.Top()
			if f.Top() > 0 && math.Abs(after-before-30) > 0.01 {
				t.Fatalf("a step of 30 up moved the line by %g", after-before)
			}
		}
	})
}

func TestVisibleLinesFollowOneAnother(t *testing.T) {
	chain := testChain(t)
	rapid.Check(t, func(t *rapid.T) {
		f := NewFlow(Metrics{Chain: chain, Size: 18, Width: 300, Line: 42, Gap: 8, Blank: 12, Head: 70, Tail: 60, Height: 400})
		f.SetText(text.New(genArticle(t)))
		f.ScrollTo(rapid.Float64Range(0, f.Total()).Draw(t, "jump"))
		lines := f.Visible()
		for i, l := range lines {
			if l.Y >= f.Top()+400 || l.Y+float64(l.H) <= f.Top() {
				t.Fatalf("line %d at %g is outside %g–%g", i, l.Y, f.Top(), f.Top()+400)
			}
			if i > 0 && l.Start() != lines[i-1].End() && l.Start() != lines[i-1].End()+1 {
				t.Fatalf("line %d starts at %d, the one before ends at %d", i, l.Start(), lines[i-1].End())
			}
		}
	})
}

func TestHitIsTheInverseOfLocate(t *testing.T) {
	chain := testChain(t)
	rapid.Check(t, func(t *rapid.T) {
		f := NewFlow(Metrics{Chain: chain, Size: 18, Width: 320, Line: 42, Gap: 8, Blank: 12, Head: 70, Height: 400})
		f.SetText(text.New(genArticle(t)))
		o := rapid.IntRange(0, f.Text().Len()).Draw(t, "o")
		l := f.LineOf(o, false)
		i := o - l.Base
		if !l.Block.Grapheme(i) || i >= l.Line.Trim {
			return
		}
		end := i + 1
		for !l.Block.Grapheme(end) {
			end++
		}
		w := l.Block.cum[end] - l.Block.cum[i]
		if w < 0.5 || !sameRun(l.Line, i, end) {
			return
		}
		if l.Block.RTLAt(l.Line, i) {
			w = -w
		}
		x, y := f.Locate(o, false)
		if got, _ := f.Hit(x+w/4, y+20); got != o {
			t.Fatalf("%d is at %g,%g; a hit there finds %d", o, x, y, got)
		}
		if r, ok := f.Under(x+w/2, y+20); !ok || r.Start != o {
			t.Fatalf("under %d lies %v %v", o, r, ok)
		}
	})
}

func TestLongParagraphsAreCutAndNothingIsLost(t *testing.T) {
	for name, s := range map[string]string{
		"words":    strings.Repeat("one two three four. ", 2000),
		"no blank": strings.Repeat("x", 30000),
		"han":      strings.Repeat("北京外交部长", 3000),
		"marks":    "e" + strings.Repeat("\u0301", 9000),
		"emoji":    strings.Repeat("👩‍👩‍👧", 3000),
	} {
		b := divide(text.New(s))
		at := 0
		for i := range b.count() {
			if b.starts[i] != at {
				t.Errorf("%s: block %d starts at %d, want %d", name, i, b.starts[i], at)
			}
			at = b.end(i)
			if at-b.starts[i] > maxBlock {
				t.Errorf("%s: block %d has %d bytes", name, i, at-b.starts[i])
			}
			if name != "marks" && i > 0 && !b.text.IsGrapheme(b.text.RuneOf(b.starts[i])) {
				t.Errorf("%s: block %d starts inside a grapheme", name, i)
			}
		}
		if at != len(s) {
			t.Errorf("%s: blocks end at %d of %d", name, at, len(s))
		}
	}
}

func TestDirectionOfParagraphs(t *testing.T) {
	long := "שלום " + strings.Repeat("abc def ghi ", 600)
	b := divide(text.New("abc\nשלום abc\n123\n\nabc\n" + long))
	want := []Direction{LeftToRight, RightToLeft, RightToLeft, RightToLeft, LeftToRight, RightToLeft, RightToLeft}
	for i, w := range want {
		if got := b.direction(i); got != w {
			t.Errorf("block %d (%.12q) runs %d, want %d", i, b.s[b.starts[i]:b.end(i)], got, w)
		}
	}
}

func TestZoomKeepsTheTop(t *testing.T) {
	m := testMetrics(t, 500, 600)
	f := NewFlow(m)
	f.SetText(text.New(strings.Repeat("The harbour workers walked out of the port on Monday. ", 30) + "\n" + strings.Repeat("Talks broke down again.\n", 200)))
	f.ScrollToOffset(2500, 0)
	o, _ := f.TopOffset()
	m.Size, m.Line, m.Width = 24, 56, 640
	f.SetMetrics(m)
	l := f.LineAt(f.Top())
	if o < l.Start() || o > l.End() {
		t.Errorf("the top was %d, after zoom the top line is [%d,%d)", o, l.Start(), l.End())
	}
}

func TestHugeSingleLine(t *testing.T) {
	f := NewFlow(testMetrics(t, 620, 700))
	f.SetText(text.New(strings.Repeat("word ", 1<<20)))
	f.ScrollTo(f.Total() / 2)
	if n := len(f.Visible()); n < 10 {
		t.Errorf("%d lines show", n)
	}
	if n := len(f.laid); n > 20 {
		t.Errorf("%d blocks were laid out for one screen", n)
	}
	f.ScrollTo(math.Inf(1))
	lines := f.Visible()
	if last := lines[len(lines)-1]; last.End() != f.Text().Len() {
		t.Errorf("the last line ends at %d of %d", last.End(), f.Text().Len())
	}
}

func TestStep(t *testing.T) {
	f := NewFlow(testMetrics(t, 620, 700))
	f.SetText(text.New("one\n\ntwo"))
	o := 0
	var starts []int
	for {
		l, ok := f.Step(o, false, 1)
		if !ok {
			break
		}
		o = l.Start()
		starts = append(starts, o)
	}
	if len(starts) != 2 || starts[0] != 4 || starts[1] != 5 {
		t.Errorf("lines below start at %v, want [4 5]", starts)
	}
	if _, ok := f.Step(0, false, -1); ok {
		t.Error("there is a line above the first")
	}
}

func TestFenwick(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.IntRange(1, 50), 1, 60).Draw(t, "values")
		f := newFenwick(append([]int(nil), values...))
		for range 10 {
			i := rapid.IntRange(0, len(values)-1).Draw(t, "i")
			values[i] = rapid.IntRange(1, 50).Draw(t, "v")
			f.set(i, values[i])
			sum := 0
			for k, v := range values {
				if f.sum(k) != sum {
					t.Fatalf("sum(%d) = %d, want %d", k, f.sum(k), sum)
				}
				for h := sum; h < sum+v; h++ {
					if got, rest := f.find(h); got != k || rest != h-sum {
						t.Fatalf("find(%d) = %d, %d; want %d, %d", h, got, rest, k, h-sum)
					}
				}
				sum += v
			}
			if got, _ := f.find(sum + 5); got != len(values)-1 {
				t.Fatalf("beyond the end is %d", got)
			}
		}
	})
}

// A view is made before all is measured, when blank lines have no height; an empty
// text then gets its measures, as in a project without articles.
func TestEmptyTextBeforeItIsMeasured(t *testing.T) {
	f := NewFlow(Metrics{Chain: testChain(t), Size: 18, Width: 620, Line: 42})
	m := testMetrics(t, 300, 400)
	m.Head = 0
	for range 2 {
		f.SetMetrics(m)
		if o, part := f.TopOffset(); o != 0 || part != 0 || f.Top() != 0 {
			t.Fatalf("the top of nothing is %d and %v at %v", o, part, f.Top())
		}
		m.Width += 10
	}
}
