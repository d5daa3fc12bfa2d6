package w3c_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lede/annotate/format"
	"lede/annotate/format/formattest"
	_ "lede/annotate/format/w3c"
)

func TestConform(t *testing.T) {
	holds := map[formattest.Kind]formattest.Grade{}
	for _, k := range []formattest.Kind{
		formattest.Refs, formattest.Facts, formattest.Status, formattest.Flags, formattest.SetNotes, formattest.Reasons, formattest.Fields, formattest.Spans,
		formattest.Relations, formattest.Attributes, formattest.Entities, formattest.Notes, formattest.Origins, formattest.IDs, formattest.Accepted,
	} {
		holds[k] = formattest.Whole
	}
	for _, options := range []map[string]string{nil, {"offsets": "utf16"}, {"layout": "one"}} {
		t.Run(fmt.Sprint(options), func(t *testing.T) {
			formattest.Conform(t, "w3c", formattest.Case{Names: true, Holds: holds, Options: options})
		})
	}
}

func TestGolden(t *testing.T) {
	for _, offsets := range []string{"codepoints", "utf16"} {
		formattest.Golden(t, "w3c", formattest.Case{Options: map[string]string{"offsets": offsets}}, "testdata/golden-"+offsets)
	}
}

func FuzzRead(f *testing.F) {
	formattest.Fuzz(f, "w3c", "-- a.jsonld --\n"+foreign+"\n-- a.txt --\n"+page)
}

// page is the text that foreign is about.
const page = "👍 Ana said no. Ben said no.\r\nThe end"

// foreign is what other programs write: Recogito's positions in UTF-16, Hypothesis'
// quotes without positions, several tags, comments, connections, annotations of the
// page as a whole.
const foreign = `{"@context":"http://www.w3.org/ns/anno.jsonld","id":"http://x/page1","type":"AnnotationPage","items":[
{"@context":"http://www.w3.org/ns/anno.jsonld","id":"#1","type":"Annotation","creator":{"id":"http://x/u1","name":"Kim"},
 "body":[{"type":"TextualBody","purpose":"tagging","value":"person"},{"type":"TextualBody","purpose":"tagging","value":"source"},{"type":"TextualBody","purpose":"commenting","value":"who?"}],
 "target":{"source":"a.txt","selector":[{"type":"TextQuoteSelector","exact":"Ana","prefix":"👍 ","suffix":" said"},{"type":"TextPositionSelector","start":3,"end":6}]}},
{"id":"#2","type":"Annotation","motivation":"highlighting","creator":"http://x/u1",
 "target":[{"source":{"id":"a.txt"},"selector":{"type":"TextQuoteSelector","exact":"no","prefix":"Ben said ","suffix":"."}}]},
{"id":"#3","type":"Annotation","creator":{"name":"Kim"},"body":"verb","target":{"source":"a.txt","selector":[{"type":"TextPositionSelector","start":8,"end":9},{"type":"TextQuoteSelector","exact":"said","prefix":"Ben "}]}},
{"id":"#4","type":"Annotation","creator":{"name":"Kim"},"body":[{"purpose":"tagging","value":"lost"}],"target":{"source":"a.txt","selector":[{"type":"TextQuoteSelector","exact":"nowhere"}]}},
{"id":"#5","type":"Annotation","creator":{"name":"Kim"},"motivation":"linking","body":[{"purpose":"tagging","value":"says"}],"target":["#1","#3"]},
{"id":"#6","type":"Annotation","creator":{"name":"Kim"},"motivation":"linking","body":"#3","target":"#1"},
{"id":"#7","type":"Annotation","creator":{"name":"Kim"},"motivation":"linking","target":["#1","#9"]},
{"id":"#8","type":"Annotation","creator":{"name":"Kim"},"body":[{"purpose":"tagging","value":"news"},{"purpose":"commenting","value":"good page"}],"target":"a.txt"},
{"id":"#10","type":"Annotation","creator":{"name":"Kim"},"body":[{"purpose":"classifying","value":"tone=12"},{"purpose":"identifying","id":"http://www.wikidata.org/entity/Q1"}],
 "target":{"source":"a.txt","selector":[{"type":"TextQuoteSelector","exact":"said no.\nThe end"},{"type":"TextPositionSelector","start":20,"end":37}]}}
]}`

func read(t *testing.T, files map[string]string, name string) ([]*format.Article, error) {
	t.Helper()
	dir := t.TempDir()
	for n, content := range files {
		if err := os.WriteFile(filepath.Join(dir, n), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	f, err := format.Lookup("w3c")
	if err != nil {
		t.Fatal(err)
	}
	var list []*format.Article
	for a, err := range f.Read(context.Background(), format.Source{Path: filepath.Join(dir, name), Name: name, Rel: name}, nil) {
		if err != nil {
			return list, err
		}
		list = append(list, a)
	}
	return list, nil
}

func TestReadsOtherPrograms(t *testing.T) {
	list, err := read(t, map[string]string{"a.jsonld": foreign, "a.txt": page}, "a.jsonld")
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	a := list[0]
	if a.Ref != "a" || a.Text != strings.ReplaceAll(page, "\r", "") || len(a.Sets) != 2 {
		t.Fatalf("%+v", a)
	}
	var got []string
	for _, s := range a.Sets {
		for _, x := range s.Spans {
			e := ""
			if x.Entity != nil {
				e = x.Entity.Name
			}
			got = append(got, fmt.Sprintf("%s|%s|%d %s|%s|%s|%s", s.Annotator, x.Label, x.Fragments[0].Start, a.Index().Quote(x.Fragments), x.Note, x.Attributes, e))
		}
		for _, r := range s.Relations {
			got = append(got, r.Type+" "+r.From+" "+r.To)
		}
		if s.Note != "" {
			got = append(got, s.Note+" "+string(s.Fields["class"]))
		}
	}
	want := []string{
		"Kim|person|2 Ana|who?|map[]|", "Kim|source|2 Ana|who?|map[]|", "Kim|verb|19 said||map[]|", "Kim|annotation|19 said no.\nThe end||map[tone:\"12\"]|Q1",
		"says #1 #3", "link #1 #3", `good page "news"`, "http://x/u1|highlighting|24 no||map[]|",
	}
	for i := range want {
		if i >= len(got) || got[i] != want[i] {
			t.Fatalf("\n got %q\nwant %q", got, want)
		}
	}
	var notes []string
	for _, n := range a.LeftOutNotes() {
		notes = append(notes, fmt.Sprint(n.Count, " ", n.What))
	}
	for _, what := range []string{"UTF-16", "quote is not in the text", "put where the quote is", "between other things"} {
		if !strings.Contains(strings.Join(notes, "\n"), what) {
			t.Errorf("%q is not told: %q", what, notes)
		}
	}
}

func TestFindsTheText(t *testing.T) {
	one := `[{"id":"1","type":"Annotation","target":{"source":"http://x.org/page","selector":{"type":"TextQuoteSelector","exact":"end"}}}]`
	list, err := read(t, map[string]string{"notes.jsonld": one, "notes.txt": page}, "notes.jsonld")
	if err != nil || len(list) != 1 || list[0].Ref != "http://x.org/page" || list[0].Sets[0].Spans[0].Label != "annotation" {
		t.Fatal(list, err)
	}
	escape := strings.ReplaceAll(one, "http://x.org/page", "..%2Fsecret.txt")
	if _, err := read(t, map[string]string{"n.jsonld": escape}, "n.jsonld"); err == nil || !strings.Contains(err.Error(), "is not there") {
		t.Errorf("%v", err)
	}
}

func TestRefusals(t *testing.T) {
	for _, c := range []struct{ content, want string }{
		{`[{"id":"1","type":"Annotation"}]`, "has no target"},
		{`[7]`, "no JSON object"},
		{`[{"target":{"source":"b.txt","selector":{"type":"TextQuoteSelector","exact":"x"}}}]`, `the text of "b.txt" is not there`},
		{`[{"target":{"source":"a.txt","selector":[]}`, "no JSON"},
		{`{"items":[{"target":7}]}`, "no JSON object"},
		{`[{"generator":{"name":"Lede"},"target":"urn:x","body":[{"purpose":"classifying","value":"lede.sha256=77"}]}]`, "which text is meant"},
	} {
		_, err := read(t, map[string]string{"x.jsonld": c.content}, "x.jsonld")
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "x.jsonld") {
			t.Errorf("%s\n %v, want %q", c.content, err, c.want)
		}
	}
}
