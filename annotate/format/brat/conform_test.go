package brat_test

import (
	"testing"

	_ "lede/annotate/format/brat"
	"lede/annotate/format/formattest"
)

func TestConform(t *testing.T) {
	formattest.Conform(t, "brat", formattest.Case{Names: true, Holds: map[formattest.Kind]formattest.Grade{
		formattest.Spans: formattest.Part, formattest.Relations: formattest.Whole, formattest.Attributes: formattest.Whole, formattest.Entities: formattest.Whole, formattest.Notes: formattest.Whole,
	}})
}

func TestGolden(t *testing.T) {
	formattest.Golden(t, "brat", formattest.Case{}, "testdata/golden")
}

func FuzzRead(f *testing.F) {
	formattest.Fuzz(f, "brat", "-- a.txt --\nAnna said\n-- a.ann --\nT1\tP 0 4\tAnna\nE1\tP:T1\n#1\tAnnotatorNotes T1\tx\n")
}
