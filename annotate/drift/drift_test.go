package drift_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate/drift"
	"lede/annotate/text"
)

// span is the range of the nth occurrence (from 0) of words in a text.
func span(t testing.TB, s, words string, n int) text.Range {
	t.Helper()
	at := 0
	for ; ; n-- {
		i := strings.Index(s[at:], words)
		if i < 0 {
			t.Fatalf("%q is not in %q", words, s)
		}
		if at += i; n == 0 {
			break
		}
		at += len(words)
	}
	start := len([]rune(s[:at]))
	return text.Range{Start: start, End: start + len([]rune(words))}
}

func TestAnchor(t *testing.T) {
	for name, c := range map[string]struct {
		old, now, words string
		nth             int
		fate            drift.Fate
		want            int // start in the new text
	}{
		"nothing changed":            {"Ana met Ben.", "Ana met Ben.", "Ben", 0, drift.Same, 8},
		"words in front":             {"Ana met Ben.", "On Monday Ana met Ben.", "Ben", 0, drift.Moved, 18},
		"emoji in front":             {"Ana met Ben.", "👩🏽‍🚒 Ana met Ben.", "Ana", 0, drift.Moved, 5},
		"a misspelled neighbour":     {"The minster Ana Lund resigned.", "The minister Ana Lund resigned.", "Ana Lund", 0, drift.Moved, 13},
		"corrected words":            {"The minster resigned.", "The minister resigned.", "minster", 0, drift.Lost, 0},
		"cut words":                  {"Ana met Ben. He left.", "Ana met Ben.", "He", 0, drift.Lost, 0},
		"set anew":                   {"said Ana\nLund, who", "said Ana Lund, who", "Ana\nLund", 0, drift.Same, 5},
		"a part of a word":           {"three dockworkers", "three hundred dockworkers", "dock", 0, drift.Moved, 14},
		"not inside another word":    {"all that he said", "all that she said", "he", 0, drift.Lost, 0},
		"the first of two is cut":    {"Ana spoke. Ana left.", "Ana left.", "Ana", 0, drift.Lost, 0},
		"the second of two":          {"Ana spoke. Ana left.", "Ana left.", "Ana", 1, drift.Moved, 0},
		"a new word like an old one": {"Ana met Ben. He left.", "He met Ben.", "He", 0, drift.Unsure, 0},
		"the whole text is another":  {"Ana met Ben.", "Nothing is left here", "Ben", 0, drift.Lost, 0},
		"no text":                    {"Ana met Ben.", "", "Ben", 0, drift.Lost, 0},
		"Chinese":                    {"港务局与工会的谈判", "昨天港务局与工会的谈判", "工会", 0, drift.Moved, 6},
		"Arabic":                     {"قالت النقابة إن العرض", "أمس قالت النقابة إن العرض", "النقابة", 0, drift.Moved, 9},
	} {
		old, now := text.New(c.old), text.New(c.now)
		r := span(t, c.old, c.words, c.nth)
		got, fate := drift.New(old, now).Anchor([]text.Range{r})
		if fate != c.fate || (fate == drift.Same || fate == drift.Moved) && got[0].Start != c.want {
			t.Errorf("%s: %v %v, want %v at %d", name, fate, got, c.fate, c.want)
		}
	}
}

// TestMovedParagraph: what stands elsewhere is found by itself or by its neighbours.
func TestMovedParagraph(t *testing.T) {
	a := "First the council met in the old hall and argued for nine hours about harbours.\n\n"
	b := "“We were offered the same page,” said Ilse Brandvik of the union of dockers.\n\n"
	c := "Then the council voted, in the old hall, and everybody went home about midnight.\n"
	old, now := text.New(a+b+c), text.New(b+a+c)
	m := drift.New(old, now)
	for _, words := range []string{"Ilse Brandvik", "We were offered the same page", "the old hall", "everybody"} {
		r := span(t, a+b+c, words, 0)
		got, fate := m.Anchor([]text.Range{r})
		if want := span(t, b+a+c, words, 0); (fate != drift.Moved && fate != drift.Same) || got[0] != want {
			t.Errorf("%q: %v %v, want %v", words, fate, got, want)
		}
	}
}

func TestFragments(t *testing.T) {
	old := "“Nobody,” said Ana, “goes back.”"
	parts := func(s string) []text.Range {
		return []text.Range{span(t, s, "“Nobody,”", 0), span(t, s, "“goes back.”", 0)}
	}
	now := "In the end: “Nobody,” said the tired Ana, “goes back.”"
	got, fate := drift.New(text.New(old), text.New(now)).Anchor(parts(old))
	if fate != drift.Moved || !slices.Equal(got, parts(now)) {
		t.Errorf("%v %v", fate, got)
	}
	if got, fate := drift.New(text.New(old), text.New("“goes back.” “Nobody,”")).Anchor(parts(old)); fate == drift.Same || fate == drift.Moved {
		t.Errorf("in the other order they are at %v", got)
	}
	if _, fate := drift.New(text.New(old), text.New("“Nobody,” said Ana.")).Anchor(parts(old)); fate != drift.Lost {
		t.Errorf("with half of it gone it is %v", fate)
	}
}

// piece is a word of a text with where it came from: -1 for a new one.
type piece struct {
	word string
	from int
}

// TestRandomEdits: in texts of different words, a span whose words all stand next to
// one another lands on just these, and one that lost a word or has others between its
// own is nowhere.
func TestRandomEdits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 60).Draw(t, "words")
		var old []piece
		for i := range n {
			old = append(old, piece{fmt.Sprintf("%s%d", rapid.SampledFrom([]string{"w", "é", "字", "ق", "👍x"}).Draw(t, "script"), i), i})
		}
		now, moved := slices.Clone(old), false
		for k := range rapid.IntRange(0, 12).Draw(t, "edits") {
			at := rapid.IntRange(0, len(now)).Draw(t, "at")
			switch rapid.IntRange(0, 3).Draw(t, "edit") {
			case 0:
				now = slices.Insert(now, at, piece{fmt.Sprintf("new%d", k), -1})
			case 1:
				to := rapid.IntRange(at, min(len(now), at+5)).Draw(t, "to")
				now = slices.Delete(now, at, to)
			case 2:
				if at < len(now) {
					now[at] = piece{fmt.Sprintf("other%d", k), -1}
				}
			case 3: // move a stretch
				to := rapid.IntRange(at, min(len(now), at+6)).Draw(t, "to")
				stretch := slices.Clone(now[at:to])
				now, moved = slices.Delete(now, at, to), true
				now = slices.Insert(now, rapid.IntRange(0, len(now)).Draw(t, "where"), stretch...)
			}
		}
		oldText, oldAt := lay(old, rapid.SampledFrom([]string{" ", "\n", "  "}).Draw(t, "blank"))
		newText, newAt := lay(now, rapid.SampledFrom([]string{" ", "\n", " \n"}).Draw(t, "new blank"))
		m := drift.New(text.New(oldText), text.New(newText))
		for i := range n {
			for last := i; last < min(n, i+4); last++ {
				r := text.Range{Start: oldAt[i].Start, End: oldAt[last].End}
				got, fate := m.Anchor([]text.Range{r})
				k := slices.IndexFunc(now, func(p piece) bool { return p.from == i })
				stands := k >= 0 && k+last-i < len(now)
				for d := 0; stands && d <= last-i; d++ {
					stands = now[k+d].from == i+d
				}
				if !stands {
					if fate != drift.Lost && fate != drift.Unsure {
						t.Fatalf("%q is not in %q, and found at %v", oldText[:], newText, got)
					}
					continue
				}
				if fate == drift.Unsure && moved && last == i && !beside(now, k, n) {
					continue // one word that was moved alone may be another one
				}
				want := text.Range{Start: newAt[k].Start, End: newAt[k+last-i].End}
				if (fate != drift.Same && fate != drift.Moved) || got[0] != want {
					t.Fatalf("words %d–%d of %q are at %v in %q, not %v (%s)", i, last, oldText, want, newText, got, fate)
				}
			}
		}
	})
}

// beside says whether a word has a neighbour, or the end of the text, that it had before.
func beside(now []piece, k, n int) bool {
	i := now[k].from
	left := k > 0 && i > 0 && now[k-1].from == i-1 || k == 0 && i == 0
	right := k+1 < len(now) && i+1 < n && now[k+1].from == i+1 || k+1 == len(now) && i+1 == n
	return left || right
}

// lay writes words out and says where each is.
func lay(list []piece, blank string) (string, []text.Range) {
	var b strings.Builder
	var at []text.Range
	n := 0
	for i, p := range list {
		if i > 0 {
			b.WriteString(blank)
			n += len([]rune(blank))
		}
		b.WriteString(p.word)
		size := len([]rune(p.word))
		at = append(at, text.Range{Start: n, End: n + size})
		n += size
	}
	return b.String(), at
}

// TestNeverOtherWords: in any texts, of few words that repeat, what an anchor gives
// reads like the span, and no two different words of the old text get one place that
// the diff gave to one of them.
func TestNeverOtherWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := []string{"he", "the", "Ana", "said", ".", "”", " ", "\n", "\u2028", "é", "e\u0301", "👍🏽", "字", "قال"}
		gen := func(label string) string {
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 40).Draw(t, label), rapid.SampledFrom([]string{"", " "}).Draw(t, "glue"))
		}
		a, b := gen("old"), gen("new")
		if rapid.Bool().Draw(t, "edited") {
			cut := []rune(a)
			k := rapid.IntRange(0, len(cut)).Draw(t, "cut")
			b = string(cut[:k]) + gen("inserted") + string(cut[k:])
		}
		old, now := text.New(a), text.New(b)
		m := drift.New(old, now)
		for start := range old.Len() {
			for end := start + 1; end <= min(old.Len(), start+8); end++ {
				r := text.Range{Start: start, End: end}
				got, fate := m.Anchor([]text.Range{r})
				if fate == drift.Lost || fate == drift.Unsure {
					continue
				}
				if got[0].Empty() || got[0].End > now.Len() || !slices.Equal(strings.Fields(old.Slice(r)), strings.Fields(now.Slice(got[0]))) {
					t.Fatalf("%q is taken for %q at %v", old.Slice(r), now.Slice(got[0]), got)
				}
			}
		}
	})
}
