package text

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/clipperhouse/uax29/v2/sentences"
	"github.com/clipperhouse/uax29/v2/words"
	"pgregory.net/rapid"
)

// pieces are what random texts are made of: scripts, sequences that belong
// together, and everything that can go wrong at their borders.
var pieces = []string{
	"a", "B", "word", "Hello", "can't", "3.14", "1,000", "U.S.", "e.g.", "Mr. Smith", ". ", "! ", "? ", "…", ".", "\"", "'", ":", "_", "-", "/",
	" ", "  ", "\t", "\n", "\n\n", "\r\n", "\r", "\u00a0", "\u2028", "\u2029", "\u0085", "\v", "\f", "\u3000", "\uFEFF", "\u200b", "\u00ad",
	"é", "e\u0301", "\u0301", "\u0301\u0302\u0303", " \u0301", "ﬁ", "ß", "İ", "ǅ", "ª",
	"Привет", "мир. Это", "Ελλάδα", "שלום", "ב\"ב", "ש׳", "مرحبا بالعالم", "قال؟ نعم", "\u200f", "\u200e", "\u061c", "كَتَبَ",
	"नमस्ते", "क्षत्रिय", "क्\u200dष", "।", "தமிழ்", "ไทยแลนด์", "ກ", "ខ្មែរ", "မြန်မာ",
	"中文", "北京。", "会见了！", "日本語", "ひらがな", "カタカナ", "ｶﾞ", "「", "」", "々", "한국어", "각", "ᄀ", "ᅡ", "ᆨ",
	"😀", "👍🏽", "👨‍👩‍👧‍👦", "🏳️‍🌈", "❤️", "☎", "🇩🇪", "🇫🇷🇯", "🇺", "\u200d", "1️⃣", "🧑🏿‍🚀", "©\u200d®", "𠮷", "𝒜", "\U000E0067", "\U0010FFFF", "\uFFFD",
}

func anyText(t *rapid.T) string {
	parts := rapid.SliceOfN(rapid.OneOf(
		rapid.SampledFrom(pieces),
		rapid.SampledFrom(pieces),
		rapid.StringN(0, 4, -1),
	), 0, 60).Draw(t, "parts")
	return strings.ToValidUTF8(strings.Join(parts, ""), "?")
}

func TestUnitsAgreeWithNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyText(t)
		if rapid.Bool().Draw(t, "long") {
			s = strings.Repeat(s, 5)
		}
		checkUnits(t, s)
	})
}

func checkUnits(t interface {
	Fatalf(string, ...any)
	Helper()
}, s string,
) {
	t.Helper()
	x, o, u := New(s), 0, 0
	for b, r := range s {
		if got := x.ByteOf(o); got != b {
			t.Fatalf("ByteOf(%d) = %d, want %d in %q", o, got, b, s)
		}
		if got := x.UTF16Of(o); got != u {
			t.Fatalf("UTF16Of(%d) = %d, want %d in %q", o, got, u, s)
		}
		if got, ok := x.RuneOfUTF16(u); got != o || !ok {
			t.Fatalf("RuneOfUTF16(%d) = %d %v, want %d in %q", u, got, ok, o, s)
		}
		if x.RuneAt(o) != r {
			t.Fatalf("RuneAt(%d) = %q, want %q", o, x.RuneAt(o), r)
		}
		for k := 0; k < utf8.RuneLen(r); k++ {
			if got := x.RuneOf(b + k); got != o {
				t.Fatalf("RuneOf(%d) = %d, want %d in %q", b+k, got, o, s)
			}
		}
		if utf16.RuneLen(r) == 2 {
			if got, ok := x.RuneOfUTF16(u + 1); ok || got != o {
				t.Fatalf("RuneOfUTF16(%d) inside a pair = %d %v", u+1, got, ok)
			}
		}
		o, u = o+1, u+utf16.RuneLen(r)
	}
	if x.Len() != o || x.Bytes() != len(s) || x.ByteOf(o) != len(s) || x.RuneOf(len(s)) != o || x.UTF16Of(o) != u {
		t.Fatalf("wrong ends: %d code points, %d units in %q", o, u, s)
	}
	if got, ok := x.RuneOfUTF16(u); got != o || !ok {
		t.Fatalf("RuneOfUTF16(end) = %d %v", got, ok)
	}
	if _, ok := x.RuneOfUTF16(u + 1); ok {
		t.Fatalf("an offset behind the end is ok")
	}
}

func TestOutsideOffsetsAreClamped(t *testing.T) {
	for _, s := range []string{"", "abc", "aé😀"} {
		x := New(s)
		if x.ByteOf(-5) != 0 || x.ByteOf(99) != len(s) || x.RuneOf(-1) != 0 || x.RuneOf(99) != x.Len() {
			t.Errorf("%q: offsets outside are not clamped", s)
		}
		if x.Slice(Range{-3, 99}) != s || x.Slice(Range{2, 1}) != "" {
			t.Errorf("%q: Slice outside", s)
		}
	}
}

// naive segments the whole text line by line with the library.
func naive(s string, g Granularity) []int {
	borders, base := []int{0}, 0
	for _, line := range strings.SplitAfter(s, "\n") {
		for rest := line; rest != ""; {
			var n int
			switch g {
			case Character:
				it := graphemes.FromString(rest)
				it.Next()
				n = it.End()
			case Word:
				it := words.FromString(rest)
				it.Next()
				n = it.End()
			case Sentence:
				it := sentences.FromString(rest)
				it.Next()
				n = it.End()
			}
			base += utf8.RuneCountInString(rest[:n])
			borders, rest = append(borders, base), rest[n:]
		}
	}
	return borders
}

func TestWindowedBordersEqualWholeText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyText(t)
		x := New(s)
		for _, g := range []Granularity{Character, Word, Sentence} {
			borders := naive(s, g)
			i := 0
			for o := 0; o < x.Len(); o++ {
				if borders[i+1] <= o {
					i++
				}
				want := Range{borders[i], borders[i+1]}
				if got := x.segment(g, o); got != want {
					t.Fatalf("kind %d at %d: %v, want %v (%q) in %q", g, o, got, want, x.Slice(want), s)
				}
			}
			a := rapid.IntRange(0, x.Len()).Draw(t, "from")
			b := rapid.IntRange(a, x.Len()).Draw(t, "to")
			var want []Range
			for i := 1; i < len(borders); i++ {
				if seg := (Range{borders[i-1], borders[i]}); seg.Overlaps(Range{a, b}) {
					want = append(want, seg)
				}
			}
			k := 0
			for seg := range x.segments(g, Range{a, b}) {
				if k >= len(want) || want[k] != seg {
					t.Fatalf("kind %d segments of %d..%d: item %d is %v, want %v in %q", g, a, b, k, seg, want, s)
				}
				k++
			}
			if k != len(want) {
				t.Fatalf("kind %d: %d segments, want %d", g, k, len(want))
			}
		}
	})
}

func TestSegmentsOfLongLine(t *testing.T) {
	line := strings.Repeat("He can't say “no” to 北京会见了 1,000 times. É e\u0301 👨‍👩‍👧‍👦🇩🇪🇫🇷 ", 3000)
	x := New(line)
	for _, g := range []Granularity{Character, Word, Sentence} {
		borders := naive(line, g)
		k := 1
		for seg := range x.segments(g, Range{0, x.Len()}) {
			if want := (Range{borders[k-1], borders[k]}); seg != want {
				t.Fatalf("kind %d: segment %d is %v, want %v", g, k, seg, want)
			}
			k++
		}
		if k != len(borders) {
			t.Fatalf("kind %d: %d segments, want %d", g, k, len(borders))
		}
	}
}

func TestCaretMovesMatchBorders(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyText(t)
		x := New(s)
		borders := naive(s, Character)
		isBorder := map[int]bool{0: true, x.Len(): true}
		for _, b := range borders {
			isBorder[b] = true
		}
		o := rapid.IntRange(0, x.Len()).Draw(t, "o")
		if x.IsGrapheme(o) != isBorder[o] {
			t.Fatalf("IsGrapheme(%d) = %v in %q", o, x.IsGrapheme(o), s)
		}
		next, prev := x.NextGrapheme(o), x.PrevGrapheme(o)
		for k := o + 1; k <= x.Len() && o < x.Len(); k++ {
			if isBorder[k] {
				if next != k {
					t.Fatalf("NextGrapheme(%d) = %d, want %d in %q", o, next, k, s)
				}
				break
			}
		}
		for k := o - 1; k >= 0; k-- {
			if isBorder[k] {
				if prev != k {
					t.Fatalf("PrevGrapheme(%d) = %d, want %d in %q", o, prev, k, s)
				}
				break
			}
		}
		if w := x.NextWord(o); (w <= o && o < x.Len()) || w > x.Len() {
			t.Fatalf("NextWord(%d) = %d of %d", o, w, x.Len())
		}
		if w := x.PrevWord(o); (w >= o && o > 0) || w < 0 {
			t.Fatalf("PrevWord(%d) = %d", o, w)
		}
	})
}

func TestSnapAndTrim(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyText(t)
		x := New(s)
		a := rapid.IntRange(0, x.Len()).Draw(t, "a")
		b := rapid.IntRange(a, x.Len()).Draw(t, "b")
		g := rapid.SampledFrom([]Granularity{Character, Word, Sentence}).Draw(t, "g")
		r := Range{a, b}
		trimmed := x.Trim(r)
		if trimmed.Start < a || trimmed.End > b {
			t.Fatalf("Trim(%v) = %v grows", r, trimmed)
		}
		if strings.TrimFunc(x.Slice(r), unicode.IsSpace) != strings.TrimFunc(x.Slice(trimmed), unicode.IsSpace) {
			t.Fatalf("Trim(%v) = %v loses text of %q", r, trimmed, s)
		}
		if again := x.Trim(trimmed); again != trimmed {
			t.Fatalf("Trim is not idempotent: %v, %v in %q", trimmed, again, s)
		}
		snapped := x.Snap(r, g)
		if r.Empty() {
			if snapped != r {
				t.Fatalf("a caret %v became %v", r, snapped)
			}
			return
		}
		if !trimmed.Empty() && (snapped.Start > trimmed.Start || snapped.End < trimmed.End) {
			t.Fatalf("Snap(%v) = %v does not hold %v in %q", r, snapped, trimmed, s)
		}
		if again := x.Snap(snapped, g); again != snapped {
			t.Fatalf("Snap is not idempotent: %v, %v, %v in %q", r, snapped, again, s)
		}
		if !snapped.Empty() && (!x.IsGrapheme(snapped.Start) || !x.IsGrapheme(snapped.End)) {
			t.Fatalf("Snap(%v, %d) = %v cuts a character of %q", r, g, snapped, s)
		}
	})
}

func TestParagraphs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyText(t)
		x := New(s)
		at := 0
		for i, line := range strings.Split(s, "\n") {
			want := Range{at, at + utf8.RuneCountInString(line)}
			if x.Line(i) != want {
				t.Fatalf("Line(%d) = %v, want %v", i, x.Line(i), want)
			}
			for o := want.Start; o <= want.End; o++ {
				if got := x.Paragraph(o); got != want {
					t.Fatalf("Paragraph(%d) = %v, want %v in %q", o, got, want, s)
				}
			}
			at = want.End + 1
		}
		if x.Lines() != strings.Count(s, "\n")+1 {
			t.Fatalf("Lines() = %d", x.Lines())
		}
	})
}

func TestSnapExamples(t *testing.T) {
	for _, c := range []struct {
		s          string
		start, end int
		g          Granularity
		want       string
	}{
		{"The prime minister said", 5, 12, Word, "prime minister"},
		{"The prime minister said", 3, 9, Word, "prime"},
		{"One. Two three. Four", 7, 8, Sentence, "Two three."},
		{"One. Two three. Four", 4, 8, Sentence, "Two three."},
		{"👨‍👩‍👧‍👦 x", 1, 2, Character, "👨‍👩‍👧‍👦"},
		{"don't stop", 1, 2, Word, "don't"},
		{"قال الرئيس إن", 5, 6, Word, "الرئيس"},
		{"a\nb c\nd", 2, 3, Sentence, "b c"},
	} {
		x := New(c.s)
		if got := x.Slice(x.Snap(Range{c.start, c.end}, c.g)); got != c.want {
			t.Errorf("Snap of %d..%d in %q = %q, want %q", c.start, c.end, c.s, got, c.want)
		}
	}
	x := New("a b, cd! e")
	if got := []int{x.NextWord(0), x.NextWord(3), x.NextWord(9), x.PrevWord(9), x.PrevWord(1)}; got[0] != 1 || got[1] != 7 || got[2] != 10 || got[3] != 5 || got[4] != 0 {
		t.Errorf("word moves: %v", got)
	}
	if got := x.Quote([]Range{{0, 1}, {5, 7}}); got != "a cd" {
		t.Errorf("Quote = %q", got)
	}
}
