package text

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestQuoted(t *testing.T) {
	for name, c := range map[string]struct {
		s    string
		want []string
	}{
		"split":                  {`“We will stay,” he said, “until it ends.” They left.`, []string{"“We will stay,”", "“until it ends.”"}},
		"straight":               {`"We will stay," he said, "until it ends."`, []string{`"We will stay,"`, `"until it ends."`}},
		"German":                 {`„Wir bleiben“, sagte er, „bis es endet.“`, []string{"„Wir bleiben“", "„bis es endet.“"}},
		"German, closed as here": {`„Wir bleiben”, sagte er.`, []string{"„Wir bleiben”"}},
		"German guillemets":      {`»Wir bleiben«, sagte er, »bis es endet.«`, []string{"»Wir bleiben«", "»bis es endet.«"}},
		"French":                 {`« Nous restons », dit-il, « jusqu’au bout ».`, []string{"« Nous restons »", "« jusqu’au bout »"}},
		"Swedish":                {`”Vi stannar”, sade han, ”tills det tar slut.”`, []string{"”Vi stannar”", "”tills det tar slut.”"}},
		"Chinese":                {`他说：“我们留下，”随后又说：“直到结束。”`, []string{"“我们留下，”", "“直到结束。”"}},
		"Chinese, straight":      {`他说"好"然后走了`, []string{`"好"`}},
		"Japanese":               {`彼は「残る」と述べ、「『絶対』に」と続けた。`, []string{"「残る」", "「『絶対』に」"}},
		"Arabic":                 {`قال «سنبقى»، ثم أضاف «حتى النهاية».`, []string{"«سنبقى»", "«حتى النهاية»"}},
		"Hebrew":                 {`דובר צה"ל אמר: "נישאר" והלך.`, []string{`"נישאר"`}},
		"inner quotation":        {`“He told me ‘no’ twice,” she said.`, []string{"“He told me ‘no’ twice,”"}},
		"inner of the same kind": {`“He said “no” twice,” she said.`, []string{"“He said “no” twice,”"}},
		"British":                {`‘The workers’ union won’t go “back”,’ he said, ‘ever.’`, []string{"‘The workers’ union won’t go “back”,’", "‘ever.’"}},
		"straight singles":       {`'We don't know,' he said of the workers' plan.`, []string{`'We don't know,'`}},
		"apostrophes only":       {`The workers’ union won’t. It's the ’90s, rock 'n' roll isn't.`, []string{"'n'"}},
		"inches":                 {`He is 6' 2" tall.`, nil},
		"none":                   {`Nobody said a word.`, nil},
		"closed, never opened":   {`and nobody goes back,” he said, “ever.”`, []string{"and nobody goes back,”", "“ever.”"}},
		"opened, never closed":   {"He said: “Nobody goes back.\nThe port is closed.", []string{"“Nobody goes back."}},
		"closed a line later":    {"「第一段\n第二段」と述べた。", []string{"「第一段\n第二段」"}},
		"opened in every line":   {"“One.\n“Two,” she said. “Three.”", []string{"“One.\n“Two,”", "“Three.”"}},
		"only a mark":            {`said “`, nil},
		"empty quotation":        {`said “”.`, []string{"“”"}},
		"dash":                   {`—“No,” said he—“never!”`, []string{"“No,”", "“never!”"}},
	} {
		t.Run(name, func(t *testing.T) {
			x := New(c.s)
			var got []string
			for _, r := range x.Quoted(Range{0, x.Len()}) {
				got = append(got, x.Slice(r))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%s\n got %q\nwant %q", c.s, got, c.want)
			}
		})
	}
}

// Only what is selected counts.
func TestQuotedWithin(t *testing.T) {
	x := New("“We stay,” he said, “until it ends.” “Later.”")
	i := strings.Index(x.String(), " he")
	from := utf8.RuneCountInString(x.String()[:i])
	got := x.Quoted(Range{2, from + 13})
	if len(got) != 2 || x.Slice(got[0]) != "e stay,”" || x.Slice(got[1]) != "“un" {
		t.Errorf("got %v", got)
	}
	for _, r := range []Range{{1, 9}, {0, 9}, {1, 8}, {1, 10}} { // the marks touch it, or a stop and the mark
		if got := x.Quoted(r); len(got) != 1 || x.Slice(got[0]) != "“We stay,”" {
			t.Errorf("of %q: %v", x.Slice(r), got)
		}
	}
	if got := x.Quoted(Range{10, 19}); got != nil { // what lies between
		t.Errorf("of %q: %v", x.Slice(Range{10, 19}), got)
	}
	if got := x.Quoted(Range{5, 5}); got != nil {
		t.Errorf("of nothing: %v", got)
	}
	if got := x.Quoted(Range{-5, 10_000}); len(got) != 3 {
		t.Errorf("beyond the text: %v", got)
	}
	x = New("“甲 他说，“我们不走。”") // the stop belongs to what comes before the next quotation
	if got := x.Quoted(Range{0, 5}); len(got) != 1 || x.Slice(got[0]) != "“甲 他说" {
		t.Errorf("before another: %v", got)
	}
	x = New("Er sagte: „Wir bleiben,“ und ging.")
	if got := x.Quoted(Range{10, 22}); len(got) != 1 || x.Slice(got[0]) != "„Wir bleiben,“" {
		t.Errorf("in German: %v", got)
	}
}

// A text put together from quotations and what is between them is taken apart
// into just these, whatever the marks.
func TestQuotedFindsWhatWasQuoted(t *testing.T) {
	marks := [][2]string{{"“", "”"}, {"„", "“"}, {"«", "»"}, {"»", "«"}, {"「", "」"}, {`"`, `"`}, {"”", "”"}, {"‘", "’"}, {"'", "'"}}
	words := []string{"We stay,", "it won't end.", "港口关闭了。", "سنبقى،", "👩‍👩‍👧 6 of them!", "naïve?"}
	between := []string{" he said, ", " and later: ", " — ", " قال "}
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.SampledFrom(marks).Draw(t, "marks")
		var b strings.Builder
		var want []string
		b.WriteString(rapid.SampledFrom([]string{"", "She said: ", "他说： "}).Draw(t, "head"))
		for range rapid.IntRange(0, 5).Draw(t, "n") {
			quote := m[0] + rapid.SampledFrom(words).Draw(t, "words") + m[1]
			want = append(want, quote)
			b.WriteString(quote + rapid.SampledFrom(between).Draw(t, "between"))
		}
		x := New(b.String())
		var got []string
		for _, r := range x.Quoted(Range{0, x.Len()}) {
			got = append(got, x.Slice(r))
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%s\n got %q\nwant %q", x, got, want)
		}
	})
}

// Whatever the text: parts are in order, apart, inside of what was asked for but for a mark,
// or a stop and a mark, and
// begin or end with a mark.
func TestQuotedIsSound(t *testing.T) {
	const all = marks
	rapid.Check(t, func(t *rapid.T) {
		x := New(strings.Join(rapid.SliceOf(rapid.SampledFrom(append(strings.Split(all, ""), "a", " ", "\n", ",", "1", "港", "س"))).Draw(t, "text"), ""))
		r := Range{rapid.IntRange(0, x.Len()).Draw(t, "start"), rapid.IntRange(0, x.Len()).Draw(t, "end")}
		last, most := max(0, r.Start-1), r.End+1
		if r.End+1 < x.Len() && x.RuneAt(r.End) == ',' && strings.ContainsRune(all, x.RuneAt(r.End+1)) {
			most++ // the stop before the mark
		}
		for _, p := range x.Quoted(r) {
			s := []rune(x.Slice(p))
			if p.Empty() || p.Start < last || p.End > most {
				t.Fatalf("part %v of %v", p, r)
			}
			if !strings.ContainsRune(all, s[0]) && !strings.ContainsRune(all, s[len(s)-1]) {
				t.Fatalf("%q has no mark", string(s))
			}
			last = p.End
		}
	})
}

// TestQuotationsOverManyLines takes time that grows with the text, not with its
// square: half a million lines would take hours.
func TestQuotationsOverManyLines(t *testing.T) {
	for _, line := range []string{"\n", "a\n"} {
		x := New("“" + strings.Repeat(line, 500_000) + "”")
		if got := x.Quoted(Range{Start: 0, End: x.Len()}); !slices.Equal(got, []Range{{Start: 0, End: x.Len()}}) {
			t.Errorf("%q: %v", line, got)
		}
	}
}
