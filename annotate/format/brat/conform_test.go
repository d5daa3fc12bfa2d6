package brat_test

import (
	"testing"

	_ "lede/annotate/format/brat"
	. "lede/annotate/format/formattest"
)

func TestConform(t *testing.T) {
	Conform(t, "brat", Case{Names: true, Holds: map[Kind]Grade{
		Spans: Part, Relations: Whole, Attributes: Whole, Entities: Whole, Notes: Whole,
	}})
}

func TestGolden(t *testing.T) {
	Golden(t, "brat", Case{}, "testdata/golden")
}

func FuzzRead(f *testing.F) {
	Fuzz(f, "brat", "-- a.txt --\nAnna said\n-- a.ann --\nT1\tP 0 4\tAnna\nE1\tP:T1\n#1\tAnnotatorNotes T1\tx\n")
}
