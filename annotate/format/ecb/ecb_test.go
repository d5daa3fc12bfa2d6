package ecb_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lede/annotate/format"
	_ "lede/annotate/format/ecb"
	"lede/annotate/format/formattest"
)

// sample is made up in the layout of ECB+: a markable in two pieces, chains across
// and within articles, a link of other corpora, a chain of nothing.
const sample = `<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<Document doc_name="7_1ecb.xml" doc_id="DOC1">
<token t_id="1" sentence="0" number="0">Zebrafisch</token>
<token t_id="2" sentence="0" number="1">took</token>
<token t_id="3" sentence="0" number="2">it</token>
<token t_id="4" sentence="0" number="3">over</token>
<token t_id="5" sentence="1" number="0">北京</token>
<token t_id="6" sentence="1" number="1">👍</token>
<Markables>
<ACTION_OCCURRENCE m_id="10" note="byCROMER"><token_anchor t_id="2"/><token_anchor t_id="4"/></ACTION_OCCURRENCE>
<HUMAN_PART_PER m_id="11"><token_anchor t_id="1"/></HUMAN_PART_PER>
<LOC_GEO m_id="12"><token_anchor t_id="6"/><token_anchor t_id="5"/></LOC_GEO>
<ACTION_OCCURRENCE m_id="20" RELATED_TO="" TAG_DESCRIPTOR="t7_takeover" instance_id="ACT1"/>
<HUMAN_PART_PER m_id="21" RELATED_TO="" TAG_DESCRIPTOR="t7_fish"/>
</Markables>
<Relations>
<CROSS_DOC_COREF r_id="30" note="ACT1"><source m_id="10"/><target m_id="20"/></CROSS_DOC_COREF>
<INTRA_DOC_COREF r_id="31"><source m_id="11"/><target m_id="21"/></INTRA_DOC_COREF>
<INTRA_DOC_COREF r_id="32"><target m_id="21"/></INTRA_DOC_COREF>
<PLOT_LINK r_id="33" relType="RISING"><source m_id="10"/><target m_id="11"/></PLOT_LINK>
<PLOT_LINK r_id="34"><source m_id="10"/><target m_id="99"/></PLOT_LINK>
</Relations>
</Document>
`

func TestConform(t *testing.T) {
	formattest.Conform(t, "ecb+", formattest.Case{Sample: map[string]string{"7_1ecb.xml": sample}})
}

func FuzzRead(f *testing.F) { formattest.Fuzz(f, "ecb+", sample) }

func read(t *testing.T, content string) (*format.Article, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.xml")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := format.Lookup("ecb+")
	if err != nil {
		t.Fatal(err)
	}
	for a, err := range f.Read(context.Background(), format.Source{Path: path, Name: "x.xml", Rel: "x.xml"}, nil) {
		return a, err
	}
	return nil, nil
}

func TestReads(t *testing.T) {
	a, err := read(t, sample)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range a.Sets[0].Spans {
		var words []string
		for _, f := range s.Fragments {
			words = append(words, a.Index().Slice(f))
		}
		e := "-"
		if s.Entity != nil {
			e = s.Entity.ID + " " + s.Entity.Name
		}
		got = append(got, fmt.Sprintf("%s %q %s %s", s.Label, words, e, s.Attributes))
	}
	for _, r := range a.Sets[0].Relations {
		got = append(got, fmt.Sprintf("%s %s %s %s", r.Type, r.From, r.To, r.Attributes))
	}
	want := []string{
		`ACTION_OCCURRENCE ["took" "over"] ACT1 t7_takeover map[note:"byCROMER"]`, `HUMAN_PART_PER ["Zebrafisch"] 7_1ecb:31 t7_fish map[]`,
		`LOC_GEO ["北京 👍"] - map[]`, `PLOT_LINK m10 m11 map[relType:"RISING"]`,
	}
	if a.Ref != "7_1ecb" || a.Text != "Zebrafisch took it over\n北京 👍" || strings.Join(got, "\n") != strings.Join(want, "\n") || len(a.LeftOutNotes()) != 2 {
		t.Errorf("%+v\n%s\n%+v", a, strings.Join(got, "\n"), a.LeftOutNotes())
	}
}

func TestRefusals(t *testing.T) {
	for _, c := range []struct{ content, want string }{
		{"<a/>", "no <Document>"},
		{strings.Replace(sample, `t_id="2" s`, `t_id="1" s`, 1), `no t_id of its own ("1")`},
		{strings.Replace(sample, `<token_anchor t_id="2"/>`, `<token_anchor t_id="77"/>`, 1), `a word "77" that is not there`},
		{strings.Replace(sample, `m_id="11"><t`, `m_id="10"><t`, 1), "is there twice"},
		{sample[:300], "no sound XML"},
	} {
		if _, err := read(t, c.content); err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "x.xml") {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
}
