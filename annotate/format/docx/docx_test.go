package docx_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/format"
	_ "lede/annotate/format/docx"
	"lede/annotate/format/internal/ziptest"
)

const (
	types = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`
	rels  = `<?xml version="1.0"?><Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="/word/document.xml"/></Relationships>`
	core  = `<?xml version="1.0"?><cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t"><dc:title> Ferry
 stands </dc:title><dc:creator>Ana Ruiz</dc:creator><cp:keywords>port</cp:keywords><dcterms:created>2026-03-04T05:06:07Z</dcterms:created><cp:lastModifiedBy>Secret</cp:lastModifiedBy></cp:coreProperties>`
	notes = `<w:footnotes xmlns:w="w"><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>` +
		`<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> So said the board.</w:t></w:r></w:p></w:footnote></w:footnotes>`
)

func p(inside string) string { return `<w:p>` + inside + `</w:p>` }

func r(text string) string { return `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r>` }

func doc(body string) string {
	return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="w" xmlns:mc="mc" xmlns:a="a"><w:body>` + body + `<w:sectPr><w:pgSz/></w:sectPr></w:body></w:document>`
}

func item(text string) string {
	return p(`<w:pPr><w:numPr><w:ilvl w:val="0"/></w:numPr></w:pPr>` + r(text))
}

func cell(inside string) string { return `<w:tc><w:tcPr/>` + inside + `</w:tc>` }

func readDoc(t testing.TB, body string, more ...string) (*format.Article, error) {
	t.Helper()
	raw := ziptest.Zip(t, append([]string{"[Content_Types].xml", types, "_rels/.rels", rels, "word/document.xml", doc(body)}, more...)...)
	all, err := ziptest.Read(t, "docx", ziptest.Source(t, "a.docx", raw), nil)
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

func TestText(t *testing.T) {
	for body, want := range map[string]string{
		p(r("One ")+r("and")+r("two.")) + p("") + p(r("Three.")):                   "One andtwo.\n\nThree.",
		p(r("a")) + item("b") + item("c") + p(r("d")):                              "a\n\nb\nc\n\nd",
		p(r("a") + `<w:r><w:br/></w:r>` + r("b") + `<w:r><w:tab/></w:r>` + r("c")): "a\nb\tc",
		`<w:tbl><w:tblPr/><w:tr>` + cell(p(r("1"))+p(r("2"))) + cell(p(r("3"))) + `</w:tr><w:tr>` + cell(p("")) + cell(p(r("4"))) + `</w:tr></w:tbl>` + p(r("x")):                                                                                                      "1\n2\t3\n\t4\n\nx",
		p(r("kept ") + `<w:del w:id="1"><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins>` + `<w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom>`):                                                                              "kept new",
		p(`<w:hyperlink r:id="x" xmlns:r="r">` + r("link") + `</w:hyperlink>` + r("!")):                                                                                                                                                                                "link!",
		p(r("a") + `<w:r><w:instrText>HYPERLINK x</w:instrText></w:r>` + r("b")):                                                                                                                                                                                       "ab",
		p(r("said")+`<w:r><w:footnoteReference w:id="2"/></w:r>`+r(".")) + p(r("End.")):                                                                                                                                                                                "said[1].\n\nEnd.\n\n[1] So said the board.",
		p(r("Before")+`<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>`+p(r("Box"))+p(r("two"))+`</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>`+p(r("Box"))+`</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>`+r(" after.")) + p(r("Next.")): "Before after.\n\nBox\n\ntwo\n\nNext.",
		p(r("a") + `<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>` + `<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>seen</w:t></w:r>`):                                                                                                                        "aseen",
		p(r("co") + `<w:r><w:softHyphen/></w:r>` + r("op") + `<w:r><w:noBreakHyphen/></w:r>` + r("x") + `<w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:sym w:char="00E9"/></w:r>`):                                                                                     "co\u00adop\u2011xé",
		p(`<w:ruby><w:rt>` + r("kan") + `</w:rt><w:rubyBase>` + r("漢") + `</w:rubyBase></w:ruby>` + r("&amp;&#x1F600;")):                                                                                                                                               "漢&😀",
		`<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>` + p(r("in a field")) + `</w:sdtContent></w:sdt>`:                                                                                                                                                "in a field",
		"": "",
	} {
		a, err := readDoc(t, body, "word/footnotes.xml", notes)
		if err != nil || a.Text != want {
			t.Errorf("%s\n%q %v\nwant\n%q", body, a.Text, err, want)
		}
	}
}

func TestFactsAndWhatIsLeftOut(t *testing.T) {
	body := p(`<w:pPr><w:pStyle w:val="Title"/></w:pPr>`+r("The  title")) + p(r("x")+`<w:del><w:r/></w:del><w:r><w:drawing><a:blip/></w:drawing></w:r><w:r><w:sym w:char="F0B7"/></w:r>`)
	a, err := readDoc(t, body, "word/comments.xml", `<w:comments xmlns:w="w"><w:comment/><w:comment/></w:comments>`, "word/header1.xml", `<w:hdr xmlns:w="w"/>`, "docProps/core.xml", core)
	if err != nil {
		t.Fatal(err)
	}
	meta, _ := json.Marshal(a.Meta)
	if got := a.Ref + "|" + a.Title + "|" + a.Author + "|" + a.Published + "|" + string(meta); got != `a|Ferry stands|Ana Ruiz||{"created":"2026-03-04T05:06:07Z","keywords":"port"}` {
		t.Error(got)
	}
	if got := ziptest.Notes(a); got != "deleted 1 pictures 1 symbols 1 comments 2 margins 1 " {
		t.Error(got)
	}
	if a, err = readDoc(t, body); err != nil || a.Title != "The title" {
		t.Errorf("%+v %v", a, err)
	}
}

func TestRefuses(t *testing.T) {
	for _, c := range []struct {
		raw  []byte
		want string
	}{
		{[]byte("PK no zip"), "it is no zip file"},
		{ziptest.Zip(t, "[Content_Types].xml", types), "it holds no word/document.xml"},
		{ziptest.Zip(t, "word/document.xml", `<w:document xmlns:w="w"><w:body>`), "a.docx/word/document.xml:1: it is no sound XML"},
		{ziptest.Zip(t, "word/document.xml", `<!DOCTYPE a [<!ENTITY x "ha">]><a>&x;</a>`), "declares entities"},
		{ziptest.Zip(t, "../x", "y", "word/document.xml", doc("")), "leads out of the folder"},
		{ziptest.Zip(t, "word/document.xml", strings.Repeat("<w:p>", 2000)), "more than 1000 deep"},
		{ziptest.Zip(t, "a", "", "word/document.xml", doc(strings.Repeat(" ", 64<<20))), "looks made to fill a disk"},
	} {
		_, err := ziptest.Read(t, "docx", ziptest.Source(t, "a.docx", c.raw), nil)
		if told := (*annotate.Error)(nil); !errors.As(err, &told) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
}

func TestDetect(t *testing.T) {
	raw := ziptest.Zip(t, "[Content_Types].xml", types, "_rels/.rels", rels, "word/document.xml", doc(p(r("x"))))
	if f, err := format.DetectFormat(ziptest.Source(t, "a.bin", raw)); err != nil || f.Name != "docx" {
		t.Errorf("%v %v", f, err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(p(r("a")+`<w:r><w:footnoteReference w:id="2"/></w:r>`)+`<w:tbl><w:tr><w:tc>`+p(r("b"))+`</w:tc></w:tr></w:tbl>`, notes)
	f.Add(`<w:tc/><w:txbxContent><w:tbl/></w:txbxContent>`, `<w:footnotes><w:footnote w:id="2"><w:footnoteReference w:id="2"/><w:p/></w:footnote></w:footnotes>`)
	f.Add(`<w:rPr><w:vanish/></w:rPr><w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr></w:p>`, "")
	f.Fuzz(func(t *testing.T, body, notes string) {
		_, err := readDoc(t, body, "word/footnotes.xml", notes)
		if told := (*annotate.Error)(nil); err != nil && !errors.As(err, &told) {
			t.Fatalf("no sentence: %v", err)
		}
	})
}
