package token_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate/format"
	"lede/annotate/format/token"
	"lede/annotate/text"
)

func split(name, s string, cuts ...int) string {
	t := text.New(s)
	var words []string
	for _, k := range token.Split(name, t, text.Range{End: t.Len()}, cuts) {
		w := t.Slice(k.Range)
		if k.Space {
			w += "_"
		}
		words = append(words, w)
	}
	return strings.Join(words, "|")
}

func TestSplit(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"words", "“We can't,” said  Ana\u00a0Müller 😀.", "“|We_|can't|,|”_|said_|Ana|Müller_|😀|."},
		{"words", " \n", ""},
		{"whitespace", "“We can't,” said\tAna\u2028x\uFEFFy", "“We_|can't,”_|said|Ana|x\uFEFFy"},
		{"english", "“We can't,” said Ana.", "“|We_|ca|n't|,|”_|said_|Ana|."},
		{"english", "They're gonna pay $1,000.50 (5% more).", "They|'re_|gon|na_|pay_|$|1,000.50_|(|5|%_|more|)|."},
		{"english", "Mr. Smith's U.S. aide didn’t go at 10:30 a.m.", "Mr._|Smith|'s_|U.S._|aide_|did|n’t_|go_|at_|10:30_|a.m."},
		{"english", "See https://example.com/a?b=1, or mail a.b@example.org.", "See_|https://example.com/a?b=1|,_|or_|mail_|a.b@example.org|."},
		{"english", "well-known wait...what? 10km and/or end.Next", "well|-|known_|wait|...|what|?_|10|km_|and|/|or_|end|.|Next"},
		{"english", "\"'Tis so,' he said\" #news @bbc :) 1990s -5", "\"|'Tis_|so|,|'_|he_|said|\"_|#|news_|@bbc_|:)_|1990s_|-5"},
		{"english", "good👍🏽👨‍👩‍👧🇩🇪🇫🇷!", "good|👍🏽|👨‍👩‍👧|🇩🇪|🇫🇷|!"},
		{"english", "I'd've said no. Co. No. 5 couldn't've", "I|'d|'ve_|said_|no|._|Co._|No._|5_|could|n't|'ve"},
		{"english", "北京会见了。 ((((", "北京会见了|。_|(|(|(|("},
		{token.GLiNER, "a-b_c d--e -x2² don't e\u0301_- 北京", "a-b_c_|d|-|-|e_|-|x2²_|don|'|t_|e|\u0301|_|-_|北京"},
	} {
		if got := split(c.name, c.in); got != c.want {
			t.Errorf("%s %q\n got %s\nwant %s", c.name, c.in, got, c.want)
		}
	}
	if got := split("words", "Anna-Lena said", 9, 2, 20); got != "An|na|-|Lena_|said" {
		t.Error(got)
	}
}

var snippets = []string{
	"The", "minister", "can't", "U.S.", "“We", "win”", ",", ".", "...", "\n", "\n\n", " ", "  ", "é", "e\u0301", "👍🏽", "👨‍👩‍👧‍👦", "🇩🇪", "קרא", "قال", "\u200f", "北京",
	"𠮷", "\u2028", "\u0085", "\v", "\t", "\u00a0", "\uFEFF", "a_b", "-", "--", "'s", "@x", "http://a.b/c", "1,000", "$5m", "\u200d", ")", "\u3000", "°C", "'",
}

func genText(t *rapid.T) *text.Text {
	return text.New(strings.Join(rapid.SliceOfN(rapid.SampledFrom(snippets), 0, 30).Draw(t, "text"), rapid.SampledFrom([]string{" ", ""}).Draw(t, "glue")))
}

func genRange(t *rapid.T, in *text.Text) text.Range {
	a, b := rapid.IntRange(0, in.Len()).Draw(t, "a"), rapid.IntRange(0, in.Len()).Draw(t, "b")
	return text.Range{Start: min(a, b), End: max(a, b)}
}

// TestTokensCoverTheText: every character that is no white space lies in one token, no
// token goes across a cut, none holds white space, and Space is as the text is.
func TestTokensCoverTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := genText(t)
		r := genRange(t, in)
		cuts := rapid.SliceOfN(rapid.IntRange(0, in.Len()), 0, 6).Draw(t, "cuts")
		for _, name := range append([]string{token.GLiNER}, token.Names...) {
			at := r.Start
			for _, k := range token.Split(name, in, r, cuts) {
				if k.Start < at || k.Empty() || k.End > r.End {
					t.Fatalf("%s: %v behind %d in %v", name, k, at, r)
				}
				if gap := in.Slice(text.Range{Start: at, End: k.Start}); strings.IndexFunc(gap, func(c rune) bool { return !token.Blank(c) }) >= 0 {
					t.Fatalf("%s: %q lies in no token", name, gap)
				}
				if strings.IndexFunc(in.Slice(k.Range), token.Blank) >= 0 {
					t.Fatalf("%s: %q holds white space", name, in.Slice(k.Range))
				}
				for _, c := range cuts {
					if k.Start < c && c < k.End {
						t.Fatalf("%s: %v goes across %d", name, k, c)
					}
				}
				if k.Space != (k.End < r.End && in.RuneAt(k.End) == ' ') {
					t.Fatalf("%s: %v space %v", name, k, k.Space)
				}
				at = k.End
			}
			if rest := in.Slice(text.Range{Start: at, End: r.End}); strings.IndexFunc(rest, func(c rune) bool { return !token.Blank(c) }) >= 0 {
				t.Fatalf("%s: %q lies in no token", name, rest)
			}
		}
	})
}

func TestPiecesCoverTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := genText(t)
		keep := make([]text.Range, rapid.IntRange(0, 4).Draw(t, "n"))
		for i := range keep {
			keep[i] = genRange(t, in)
		}
		for _, list := range [][]text.Range{token.Sentences(in, keep), token.Paragraphs(in, keep)} {
			at := 0
			for _, p := range list {
				if p.Start != at || p.Empty() {
					t.Fatalf("%v behind %d", p, at)
				}
				at = p.End
				for _, k := range keep {
					if k.Start < at && at < k.End {
						t.Fatalf("%v is broken at %d", k, at)
					}
				}
			}
			if at != in.Len() {
				t.Fatalf("%d of %d", at, in.Len())
			}
		}
	})
	in := text.New("One two. Three four.\nFive.\n")
	if got := token.Sentences(in, nil); !slices.Equal(got, []text.Range{{Start: 0, End: 9}, {Start: 9, End: 21}, {Start: 21, End: 27}}) {
		t.Error(got)
	}
	if got := token.Sentences(in, []text.Range{{Start: 4, End: 12}}); !slices.Equal(got, []text.Range{{Start: 0, End: 21}, {Start: 21, End: 27}}) {
		t.Error(got)
	}
	if got := token.Paragraphs(in, []text.Range{{Start: 4, End: 9}, {Start: 18, End: 23}}); len(got) != 1 {
		t.Error(got)
	}
}

func TestLay(t *testing.T) {
	span := func(id string, fragments ...text.Range) format.Span {
		return format.Span{ID: id, Label: "l" + id, Fragments: fragments}
	}
	a := &format.Article{Ref: "r", Text: " Ana Lee said: yes. “No,” he said. "}
	spans := []format.Span{
		span("a", text.Range{Start: 1, End: 9}), span("b", text.Range{Start: 5, End: 8}), span("c", text.Range{Start: 20, End: 25}, text.Range{Start: 26, End: 28}),
		span("d", text.Range{Start: 0, End: 1}),
	}
	relations := []format.Relation{{ID: "1", Type: "t", From: "b", To: "a"}, {ID: "2", Type: "t", From: "c", To: "a"}, {ID: "3", Type: "t", From: "c", To: "c"}}
	for _, c := range []struct {
		unit         string
		want         string
		lost         int
		split, blank int
		cut          int
	}{
		{"article", "0-35 la[0,2) lb[1,2) lc[6,10) lc[10,11)", 0, 1, 2, 0},
		{"sentence", "1-19 la[0,2) lb[1,2) / 20-34 lc[0,4) lc[4,5)", 1, 1, 2, 0},
		{"window:2", "1-8 la[0,2) lb[1,2) / 9-14 / 15-19 / 20-23 lc[0,2) / 23-25 lc[0,2) / 26-33 lc[0,1) / 33-34", 1, 1, 2, 1},
		{"window:3:2", "1-13 la[0,2) lb[1,2) / 9-18 / 15-21 lc[2,3) / 20-24 lc[0,3) / 23-28 lc[0,2) lc[2,3) / 26-34 lc[0,1)", 1, 1, 2, 2},
	} {
		job := &format.Job{}
		layout, err := token.ParseLayout(format.Settings{"unit": c.unit, "tokenizer": "words"})
		if err != nil {
			t.Fatal(err)
		}
		records := layout.Lay(a, spans, job)
		if got := show(records); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.unit, got, c.want)
		}
		if _, lost := token.Links(records, relations); len(lost) != c.lost {
			t.Errorf("%s: %d relations lost", c.unit, len(lost))
		}
		for _, r := range records {
			if n := len(r.Tokens); n > 0 && r.End < 35 && r.Tokens[n-1].Space {
				t.Errorf("%s: a blank behind the end of %v", c.unit, r)
			}
		}
	}
	links, _ := token.Links(token.Layout{Unit: format.Unit{Name: "article"}}.Lay(a, spans, &format.Job{}), relations)
	if len(links) != 1 || len(links[0]) != 3 || links[0][0].From != 1 || links[0][0].To != 0 || links[0][1].From != 2 || links[0][2].To != 2 {
		t.Errorf("%+v", links)
	}
}

func show(records []token.Record) string {
	var all []string
	for _, r := range records {
		s := strings.TrimSpace(strings.Join(append([]string{place(r.Start, r.End, "-", "")}, entities(r)...), " "))
		all = append(all, s)
	}
	return strings.Join(all, " / ")
}

func entities(r token.Record) []string {
	var list []string
	for _, e := range r.Entities {
		list = append(list, e.Span.Label+place(e.First, e.End, ",", "["))
	}
	return list
}

func place(from, to int, sep, open string) string {
	end := ""
	if open != "" {
		end = ")"
	}
	return open + strconv.Itoa(from) + sep + strconv.Itoa(to) + end
}
