package table_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/format"
	_ "lede/annotate/format/all"
)

var ctx = context.Background()

// project has the articles of lines of jsonl.
func project(t *testing.T, lines string) annotate.Store {
	t.Helper()
	store := annotest.NewMemory(annotest.NewEnv())
	if _, err := take(t, store, "in.jsonl", lines, nil, 1); err != nil {
		t.Fatal(err)
	}
	return store
}

func take(t *testing.T, store annotate.Store, name, content string, options map[string]string, space int) (*format.ImportReport, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	o := format.ImportOptions{Actor: "tester", Annotator: "me", Env: annotest.NewEnvAt(annotest.Start, space), Options: options}
	return format.Import(ctx, store, []string{path}, o)
}

func export(t *testing.T, store annotate.Store, name string, options map[string]string, noText bool) (string, *format.Manifest) {
	t.Helper()
	var out strings.Builder
	m, err := format.Export(ctx, store, format.ExportOptions{Format: name, Stdout: &out, Options: options, NoText: noText, Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return out.String(), m
}

const coded = `{"id":"a","title":"=1+1","source":"Wire","text":"😀 Ana said “no”.\nBo, too; went.","meta":{"desk":"-x"},"annotator":"ana","status":"done","fields":{"genre":"news"},"spans":[{"id":"s1","label":"actor","start":2,"end":5,"attributes":{"type":"x","n":-5,"note":"n","attr_a":"=b","many":["p","q"],"odd":["a;b"],"none":null},"entity":{"id":"e1","kind":"person","name":"@Ana"},"note":"'=see"},{"id":"s2","label":"my label","start":2,"end":25,"fragments":[[2,5],[17,19]]}],"relations":[{"id":"r1","type":"knows","from":"s1","to":"s2","attributes":{"why":"+"}}]}
{"id":"a","text":"😀 Ana said “no”.\nBo, too; went.","title":"=1+1","source":"Wire","meta":{"desk":"-x"},"annotator":"bo","status":"in_progress","spans":[]}
{"id":"b","text":"Nobody."}
`

func TestColumnsOfSpans(t *testing.T) {
	store := project(t, strings.ReplaceAll(coded, `"start":2,"end":25,"fragments":[[2,5],[17,19]]`, `"start":2,"end":19,"fragments":[[2,5],[17,19]]`))
	got, m := export(t, store, "csv", nil, false)
	want := `doc_id,annotator,span_id,start,end,fragments,label,text,status,entity,entity_kind,entity_id,origin,note,attr_attr_a,many,n,attr_note,odd,type
a,ana,s2,2,19,"[[2,5],[17,19]]",my label,Ana Bo,done,,,,import,,,,,,,
a,ana,s1,2,5,"[[2,5]]",actor,Ana,done,@Ana,person,e1,import,'=see,=b,p;q,-5,n,"[""a;b""]",x
`
	if got != want {
		t.Errorf("the table is\n%s\nwant\n%s", got, want)
	}
	lost := map[string]int{}
	for _, l := range m.Losses {
		lost[l.Kind] += l.Count
	}
	for kind, n := range map[string]int{"relations": 1, "facts": 3, "fields": 1, "empty": 1, "untouched": 1, "attributes": 1, "types": 3} {
		if lost[kind] != n {
			t.Errorf("%d %s are told to be lost, not %d (%+v)", lost[kind], kind, n, m.Losses)
		}
	}
	if m.Out.Articles != 1 || m.Out.Spans != 2 || m.Names["attribute note"] != "attr_note" {
		t.Errorf("manifest %+v", m)
	}
	safe, _ := export(t, store, "csv", map[string]string{"escape": "yes", "article": "facts", "bom": "yes", "delimiter": "semicolon"}, false)
	for _, part := range []string{"\uFEFFdoc_id;annotator;", ";'@Ana;", ";''=see;", ";'=b;", ";-5;", ";'=1+1;", ";'-x\n", ";news;"} {
		if !strings.Contains(safe, part) {
			t.Errorf("there is no %q in\n%s", part, safe)
		}
	}
}

func TestTablesOfOtherPrograms(t *testing.T) {
	for name, c := range map[string]struct{ content, options string }{
		"spacy.csv": {"filename,start_char,end_char,entity_type,mention\na,2,5,PER,Ana\na,17.0,19.0,PER,Bo\n", ""},
		"r.csv":     {"\"\",\"doc_id\",\"begin\",\"end\",\"label\",\"quote\",\"coder\"\n\"1\",\"a\",2,5,\"PER\",\"Ana\",\"me\"\n\"2\",\"a\",17,19,\"PER\",\"Bo\",\"me\"\n", ""},
		"x.tsv":     {"Doc_ID\tStart\tEnd\tLabel\na\t2\t5\tPER\n\t\t\t\na\t17\t19\tPER\n", ""},
	} {
		store := project(t, `{"id":"a","text":"😀 Ana said “no”.\nBo, too; went."}`+"\n")
		r, err := take(t, store, name, c.content, nil, 2)
		if err != nil || r.Added.Spans != 2 || r.Added.Sets != 1 {
			t.Errorf("%s: %+v %v", name, r, err)
			continue
		}
		again, _ := export(t, store, "csv", nil, false)
		if !strings.Contains(again, `2,5,"[[2,5]]",PER,Ana,`) || !strings.Contains(again, `17,19,"[[17,19]]",PER,Bo,`) {
			t.Errorf("%s became\n%s", name, again)
		}
	}
}

func TestRefusals(t *testing.T) {
	head := "doc_id,annotator,start,end,label,text\n"
	for content, want := range map[string]string{
		head + "a,x,2,5,PER,Bob\n":                        `in.csv:2: span 2–5 (PER) reads "Ana" in the text, but the file says "Bob"`,
		head + "a,x,2,500,PER,\n":                         "in.csv:2: span 2–500 (PER) is outside the text, which has 31 characters",
		head + "a,x,5,2,PER,\n":                           "in.csv:2: span 5–2 (PER)",
		head + "a,x,2,5,,\n":                              `in.csv:2: the label "" is empty`,
		head + "a,x,2.5,5,PER,\n":                         `in.csv:2: start and end must be whole numbers, not "2.5" and "5"`,
		head + ",x,2,5,PER,\n":                            "in.csv:2: the row does not say of which article it is",
		head + "a,x,2,5,PER,\na,y,2,5,PER,\na,x,2,5,P,\n": `in.csv:4: the rows of annotator "x" and article "a" do not follow each other: others begin at `,
		"doc_id,start,end,fragments,label,span_id\na,2,5,\"[[2,6]]\",P,s\n": "in.csv:2: start and end are 2 and 5, but the fragments [[2,6]] say otherwise",
		"doc_id,start,end,fragments,label,span_id\na,2,5,\"[2,5]\",P,s\n":   "in.csv:2: fragments must be a list as [[0,5],[8,12]]",
		"doc_id,start,end,label,sha256,length\na,2,5,P,abc,3\n":             "in.csv:2: a row without a text needs a sha256 of 64 digits and a length",
		"doc_id,start,end,label,label\na,2,5,P,Q\n":                         `in.csv:1: two columns are called "label"`,
		"doc_id,start,end,label,text\n" + "\"" + strings.Repeat("x", 1<<20): "in.csv:2: column",
	} {
		store := project(t, `{"id":"a","text":"😀 Ana said “no”.\nBo, too; went."}`+"\n")
		_, err := take(t, store, "in.csv", content, nil, 2)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.80q: %v\nwant %s", content, err, want)
		}
	}
	store := project(t, `{"id":"a","text":"x"}`+"\n")
	if _, err := take(t, store, "in.csv", "id,text\na,x\n", map[string]string{"rows": "spans"}, 2); err == nil || !strings.Contains(err.Error(), "a table of spans has columns doc_id, start, end and label; here they are id, text") {
		t.Errorf("%v", err)
	}
}

// TestTablesWithoutTextAttach: the gap that a table without texts could not be read.
func TestTablesWithoutTextAttach(t *testing.T) {
	first := project(t, coded2)
	for _, options := range []map[string]string{{}, {"rows": "articles"}, {"article": "facts", "empty": "yes"}} {
		table, _ := export(t, first, "csv", options, true)
		if strings.Contains(table, "Ana s") || strings.Contains(table, "Title") {
			t.Errorf("there is text in\n%s", table)
		}
		store := project(t, `{"id":"other","text":"Ana said no."}`+"\n"+`{"id":"b","text":"Else."}`+"\n")
		r, err := take(t, store, "in.csv", table, nil, 2)
		if err != nil || r.Added.Sets != 1 || r.Added.Articles != 0 || r.LeftOut != 0 {
			t.Errorf("%v: %+v %v", options, r, err)
		}
	}
}

const coded2 = `{"id":"a","title":"Title","text":"Ana said no.","annotator":"ana","status":"done","spans":[{"id":"s","label":"actor","start":0,"end":3}]}` + "\n"

// TestTheOffsetsMayCountOtherwise: a table with the texts in the wrong unit is told and
// converted as a whole.
func TestTheOffsetsMayCountOtherwise(t *testing.T) {
	store := project(t, "")
	r, err := take(t, store, "in.csv", "doc_id,start,end,label,text,article_text\na,3,6,PER,Ana,😀 Ana\n", nil, 2)
	if err != nil || r.Added.Spans != 1 || !strings.Contains(r.Sources[0].Offsets, "UTF-16") {
		t.Errorf("%+v %v", r, err)
	}
}
