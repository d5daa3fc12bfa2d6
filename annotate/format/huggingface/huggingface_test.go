package huggingface_test

import (
	"testing"

	_ "lede/annotate/format/all"
	"lede/annotate/format/formattest"
)

func whole() formattest.Case {
	c := formattest.Case{Holds: map[formattest.Kind]formattest.Grade{}, Names: true, Plain: true}
	for _, k := range []formattest.Kind{
		formattest.Refs, formattest.Status, formattest.Flags, formattest.SetNotes, formattest.Reasons, formattest.Spans, formattest.Relations, formattest.Facts,
		formattest.Fields, formattest.Attributes, formattest.Entities, formattest.Notes, formattest.Origins, formattest.IDs,
	} {
		c.Holds[k] = formattest.Whole
	}
	return c
}

func TestDatasetsConform(t *testing.T) { formattest.Conform(t, "huggingface", whole()) }

// TestConformUnits: the rows of an article are one article again. Spans that a border
// cut are told, since others see them cut; they come back whole, and only relations
// between rows do not.
func TestConformUnits(t *testing.T) {
	c := whole()
	c.Lost = map[string]formattest.Kind{"cut": ""}
	c.Holds[formattest.Relations] = formattest.Part
	formattest.ConformUnits(t, "huggingface", c)
}

func FuzzRead(f *testing.F) { formattest.Fuzz(f, "huggingface", "PAR1") }
