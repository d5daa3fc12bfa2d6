package casjson_test

import (
	"testing"

	_ "lede/annotate/format/casjson"
	"lede/annotate/format/formattest"
)

// holds is what comes back of a project.
var holds = map[formattest.Kind]formattest.Grade{
	formattest.Articles: formattest.Whole, formattest.Refs: formattest.Whole, formattest.Facts: formattest.Whole,
	formattest.Status: formattest.Whole, formattest.Flags: formattest.Whole, formattest.SetNotes: formattest.Whole,
	formattest.Reasons: formattest.Whole, formattest.Fields: formattest.Whole, formattest.Spans: formattest.Whole,
	formattest.Relations: formattest.Whole, formattest.Attributes: formattest.Whole, formattest.Entities: formattest.Whole,
	formattest.Notes: formattest.Whole,
}

func TestConform(t *testing.T) {
	formattest.Conform(t, "cas-json", formattest.Case{Holds: holds, Names: true})
}

func FuzzRead(f *testing.F) {
	formattest.Fuzz(f, "cas-json",
		`-- a.json --
{"%FEATURE_STRUCTURES":{"1":{"%TYPE":"uima.cas.Sofa","sofaString":"x"}},"%VIEWS":{}}`,
		`-- a.json --
{"%TYPES":{"a":{"%SUPER_TYPE":"uima.tcas.Annotation","b":{"%RANGE":"a[]"}}},"%FEATURE_STRUCTURES":[{"%ID":1,"%TYPE":"uima.cas.Sofa","sofaID":"_InitialView","sofaString":"xyz"},{"%ID":2,"%TYPE":"a","@sofa":1,"begin":0,"end":2,"@b":3},{"%ID":3,"%TYPE":"a[]","%ELEMENTS":[2]}],"%VIEWS":{"_InitialView":{"%SOFA":1,"%MEMBERS":[2]}}}`)
}
