package table_test

import (
	"encoding/json"
	"testing"

	"lede/annotate/format/formattest"
	"lede/annotate/format/rows"
)

// plain is what a cell of texts makes of a value.
func plain(raw json.RawMessage) string { return rows.ValueCell(raw).Plain() }

// holds are the grades of tables that hold all they can.
func holds() map[formattest.Kind]formattest.Grade {
	h := map[formattest.Kind]formattest.Grade{}
	for _, k := range []formattest.Kind{
		formattest.Refs, formattest.Status, formattest.Flags, formattest.SetNotes, formattest.Reasons, formattest.Spans, formattest.Relations,
		formattest.Entities, formattest.Notes, formattest.Origins, formattest.IDs,
	} {
		h[k] = formattest.Whole
	}
	for _, k := range []formattest.Kind{formattest.Facts, formattest.Fields, formattest.Attributes} {
		h[k] = formattest.Part // empty values are none in a cell
	}
	return h
}

func conform(t *testing.T, name string, options, in map[string]string, without ...formattest.Kind) {
	t.Helper()
	c := formattest.Case{Options: options, Import: in, Holds: holds(), Value: plain, Names: true, Lost: map[string]formattest.Kind{"types": ""}}
	for _, k := range without {
		delete(c.Holds, k)
	}
	formattest.Conform(t, name, c)
}

func TestAllTablesConform(t *testing.T) {
	conform(t, "csv", map[string]string{"rows": "all"}, nil)
}

func TestTablesOfSpansConform(t *testing.T) {
	conform(t, "tsv", map[string]string{"rows": "spans+relations", "article": "text", "empty": "yes", "escape": "yes"}, map[string]string{"escape": "yes"})
}
