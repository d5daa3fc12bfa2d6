package layout

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate/text"
)

// naive is the number of the paragraph that starts at each code point, counted by
// going through the text.
func naive(s string) (at map[int]int, n int) {
	at = map[int]int{}
	o := 0
	for _, par := range strings.Split(s, "\n") {
		if strings.TrimSpace(par) != "" {
			n++
			at[o] = n
		}
		o += len([]rune(par)) + 1
	}
	return at, n
}

func TestParagraphNumbersAreThoseOfACount(t *testing.T) {
	chain := testChain(t)
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		for range rapid.IntRange(0, 12).Draw(t, "paragraphs") {
			b.WriteString(rapid.SampledFrom([]string{
				"", "", " ", "\t ", "\u3000", strings.Repeat(" ", 100), strings.Repeat(" ", 5000), "short", "قال وزير",
				"北京外交部长", strings.Repeat("long words ", 900), strings.Repeat(" ", 70) + "late", "👩‍👩‍👧",
			}).Draw(t, "paragraph"))
			b.WriteString("\n")
		}
		s := b.String()
		f := NewFlow(Metrics{Chain: chain, Size: 18, Width: 300, Line: 42, Gap: 8, Blank: 12, Height: 400})
		f.SetText(text.New(s))
		want, n := naive(s)
		if got := f.Paragraphs(); got != n {
			t.Fatalf("%d paragraphs, counted %d", got, n)
		}
		for l, ok := f.LineOf(0, false), true; ok; l, ok = f.Step(l.Start(), false, 1) {
			if got := f.Number(l); got != want[l.Start()] {
				t.Fatalf("the line at %d has number %d, counted %d", l.Start(), got, want[l.Start()])
			}
		}
		o := rapid.IntRange(0, f.Text().Len()).Draw(t, "offset")
		last := 0
		for at, k := range want {
			if at <= o {
				last = max(last, k)
			}
		}
		if got := f.ParagraphOf(o); got != last {
			t.Fatalf("%d lies in paragraph %d, counted %d", o, got, last)
		}
	})
}

// Marks beside the scroll bar stand where the text stands, as far as a block
// reaches, and the way back leads there.
func TestAboutFollowsTheText(t *testing.T) {
	chain := testChain(t)
	rapid.Check(t, func(t *rapid.T) {
		f := NewFlow(Metrics{Chain: chain, Size: 18, Width: 300, Line: 42, Gap: 8, Blank: 12, Head: 70, Tail: 60, Height: 400})
		f.SetText(text.New(genArticle(t)))
		for i := range f.blocks.count() {
			f.block(i)
		}
		o := rapid.IntRange(0, f.Text().Len()).Draw(t, "offset")
		l := f.LineOf(o, false)
		i := f.blocks.at(f.blocks.text.ByteOf(l.Base))
		y0 := f.metrics.Head + float64(f.heights.sum(i))
		y1 := y0 + float64(f.heights.values[i])
		y := f.About(o)
		if y < y0-0.01 || y > y1+0.01 {
			t.Fatalf("%d stands about %g, its block is at %g–%g", o, y, y0, y1)
		}
		back := f.OffsetAbout(y)
		if j := f.blocks.at(f.blocks.text.ByteOf(back)); j < i || j > i+1 {
			t.Fatalf("the way back from %d leads to %d in block %d, not %d", o, back, j, i)
		}
		if p := rapid.IntRange(0, f.Text().Len()).Draw(t, "other"); p > o && f.About(p) < y {
			t.Fatalf("%d stands above %d", p, o)
		}
	})
}

// Going through measures keeps the first character that shows in the top line, and
// coming back to the first measures moves no line (only the gap between two
// paragraphs is not kept).
func TestMeasuresKeepTheFirstCharacter(t *testing.T) {
	chain := testChain(t)
	rapid.Check(t, func(t *rapid.T) {
		m := Metrics{Chain: chain, Size: 18, Width: 600, Line: 42, Gap: 8, Blank: 12, Head: 70, Tail: 60, Height: 400}
		f := NewFlow(m)
		f.SetText(text.New(genArticle(t)))
		room := f.Total() - 900
		if room <= 70 {
			t.Skip("a short text")
		}
		f.ScrollTo(rapid.Float64Range(70, room).Draw(t, "top"))
		if f.Top() < m.Head {
			t.Skip("the header shows")
		}
		o, _ := f.TopOffset()
		before := f.LineOf(o, false).Y - f.Top()
		for range rapid.IntRange(1, 6).Draw(t, "changes") {
			n := m
			n.Size = float32(rapid.IntRange(12, 36).Draw(t, "size"))
			n.Width = float32(rapid.IntRange(200, 1200).Draw(t, "width"))
			n.Line = rapid.IntRange(24, 90).Draw(t, "line")
			n.Gap = rapid.IntRange(0, 20).Draw(t, "gap")
			f.SetMetrics(n)
			l := f.LineOf(o, false)
			end := f.Top() >= f.Total()-float64(n.Height)-1
			if !end && (l.Y+float64(l.H) <= f.Top() || l.Y > f.Top()+1) {
				t.Fatalf("with %+v the line of %d is at %g, the top at %g", n, o, l.Y, f.Top())
			}
			if got, _ := f.TopOffset(); !end && got != o && l.Line.End > l.Line.Start {
				t.Fatalf("with %+v the first character is %d, want %d", n, got, o)
			}
		}
		f.SetMetrics(m)
		if after := f.LineOf(o, false).Y - f.Top(); after-before > 9 || before-after > 9 {
			t.Fatalf("back in the first measures the line stands at %g, before at %g", after, before)
		}
	})
}

func BenchmarkNumbers(b *testing.B) {
	f := NewFlow(testMetrics(b, 600, 800))
	f.SetText(text.New(strings.Repeat("x\n", 1_000_000)))
	f.ScrollTo(f.Total() / 2)
	lines := f.Visible()
	f.Paragraphs()
	b.ResetTimer()
	for range b.N {
		for _, l := range lines {
			if f.Number(l) == 0 && l.Line.Trim > 0 {
				b.Fatal("no number")
			}
		}
	}
}
