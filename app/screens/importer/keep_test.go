package importer

import (
	"fmt"
	"strings"
	"testing"
)

// TestStopAndKeep: an import that is stopped leaves what was read, says so, and goes on
// when it is made again.
func TestStopAndKeep(t *testing.T) {
	var lines []string
	for i := range 40 {
		lines = append(lines, fmt.Sprintf(`{"id":"a%d","text":"Text %d."}`, i, i))
	}
	b := open(t, write(t, "a.jsonl", strings.Join(lines, "\n")))
	run := b.runImport(false)
	b.enough.Store(true)
	r, err := run(t.Context(), nil)
	if err != nil || !r.Stopped || len(b.articles()) != 0 {
		t.Fatalf("%+v, %v", r, err)
	}
	b.ended(r, nil)
	b.wants("Imported in part", "Not all was read")
	again := open(t, b.paths[0])
	again.done()
	again.rest()
	again.wants("Imported", "40 new articles")
}
