package xlsx_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/format"
)

var ctx = context.Background()

func store() annotate.Store { return annotest.NewMemory(annotest.NewEnv()) }

func take(s annotate.Store, path string, options map[string]string) (*format.ImportReport, error) {
	return format.Import(ctx, s, []string{path}, format.ImportOptions{Actor: "tester", Annotator: "me", Env: annotest.NewEnvAt(annotest.Start, 2), Format: map[string]string{".xlsx": "xlsx"}[filepath.Ext(path)], Options: options})
}

// articles are the articles of a project, a line each.
func articles(t *testing.T, s annotate.Store) string {
	t.Helper()
	var lines []string
	for d, err := range s.Documents(ctx, annotate.DocumentQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		meta, _ := json.Marshal(d.Article.Meta)
		lines = append(lines, fmt.Sprintf("%s|%s|%s|%s|%s", d.Article.Ref, d.Article.Title, d.Article.Published, meta, d.Text.String()))
	}
	return strings.Join(lines, "\n")
}

func TestReadsWhatOpenpyxlWrote(t *testing.T) {
	s := store()
	o := format.ImportOptions{Actor: "tester", Env: annotest.NewEnvAt(annotest.Start, 2)}
	var err error
	if o.Columns, err = format.ParseColumns([]string{"title=Headline"}); err != nil {
		t.Fatal(err)
	}
	r, err := format.Import(ctx, s, []string{"testdata/openpyxl.xlsx"}, o)
	if err != nil {
		t.Fatal(err)
	}
	want := `7|“Port” closes|2026-03-04|{"When":"2026-03-04T18:30:00","Wire":true,"Words":12}|The port of Varno closed.` + "\nNobody knows why 😀.\n" +
		`8.5|=1+1|1900-02-01|{"When":"06:05:00","Wire":false,"Words":1.25}|It _x000B_ opened.`
	if got := strings.ReplaceAll(articles(t, s), "\v", "_x000B_"); got != want {
		t.Errorf("read\n%s\nwant\n%s", got, want)
	}
	if len(r.Notes) != 1 || r.Notes[0].Kind != "sheets" || r.Notes[0].Examples[0] != "Other" {
		t.Errorf("notes %+v", r.Notes)
	}
}

// workbook is a file of the given parts.
func workbook(t *testing.T, parts map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, content := range parts {
		out, err := w.Create(name)
		if err == nil {
			_, err = out.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "a.xlsx")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// excel is a workbook as Excel writes it, with the data of one sheet.
func excel(data string) map[string]string {
	return map[string]string{
		"_rels/.rels":                `<Relationships><Relationship Id="r1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns:r="x"><workbookPr date1904="1"/><sheets><sheet name="Hidden" r:id="r9" state="hidden"/><sheet name="One" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r9" Type="x/worksheet" Target="worksheets/s0.xml"/><Relationship Id="r1" Type="x/worksheet" Target="worksheets/s1.xml"/><Relationship Id="r2" Type="x/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="r3" Type="x/styles" Target="styles.xml"/></Relationships>`,
		"xl/styles.xml":              `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="[$-407]d\.\ mmmm\ yyyy;@"/><numFmt numFmtId="171" formatCode="0.00&quot; days&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>`,
		"xl/sharedStrings.xml":       `<sst><si><t>text</t></si><si><r><t xml:space="preserve">The </t></r><r><rPr><b/></rPr><t>port</t></r><rPh sb="0" eb="1"><t>POR</t></rPh></si><si><t>date</t></si></sst>`,
		"xl/worksheets/s0.xml":       `<worksheet><sheetData/></worksheet>`,
		"xl/worksheets/s1.xml":       `<worksheet><cols/><sheetData>` + data + `</sheetData><sheetData><row/></sheetData></worksheet>`,
	}
}

const head = `<row r="2"><c r="B2" t="s"><v>0</v></c><c r="C2" t="s"><v>2</v></c><c r="D2" t="str"><f>A1</f><v>n</v></c><c t="inlineStr"><is><t>e</t></is></c></row>`

func TestReadsWhatExcelWrites(t *testing.T) {
	s := store()
	r, err := take(s, workbook(t, excel(head+`<row r="3"><c r="B3" t="s"><v>1</v></c><c r="C3" s="1"><v>1</v></c><c r="D3" s="2"><v>2.50</v></c><c r="E3" t="e"><v>#REF!</v></c></row>`+
		`<row/><row><c/><c t="inlineStr"><is><t>two_xD83D__xDE00_</t></is></c><c s="1"><v>-1</v></c><c><v>1E+2</v></c></row>`)), nil)
	if err != nil {
		t.Fatal(err)
	}
	want := `||1904-01-02|{"n":2.50}|The port` + "\n" + `||-1|{"n":100}|two😀`
	got := articles(t, s)
	for _, line := range strings.Split(got, "\n") {
		id, _, _ := strings.Cut(line, "|")
		got = strings.Replace(got, id, "", 1)
	}
	if got != want {
		t.Errorf("read\n%s\nwant\n%s", got, want)
	}
	if fmt.Sprint(r.Notes) != `[{cells cells with an error, such as #REF!, taken as empty 1 [One]} {sheets sheets that were not read (--opt sheet=NAME reads another) 1 [Hidden]}]` {
		t.Errorf("notes %+v", r.Notes)
	}
}

func TestRefusals(t *testing.T) {
	for want, c := range map[string]struct{ data, option string }{
		`a.xlsx (One):3: a cell holds the shared text "7", which is not there`:   {head + `<row r="3"><c t="s"><v>7</v></c></row>`, ""},
		`a.xlsx (One):3: a cell holds the number "NaN"`:                          {head + `<row r="3"><c><v>NaN</v></c></row>`, ""},
		`a.xlsx (One):3: a cell is called "A3", out of turn`:                     {head + `<row r="3"><c r="C3"><v>1</v></c><c r="A3"><v>1</v></c></row>`, ""},
		`a.xlsx (One):3: a cell is called "ZZZZ3", out of turn`:                  {head + `<row r="3"><c r="ZZZZ3"><v>1</v></c></row>`, ""},
		`a.xlsx (One):1048576: a row has the number "99999999"`:                  {head + `<row r="99999999"/>`, ""},
		`a.xlsx (One): the sheet is empty. The first row must name the columns.`: {``, ""},
		`there is no column text, content, body, article, document, sentence`:    {`<row><c t="str"><v>x</v></c></row>`, ""},
		`two columns are called "x"`:                                             {`<row><c t="str"><v>x</v></c><c t="str"><v>x</v></c></row>`, ""},
		`a.xlsx: there is no sheet "Two". Its sheets are Hidden, One.`:           {head, "Two"},
		`a.xlsx/xl/worksheets/s1.xml:1: it is no sound XML`:                      {head + `<row><c>`, ""},
		`the file declares entities of its own`:                                  {head, "entities"},
	} {
		parts := excel(c.data)
		options := map[string]string{"sheet": c.option}
		if c.option == "entities" {
			parts["xl/worksheets/s1.xml"] = `<!DOCTYPE x [<!ENTITY a "b">]>` + parts["xl/worksheets/s1.xml"]
			options = nil
		}
		s := store()
		_, err := take(s, workbook(t, parts), options)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v\nwant %s", err, want)
		}
		if n, _ := s.Count(ctx, annotate.ArticleQuery{}); n.Total > 0 {
			t.Errorf("%s: something was left", want)
		}
	}
	if _, err := take(store(), workbook(t, map[string]string{"word/document.xml": "<x/>"}), nil); err == nil || !strings.Contains(err.Error(), "it is no workbook of Excel") {
		t.Errorf("%v", err)
	}
}

// TestLongTextsGoOn: a text that no cell holds comes back whole, a copy of a span is cut.
func TestLongTextsGoOn(t *testing.T) {
	long := strings.Repeat("=9😀é ", 20000)
	first := store()
	line, _ := json.Marshal(map[string]any{"id": "a", "text": long, "annotator": "ana", "status": "done", "note": long, "spans": []any{map[string]any{"id": "s", "label": "x", "start": 0, "end": 90000, "note": long}}})
	path := filepath.Join(t.TempDir(), "in.jsonl")
	if err := os.WriteFile(path, append(line, '\n'), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := take(first, path, nil); err != nil {
		t.Fatal(err)
	}
	for _, options := range []map[string]string{{"rows": "all", "escape": "yes"}, {"article": "text", "escape": "yes"}} {
		out := filepath.Join(t.TempDir(), "out.xlsx")
		m, err := format.Export(ctx, first, format.ExportOptions{Format: "xlsx", Out: out, Options: options, Version: "test"})
		if err != nil {
			t.Fatal(err)
		}
		told := map[string]int{}
		for _, l := range m.Losses {
			told[l.Kind] += l.Count
		}
		if told["notes"] != 1 || told["set_notes"] != 1 || told["copies"] != 1 {
			t.Errorf("losses %+v", m.Losses)
		}
		second := store()
		r, err := take(second, out, map[string]string{"escape": "yes"})
		if err != nil || r.Added.Spans != 1 || !strings.HasSuffix(articles(t, second), "|"+long) {
			_, got, _ := strings.Cut(articles(t, second), "{}|")
			t.Errorf("%v: %d of %d bytes came back, %+v %v", options, len(got), len(long), r.Added, err)
		}
	}
}
