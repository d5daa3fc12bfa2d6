package e2e

import (
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestPicture saves passages as pictures and articles as pages, by mouse and by
// keys, and reads the files.
func TestPicture(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.scene(t, "a selection as SVG, by the menu at the mouse", func(p *program) {
		p.drag(p.word("“We").middle(), p.see(reading, "said", 1).middle())
		p.menuAt(p.word("offered").middle())
		p.click(p.see(plain, "Picture of the passage…", 1).middle(), 1)
		p.click(p.see(plain, "title, source and date", 1).middle(), 1)
		raw := p.pictured(func() { p.click(p.see(plain, "Save", 1).middle(), 1) }, "varno-1.svg")
		words, fills := readSVG(p.t, raw)
		if words != "We were offered the same page with a new date on it,” said" || fills < 2 {
			p.t.Errorf("the picture says %q and has %d fills", words, fills)
		}
		if !strings.Contains(raw, "<title id=\"title\">Dockers walk out as port talks collapse</title>") {
			p.t.Error("the picture has no title")
		}
	})
	p.scene(t, "a selection in Arabic as PNG, by keys", func(p *program) {
		p.goes("sahil-1", "#3")
		p.key(times(8, "Left")...)
		p.key(times(20, "shift+Left")...)
		p.command("picture of")
		p.see(heading.sized(18).within("window"), "Picture of the passage", 1)
		p.key("Tab", "Down") // the format
		raw := p.pictured(func() { p.key("Return") }, "sahil-1.png")
		img, err := png.Decode(strings.NewReader(raw))
		if err != nil {
			p.t.Fatalf("it is no PNG: %v", err)
		}
		size := img.Bounds().Size()
		if size.X < 300 || size.Y < 100 || size.Y > 600 {
			p.t.Errorf("the picture is %v", size)
		}
		seen := map[any]bool{}
		for y := range size.Y {
			for x := range size.X {
				seen[img.At(x, y)] = true
			}
		}
		if len(seen) < 40 {
			p.t.Errorf("it has %d colours only", len(seen))
		}
	})
	p.scene(t, "a Chinese article as a page, by keys, after a question where one is", func(p *program) {
		target := filepath.Join(d.home, "haiwan-1.html")
		write(p.t, target, "mine")
		p.goes("haiwan-1", "#4")
		p.command("annotated page")
		p.see(heading.sized(18).within("window"), "Page of the article", 1)
		p.key("Return")
		p.see(heading.sized(18).within("window"), "Replace it?", 1)
		if raw, err := os.ReadFile(target); err != nil || string(raw) != "mine" {
			p.t.Errorf("it was replaced before the answer: %v", err)
		}
		raw := p.pictured(func() { p.key("Return") }, "haiwan-1.html")
		if got := pageText(p.t, raw); got != d.text("haiwan-1") {
			p.t.Errorf("the page says %q", got)
		}
	})
}

// command runs a command by its words in the palette.
func (p *program) command(typed string) {
	p.t.Helper()
	p.key("ctrl+shift+p")
	p.typed(typed)
	p.key("Return")
}

// pictured does something that saves a picture or page, and reads the file.
func (p *program) pictured(do func(), name string) string {
	p.t.Helper()
	mark := p.mark()
	do()
	p.wait("pictured", mark)
	raw, err := os.ReadFile(filepath.Join(filepath.Dir(p.project), name))
	if err != nil {
		p.t.Fatal(err)
	}
	return string(raw)
}

// readSVG reads what a picture says, and counts the fills of spans.
func readSVG(t testing.TB, raw string) (words string, fills int) {
	t.Helper()
	inDesc := false
	for d := xml.NewDecoder(strings.NewReader(raw)); ; {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return words, fills
		}
		if err != nil {
			t.Fatalf("it is no SVG: %v", err)
		}
		switch e := tok.(type) {
		case xml.StartElement:
			inDesc = e.Name.Local == "desc"
			for _, a := range e.Attr {
				if a.Name.Local == "data-span" {
					fills++
				}
			}
		case xml.EndElement:
			inDesc = false
		case xml.CharData:
			if inDesc {
				words += string(e)
			}
		}
	}
}

// pageText is the text of the article on a page, without the tags.
func pageText(t testing.TB, raw string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range root.Descendants() {
		if n.Type != html.TextNode {
			continue
		}
		for up := range n.Ancestors() {
			for _, a := range up.Attr {
				if a.Key == "data-text" {
					b.WriteString(n.Data)
				}
			}
		}
	}
	return b.String()
}
