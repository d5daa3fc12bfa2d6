package storage

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
	"time"

	"lede/annotate"
)

// sources make files for the formats that are only read, of the texts of articles, as
// plain as their programs may write them; they return what is to be imported.
var sources = map[string]func(dir string, items []annotate.ImportArticle) (string, error){
	"text": folderOf(".txt", func(a annotate.ImportArticle) string { return a.Text }),
	"markdown": folderOf(".md", func(a annotate.ImportArticle) string {
		return fmt.Sprintf("---\ntitle: %q\ndate: %s\nsource: %s\n---\n# %s\n\n%s\n", a.Article.Title, a.Article.Published, a.Article.Source, a.Article.Title, a.Text)
	}),
	"eml": folderOf(".eml", message),
	"mbox": oneFile("box.mbox", func(a annotate.ImportArticle) string {
		return "From desk@post.example " + mailDay(a, time.ANSIC) + "\n" + message(a) + "\n"
	}),
	"factiva":   oneFile("factiva.txt", factivaText),
	"lexis":     oneFile("lexis.txt", lexisText),
	"nitf":      folderOf(".xml", nitfText),
	"newsml-g2": folderOf(".xml", newsmlText),
	"ecb+":      folderOf(".xml", ecbText),
	"litbank":   litbankFolder,
	"docx":      folderOf(".docx", docxFile),
	"odt":       folderOf(".odt", odtFile),
	"epub":      folderOf(".epub", epubFile),
	"pdf":       folderOf(".pdf", pdfFile),
}

// folderOf is a folder with a file an article.
func folderOf(ending string, content func(annotate.ImportArticle) string) func(string, []annotate.ImportArticle) (string, error) {
	return func(dir string, items []annotate.ImportArticle) (string, error) {
		dir, err := os.MkdirTemp(dir, "files")
		for _, a := range items {
			err = cmp.Or(err, os.WriteFile(filepath.Join(dir, a.Article.Ref+ending), []byte(content(a)), 0o600))
		}
		return dir, err
	}
}

// oneFile is a file with all articles.
func oneFile(name string, content func(annotate.ImportArticle) string) func(string, []annotate.ImportArticle) (string, error) {
	return func(dir string, items []annotate.ImportArticle) (string, error) {
		var all strings.Builder
		for _, a := range items {
			all.WriteString(content(a))
		}
		path := filepath.Join(dir, name)
		return path, os.WriteFile(path, []byte(all.String()), 0o600)
	}
}

func mailDay(a annotate.ImportArticle, layout string) string {
	day, err := time.Parse(time.DateOnly, a.Article.PublishedISO)
	if err != nil {
		panic(err) // the corpus knows its days
	}
	return day.Format(layout)
}

func message(a annotate.ImportArticle) string {
	return fmt.Sprintf("From: Desk <desk@post.example>\nSubject: %s\nDate: %s\nMessage-ID: <%s@post.example>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n%s\n",
		a.Article.Title, mailDay(a, time.RFC1123Z), a.Article.Ref, a.Text)
}

func factivaText(a annotate.ImportArticle) string {
	return fmt.Sprintf("HD   %s\nBY   %s\nWC   300 words\nPD   %s\nSN   %s\nLA   English\n\nLP\n\n%s\n\nAN   Document %s\n\n",
		a.Article.Title, a.Article.Author, mailDay(a, "2 January 2006"), a.Article.Source, a.Text, strings.ToUpper(strings.ReplaceAll(a.Article.Ref, "-", "")))
}

func lexisText(a annotate.ImportArticle) string {
	return fmt.Sprintf("%s\n\n%s\n\n%s\n\nLength: 300 words\nByline: By %s\n\nBody\n\n\n%s\n\nLoad-Date: %s\n\nEnd of Document\n\n",
		a.Article.Title, a.Article.Source, mailDay(a, "January 2, 2006 Monday"), a.Article.Author, a.Text, mailDay(a, "January 2, 2006"))
}

// paragraphs are the paragraphs of an article between two pieces of markup.
func paragraphs(a annotate.ImportArticle, before, after string) string {
	var out strings.Builder
	for p := range strings.SplitSeq(a.Text, "\n\n") {
		out.WriteString(before + html.EscapeString(p) + after)
	}
	return out.String()
}

func nitfText(a annotate.ImportArticle) string {
	return fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8"?><nitf xml:lang="en"><head><docdata><doc-id id-string="%s"/></docdata></head><body><body.head><hedline><hl1>%s</hl1></hedline></body.head><body.content>%s</body.content></body></nitf>`,
		a.Article.Ref, html.EscapeString(a.Article.Title), paragraphs(a, "<p>", "</p>"))
}

func newsmlText(a annotate.ImportArticle) string {
	return fmt.Sprintf(`<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="%s" version="1" xml:lang="en"><itemMeta><itemClass qcode="ninat:text"/></itemMeta><contentMeta><headline>%s</headline></contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>%s</body></html></inlineXML></contentSet></newsItem>`,
		a.Article.Ref, html.EscapeString(a.Article.Title), paragraphs(a, "<p>", "</p>"))
}

// ecbText has 15 mentions in each article, as the others do.
func ecbText(a annotate.ImportArticle) string {
	var out strings.Builder
	fmt.Fprintf(&out, `<?xml version="1.0" encoding="UTF-8"?><Document doc_name="%s.xml" doc_id="%[1]s">`, a.Article.Ref)
	for i, word := range strings.Fields(a.Text) {
		fmt.Fprintf(&out, `<token t_id="%d" sentence="%d" number="%d">%s</token>`+"\n", i+1, i/20, i%20, html.EscapeString(word))
	}
	out.WriteString("<Markables>")
	for i := range 15 {
		fmt.Fprintf(&out, `<HUMAN_PART_PER m_id="%d"><token_anchor t_id="%d"/></HUMAN_PART_PER>`+"\n", i+1, 10*i+1)
	}
	return out.String() + "</Markables><Relations/></Document>"
}

// litbankFolder has the layer of entities, 15 in each article.
func litbankFolder(dir string, items []annotate.ImportArticle) (string, error) {
	dir, err := os.MkdirTemp(dir, "litbank")
	layer := filepath.Join(dir, "entities", "tsv")
	err = cmp.Or(err, os.MkdirAll(layer, 0o700))
	for _, a := range items {
		var out strings.Builder
		for i, word := range strings.Fields(a.Text) {
			tag := "O"
			if i%10 == 0 && i < 150 {
				tag = "B-PER"
			}
			fmt.Fprintf(&out, "%s\t%s\tO\tO\t\n", word, tag)
			if i%20 == 19 {
				out.WriteString("\n")
			}
		}
		err = cmp.Or(err, os.WriteFile(filepath.Join(layer, a.Article.Ref+"_brat.tsv"), []byte(out.String()), 0o600))
	}
	return dir, err
}

// zipped is an archive of pairs of names and contents.
func zipped(pairs ...string) string {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i < len(pairs); i += 2 {
		w, err := z.Create(pairs[i])
		if err == nil {
			_, err = w.Write([]byte(pairs[i+1]))
		}
		if err != nil {
			panic(err) // memory takes everything
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return out.String()
}

func docxFile(a annotate.ImportArticle) string {
	return zipped("[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"word/document.xml", `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`+
			paragraphs(a, `<w:p><w:r><w:t xml:space="preserve">`, "</w:t></w:r></w:p>")+"</w:body></w:document>")
}

func odtFile(a annotate.ImportArticle) string {
	return zipped("mimetype", "application/vnd.oasis.opendocument.text",
		"content.xml", `<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>`+
			paragraphs(a, "<text:p>", "</text:p>")+"</office:text></office:body></office:document-content>")
}

func epubFile(a annotate.ImportArticle) string {
	return zipped("mimetype", "application/epub+zip",
		"META-INF/container.xml", `<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`,
		"book.opf", `<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/><manifest><item id="c" href="c.xhtml"/></manifest><spine><itemref idref="c"/></spine></package>`,
		"c.xhtml", "<html><body>"+paragraphs(a, "<p>", "</p>")+"</body></html>")
}

// pdfFile is a page of lines of 90 characters.
func pdfFile(a annotate.ImportArticle) string {
	var page strings.Builder
	y, line := 800, ""
	show := func() {
		fmt.Fprintf(&page, "BT /F1 9 Tf 1 0 0 1 40 %d Tm (%s) Tj ET\n", y, strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(line))
		y, line = y-12, ""
	}
	for word := range strings.FieldsSeq(a.Text) {
		if len(line)+len(word) > 90 {
			show()
		}
		line = strings.TrimSpace(line + " " + word)
	}
	show()
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [ 4 0 R ] >>",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 32 /LastChar 255 /Widths [ " + strings.Repeat("500 ", 224) + "] /Encoding /WinAnsiEncoding >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", page.Len(), page.String()),
	}
	out, table := strings.Builder{}, strings.Builder{}
	out.WriteString("%PDF-1.4\n")
	for i, o := range objects {
		fmt.Fprintf(&table, "%010d 00000 n \n", out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	begins := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n%[2]strailer\n<< /Size %[1]d /Root 1 0 R >>\nstartxref\n%[3]d\n%%%%EOF\n", len(objects)+1, table.String(), begins)
	return out.String()
}
