package doccano_test

import (
	"testing"

	_ "lede/annotate/format/doccano"
	"lede/annotate/format/formattest"
)

func conform(t *testing.T, options map[string]string, holds map[formattest.Kind]formattest.Grade) {
	t.Helper()
	whole := map[formattest.Kind]formattest.Grade{
		formattest.Articles: formattest.Part, formattest.Refs: formattest.Whole, formattest.Facts: formattest.Whole,
	}
	for k, g := range holds {
		whole[k] = g
	}
	formattest.Conform(t, "doccano", formattest.Case{
		Options: options, Holds: whole, Nobody: true, Lost: map[string]formattest.Kind{"allow_overlapping": ""},
	})
}

func TestConformSpans(t *testing.T) {
	conform(t, map[string]string{"layout": "spans"}, map[formattest.Kind]formattest.Grade{formattest.Spans: formattest.Part})
}

func TestConformRelations(t *testing.T) {
	conform(t, map[string]string{"layout": "relations"}, map[formattest.Kind]formattest.Grade{formattest.Spans: formattest.Part, formattest.Relations: formattest.Part})
}

func TestConformLongest(t *testing.T) {
	conform(t, map[string]string{"overlap": "longest", "layout": "relations"}, map[formattest.Kind]formattest.Grade{formattest.Spans: formattest.Part, formattest.Relations: formattest.Part})
}

func TestConformIntent(t *testing.T) {
	conform(t, map[string]string{"layout": "intent"}, map[formattest.Kind]formattest.Grade{formattest.Spans: formattest.Part, formattest.Fields: formattest.Part})
}

// TestConformUnits: the lines of an article are one article again.
func TestConformUnits(t *testing.T) {
	formattest.ConformUnits(t, "doccano", formattest.Case{
		Options: map[string]string{"layout": "relations"}, Nobody: true, Plain: true, // places count from the piece's own start
		Lost: map[string]formattest.Kind{"allow_overlapping": ""},
		Holds: map[formattest.Kind]formattest.Grade{
			formattest.Articles: formattest.Part, formattest.Refs: formattest.Whole, formattest.Facts: formattest.Whole,
			formattest.Spans: formattest.Part, formattest.Relations: formattest.Part,
		},
	})
}

func FuzzRead(f *testing.F) {
	formattest.Fuzz(f, "doccano",
		`{"id":"a","text":"Ana said so.","label":[[0,3,"actor"]],"meta":{"k":1}}`,
		`{"text":"Ana","entities":[{"id":0,"label":"PER","start_offset":0,"end_offset":3}],"relations":[{"id":0,"from_id":0,"to_id":0,"type":"x"}],"Comments":[{"id":1,"comment":"c"}]}`,
		`[{"text":"Ana","label":["a","b"]},{"text":"Ben","cats":["x"],"entities":[[0,1,"y"]]}]`,
		`{"text":"Ana","annotations":[{"label":3,"start_offset":0,"end_offset":3,"user":1},{"label":"x","user":2}]}`,
	)
}
