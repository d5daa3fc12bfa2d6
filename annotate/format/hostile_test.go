package format_test

import (
	"strings"
	"testing"

	"lede/annotate/format"
	"lede/annotate/format/formattest"
)

// TestReadersWithstandAnything: what is only read has no export to be spoiled, but must
// stand noise, NULs, endless lines and deep nesting as the others do.
func TestReadersWithstandAnything(t *testing.T) {
	for _, f := range format.All() {
		if !f.Reads() || f.Writes() || strings.Contains(f.Name, "-wrong-") { // what other tests register
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			sample := map[string]string{"a" + f.Extension(nil): "<a>Zebra 2345 Zebrafisch</a>\r\n"}
			formattest.Hostile(t, f.Name, formattest.Case{Sample: sample})
		})
	}
}
