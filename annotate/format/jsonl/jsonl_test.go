package jsonl_test

import (
	"testing"

	"lede/annotate/format/formattest"
	_ "lede/annotate/format/jsonl"
)

func TestConform(t *testing.T) {
	whole := map[formattest.Kind]formattest.Grade{}
	for _, k := range []formattest.Kind{
		formattest.Refs, formattest.Facts, formattest.Status, formattest.Flags, formattest.SetNotes, formattest.Fields, formattest.Spans, formattest.Relations,
		formattest.Attributes, formattest.Entities, formattest.Notes, formattest.Origins, formattest.IDs, formattest.Accepted,
	} {
		whole[k] = formattest.Whole
	}
	formattest.Conform(t, "jsonl", formattest.Case{Names: true, Holds: whole})
}

func TestGolden(t *testing.T) {
	formattest.Golden(t, "jsonl", formattest.Case{}, "testdata/golden")
}

func FuzzRead(f *testing.F) {
	formattest.Fuzz(f, "jsonl", `{"id":"1","text":"a"}`)
}
