package find

import (
	"context"
	"strings"
	"testing"

	"lede/annotate/text"
)

// tenMB is text of 10 MB in a script.
func tenMB(paragraph string) *text.Text {
	return text.New(strings.Repeat(paragraph, 10<<20/len(paragraph)+1)[:10<<20/len(paragraph)*len(paragraph)])
}

// BenchmarkFind searches 10 MB, counts all places and keeps a hundred thousand.
func BenchmarkFind(b *testing.B) {
	latin := tenMB("The dockers’ union of Varno said on Monday that café owners had been warned, and the port would stay closed.\n")
	for _, c := range []struct {
		name string
		t    *text.Text
		q    Query
	}{
		{"latin/rare", latin, Query{Text: "absent words"}},
		{"latin/word", latin, Query{Text: "Varno", Word: true}},
		{"latin/letter", latin, Query{Text: "e"}},
		{"ascii/word", tenMB("The union of Varno said on Monday that owners had been warned.\n"), Query{Text: "varno"}},
		{"arabic/word", tenMB("أعلنت نقابة عمال الميناء في فارنو أن المفاوضات توقفت يوم الاثنين.\n"), Query{Text: "الميناء", Word: true}},
		{"arabic/vowels", tenMB("أَعْلَنَتْ نِقَابَةُ عُمَّالِ المِينَاءِ.\n"), Query{Text: "نِقَابَةُ"}},
		{"han/word", tenMB("截至昨晚，已有十一艘货轮在防波堤外抛锚等候，其中两艘载有粮食。\n"), Query{Text: "防波堤", Word: true}},
		{"hangul/word", tenMB("항만 노동조합은 월요일에 파업을 시작했다.\n"), Query{Text: "파업"}},
		{"latin/regexp", latin, Query{Text: `\bc\w+`, Regexp: true}},
		{"latin/regexp across lines", latin, Query{Text: `closed\.\s+The`, Regexp: true}},
	} {
		b.Run(c.name, func(b *testing.B) {
			m, err := Compile(c.q)
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(c.t.Bytes()))
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				h, err := m.Find(context.Background(), c.t, 100_000)
				if err != nil {
					b.Fatal(err)
				}
				n = h.Count
			}
			b.ReportMetric(float64(n), "places")
		})
	}
}
