package casxmi_test

import (
	"testing"

	_ "lede/annotate/format/casxmi"
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
	formattest.Conform(t, "cas-xmi", formattest.Case{Holds: holds, Names: true, Lost: map[string]formattest.Kind{"characters": ""}})
}

func FuzzRead(f *testing.F) {
	formattest.Fuzz(f, "cas-xmi",
		`-- a.xmi --
<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:c="http:///c.ecore"><cas:Sofa xmi:id="1" sofaID="a" sofaString="xyz"/><c:E xmi:id="2" sofa="1" begin="0" end="2" args="3"/><c:L xmi:id="3" role="r" target="2"/><cas:View sofa="1" members="2"/></xmi:XMI>`,
		`-- a.xmi --
<xmi:XMI xmlns:xmi="http://www.omg.org/XMI"></xmi:XMI><a/>`)
}
