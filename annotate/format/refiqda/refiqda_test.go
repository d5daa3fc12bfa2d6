package refiqda_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/annotest"
	"lede/annotate/format"
	"lede/annotate/format/formattest"
	_ "lede/annotate/format/refiqda"
)

func TestConform(t *testing.T) {
	holds := map[formattest.Kind]formattest.Grade{formattest.Spans: formattest.Part, formattest.Relations: formattest.Part}
	for _, k := range []formattest.Kind{
		formattest.Refs, formattest.Facts, formattest.SetNotes, formattest.Fields, formattest.Attributes, formattest.Entities, formattest.Notes,
	} {
		holds[k] = formattest.Whole
	}
	formattest.Conform(t, "refi-qda", formattest.Case{Holds: holds})
}

func TestGolden(t *testing.T) {
	formattest.Golden(t, "refi-qda", formattest.Case{}, "testdata/golden")
	formattest.Golden(t, "refi-qdc", formattest.Case{}, "testdata/golden-codebook")
}

func FuzzRead(f *testing.F) {
	formattest.Fuzz(f, "refi-qda", string(pack(f, foreign, texts)))
}

func FuzzReadCodebook(f *testing.F) {
	formattest.Fuzz(f, "refi-qdc", codebook)
}

// pack makes a project of project.qde and texts.
func pack(t testing.TB, qde string, texts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	add := func(name, content string) {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if qde != "" {
		add("project.qde", qde)
	}
	for name, content := range texts {
		add("sources/"+name, content)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var texts = map[string]string{"t1.txt": "\uFEFFAna said\r\nno to Ben.\r\n", "n1.txt": "\uFEFFa memo"}

// foreign has what programs write: GUIDs in braces and capitals, codes of one name,
// cases with values, notes as files, pictures, selections without codes.
const foreign = `<?xml version="1.0" encoding="utf-8"?>
<Project xmlns="urn:QDA-XML:project:1.0" name="P" origin="MAXQDA">
<Users><User guid="{U0000000-0000-0000-0000-00000000000A}" name="Kim"/><User guid="u0000000-0000-0000-0000-00000000000b" id="LM"/></Users>
<CodeBook><Codes>
<Code guid="c1" name="people" isCodable="false"><Code guid="c2" name="Actor" isCodable="true" color="#F80"><Description>Who
acts</Description></Code><Code guid="c3" name="other" isCodable="true"/></Code>
<Code guid="c4" name="places" isCodable="true" color="#00FF00"><Code guid="c5" name="other" isCodable="true"/></Code>
<Code guid="c6" name="Actor/kind: person" isCodable="true"/>
</Codes></CodeBook>
<Variables><Variable guid="v1" name="Year" typeOfVariable="Integer"/><Variable guid="v2" name="Paper" typeOfVariable="Text"/></Variables>
<Cases><Case guid="k1" name="K"><VariableValue><VariableRef targetGUID="v2"/><TextValue>Post</TextValue></VariableValue><SourceRef targetGUID="S1"/></Case><Case guid="k2" name="empty"/></Cases>
<Sources>
<PictureSource guid="p1" name="photo" path="internal://p.png"/>
<TextSource guid="{s1}" name="Interview 1" plainTextPath="internal://t1.txt" richTextPath="internal://t1.docx"><Description>about it</Description>
<PlainTextSelection guid="x1" startPosition="1" endPosition="4" creatingUser="u0000000-0000-0000-0000-00000000000a"><Description>memo of the piece</Description>
<Coding guid="y1"><CodeRef targetGUID="C2"/><NoteRef targetGUID="n1"/></Coding><Coding guid="y2" creatingUser="{u0000000-0000-0000-0000-00000000000b}"><CodeRef targetGUID="c5"/></Coding></PlainTextSelection>
<PlainTextSelection guid="x2" startPosition="17" endPosition="20" creatingUser="u0000000-0000-0000-0000-00000000000a"><Coding guid="y3"><CodeRef targetGUID="c2"/></Coding></PlainTextSelection>
<PlainTextSelection guid="x3" startPosition="1" endPosition="4"><Description>only a remark</Description></PlainTextSelection>
<PlainTextSelection guid="x4" startPosition="5" endPosition="5000"><Coding guid="y4"><CodeRef targetGUID="c2"/></Coding></PlainTextSelection>
<PlainTextSelection guid="x5" startPosition="1" endPosition="4"><Coding guid="y5"><CodeRef targetGUID="gone"/></Coding></PlainTextSelection>
<Coding guid="y6" creatingUser="u0000000-0000-0000-0000-00000000000a"><CodeRef targetGUID="c4"/></Coding>
<VariableValue><VariableRef targetGUID="v1"/><IntegerValue>2026</IntegerValue></VariableValue>
</TextSource>
<PDFSource guid="f1" name="Report" path="internal://r.pdf"><PDFSelection guid="z" page="1" firstX="1" firstY="1" secondX="2" secondY="2"/>
<Representation guid="f2"><PlainTextContent>In the end</PlainTextContent><PlainTextSelection guid="x6" startPosition="0" endPosition="2"><Coding guid="y7"><CodeRef targetGUID="c3"/></Coding></PlainTextSelection></Representation></PDFSource>
</Sources>
<Notes><Note guid="N1" name="m" plainTextPath="internal://n1.txt"/></Notes>
<Links><Link guid="l1" name="answers" originGUID="x1" targetGUID="{X2}"/><Link guid="l2" originGUID="x1" targetGUID="n1"/></Links>
<Sets><Set guid="t" name="T"/></Sets>
</Project>`

func read(t *testing.T, name string, raw []byte, options map[string]string) ([]*format.Article, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := format.Lookup(map[string]string{".qdpx": "refi-qda", ".qdc": "refi-qdc"}[filepath.Ext(name)])
	if err != nil {
		t.Fatal(err)
	}
	var list []*format.Article
	for a, err := range f.Read(context.Background(), format.Source{Path: path, Name: name, Rel: name}, options) {
		if err != nil {
			return list, err
		}
		list = append(list, a)
	}
	return list, nil
}

func TestReadsOtherPrograms(t *testing.T) {
	list, err := read(t, "p.qdpx", pack(t, foreign, texts), nil)
	if err != nil {
		t.Fatal(err)
	}
	var articles []*format.Article
	var labels, left []string
	for _, a := range list {
		for _, n := range a.LeftOutNotes() {
			if n.Count > 0 {
				left = append(left, n.What)
			}
		}
		if s := a.Describes(); s != nil {
			for _, l := range s.Labels {
				labels = append(labels, l.Name+" "+l.Color+" <"+string(l.Parent)+"> "+l.Description)
			}
		}
		if !a.Aside() {
			articles = append(articles, a)
		}
	}
	if got := fmt.Sprintf("%q", labels); got != `["people  <> " "Actor #FF8800 <people> Who\nacts" "people/other  <people> " "places #00FF00 <> " "places/other  <places> " "Actor/kind: person  <> "]` {
		t.Errorf("labels %s", got)
	}
	for _, what := range []string{"sources that are no text", "without a code", "outside their text", "does not have", "cases without", "between other things", "no place for", "areas of PDF"} {
		if !strings.Contains(strings.Join(left, "\n"), what) {
			t.Errorf("%q is not told: %q", what, left)
		}
	}
	if len(articles) != 2 {
		t.Fatalf("%d articles", len(articles))
	}
	a := articles[0]
	if a.Ref != "Interview 1" || !a.RefFromName || a.Title != "Interview 1" || fmt.Sprintf("%s", a.Meta) != `map[Paper:"Post" Year:2026 description:"about it"]` || a.Text != texts["t1.txt"] {
		t.Errorf("%+v", a)
	}
	var got []string
	for _, s := range a.Sets {
		for _, x := range s.Spans {
			got = append(got, fmt.Sprintf("%s %s %s %q", s.Annotator, x.Label, a.Index().Slice(x.Fragments[0]), x.Note))
		}
		for _, r := range s.Relations {
			got = append(got, r.Type+" "+r.From+" "+r.To)
		}
		for k, v := range s.Fields {
			got = append(got, k+string(v))
		}
	}
	if want := []string{`Kim Actor Ana "memo of the piece\na memo"`, `Kim Actor Ben ""`, "answers 1 2", `class"places"`, `LM places/other Ana "memo of the piece"`}; !slices.Equal(got, want) {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
	if b := articles[1]; b.Ref != "Report" || b.Sets[0].Spans[0].Label != "people/other" || b.Text != "In the end" {
		t.Errorf("%+v", b)
	}
}

func TestLineEndsAndInclusiveEnds(t *testing.T) {
	qde := strings.ReplaceAll(foreign, `startPosition="17" endPosition="20"`, `startPosition="16" endPosition="18"`)
	list, err := read(t, "p.qdpx", pack(t, qde, texts), map[string]string{"line-ends": "one", "end": "inclusive"})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range list {
		if a.Title == "Interview 1" {
			if s := a.Sets[0].Spans[1]; a.Index().Slice(s.Fragments[0]) != "Ben" {
				t.Errorf("%q", a.Index().Slice(s.Fragments[0]))
			}
		}
	}
}

const codebook = `<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Taguette"><Codes>
<Code guid="a" name="actor" isCodable="true" color="#ff0000"><Description>Who acts</Description>
<Code guid="b" name="actor/kind: person" isCodable="true"><Description>Value of an attribute</Description></Code>
<Code guid="c" name="actor/tags: [x]" isCodable="true"><Description>Value of an attribute</Description></Code>
<Code guid="d" name="chief" isCodable="true"/></Code></Codes><Sets><Set guid="s" name="S"/></Sets></CodeBook>`

func TestCodebookMakesLabels(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	path := filepath.Join(dir, "in.qdc")
	if err := os.WriteFile(path, []byte(codebook), 0o600); err != nil {
		t.Fatal(err)
	}
	store := annotest.NewMemory(annotest.NewEnv())
	report, err := format.Import(ctx, store, []string{path}, format.ImportOptions{Actor: "me", Env: annotest.NewEnvAt(annotest.Start, 1)})
	if err != nil || fmt.Sprint(report.Created.Labels) != "[actor chief]" || fmt.Sprint(report.Created.Attributes) != "[kind tags]" {
		t.Fatalf("%+v %v", report, err)
	}
	schema, err := store.Schema(ctx)
	if err != nil {
		t.Fatal(err)
	}
	actor, _ := schema.LabelNamed("actor")
	chief, _ := schema.LabelNamed("chief")
	if actor.Color != "#ff0000" || actor.Description != "Who acts" || chief.Parent != actor.ID || schema.Attributes[1].Type != annotate.ManyOf || schema.Attributes[0].Choices[0].Name != "person" {
		t.Errorf("%+v", schema)
	}
	var first, second strings.Builder
	for _, out := range []*strings.Builder{&first, &second} {
		if _, err := format.Export(ctx, store, format.ExportOptions{Format: "refi-qdc", Stdout: out}); err != nil {
			t.Fatal(err)
		}
	}
	for _, part := range []string{`name="actor" isCodable="true" color="#ff0000"><Description>Who acts<`, `name="actor/kind: person"`, `name="actor/tags: [x]"`, `name="chief"`} {
		if !strings.Contains(first.String(), part) {
			t.Errorf("%s is not in\n%s", part, first.String())
		}
	}
	if first.String() != second.String() {
		t.Error("two exports differ")
	}
	if _, err := format.Export(ctx, annotest.NewMemory(annotest.NewEnv()), format.ExportOptions{Format: "refi-qdc", Stdout: &second}); err == nil || !strings.Contains(err.Error(), "no labels") {
		t.Errorf("%v", err)
	}
}

func TestRefusals(t *testing.T) {
	project := func(inside string) []byte {
		return pack(t, `<Project xmlns="urn:QDA-XML:project:1.0"><Sources>`+inside+`</Sources></Project>`, nil)
	}
	for _, c := range []struct {
		name string
		raw  []byte
		want string
	}{
		{"p.qdpx", []byte("no zip"), "no zip file"},
		{"p.qdpx", pack(t, "", texts), "no QDA project"},
		{"p.qdpx", pack(t, "<html/>", nil), `begins with "html"`},
		{"p.qdpx", pack(t, " ", nil), "no element"},
		{"p.qdpx", pack(t, "<Project><Users>", nil), "no sound XML"},
		{"p.qdpx", project(`<TextSource guid="a" name="x" plainTextPath="internal://gone.txt"/>`), `"internal://gone.txt" is not in the file`},
		{"p.qdpx", project(`<TextSource guid="a" name="x" plainTextPath="relative://gone.txt"/>`), "does not lie in the file"},
		{"p.qdpx", project(`<TextSource guid="a" name="x" plainTextPath="internal://../project.qde"/>`), "is not in the file"},
		{"c.qdc", []byte("<Project/>"), `begins with "Project"`},
		{"c.qdc", []byte(codebook[:200]), "no sound XML"},
	} {
		_, err := read(t, c.name, c.raw, nil)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), c.name) {
			t.Errorf("%.80q: %v, want %q", c.raw, err, c.want)
		}
	}
}
