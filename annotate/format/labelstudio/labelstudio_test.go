package labelstudio_test

import (
	"testing"

	"lede/annotate/format/formattest"
	_ "lede/annotate/format/labelstudio"
)

// whole is what comes back.
func whole() formattest.Case {
	return formattest.Case{
		Holds: map[formattest.Kind]formattest.Grade{
			formattest.Articles: formattest.Whole, formattest.Refs: formattest.Whole, formattest.Facts: formattest.Whole,
			formattest.Status: formattest.Whole, formattest.Flags: formattest.Whole, formattest.SetNotes: formattest.Whole,
			formattest.Reasons: formattest.Whole, formattest.Fields: formattest.Whole, formattest.Spans: formattest.Whole,
			formattest.Relations: formattest.Whole, formattest.Attributes: formattest.Whole, formattest.Entities: formattest.Whole,
			formattest.Notes: formattest.Whole, formattest.Origins: formattest.Whole, formattest.IDs: formattest.Part, formattest.Accepted: formattest.Whole,
		},
	}
}

func TestConform(t *testing.T) { formattest.Conform(t, "labelstudio", whole()) }

// TestConformUnits: the tasks of an article are one article again. Spans that a border
// cut are told, since others see them cut; they come back whole, and only relations
// between tasks do not.
func TestConformUnits(t *testing.T) {
	c := whole()
	c.Plain, c.Lost = true, map[string]formattest.Kind{"cut": ""}
	c.Holds[formattest.Relations] = formattest.Part
	formattest.ConformUnits(t, "labelstudio", c)
}

func FuzzRead(f *testing.F) {
	formattest.Fuzz(f, "labelstudio",
		`[{"id":1,"data":{"text":"Ana met Ben."},"annotations":[{"id":2,"completed_by":{"id":1,"email":"a@x.org"},"ground_truth":false,"was_cancelled":false,"result":[{"id":"x","from_name":"label","to_name":"text","type":"labels","value":{"start":0,"end":3,"text":"Ana","labels":["PER","ORG"]}},{"id":"x","from_name":"mood","to_name":"text","type":"choices","value":{"start":0,"end":3,"choices":["good"]}},{"id":"y","from_name":"label","to_name":"text","type":"labels","value":{"start":8,"end":11,"text":"Ben","labels":["PER"]}},{"type":"relation","from_id":"x","to_id":"y","direction":"bi","labels":["met"]}]}],"predictions":[{"model_version":"m","score":0.5,"result":[]}]}]`,
		`[{"id":1,"text":"Ana","label":[{"start":0,"end":3,"text":"Ana","labels":["PER"]}],"mood":{"choices":["a","b"]},"annotator":1,"annotation_id":2,"lead_time":3.5}]`,
		`[{"data":{"text":"Ana"},"completions":[{"was_cancelled":true,"result":[]},{"result":[{"type":"taxonomy","from_name":"t","to_name":"text","value":{"taxonomy":[["a","b"]]}}]}]}]`,
	)
}
