package text

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

const sample = "The minister said “we can’t”, 会见了 a crowd. É 👨‍👩‍👧‍👦 in Zürich. "

// oneLine is a text of n bytes without a line end.
func oneLine(n int) *Text { return New(strings.Repeat(sample, n/len(sample)+1)) }

// TestHugeLineStaysLocal guards the promise that no call scans the article: the
// same calls on a 10 MB line must cost about what they cost on 10 KB. The ratio
// allowed is wide, a scan would be a thousand times slower.
func TestHugeLineStaysLocal(t *testing.T) {
	work := func(x *Text) time.Duration {
		best := time.Hour
		for range 5 {
			start := time.Now()
			for i := 1; i < 200; i++ {
				o := x.Len() * i / 200
				x.RuneOf(x.ByteOf(o))
				x.RuneOfUTF16(x.UTF16Of(o))
				x.Snap(Range{o, o + 5}, Word)
				x.Sentence(o)
				x.Paragraph(o)
				x.PrevGrapheme(o)
			}
			best = min(best, time.Since(start))
		}
		return best
	}
	small, big := work(oneLine(10<<10)), work(oneLine(10<<20))
	if big > 50*small {
		t.Errorf("10 KB: %v, 10 MB: %v", small, big)
	}
}

// TestHostileLinesAreBounded: lines without any sure border must not be slow.
func TestHostileLinesAreBounded(t *testing.T) {
	for _, unit := range []string{"a", "🇩", "\u0301", "\u200d", " ", "क्", "1.", "a.", "\u0600"} {
		x := New(strings.Repeat(unit, 300_000))
		start := time.Now()
		for _, o := range []int{0, 1, x.Len() / 2, x.Len() - 1, x.Len()} {
			if n := x.NextGrapheme(o); n <= o && o < x.Len() {
				t.Errorf("%q: NextGrapheme(%d) = %d", unit, o, n)
			}
			if p := x.PrevGrapheme(o); p >= o && o > 0 {
				t.Errorf("%q: PrevGrapheme(%d) = %d", unit, o, p)
			}
			for _, r := range []Range{x.Word(o), x.Sentence(o)} {
				if r.Empty() || r.Start > o || (r.End <= o && o < x.Len()) {
					t.Errorf("%q: the segment at %d is %v", unit, o, r)
				}
			}
		}
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("%q: %v", unit, d)
		}
	}
}

func BenchmarkByteOf(b *testing.B) {
	for _, size := range []int{5 << 10, 1 << 20, 10 << 20} {
		x := oneLine(size)
		b.Run(fmt.Sprintf("%dKB", size>>10), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				x.ByteOf(i * 7919 % x.Len())
			}
		})
	}
}

func BenchmarkSnapWord(b *testing.B) {
	for _, size := range []int{5 << 10, 10 << 20} {
		x := oneLine(size)
		b.Run(fmt.Sprintf("%dKB", size>>10), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				o := i * 7919 % x.Len()
				x.Snap(Range{o, o + 9}, Word)
			}
		})
	}
}

func BenchmarkNew1MB(b *testing.B) {
	s := oneLine(1 << 20).String()
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		New(s)
	}
}
