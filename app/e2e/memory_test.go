package e2e

import (
	"testing"
)

// memoryBound is what the view may take, in MB with software GL, after all of a long
// article was paged through.
const memoryBound = 350

// BenchmarkMemory pages through all of 10 MB with 50,000 spans, a frame for each
// page, and reports the resident memory at the end.
func BenchmarkMemory(b *testing.B) {
	w := newBenchWindow(b)
	w.do("open 10485760 50000")
	pages, most := 0, 0
	for ; !w.atEnd(); pages++ {
		if pages%100 == 0 {
			most = max(most, rss(b, w.pid))
		}
	}
	end := rss(b, w.pid)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(end), "rss-MB")
	b.Logf("%d MB after %d pages, at most %d MB on the way (bound %d MB) %s", end, pages, most, memoryBound, verdict(float64(end), memoryBound))
}

// atEnd goes a page on and says whether there was none.
func (w *benchWindow) atEnd() bool {
	w.b.Helper()
	return w.tell("page").Error == "the end"
}
