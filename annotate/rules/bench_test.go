package rules_test

import (
	"fmt"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/rules"
	"lede/annotate/text"
)

// large is an article with n spans: side by side, or all on top of one another.
func large(s *annotate.Schema, n int, deep bool) (*text.Text, annotate.SetData) {
	const words = "The police of Varno arrested ten workers, “we will stay,” they said. "
	txt := text.New(strings.Repeat(words, n/8+1))
	data := annotate.SetData{Set: annotate.AnnotationSet{ID: "set", Status: annotate.InProgress}}
	for i := range n {
		at := text.Range{Start: i * 8, End: i*8 + 7}
		if deep {
			at = text.Range{Start: i, End: 2*n - i}
		}
		span := annotate.Span{ID: annotate.ID(fmt.Sprintf("s%07d", i)), Label: s.Labels[i%len(s.Labels)].ID, Fragments: annotate.Fragments{at}}
		if i%3 == 0 {
			span.Attributes = annotate.Values{"type": annotate.StringValue("AID"), "form": annotate.StringValue("direct")}
		}
		if i > 0 && i%2 == 0 {
			data.Relations = append(data.Relations, annotate.Relation{
				ID: annotate.ID(fmt.Sprintf("r%07d", i)), Type: s.RelationTypes[i%len(s.RelationTypes)].ID, From: span.ID, To: data.Spans[i-1].ID,
			})
		}
		data.Spans = append(data.Spans, span)
	}
	return txt, data
}

// BenchmarkCheck checks by a dozen rules. Deep spans lie one in the other; their
// words are not looked at, being the square of their number.
func BenchmarkCheck(b *testing.B) {
	const usual = `
  - {name: overlap, value: nest}
  - {name: no_same_nesting, label: actor}
  - {name: apart, label: cue, value: quote}
  - {name: inside, label: cue, value: quote}
  - {name: no_outer_blank}
  - {name: one_fragment}
  - {name: needs_relation, label: quote, value: speaker}
  - {name: needs_relation, label: event, value: recipient where type=AID}
  - {name: needs_incoming, label: cue, value: cue}
  - {name: ends_apart, label: quote, value: cue}
  - {name: different_ends, label: event, value: "agent,recipient"}
`
	const wordy = "  - {name: max_words, label: event, value: 3}\n  - {name: balanced_quotes, label: quote}\n  - {name: has_quotes, label: quote, value: where form=direct}\n"
	for _, c := range []struct {
		name  string
		n     int
		deep  bool
		bound float64 // ms
	}{{"side by side", 5000, false, 10}, {"side by side", 50000, false, 150}, {"deep", 5000, true, 10}} {
		b.Run(fmt.Sprintf("%d %s", c.n, c.name), func(b *testing.B) {
			lines := usual + wordy
			if c.deep {
				lines = usual
			}
			s := schemaOf(b, lines)
			checker := rules.Compile(s)
			txt, data := large(s, c.n, c.deep)
			b.ReportAllocs()
			b.ResetTimer()
			found := 0
			for range b.N {
				found = len(checker.Check(txt, data))
			}
			ms := float64(b.Elapsed().Microseconds()) / 1000 / float64(b.N)
			verdict := "ok"
			if ms > c.bound {
				verdict = "OVER"
			}
			b.Logf("%d spans %s: %.1f ms, %d warnings (bound %.0f ms): %s", c.n, c.name, ms, found, c.bound, verdict)
		})
	}
}
