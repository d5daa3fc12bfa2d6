package find

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lede/annotate/text"
)

func places(t *testing.T, q Query, s string) []text.Range {
	t.Helper()
	m, err := Compile(q)
	if err != nil {
		t.Fatal(err)
	}
	h, err := m.Find(context.Background(), text.New(s), 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	if len(h.At) != h.Count {
		t.Fatalf("%d places, but %d counted", len(h.At), h.Count)
	}
	return h.At
}

// TestPlaces lists what is found, marked in the text with «».
func TestPlaces(t *testing.T) {
	for _, c := range []struct {
		name string
		q    Query
		want string
	}{
		{"as it is", Query{Text: "port"}, "The «port» of im«port»s."},
		{"any case", Query{Text: "berlin"}, "«Berlin», «BERLIN», «berlin»"},
		{"match case", Query{Text: "Berlin", Case: true}, "«Berlin», BERLIN, berlin"},
		{"whole words", Query{Text: "port", Word: true}, "The «port» of imports, «port»-side, port's; «port»"},
		{"not overlapping", Query{Text: "aa"}, "«aa»«aa»a"},
		{"a later word overlaps", Query{Text: "a b a", Word: true}, "xa b «a b a»"},
		{"decomposed in the text", Query{Text: "café"}, "«cafe\u0301», «café», cafe, «CAFÉ»"},
		{"decomposed in the query", Query{Text: "cafe\u0301"}, "«cafe\u0301», «café», cafe"},
		{"not a part of a grapheme", Query{Text: "e"}, "e\u0301 é «e»"},
		{"order of marks", Query{Text: "q\u0307\u0323"}, "«q\u0323\u0307» «q\u0307\u0323» q\u0323"},
		{"full folding", Query{Text: "strasse"}, "«Straße» «STRASSE»"},
		{"half of ß", Query{Text: "s"}, "ß «s»"},
		{"ligature", Query{Text: "fi"}, "«ﬁ» «fi»"},
		{"Greek final sigma", Query{Text: "ΟΔΟΣ"}, "«οδος» «ΟΔΟΣ» Οδός"},
		{"apostrophes", Query{Text: "don't"}, "«don’t» «don't» «DONʼT»"},
		{"quotation marks", Query{Text: `"no"`}, "«“no”» «\"no\"»"},
		{"blanks", Query{Text: "New York"}, "«New\nYork» «New\u00a0York» New  York"},
		{"Han", Query{Text: "罢工", Word: true}, "码头«罢工»委员会，«罢工»"},
		{"Hangul", Query{Text: "가"}, "«가» 각 «\u1100\u1161» \u1100\u1161\u11a8"},
		{"Arabic", Query{Text: "الميناء", Word: true}, "«الميناء» والميناء «الميناء»."},
		{"Arabic vowels are marks", Query{Text: "كتب"}, "«كتب» كَتَبَ"},
		{"Devanagari", Query{Text: "हड़ताल"}, "«हड़ताल» «हड\u093cताल»"},
		{"emoji", Query{Text: "👩‍👩‍👧"}, "«👩‍👩‍👧» 👩‍👩‍👧‍👦 👩"},
		{"half a flag", Query{Text: "🇩"}, "🇩🇪"},
		{"a skin tone is part of it", Query{Text: "👍"}, "👍🏽 «👍»"},
		{"nothing", Query{Text: ""}, "anything"},
		{"the end", Query{Text: "end"}, "the «end»"},
		{"a control character", Query{Text: "\u0301"}, "a\u0301 \n«\u0301»"},

		{"expression", Query{Text: `\d+`, Regexp: true}, "«12» and «3»"},
		{"expression, any case", Query{Text: `b[aeiou]r`, Regexp: true}, "«Bar» «BER»lin"},
		{"expression, case", Query{Text: `b[aeiou]r`, Regexp: true, Case: true}, "Bar «bor»"},
		{"expression, words", Query{Text: `p\w+t`, Regexp: true, Word: true}, "a «port», ports"},
		{"lines", Query{Text: `^\w+$`, Regexp: true}, "«one»\ntwo three\n«four»"},
		{"across lines", Query{Text: `e\s+t`, Regexp: true}, "on«e\nt»wo"},
		{"the whole text", Query{Text: `\A.|.\z`, Regexp: true}, "«o»ne\ntw«o»"},
		{"a character is a grapheme", Query{Text: `.`, Regexp: true}, "«e\u0301»«👩‍👩‍👧»«x»"},
		{"every character, across lines", Query{Text: `(?s).`, Regexp: true}, "«e\u0301»«👩‍👩‍👧»«\n»«x»"},
		{"empty matches", Query{Text: `x*`, Regexp: true}, "a«xx»b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			bare := strings.NewReplacer("«", "", "»", "").Replace(c.want)
			in := text.New(bare)
			got := ""
			at := 0
			for _, r := range places(t, c.q, bare) {
				got += in.Slice(text.Range{Start: at, End: r.Start}) + "«" + in.Slice(r) + "»"
				at = r.End
			}
			got += in.Slice(text.Range{Start: at, End: in.Len()})
			if got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

// naive finds by the definition: of all stretches between grapheme borders, the
// first ones that fold to the same.
func naive(q Query, s string) []text.Range {
	t := text.New(s)
	f := newFolder(q.Case)
	needle := f.fold(q.Text)
	var found []text.Range
	for i := 0; i < t.Len(); {
		end := -1
		if t.IsGrapheme(i) && (!q.Word || t.Word(i).Start == i) {
			for j := i + 1; j <= t.Len() && end < 0; j++ {
				r := text.Range{Start: i, End: j}
				border := j == t.Len() || !q.Word || t.Word(j).Start == j
				if border && t.IsGrapheme(j) && f.fold(t.Slice(r)) == needle {
					end = j
				}
			}
		}
		if end < 0 {
			i++
			continue
		}
		found = append(found, text.Range{Start: i, End: end})
		i = end
	}
	return found
}

var alphabet = []string{
	"a", "b", "A", "B", " ", "\n", "\u00a0", "e\u0301", "é", "É", "e", "\u0301", "\u0323", "ß", "s", "S", "ſ", "ﬁ", "f", "i", "İ", "ı",
	"σ", "ς", "Σ", "ᾳ", "\u0345", "α", "가", "각", "\u1100", "\u1161", "\u11a8", "工", "罢", "ا", "ل", "\u064e", "ड़", "ड", "\u093c", "\u094d",
	"👩", "\u200d", "👧", "🇩", "🇪", "🏽", "👍", "'", "’", "“", "\"", "-", "\u2011", "\r", "ŉ", "ǰ", "ΐ", "Å", "\u212b", "\u0f71", "\u0f72", "\u0f80",
}

func anyText(most int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(alphabet), 0, most).Draw(t, "text"), "")
	})
}

// TestAgreesWithTheDefinition compares with the naive search.
func TestAgreesWithTheDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyText(30).Draw(t, "s")
		q := Query{Text: anyText(4).Draw(t, "q"), Word: rapid.Bool().Draw(t, "word"), Case: rapid.Bool().Draw(t, "case")}
		if in := text.New(s); rapid.Bool().Draw(t, "from the text") && in.Len() > 0 {
			from := rapid.IntRange(0, in.Len()-1).Draw(t, "from")
			q.Text = in.Slice(text.Range{Start: from, End: min(in.Len(), from+rapid.IntRange(1, 5).Draw(t, "n"))})
		}
		agree(t, q, s)
	})
}

type failer interface {
	Helper()
	Fatalf(string, ...any)
}

func agree(t failer, q Query, s string) {
	t.Helper()
	m, _ := Compile(q)
	h, _ := m.Find(context.Background(), text.New(s), 1<<30)
	if want := naive(q, s); q.Text != "" && !slices.Equal(h.At, want) {
		t.Fatalf("%+q in %+q: %v, by the definition %v", q.Text, s, h.At, want)
	}
}

// TestPieces has places at every distance from where a long text is cut.
func TestPieces(t *testing.T) {
	for _, fill := range []string{"x", "é", "각", "e\u0301", "ß"} {
		for shift := range 12 {
			n := (piece + 100) / len(fill)
			s := strings.Repeat(fill, n/2-shift) + strings.Repeat("Straße.", 8) + strings.Repeat(fill, n) + strings.Repeat("STRASSE", 3) + fill
			got := places(t, Query{Text: "strasse"}, s)
			if len(got) != 11 {
				t.Fatalf("%q, %d: %d places", fill, shift, len(got))
			}
			in := text.New(s)
			if n := len(places(t, Query{Text: "."}, s)); n != 8 {
				t.Fatalf("%q, %d: %d full stops", fill, shift, n)
			}
			for _, r := range got {
				if w := in.Slice(r); w != "Straße" && w != "STRASSE" {
					t.Fatalf("%q, %d: %q", fill, shift, w)
				}
			}
		}
	}
}

// TestPatternAgrees compares expressions with Go's own, in lines and across them.
func TestPatternAgrees(t *testing.T) {
	patterns := []string{`[ab]+`, `\bs\w*`, `^.`, `.$`, `(a|b)\s`, `[^a]`, `\S+`, `(?s)a.b`, `x*`, `\Aa`}
	rapid.Check(t, func(t *rapid.T) {
		s := anyText(25).Draw(t, "s")
		p := rapid.SampledFrom(patterns).Draw(t, "pattern")
		in := text.New(s)
		var want []text.Range
		for _, m := range regexp.MustCompile("(?im)"+p).FindAllStringIndex(s, -1) {
			r := text.Range{Start: in.RuneOf(m[0]), End: in.RuneOf(m[1])}
			for !in.IsGrapheme(r.Start) {
				r.Start--
			}
			for !in.IsGrapheme(r.End) {
				r.End++
			}
			if m[0] < m[1] && (len(want) == 0 || want[len(want)-1].End <= r.Start) {
				want = append(want, r)
			}
		}
		m, err := Compile(Query{Text: p, Regexp: true})
		if err != nil {
			t.Fatal(err)
		}
		got, _ := m.Find(context.Background(), in, 1<<30)
		if !slices.Equal(got.At, want) {
			t.Fatalf("%s in %+q: %v, not %v", p, s, got.At, want)
		}
	})
}

// TestBadPattern says what is wrong and where.
func TestBadPattern(t *testing.T) {
	got := map[string]string{}
	want := map[string]string{
		`(a(b)`:   "A “(” is never closed (character 1).",
		`é[(](b`:  "A “(” is never closed (character 5).",
		`ab)c`:    "A “)” has no “(” before it (character 3).",
		`[a][b`:   "A “[” is never closed (character 4).",
		`a*(*b)`:  "“*” has nothing before it to repeat (character 4).",
		`a**`:     "“**” repeats twice (character 2).",
		`a{2000}`: "“{2000}” repeats too often; 1000 is the most (character 2).",
		`x[z-a]`:  "“z-a” is no range of characters (character 3).",
		`港\y`:     "“\\y” means nothing here (character 2).",
		`abc\`:    "A “\\” at the end needs a character behind it (character 4).",
		`a(?=b)`:  "“(?=” is not known here: there is no looking ahead or behind (character 2).",
	}
	for p := range want {
		_, err := Compile(Query{Text: p, Regexp: true})
		var bad *BadPattern
		if !errors.As(err, &bad) {
			t.Errorf("%s: %v", p, err)
			continue
		}
		got[p] = bad.Reason
		if strings.Contains(bad.Reason, "character") && !strings.Contains(bad.Reason, fmt.Sprintf("character %d)", bad.At+1)) {
			t.Errorf("%s: at %d, but %q", p, bad.At, bad.Reason)
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// TestKeepsCountsAndEnds keeps few and counts all, and ends with its context.
func TestKeepsCountsAndEnds(t *testing.T) {
	in := text.New(strings.Repeat("war and peace\n", 1000))
	for _, q := range []Query{{Text: "A"}, {Text: "a", Regexp: true}, {Text: `a[^b]`, Regexp: true}} {
		m, err := Compile(q)
		if err != nil {
			t.Fatal(err)
		}
		h, err := m.Find(context.Background(), in, 7)
		if err != nil || h.Count != 3000 || len(h.At) != 7 {
			t.Errorf("%v: %d places, %d kept, %v", q, h.Count, len(h.At), err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		if _, err := m.Find(ctx, in, 7); !errors.Is(err, context.Canceled) {
			t.Errorf("%v: %v after the end", q, err)
		}
		n := 0
		for range m.In(context.Background(), in) {
			if n++; n == 3 {
				break
			}
		}
		if n != 3 {
			t.Errorf("%v: went on after %d", q, n)
		}
	}
}

func FuzzLiteral(f *testing.F) {
	f.Add("Straße des e\u0301te\u0301", "été", false, true)
	f.Add("\n\u0301\r\n가각", "가", true, false)
	f.Add("ŉ\u0345\u0323 İi\u0307", "i\u0307", false, false)
	f.Fuzz(func(t *testing.T, s, q string, word, exact bool) {
		s, q = strings.ToValidUTF8(s, "?"), strings.ToValidUTF8(q, "?")
		if len(s) > 60 || len(q) > 20 {
			return
		}
		agree(t, Query{Text: q, Word: word, Case: exact}, s)
	})
}

func FuzzPattern(f *testing.F) {
	for _, p := range []string{`(a(b)`, `[a][b`, `a**`, `\`, `(?P<n`, `\pX`, `.`, `(?s).+?`, `x{1,0}`} {
		f.Add(p, "some e\u0301 text\nof two lines")
	}
	f.Fuzz(func(t *testing.T, p, s string) {
		s = strings.ToValidUTF8(s, "?")
		m, err := Compile(Query{Text: p, Regexp: true})
		if err != nil {
			var bad *BadPattern
			if !errors.As(err, &bad) || bad.Reason == "" || bad.At < 0 || bad.At > len([]rune(p)) {
				t.Fatalf("%q: %#v", p, err)
			}
			return
		}
		in := text.New(s)
		end := 0
		for r := range m.In(context.Background(), in) {
			if r.Empty() || r.Start < end || !in.IsGrapheme(r.Start) || !in.IsGrapheme(r.End) {
				t.Fatalf("%q in %q: %v after %d", p, s, r, end)
			}
			end = r.End
		}
	})
}

// TestPatternsInLongLines finds in one long line what it finds in short ones, and
// gathers nothing there.
func TestPatternsInLongLines(t *testing.T) {
	words := strings.Repeat("Ärger im Hafen 👩‍👩‍👧. ", 5000)
	long, short := text.New("kurz\n"+words+"\nHafen"), text.New("kurz\n"+strings.ReplaceAll(words, ". ", ".\n")+"\nHafen")
	for _, expression := range []string{"hafen", `\bim\b`, "[[:alpha:]]+", ".", "a*", `\.$`} {
		m, err := Compile(Query{Text: expression, Regexp: true})
		if err != nil {
			t.Fatal(err)
		}
		in := func(x *text.Text) (found []text.Range) {
			for r := range m.In(context.Background(), x) {
				if x.Slice(r) != " " { // the short lines have fewer
					found = append(found, r)
				}
			}
			return found
		}
		if expression == `\.$` {
			if n := len(in(long)); n != 0 {
				t.Errorf("%s: %d places, the line ends with a blank", expression, n)
			}
			continue
		}
		if a, b := in(long), in(short); len(a) == 0 || !slices.Equal(a, b) {
			t.Errorf("%s: %d places in a long line, %d in short ones", expression, len(a), len(b))
		}
	}
}
