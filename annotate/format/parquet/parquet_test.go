package parquet_test

import (
	"testing"

	_ "lede/annotate/format/all"
	"lede/annotate/format/formattest"
)

func conform(t *testing.T, options map[string]string) {
	t.Helper()
	c := formattest.Case{Options: options, Holds: map[formattest.Kind]formattest.Grade{}, Names: true, Plain: true}
	for _, k := range []formattest.Kind{
		formattest.Refs, formattest.Status, formattest.Flags, formattest.SetNotes, formattest.Reasons, formattest.Spans, formattest.Relations, formattest.Facts,
		formattest.Fields, formattest.Attributes, formattest.Entities, formattest.Notes, formattest.Origins, formattest.IDs, formattest.Accepted,
	} {
		c.Holds[k] = formattest.Whole
	}
	formattest.Conform(t, "parquet", c)
}

func TestTablesConform(t *testing.T) { conform(t, nil) }

func TestPartitionsConform(t *testing.T) {
	conform(t, map[string]string{"partition": "source,annotator,label", "tokens": "no"})
}

func FuzzRead(f *testing.F) { formattest.Fuzz(f, "parquet", "PAR1") }
