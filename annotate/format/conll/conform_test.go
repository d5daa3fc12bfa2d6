package conll_test

import (
	"testing"

	"lede/annotate/format/formattest"
)

// TestConforms: what CoNLL holds, in several of its kinds.
func TestConforms(t *testing.T) {
	holds := map[formattest.Kind]formattest.Grade{formattest.Spans: formattest.Part}
	lost := map[string]formattest.Kind{"comments": "", "borders": ""} // warnings, and what is no thing of the project
	for _, options := range []map[string]string{
		nil,
		{"overlaps": "files", "docstart": "ref", "scheme": "bilou", "columns": "plus", "tokenizer": "english", "unit": "paragraph"},
	} {
		t.Run(options["overlaps"]+options["columns"], func(t *testing.T) {
			formattest.Conform(t, "conll", formattest.Case{Options: options, Holds: holds, Text: formattest.Blanks, Names: true, Nobody: true, Plain: true, Lost: lost})
		})
	}
}
