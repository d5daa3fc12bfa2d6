package xlsx_test

import (
	"encoding/json"
	"testing"

	_ "lede/annotate/format/all"
	"lede/annotate/format/formattest"
	"lede/annotate/format/rows"
)

// value is what a cell makes of a value: lists and what has too many digits are texts.
func value(raw json.RawMessage) string { return rows.ValueCell(raw).Plain() }

func conform(t *testing.T, options, in map[string]string) {
	t.Helper()
	c := formattest.Case{Options: options, Import: in, Holds: map[formattest.Kind]formattest.Grade{}, Value: value, Names: true, Lost: map[string]formattest.Kind{"types": "", "copies": ""}}
	for _, k := range []formattest.Kind{
		formattest.Refs, formattest.Status, formattest.Flags, formattest.SetNotes, formattest.Reasons, formattest.Spans, formattest.Relations,
		formattest.Entities, formattest.Notes, formattest.Origins, formattest.IDs,
	} {
		c.Holds[k] = formattest.Whole
	}
	for _, k := range []formattest.Kind{formattest.Facts, formattest.Fields, formattest.Attributes} {
		c.Holds[k] = formattest.Part
	}
	formattest.Conform(t, "xlsx", c)
}

func TestAllSheetsConform(t *testing.T) { conform(t, map[string]string{"rows": "all"}, nil) }

func TestSheetsOfSpansConform(t *testing.T) {
	conform(t, map[string]string{"rows": "spans+relations", "article": "text", "empty": "yes", "escape": "yes"}, map[string]string{"escape": "yes"})
}

func FuzzRead(f *testing.F) { formattest.Fuzz(f, "xlsx", "PK") }
