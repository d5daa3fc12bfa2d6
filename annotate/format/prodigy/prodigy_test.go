package prodigy_test

import (
	"testing"

	"lede/annotate/format/formattest"
	_ "lede/annotate/format/prodigy"
)

// holds is what comes back.
func holds() formattest.Case {
	return formattest.Case{
		Holds: map[formattest.Kind]formattest.Grade{
			formattest.Articles: formattest.Whole, formattest.Refs: formattest.Whole, formattest.Facts: formattest.Whole,
			formattest.Spans: formattest.Part, formattest.Relations: formattest.Part, formattest.Fields: formattest.Part,
		},
	}
}

func TestConform(t *testing.T) { formattest.Conform(t, "prodigy", holds()) }

// TestConformUnits: the tasks of an article are one article again.
func TestConformUnits(t *testing.T) {
	c := holds()
	c.Plain = true // places count from the piece's own start
	formattest.ConformUnits(t, "prodigy", c)
}

func FuzzRead(f *testing.F) {
	formattest.Fuzz(f, "prodigy",
		`{"text":"Ana met Ben.","_input_hash":1,"_task_hash":2,"tokens":[{"text":"Ana","start":0,"end":3,"id":0,"ws":true}],"spans":[{"start":0,"end":3,"token_start":0,"token_end":0,"label":"PER"}],"relations":[{"head":0,"child":0,"head_span":{"start":0,"end":3,"label":"PER"},"child_span":{"start":0,"end":3,"label":"PER"},"label":"x"}],"answer":"accept","_session_id":"news-ana"}`,
		`{"text":"Ana","options":[{"id":"a","text":"A"}],"accept":["a"],"answer":"reject","_timestamp":1.5}`,
	)
}
