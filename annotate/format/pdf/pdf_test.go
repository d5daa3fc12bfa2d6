package pdf_test

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/internal/ziptest"
	"lede/annotate/format/pdf"
)

// make a file of objects, the first of which is the catalogue.
func build(objects ...string) []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.4\n")
	var at []int
	for i, o := range objects {
		at = append(at, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	table := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, a := range at {
		fmt.Fprintf(&out, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d /Root 1 0 R /Info 3 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, table)
	return out.Bytes()
}

func stream(content string) string {
	return fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content)
}

// document has a page for each content.
func document(contents ...string) []byte {
	widths := strings.Repeat("500 ", 224)
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R /Lang (en) >>", "", "<< /Title (Ferry stands) /Author (Ana) /CreationDate (D:20260304) >>",
		"<< /Type /Font /Subtype /TrueType /BaseFont /Test /FirstChar 32 /LastChar 255 /Widths [ " + widths + "] /Encoding /WinAnsiEncoding >>",
	}
	kids := ""
	for _, c := range contents {
		n := len(objects) + 1
		kids += fmt.Sprintf("%d 0 R ", n)
		objects = append(objects, fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents %d 0 R >>", n+1), stream(c))
	}
	objects[1] = fmt.Sprintf("<< /Type /Pages /Count %d /Kids [ %s] >>", len(contents), kids)
	return build(objects...)
}

// at shows words: x, y, words.
func at(x, y int, words string) string {
	return fmt.Sprintf("BT /F1 10 Tf 1 0 0 1 %d %d Tm (%s) Tj ET\n", x, y, words)
}

func readPDF(t testing.TB, raw []byte, options map[string]string) (*format.Article, error) {
	t.Helper()
	all, err := ziptest.Read(t, "pdf", ziptest.Source(t, "a.pdf", raw), options)
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

func TestText(t *testing.T) {
	full := "The ferry between Halvik and the island will not run before Thurs-"
	page := at(50, 700, full) + at(50, 688, "day, the board said, and nobody knows when the crane will be lifted") + at(50, 676, "again.") +
		at(50, 664, "\x93Nobody was hurt,\x94 said Ilse Brandvik, who has chaired the harbour bo-") + at(50, 652, "ard since 2019, in Halvik-") + at(50, 640, "Nord.") +
		at(50, 610, "A new paragraph.") + at(50, 598, "Two") + at(75, 598, "words.")
	for _, c := range []struct {
		options map[string]string
		want    string
	}{
		{nil, "The ferry between Halvik and the island will not run before Thursday, the board said, and nobody knows when the crane will be lifted again.\n\n“Nobody was hurt,” said Ilse Brandvik, who has chaired the harbour board since 2019, in Halvik-Nord.\n\nA new paragraph.\n\nTwo words."},
		{map[string]string{"hyphens": "keep"}, "will not run before Thurs-day, the board"},
		{map[string]string{"lines": "keep"}, "before Thurs-\nday, the board"},
	} {
		a, err := readPDF(t, document(page), c.options)
		if err != nil || !strings.Contains(a.Text, c.want) || c.options == nil && a.Text != c.want {
			t.Errorf("%v: %+v %v\nwant %s", c.options, a, err, c.want)
			continue
		}
		if a.Title != "Ferry stands" || a.Author != "Ana" || string(a.Meta["pages"]) != "1" {
			t.Errorf("%+v", a)
		}
	}
}

func TestPages(t *testing.T) {
	page := func(n int, words string) string {
		return at(50, 800, fmt.Sprintf("The Halvik Post, page %d", n)) + at(50, 700, words) + at(50, 688, "and the end.") + at(50, 30, fmt.Sprint(n))
	}
	a, err := readPDF(t, document(page(1, "One goes"), page(2, "two goes"), page(3, "three goes"), ""), nil)
	if err != nil || a.Text != "One goes and the end.\n\ntwo goes and the end.\n\nthree goes and the end." || ziptest.Notes(a) != "margins 6 empty_pages 1 " {
		t.Errorf("%+v %v %s", a, err, ziptest.Notes(a))
	}
	if a, err = readPDF(t, document(page(1, "One"), page(2, "two"), page(3, "three")), map[string]string{"margins": "keep"}); err != nil || strings.Count(a.Text, "Halvik Post") != 3 {
		t.Errorf("%+v %v", a, err)
	}
}

func TestColumnsInTheOrderOfThePage(t *testing.T) {
	a, err := readPDF(t, document(at(50, 700, "The left column begins and")+at(50, 688, "goes on in the")+at(300, 700, "right column.")), nil)
	if err != nil || a.Text != "The left column begins and goes on in the right column." {
		t.Errorf("%+v %v", a, err)
	}
}

func TestRefuses(t *testing.T) {
	bomb := func() string {
		var packed bytes.Buffer
		z := zlib.NewWriter(&packed)
		for range 40 {
			_, _ = z.Write(bytes.Repeat([]byte(" "), 1<<20))
		}
		_ = z.Close()
		return fmt.Sprintf("<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream", packed.Len(), packed.String())
	}()
	pages := func(contents string, more ...string) []byte {
		return build(append([]string{
			"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [ 4 0 R ] >>", "<< >>",
			"<< /Type /Page /Contents " + contents + " >>",
		}, more...)...)
	}
	for name, c := range map[string]struct {
		raw  []byte
		want string
	}{
		"no pdf":       {[]byte("hello"), "it is no PDF file"},
		"cut off":      {document("")[:300], "it cannot be read as a PDF file"},
		"scanned":      {document("", ""), "it has no text: its 2 pages seem to be scanned"},
		"size":         {bytes.Replace(document(""), []byte("/Size 7"), []byte("/Size 99999999999"), 1), "billions of parts"},
		"hidden size":  {bytes.Replace(document(""), []byte("/Size 7"), []byte("/S#69ze 7"), 1), "names that hide"},
		"table":        {bytes.Replace(document(""), []byte("xref\n0 7"), []byte("xref\n9999999999 7"), 1), "billions of objects"},
		"bomb":         {pages("5 0 R", bomb), "it has no text"},
		"own length":   {pages("5 0 R", "<< /Length 5 0 R >>\nstream\nx\nendstream"), "it"},
		"own parent":   {build("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 9 /Kids [ 2 0 R 2 0 R ] >>", "<< >>"), "it"},
		"no operands":  {document("Q Q Q"), "it has no text"},
		"deep":         {document("BT " + strings.Repeat("[", 100_000)), "it"},
		"deep objects": {build("<< /Type /Catalog /Pages " + strings.Repeat("[", 100_000) + " >>"), "it"},
	} {
		_, err := readPDF(t, c.raw, nil)
		if told := (*annotate.Error)(nil); !errors.As(err, &told) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	if f, err := format.DetectFormat(ziptest.Source(t, "a.bin", document(""))); err != nil || f.Name != "pdf" {
		t.Errorf("%v %v", f, err)
	}
}

// FuzzRead reads in the process of the fuzzer, which sees nothing of another.
func FuzzRead(f *testing.F) {
	f.Add(document(at(50, 700, "The ferry")))
	f.Add(document("[(a) -500 (b)] TJ T* (c) ' 1 2 (d) \""))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if why, refused := pdf.ReadHere(raw); refused && why == "" {
			t.Fatal("no sentence")
		}
	})
}
