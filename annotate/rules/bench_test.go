package rules_test

import (
	"fmt"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/rules"
	"lede/annotate/text"
)

// coded is an article with n spans as a careful coder leaves it: every quote has its
// speaker and cue, every event its type and actor.
func coded(s *annotate.Schema, n int) (*text.Text, annotate.SetData) {
	const words = "The police arrested ten workers. “We will stay,” the union said. "
	txt := text.New(strings.Repeat(words, n/5+1))
	data := annotate.SetData{Set: annotate.AnnotationSet{ID: "set", Status: annotate.InProgress, Fields: annotate.Values{"genre": annotate.StringValue("news")}}}
	parts := []struct{ label, words string }{{"actor", "The police"}, {"event", "arrested"}, {"quote", "“We will stay,”"}, {"actor", "the union"}, {"cue", "said"}}
	runes := []rune(words)
	for i := range n {
		p := parts[i%5]
		at := len([]rune(words[:strings.Index(words, p.words)])) + i/5*len(runes)
		label, _ := s.LabelNamed(p.label)
		span := annotate.Span{ID: annotate.ID(fmt.Sprintf("s%07d", i)), Label: label.ID, Fragments: annotate.Fragments{{Start: at, End: at + len([]rune(p.words))}}}
		link := func(name string, from, to int) {
			t, _ := s.RelationTypeNamed(name)
			r := annotate.Relation{ID: annotate.ID(fmt.Sprintf("r%07d", len(data.Relations))), Type: t.ID, From: annotate.ID(fmt.Sprintf("s%07d", from)), To: annotate.ID(fmt.Sprintf("s%07d", to))}
			if name == "speaker" {
				r.Attributes = annotate.Values{"sure": annotate.StringValue("yes")}
			}
			data.Relations = append(data.Relations, r)
		}
		switch p.label {
		case "event":
			span.Attributes = annotate.Values{"type": annotate.StringValue("PROTEST"), "mode": annotate.StringValue("riot")}
			link("agent", i, i-1)
		case "quote":
			span.Attributes = annotate.Values{"form": annotate.StringValue("direct")}
		case "cue":
			link("speaker", i-2, i-1)
			link("cue", i-2, i)
		}
		data.Spans = append(data.Spans, span)
	}
	return txt, data
}

// large is an article with n spans of which most have several warnings: side by side,
// or all on top of one another.
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
		make  func(s *annotate.Schema, n int) (*text.Text, annotate.SetData)
		bound float64 // ms
	}{
		{"coded well", 5000, coded, 10},
		{"coded well", 50_000, coded, 150},
		{"full of faults", 5000, func(s *annotate.Schema, n int) (*text.Text, annotate.SetData) { return large(s, n, false) }, 30},
		{"deep", 5000, func(s *annotate.Schema, n int) (*text.Text, annotate.SetData) { return large(s, n, true) }, 30},
	} {
		b.Run(fmt.Sprintf("%d %s", c.n, c.name), func(b *testing.B) {
			lines := usual + wordy
			if c.name == "deep" {
				lines = usual
			}
			s := schemaOf(b, lines)
			checker := rules.Compile(s)
			txt, data := c.make(s, c.n)
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
