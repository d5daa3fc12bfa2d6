package storage

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"lede/annotate"
)

// many makes a project of n short articles with titles of their own.
func many(b *testing.B, n int) *project {
	b.Helper()
	p := newProject(b, filepath.Join(b.TempDir(), "p.lede"))
	items := make([]annotate.ImportArticle, n)
	for i := range items {
		body := fmt.Sprintf("Harbour master %d said that dock %d stays shut. ", i%977, i%3001)
		items[i].Text = body + fmt.Sprint(i)
		items[i].Article = annotate.Article{
			ID: p.newID(), Ref: fmt.Sprintf("wire-%06d", i), Source: "Reuters", Intake: 1, PublishedISO: "2026-03-04",
			Title: fmt.Sprintf("Dock %d shut as harbour talks go on into week %d, إضراب %d", i%3001, i%53, i),
		}
		p.coded(&items[i], i)
	}
	p.bring(items)
	return p
}

// coded gives every article four spans: one text that all have, one that 30 have
// and one of its own among them.
func (p *project) coded(item *annotate.ImportArticle, i int) {
	data := annotate.SetData{Set: annotate.AnnotationSet{ID: p.newID(), Annotator: p.ana.ID, Status: annotate.Done}, Annotator: p.ana}
	n := len(item.Text)
	for _, at := range []annotate.Fragments{{{Start: 0, End: 7}}, {{Start: 0, End: 14 + len(fmt.Sprint(i%977)) + 1}}, {{Start: 8, End: 14}}, {{Start: 0, End: n}}} {
		data.Spans = append(data.Spans, annotate.Span{ID: p.newID(), Label: p.actor.ID, Fragments: at, Origin: annotate.OriginImport})
	}
	item.Sets = []annotate.SetData{data}
}

// BenchmarkCoded asks how words were labelled before among 400,000 spans of 100,000
// articles: words of every article, of some, of one, of none. The bound is what a
// line that comes by itself may take.
func BenchmarkCoded(b *testing.B) {
	p := many(b, 100_000)
	for name, q := range map[string]annotate.CodedQuery{
		"everywhere": {Words: "harbour"},
		"some":       {Words: "HARBOUR master 12"},
		"listed":     {Words: "harbour master 12", Limit: 300},
		"one":        {Words: "Harbour master 99 said that dock 99 stays shut. 99"},
		"none":       {Words: "zeppelin"},
	} {
		b.Run(name, func(b *testing.B) {
			var times []time.Duration
			for b.Loop() {
				began := time.Now()
				coded, err := p.Coded(ctx, q)
				times = append(times, time.Since(began))
				p.must(err)
				if (name == "none") != (len(coded.Counts) == 0) {
					b.Fatalf("%+v", coded.Counts)
				}
			}
			under(b, name, times, 150*time.Millisecond)
		})
	}
}

// under reports the median of the times and whether it is within its bound.
func under(b *testing.B, what string, times []time.Duration, bound time.Duration) {
	b.Helper()
	median, verdict := percentile(times, .5), "ok"
	if median > bound {
		verdict = "OVER"
	}
	b.ReportMetric(float64(median.Microseconds())/1000, "p50-ms")
	b.Logf("%s: p50 %v, worst %v, bound %v: %s", what, median, percentile(times, 1), bound, verdict)
}

// BenchmarkGoTo looks up what is typed into "Go to article" among 100,000
// articles: words that are rare, common, nowhere, in Arabic; a number near the
// end. The bound is what
// a hand does not notice.
func BenchmarkGoTo(b *testing.B) {
	p := many(b, 100_000)
	for name, q := range map[string]annotate.ArticleQuery{
		"rare":    {Names: []string{"dock", "2999"}, Limit: 400},
		"common":  {Names: []string{"harbour"}, Limit: 400},
		"nowhere": {Names: []string{"zeppelin"}, Limit: 400},
		"arabic":  {Names: []string{"إضراب", "99999"}, Limit: 400},
		"accents": {Names: []string{"été"}, Limit: 400},
		"number":  {Offset: 99_990, Limit: 1},
	} {
		b.Run(name, func(b *testing.B) {
			q.Annotator = p.ana.ID
			var times []time.Duration
			for b.Loop() {
				began := time.Now()
				_, err := p.Articles(ctx, q)
				times = append(times, time.Since(began))
				p.must(err)
			}
			under(b, name, times, 200*time.Millisecond)
		})
	}
}
