package format_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"lede/annotate/format"
)

// benchLines is n articles of about 5 KB with two annotators of 30 spans each.
func benchLines(n int) string {
	body := strings.Repeat("The minister said on Friday in Zürich that talks with 北京 would go on. 😀 ", 70)
	runes := []rune(body)
	var b strings.Builder
	for i := range n {
		for _, who := range []string{"ana", "ben"} {
			fmt.Fprintf(&b, `{"id":"%d","title":"Article %d","text":%q,"meta":{"n":1.50},"annotator":"%s","status":"done","spans":[`, i, i, body, who)
			for k := range 30 {
				if k > 0 {
					b.WriteByte(',')
				}
				start := (i*31 + k*97) % (len(runes) - 40)
				end := start + 3 + k
				fmt.Fprintf(&b, `{"id":"%s-%d-%d","label":"actor","start":%d,"end":%d,"fragments":[[%d,%d]],"text":%q,"attributes":{},"entity":null,"origin":"manual","note":""}`,
					who, i, k, start, end, start, end, string(runes[start:end]))
			}
			b.WriteString(`],"relations":[]}` + "\n")
		}
	}
	return b.String()
}

func BenchmarkImportJSONL(b *testing.B) {
	content := benchLines(200)
	path := write(b, b.TempDir(), "a.jsonl", content)
	o := importOptions(1)
	o.DryRun = true
	store := newStore(b)
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		mustImport(b, store, o, path)
	}
	b.ReportMetric(200*float64(b.N)/b.Elapsed().Seconds(), "articles/s")
}

func BenchmarkExport(b *testing.B) {
	store := newStore(b)
	mustImport(b, store, importOptions(1), write(b, b.TempDir(), "a.jsonl", benchLines(200)))
	for _, f := range []string{"jsonl", "conll"} {
		b.Run(f, func(b *testing.B) {
			for b.Loop() {
				if _, err := format.Export(ctx, store, format.ExportOptions{Format: f, Stdout: io.Discard, Annotator: "ana"}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(200*float64(b.N)/b.Elapsed().Seconds(), "articles/s")
		})
	}
}
