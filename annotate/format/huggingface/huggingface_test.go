package huggingface_test

import (
	"testing"

	_ "lede/annotate/format/all"
	"lede/annotate/format/formattest"
)

func TestDatasetsConform(t *testing.T) {
	c := formattest.Case{Holds: map[formattest.Kind]formattest.Grade{}, Names: true, Plain: true}
	for _, k := range []formattest.Kind{
		formattest.Refs, formattest.Status, formattest.Flags, formattest.SetNotes, formattest.Reasons, formattest.Spans, formattest.Relations, formattest.Facts,
		formattest.Fields, formattest.Attributes, formattest.Entities, formattest.Notes, formattest.Origins, formattest.IDs,
	} {
		c.Holds[k] = formattest.Whole
	}
	formattest.Conform(t, "huggingface", c)
}

func FuzzRead(f *testing.F) { formattest.Fuzz(f, "huggingface", "PAR1") }
