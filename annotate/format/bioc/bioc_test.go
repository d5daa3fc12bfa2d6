package bioc_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lede/annotate/format"
	_ "lede/annotate/format/bioc"
	"lede/annotate/format/formattest"
)

func TestConform(t *testing.T) {
	holds := map[formattest.Kind]formattest.Grade{}
	for _, k := range []formattest.Kind{
		formattest.Refs, formattest.Facts, formattest.Status, formattest.Flags, formattest.SetNotes, formattest.Reasons, formattest.Fields, formattest.Spans,
		formattest.Relations, formattest.Attributes, formattest.Entities, formattest.Notes, formattest.Origins, formattest.IDs, formattest.Accepted,
	} {
		holds[k] = formattest.Whole
	}
	for _, form := range []string{"json", "xml"} {
		t.Run(form, func(t *testing.T) {
			formattest.Conform(t, "bioc", formattest.Case{
				Plain: true, // ends stand as lengths
				Names: form == "json", Holds: holds, Options: map[string]string{"form": form},
				Lost: map[string]formattest.Kind{"control": "", "names": ""},
			})
		})
	}
}

func TestGolden(t *testing.T) {
	for _, form := range []string{"xml", "json"} {
		formattest.Golden(t, "bioc", formattest.Case{Options: map[string]string{"form": form}}, "testdata/golden-"+form)
	}
}

func FuzzRead(f *testing.F) {
	formattest.Fuzz(f, "bioc", passages, sentences)
}

// passages is as PubTator and others write: passages that do not touch, places from
// the start of the document in bytes, relations of three.
const passages = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE collection SYSTEM "BioC.dtd">
<collection><source>PubTator</source><date></date><key>BioC.key</key>
<document><id>12</id><infon key="journal">J</infon><infon key="n">007</infon>
<passage><infon key="type">title</infon><offset>0</offset><text>Über A</text>
<annotation id="1"><infon key="identifier">01</infon><infon key="type">Gene</infon><location offset="0" length="5"/><text>Über</text></annotation></passage>
<passage><infon key="type">abstract</infon><offset>9</offset><text>B binds C.</text>
<annotation id="2"><infon key="type">Gene</infon><infon key="annotator">ann@x</infon><location offset="9" length="1"/><text>B</text></annotation>
<annotation id="3"><infon key="type">Gene</infon><infon key="annotator">ann@x</infon><location offset="17" length="1"/><location offset="11" length="5"/><text>binds C</text></annotation>
<annotation id="4"><infon key="type">Gene</infon><infon key="annotator">ann@x</infon><location offset="9" length="0"/><text></text></annotation>
<relation id="R1"><infon key="type">bind</infon><node refid="2" role="a"/><node refid="3" role="b"/><node refid="3" role="c"/></relation>
<relation id="R2"><infon key="type">bind</infon><node refid="2" role="a"/><node refid="1" role="b"/></relation>
</passage></document></collection>`

// sentences is JSON with sentences in place of a passage's text.
const sentences = `{"source":"s","date":"d","key":"k","infons":{},"documents":[{"id":7,"infons":{"x":["y"]},"passages":[
{"offset":0,"infons":{},"sentences":[{"offset":0,"infons":{},"text":"One 👍.","annotations":[],"relations":[]},
{"offset":7,"infons":{},"text":"Two.","annotations":[{"id":"1","infons":{"type":"n"},"text":"Two","locations":[{"offset":7,"length":3}]}],"relations":[]}],"annotations":[],"relations":[]}],
"relations":[]}]}`

func read(t *testing.T, content string) ([]*format.Article, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "c.bioc")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := format.Lookup("bioc")
	if err != nil {
		t.Fatal(err)
	}
	var list []*format.Article
	for a, err := range f.Read(context.Background(), format.Source{Path: path, Name: "c.bioc", Rel: "c.bioc"}, nil) {
		if err != nil {
			return list, err
		}
		list = append(list, a)
	}
	return list, nil
}

func TestReadsPassagesInBytes(t *testing.T) {
	list, err := read(t, passages)
	if err != nil || len(list) != 2 || !list[0].Aside() {
		t.Fatal(list, err)
	}
	a := list[1]
	if a.Ref != "12" || a.Text != "Über A\n\nB binds C." || fmt.Sprintf("%s", a.Meta) != `map[journal:"J" n:"007"]` || len(a.Sets) != 2 {
		t.Fatalf("%+v", a)
	}
	var got []string
	for _, s := range a.Sets {
		for _, x := range s.Spans {
			got = append(got, s.Annotator+" "+x.Label+" "+fmt.Sprintf("%s", x.Attributes))
			for _, r := range x.Fragments {
				got = append(got, a.Index().Slice(r))
			}
		}
		for _, r := range s.Relations {
			got = append(got, r.Type+" "+r.From+"-"+r.To)
		}
	}
	if want := `[ Gene map[identifier:"01"] Über ann@x Gene map[] B ann@x Gene map[] C binds bind 2-3 bind 2-3]`; fmt.Sprint(got) != want {
		t.Errorf("%v", got)
	}
	var notes []string
	for _, n := range a.LeftOutNotes() {
		if n.Count > 0 {
			notes = append(notes, n.What)
		}
	}
	if s := strings.Join(notes, "; "); !strings.Contains(s, "no characters") || !strings.Contains(s, "further ends") || !strings.Contains(s, "one annotator") || !strings.Contains(s, "passages") {
		t.Errorf("%s", s)
	}
}

func TestReadsSentences(t *testing.T) {
	list, err := read(t, sentences)
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	if a := list[0]; a.Text != "One 👍. Two." || a.Index().Slice(a.Sets[0].Spans[0].Fragments[0]) != "Two" || string(a.Meta["x"]) != `["y"]` {
		t.Errorf("%+v", a)
	}
}

func TestRefusals(t *testing.T) {
	doc := func(passage string) string {
		return `{"documents":[{"id":"1","infons":{},"passages":[` + passage + `],"relations":[]}]}`
	}
	for _, c := range []struct{ content, want string }{
		{`<html></html>`, "it is no BioC collection"},
		{`<collection><document></collection>`, "no sound XML"},
		{`<collection><document>`, "no sound XML"},
		{`{"documents":[7]}`, "none of BioC"},
		{`{"documents":[{"id":"1","passages":7}]}`, `"passages" is of the wrong kind`},
		{`{"x":1}`, "neither id nor passages"},
		{doc(`{"offset":"x","text":"a"}`), "no whole number"},
		{doc(`{"offset":0,"text":"abc","annotations":[{"id":"1","infons":{},"locations":[{"offset":2,"length":2}]}]}`), "outside its text"},
		{doc(`{"offset":0,"text":"abc","annotations":[{"id":"1","infons":{},"locations":[{"offset":1e9,"length":2}]}]}`), "outside its text"},
		{doc(`{"offset":0,"text":"abc","annotations":[{"id":"1","infons":7,"locations":[]}]}`), "infons must be an object"},
		{doc(`{"offset":0,"text":"a"}`)[:60], "unexpected end"},
	} {
		_, err := read(t, c.content)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "c.bioc") {
			t.Errorf("%s\n %v, want %q", c.content, err, c.want)
		}
	}
}
