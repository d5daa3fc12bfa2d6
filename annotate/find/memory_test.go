//go:build !race

package find

import (
	"context"
	"runtime"
	"strings"
	"testing"

	"lede/annotate/text"
)

// TestPatternsInLongLinesGatherNothing: what is found is not kept. The race
// detector makes pools forget, so that every match would count.
func TestPatternsInLongLinesGatherNothing(t *testing.T) {
	m, err := Compile(Query{Text: ".", Regexp: true})
	if err != nil {
		t.Fatal(err)
	}
	line := text.New(strings.Repeat("x", 1<<20))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	h, err := m.Find(context.Background(), line, 10)
	runtime.ReadMemStats(&after)
	if err != nil || h.Count != 1<<20 || after.TotalAlloc-before.TotalAlloc > 20<<20 {
		t.Errorf("%d places, %v, %d MB", h.Count, err, (after.TotalAlloc-before.TotalAlloc)>>20)
	}
}
