package epub_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/format"
	_ "lede/annotate/format/epub"
	"lede/annotate/format/internal/ziptest"
)

const (
	mime      = "application/epub+zip"
	container = `<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`
	opf       = `<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="d" version="3.0"><metadata><dc:title>The port</dc:title><dc:creator>Ana Ruiz</dc:creator><dc:creator>Bo Li</dc:creator><dc:publisher>Post</dc:publisher><dc:date>2026-03-04</dc:date><dc:language>en</dc:language><dc:identifier>urn:isbn:1</dc:identifier></metadata>` +
		`<manifest><item id="nav" href="nav.xhtml" properties="nav"/><item id="c0" href="cover.xhtml"/><item id="c1" href="text/one.xhtml"/><item id="c2" href="text/t%20wo.xhtml"/><item id="c3" href="gone.xhtml"/><item id="evil" href="../../etc/passwd"/></manifest>` +
		`<spine><itemref idref="c0"/><itemref idref="nav"/><itemref idref="c1"/><itemref idref="c2"/><itemref idref="c1"/><itemref idref="c3"/><itemref idref="no"/></spine></package>`
	nav = `<html xmlns:epub="e"><body><nav epub:type="toc"><ol><li><a href="text/one.xhtml#s">Chapter <i>one</i></a></li></ol></nav></body></html>`
	one = `<?xml version="1.0"?><!DOCTYPE html><html><head><title/><script src="x"/></head><body><h1>1</h1><p>Ferries&nbsp;run<a id="x"/>.</p><p>Or not.</p></body></html>`
	two = `<html><body><h2>Chapter <br/>two</h2><p>End.</p></body></html>`
)

func files() []string {
	return []string{
		"mimetype", mime, "META-INF/container.xml", container, "OEBPS/book.opf", opf, "OEBPS/nav.xhtml", nav,
		"OEBPS/cover.xhtml", `<html><body><img src="x"/></body></html>`, "OEBPS/text/one.xhtml", one, "OEBPS/text/t wo.xhtml", two,
	}
}

func TestChapters(t *testing.T) {
	all, err := ziptest.Read(t, "epub", ziptest.Source(t, "port.epub", ziptest.Zip(t, files()...)), nil)
	if err != nil || len(all) != 2 {
		t.Fatalf("%d %v", len(all), err)
	}
	meta, _ := json.Marshal(all[0].Meta)
	a := all[0]
	if got := strings.Join([]string{a.Ref, a.Title, a.Author, a.Publisher, a.Published, a.Language, string(meta), a.Text}, "|"); got !=
		`port/001|Chapter one|Ana Ruiz, Bo Li|Post|2026-03-04|en|{"book":"The port","chapter":1,"identifier":"urn:isbn:1"}|`+"1\n\nFerries\u00a0run.\n\nOr not." {
		t.Error(got)
	}
	if all[1].Title != "Chapter two" || all[1].Text != "Chapter\ntwo\n\nEnd." || ziptest.Notes(all[1]) != "missing 2 empty_chapters 1 " && ziptest.Notes(all[1]) != "missing 1 empty_chapters 1 " {
		t.Errorf("%q %q %s", all[1].Title, all[1].Text, ziptest.Notes(all[1]))
	}
}

func TestBook(t *testing.T) {
	all, err := ziptest.Read(t, "epub", ziptest.Source(t, "port.epub", ziptest.Zip(t, files()...)), map[string]string{"articles": "book"})
	if err != nil || len(all) != 1 || all[0].Title != "The port" || all[0].Ref != "port" || all[0].Text != "1\n\nFerries\u00a0run.\n\nOr not.\n\nChapter\ntwo\n\nEnd." {
		t.Errorf("%+v %v", all, err)
	}
}

func TestTitlesOfEPUB2(t *testing.T) {
	f := files()
	f[5] = strings.Replace(strings.Replace(opf, ` properties="nav"`, ``, 1), "<manifest>", `<manifest><item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>`, 1)
	all, err := ziptest.Read(t, "epub", ziptest.Source(t, "a.epub", ziptest.Zip(t, append(f, "OEBPS/toc.ncx",
		`<ncx><navMap><navPoint><navLabel><text>The second</text></navLabel><content src="text/t%20wo.xhtml#a"/></navPoint></navMap></ncx>`)...)), nil)
	if err != nil || len(all) != 3 || all[2].Title != "The second" {
		t.Errorf("%d %v", len(all), err)
	}
}

func TestRefusesAndDetects(t *testing.T) {
	drm := `<encryption><EncryptedData><CipherData><CipherReference URI="OEBPS/text/one.xhtml"/></CipherData></EncryptedData></encryption>`
	noText := []string{"mimetype", mime, "META-INF/container.xml", container, "OEBPS/book.opf", opf}
	for _, c := range []struct {
		files []string
		want  string
	}{
		{[]string{"mimetype", mime}, "it holds no META-INF/container.xml"},
		{noText[:4], `the file "OEBPS/book.opf" that describes it is missing`},
		{noText, "the book has no text in it"},
		{append(files(), "META-INF/encryption.xml", drm), "protected against copying"},
		{append(noText[:4:4], "OEBPS/book.opf", "<package>"), "a.epub/OEBPS/book.opf:1: it is no sound XML"},
	} {
		_, err := ziptest.Read(t, "epub", ziptest.Source(t, "a.epub", ziptest.Zip(t, c.files...)), nil)
		if told := (*annotate.Error)(nil); !errors.As(err, &told) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
	if f, err := format.DetectFormat(ziptest.Source(t, "a.bin", ziptest.Zip(t, files()...))); err != nil || f.Name != "epub" {
		t.Errorf("%v %v", f, err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(opf, one, nav, "book")
	f.Add(`<package><manifest><item id="a" href="text/one.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>`, "<p/><title/>x", "", "chapter")
	f.Fuzz(func(t *testing.T, opf, one, nav, articles string) {
		raw := ziptest.Zip(t, "mimetype", mime, "META-INF/container.xml", container, "OEBPS/book.opf", opf, "OEBPS/nav.xhtml", nav, "OEBPS/text/one.xhtml", one)
		_, err := ziptest.Read(t, "epub", ziptest.Source(t, "a.epub", raw), map[string]string{"articles": articles})
		if told := (*annotate.Error)(nil); err != nil && !errors.As(err, &told) {
			t.Fatalf("no sentence: %v", err)
		}
	})
}
