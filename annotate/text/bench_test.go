package text

import (
	"fmt"
	"strings"
	"testing"
)

const sample = "The minister said “we can’t”, 会见了 a crowd. É 👨‍👩‍👧‍👦 in Zürich. "

// oneLine is a text of n bytes without a line end.
func oneLine(n int) *Text { return New(strings.Repeat(sample, n/len(sample)+1)) }

// checkWindow: what is looked at around an offset is bounded, whatever the text.
func checkWindow(t *testing.T, x *Text, o int) {
	t.Helper()
	for g, k := range kinds {
		w := x.windowAt(Granularity(g), o)
		if before := o - x.RuneOf(w.at); before < 0 || before > 2*k.reach {
			t.Errorf("kind %d at %d of %d: the window starts %d characters before", g, o, x.Len(), before)
		}
		if behind := w.end - x.ByteOf(o); behind <= 0 || behind > 4*k.reach+4 {
			t.Errorf("kind %d at %d of %d: the window ends %d bytes behind", g, o, x.Len(), behind)
		}
	}
}

// TestHugeLineStaysLocal guards the promise that no call scans the article: on a
// line of 10 MB, words and clusters are found within a few hundred characters.
func TestHugeLineStaysLocal(t *testing.T) {
	x := oneLine(10 << 20)
	if x.Paragraph(5) != (Range{0, x.Len()}) {
		t.Fatal("it is not one line")
	}
	for i := range 500 {
		o := x.Len() * i / 500
		checkWindow(t, x, o)
		for _, g := range []Granularity{Character, Word, Sentence} {
			if w := x.windowAt(g, o); o-x.RuneOf(w.at) > 300 {
				t.Errorf("kind %d at %d: the window starts %d characters before", g, o, o-x.RuneOf(w.at))
			}
		}
	}
	if samples := x.Len() / len(x.bytes); samples > sampleEvery+1 {
		t.Errorf("a conversion decodes up to %d characters", samples)
	}
}

// TestHostileLinesAreBounded: lines without any sure border.
func TestHostileLinesAreBounded(t *testing.T) {
	for _, unit := range []string{"a", "🇩", "\u0301", "\u200d", " ", "क्", "1.", "a.", "\u0600"} {
		x := New(strings.Repeat(unit, 300_000))
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
		for _, o := range []int{0, x.Len() / 3, x.Len() / 2, x.Len() - 1} {
			checkWindow(t, x, o)
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
