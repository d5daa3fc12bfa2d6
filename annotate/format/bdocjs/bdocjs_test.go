package bdocjs_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lede/annotate/format"
	_ "lede/annotate/format/bdocjs"
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
	for _, options := range []map[string]string{nil, {"offsets": "utf16"}, {"layout": "lines"}} {
		t.Run(fmt.Sprint(options), func(t *testing.T) {
			formattest.Conform(t, "bdocjs", formattest.Case{Names: true, Holds: holds, Options: options, Lost: map[string]formattest.Kind{"gaps": ""}})
		})
	}
}

func TestGolden(t *testing.T) {
	formattest.Golden(t, "bdocjs", formattest.Case{}, "testdata/golden")
}

func FuzzRead(f *testing.F) {
	formattest.Fuzz(f, "bdocjs", "-- a.bdocjs --\n"+foreign)
}

// foreign is as gatenlp writes a document, with what only others have in it.
const foreign = `{"annotation_sets": {"": {"name": "", "annotations": [{"type": "Person", "start": 0, "end": 3, "id": 0, "features": {"rule": "x", "matches": [0, 1]}},
 {"type": "Empty", "start": 2, "end": 2, "id": 1, "features": {}}, {"type": "Emoji", "start": 4, "end": 6, "id": 2, "features": null}], "next_annid": 3}},
 "text": "Ana \ud83d\udc4d said", "features": {"gate.SourceURL": "http://x", "n": 1}, "offset_type": "j", "name": ""}`

func read(t *testing.T, content string) ([]*format.Article, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "doc.bdocjs")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := format.Lookup("bdocjs")
	if err != nil {
		t.Fatal(err)
	}
	var list []*format.Article
	for a, err := range f.Read(context.Background(), format.Source{Path: path, Name: "doc.bdocjs", Rel: "doc.bdocjs"}, nil) {
		if err != nil {
			return list, err
		}
		list = append(list, a)
	}
	return list, nil
}

func TestReadsWhatGateWrites(t *testing.T) {
	list, err := read(t, foreign)
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	a := list[0]
	if a.Ref != "doc" || !a.RefFromName || a.Text != "Ana 👍 said" || fmt.Sprintf("%s", a.Meta) != `map[gate.SourceURL:"http://x" n:1]` {
		t.Errorf("%+v", a)
	}
	if len(a.Sets) != 1 || len(a.Sets[0].Spans) != 2 || !a.Sets[0].LocalIDs || len(a.LeftOutNotes()) != 1 {
		t.Fatalf("%+v %+v", a.Sets, a.LeftOutNotes())
	}
	p, e := a.Sets[0].Spans[0], a.Sets[0].Spans[1]
	if p.Label != "Person" || fmt.Sprintf("%s", p.Attributes) != `map[matches:[0,1] rule:"x"]` || e.Fragments[0].Start != 4 || e.Fragments[0].End != 5 {
		t.Errorf("%+v %+v", p, e)
	}
}

func TestRefusals(t *testing.T) {
	doc := func(annotation string) string {
		return `{"text":"Ana 👍","offset_type":"j","annotation_sets":{"a":{"name":"a","annotations":[` + annotation + `]}}}`
	}
	for _, c := range []struct{ content, want string }{
		{`{"features":{}}`, `there is no "text"`},
		{`{"text":"a","offset_type":"x"}`, `"offset_type" is "x"`},
		{`{"text":"a","annotation_sets":[]}`, "must be an object"},
		{`{"text":"a","annotation_sets":{"a":{"name":"b"}}}`, `calls itself "b"`},
		{`{"text":"a","annotation_sets":{"a":{"annotations":{}}}}`, "must be a list"},
		{doc(`{"type":"x","start":0,"end":1}`), "no start, end or id"},
		{doc(`{"type":"x","start":0,"end":1,"id":1},{"type":"x","start":0,"end":1,"id":1}`), "there twice"},
		{doc(`{"type":"x","start":4,"end":5,"id":1}`), "no places between characters"},
		{doc(`{"type":"x","start":0,"end":99999999999999999999,"id":1}`), "whole number"},
		{doc(`{"type":"x","start":0,"end":2,"id":1,"features":{"lede.fragments":[[0,1],[1,3]]}}`), "does not fit"},
		{doc(`{"type":"x","start":0,"end":2,"id":1,"features":{"lede.relations":[{"type":"r","to":7}]}}`), "leads to the annotation 7"},
		{doc(`{"type":"x","start":0,"end":2,"id":1,"features":{"lede.relations":7}}`), "must be a list"},
		{`{"text":"a","features":{"lede.sets":7}}`, "does not say what annotators say"},
		{`[7]`, "no JSON object"},
	} {
		_, err := read(t, c.content)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "doc.bdocjs:1") {
			t.Errorf("%s\n %v, want %q", c.content, err, c.want)
		}
	}
}
