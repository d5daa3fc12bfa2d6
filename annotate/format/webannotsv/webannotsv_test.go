package webannotsv_test

import (
	"encoding/json"
	"testing"

	"lede/annotate/format"
	"lede/annotate/format/formattest"
	_ "lede/annotate/format/webannotsv"
)

func TestConform(t *testing.T) {
	formattest.Conform(t, "webanno-tsv", formattest.Case{
		Holds: map[formattest.Kind]formattest.Grade{
			formattest.Articles: formattest.Part, formattest.Spans: formattest.Whole, formattest.Relations: formattest.Whole,
			formattest.Attributes: formattest.Whole, formattest.Entities: formattest.Whole, formattest.Notes: formattest.Whole,
		},
		Value: func(raw json.RawMessage) string {
			var s string
			if raw[0] == '"' && json.Unmarshal(raw, &s) == nil {
				return s
			}
			canonical, err := format.CanonicalJSON(raw)
			if err != nil {
				t.Error(err)
			}
			return string(canonical)
		},
	})
}

func FuzzRead(f *testing.F) {
	formattest.Fuzz(f, "webanno-tsv",
		"-- a.tsv --\n#FORMAT=WebAnno TSV 3.3\n#T_SP=a.B|v|ROLE_a.B:l_a.L|a.C\n#T_SP=a.C|\n#T_CH=a.DLink|referenceType|referenceRelation\n#T_RL=a.R|v|BT_a.B\n\n\n#Text=ab 😀\n1-1\t0-2\tab\tx[1]|y\tr;s\t1-1;1-2\t*\tp[1]\tc->1-1\tq\t1-2[0_1]\t\n1-1.1\t0-1\ta\t_\t_\t_\t_\t_\t_\t_\t_\t\n1-2\t3-5\t😀\tx\t_\t_\t*\t_\t_\t_\t_\t\n")
}
