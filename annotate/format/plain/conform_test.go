package plain_test

import (
	"testing"

	"lede/annotate/format/formattest"
	_ "lede/annotate/format/plain"
)

func TestConform(t *testing.T) {
	for _, options := range []map[string]string{nil, {"lines": "yes"}} {
		formattest.Conform(t, "text", formattest.Case{Import: options, Sample: map[string]string{"a.txt": "Zebra\r\n“2345”\n\nand Zebrafisch\n"}})
	}
}

func FuzzRead(f *testing.F) { formattest.Fuzz(f, "text", "a\r\nb\rc\n", "\xff\xfea\x00", "caf\xe9") }
