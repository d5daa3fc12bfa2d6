package app

import (
	"context"
	"strings"
	"testing"
	"time"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/text"
)

// BenchmarkTagInWindow is the window's own work for a tag and for a deletion, on
// an article of 1 MB with 5,000 spans: DESIGN §9 bounds it to 4 ms.
func BenchmarkTagInWindow(b *testing.B) {
	was := articleText
	articleText = strings.Repeat("Dockers said no on Monday, and the port authority said yes later that day.\n", 14000)
	defer func() { articleText = was }()
	h := newHarness(&testing.T{}, 1)
	s := h.shell.work.session
	tagMany(b, h, 5000)
	h.saved()
	var tag, deletion time.Duration
	b.ResetTimer()
	for range b.N {
		s.Select(text.Range{Start: 10, End: 14})
		h.settle()
		start := time.Now()
		if _, err := s.Label(s.Schema().Labels[1].ID); err != nil {
			b.Fatal(err)
		}
		tag += time.Since(start)
		h.saved()
		start = time.Now()
		if err := s.Delete(); err != nil {
			b.Fatal(err)
		}
		deletion += time.Since(start)
		h.saved()
	}
	const bound = 4000.0
	for name, spent := range map[string]time.Duration{"tag": tag, "delete": deletion} {
		each := float64(spent.Microseconds()) / float64(b.N)
		b.ReportMetric(each, "µs/"+name)
		verdict := "ok"
		if each > bound {
			verdict = "OVER"
		}
		b.Logf("%s: %.0f µs of own work, bound %.0f µs: %s", name, each, bound, verdict)
	}
}

// tagMany writes spans in one change and lets the window find it as another
// program's.
func tagMany(b *testing.B, h *harness, n int) {
	b.Helper()
	s := h.shell.work.session
	env := annotest.NewEnvAt(annotest.Start, 9)
	if _, err := s.Label(s.Schema().Labels[0].ID); err != nil {
		b.Fatal(err)
	}
	s.Select(text.Range{Start: 0, End: 7})
	if _, err := s.Label(s.Schema().Labels[0].ID); err != nil { // makes the annotator and the set
		b.Fatal(err)
	}
	h.saved()
	c := annotate.Change{ID: env.NewID(), Actor: "ana", Cause: annotate.CauseManual, Title: "Many", Article: s.Doc().Article.ID}
	for i := 1; i < n; i++ {
		c.Ops = append(c.Ops, annotate.Create(annotate.Span{
			ID: env.NewID(), Set: s.Doc().Set.ID, Label: s.Schema().Labels[i%7].ID, Origin: annotate.OriginManual,
			Fragments: annotate.Fragments{{Start: i * 150, End: i*150 + 7}},
		}))
	}
	if _, err := s.Store().Apply(context.Background(), c); err != nil {
		b.Fatal(err)
	}
	if err := s.Poll(context.Background()); err != nil {
		b.Fatal(err)
	}
	if got := len(s.Doc().Spans()); got != n {
		b.Fatalf("the article has %d spans", got)
	}
}
