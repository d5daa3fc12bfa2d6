package format_test

import (
	"archive/zip"
	"compress/zlib"
	"encoding/csv"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"lede/annotate/format"
)

const coded = `{"id":"a","title":"One","source":"Wire","url":"","author":"","published":"2026-03-04","language":"en","text":"Ilse said, “no”.\nNobody; went.","meta":{"desk":"home","status":"wire"},"annotator":"ana","status":"done","flag":"why?","fields":{"relevance":"relevant","contexts":["legal","economic"],"size":12,"text":"x"},"note":"long\nnote","spans":[{"id":"s","label":"actor","start":0,"end":4,"fragments":[[0,4]],"text":"Ilse","attributes":{},"entity":null,"origin":"manual","note":""}],"relations":[]}
{"id":"a","title":"One","source":"Wire","url":"","author":"","published":"2026-03-04","language":"en","text":"Ilse said, “no”.\nNobody; went.","meta":{"desk":"home","status":"wire"},"annotator":"bo","status":"in_progress","flag":"","fields":{},"note":"","spans":[],"relations":[]}
{"id":"b","title":"","source":"","url":"","author":"","published":"","language":"","text":"港口谈判破裂 👩‍👩‍👧","meta":{},"annotator":"","status":"new","flag":"","fields":{},"note":"","spans":[],"relations":[]}
`

var rowsArticles = map[string]string{"rows": "articles"}

const codedTable = `id,title,source,url,author,published,language,desk,meta_status,annotator,status,reason,flag,note,contexts,relevance,size,field_text,text
a,One,Wire,,,2026-03-04,en,home,wire,ana,done,,why?,"long
note",legal;economic,relevant,12,x,"Ilse said, “no”.
Nobody; went."
a,One,Wire,,,2026-03-04,en,home,wire,bo,in_progress,,,,,,,,"Ilse said, “no”.
Nobody; went."
b,,,,,,,,,,new,,,,,,,,港口谈判破裂 👩‍👩‍👧
`

func TestTablesHoldDocumentFields(t *testing.T) {
	store := newStore(t)
	mustImport(t, store, importOptions(1), write(t, t.TempDir(), "in.jsonl", coded))
	got, m := exportString(t, store, format.ExportOptions{Format: "csv", Options: rowsArticles})
	if got != codedTable {
		t.Errorf("the table is\n%s\nwant\n%s", got, codedTable)
	}
	lost := ""
	for _, l := range m.Losses {
		lost += fmt.Sprintf("%s %d\n", l.Kind, l.Count)
	}
	if lost != "spans 1\ntypes 2\n" {
		t.Errorf("losses are %q", lost)
	}
	if m.Names["field text"] != "field_text" || m.Names["meta status"] != "meta_status" {
		t.Errorf("names are %v", m.Names)
	}
	tsv, _ := exportString(t, store, format.ExportOptions{Format: "tsv", Options: rowsArticles})
	r := csv.NewReader(strings.NewReader(tsv))
	r.Comma = '\t'
	rows, err := r.ReadAll()
	if err != nil || len(rows) != 4 || rows[1][15] != "relevant" {
		t.Errorf("the other table has the rows %q (%v)", rows, err)
	}
	again, _ := exportString(t, store, format.ExportOptions{Format: "csv", NoText: true, Options: rowsArticles})
	if strings.Contains(again, "Ilse") || strings.Contains(again, "One") || !strings.Contains(again, "sha256,length") {
		t.Errorf("without the text the table is\n%s", again)
	}
}

func TestTablesComeBackAsArticles(t *testing.T) {
	store := newStore(t)
	mustImport(t, store, importOptions(1), write(t, t.TempDir(), "in.jsonl", coded))
	table, _ := exportString(t, store, format.ExportOptions{Format: "csv", Options: rowsArticles})
	second := newStore(t)
	mustImport(t, second, importOptions(2), write(t, t.TempDir(), "in.csv", table))
	docs := documents(t, second)
	if len(docs) != 2 || docs[0].Text.String() != documents(t, store)[0].Text.String() || docs[0].Article.Title != "One" {
		t.Errorf("the articles are %+v", docs)
	}
}

func TestTableOfAnEmptyProject(t *testing.T) {
	got, _ := exportString(t, newStore(t), format.ExportOptions{Format: "csv", Options: rowsArticles})
	if want := "id,title,source,url,author,published,language,annotator,status,reason,flag,note,text\n"; got != want {
		t.Errorf("the table is %q", got)
	}
}

// TestEveryFormatHoldsDocumentFieldsOrSaysSo: nothing of what is coded about whole
// articles is dropped silently.
func TestEveryFormatHoldsDocumentFieldsOrSaysSo(t *testing.T) {
	store := newStore(t)
	mustImport(t, store, importOptions(1), write(t, t.TempDir(), "in.jsonl", strings.Replace(coded, `"relevance":"relevant"`, `"relevance":"quite-relevant"`, 1)))
	for _, f := range format.All() {
		if !f.Writes() || f.SchemaAlone || strings.Contains(f.Name, "-wrong-") { // what other tests register
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			dir := t.TempDir()
			m, err := format.Export(ctx, store, format.ExportOptions{Format: f.Name, Out: filepath.Join(dir, "out"), Annotator: "ana", Version: "test"})
			if err != nil {
				t.Fatal(err)
			}
			held, told := false, 0
			for _, content := range tree(t, dir) {
				held = held || strings.Contains(unpacked(t, content), "quite-relevant")
			}
			for _, l := range m.Losses {
				if l.Kind == "fields" {
					told = l.Count
				}
			}
			if held && told == 4 || !held && told != 4 { // some hold classes, and tell of boxes that are not ticked
				t.Errorf("held: %v; told to be lost: %d of 4", held, told)
			}
		})
	}
}

// unpacked is the content of a file, and of those in it if it is a zip file, or what
// zlib has packed.
func unpacked(t *testing.T, content string) string {
	t.Helper()
	r, err := zip.NewReader(strings.NewReader(content), int64(len(content)))
	if err != nil {
		if z, err := zlib.NewReader(strings.NewReader(content)); err == nil {
			raw, _ := io.ReadAll(z) // as far as it goes
			return string(raw)
		}
		return content
	}
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		content += string(raw)
	}
	return content
}
