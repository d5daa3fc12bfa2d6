package webpage

import (
	"net/url"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"

	"lede/annotate/format"
	"lede/annotate/format/flow"
	"lede/annotate/text"
)

// MaxPage is the largest page, in bytes: a parsed page takes many times its size.
const MaxPage = 64 << 20

// maxElements is up to how many elements an article is looked for: the search takes
// more than its share of time on pages that are made of very many.
const maxElements = 50_000

// Mode says which part of a page is taken.
type Mode string

// The modes.
const (
	Article Mode = "article" // what Readability takes for the article; of pages without one, the body
	Body    Mode = "body"    // the body without navigation, sidebars, footers and forms
	All     Mode = "all"     // everything a browser shows
)

// Options say what is taken.
type Options struct {
	Mode     Mode
	Captions bool // of pictures
}

// Page is a parsed page.
type Page struct {
	doc *html.Node
	raw string
}

// Parse parses a page.
func Parse(raw string) (*Page, error) {
	doc, err := html.ParseWithOptions(strings.NewReader(raw), html.ParseOptionEnableScripting(false))
	if err != nil {
		return nil, err
	}
	return &Page{doc: doc, raw: raw}, nil
}

// Document is the root of the page.
func (p *Page) Document() *html.Node { return p.doc }

// Decode decodes a page by its byte order mark, by what the person said, by its own
// meta tag, or as UTF-8.
func Decode(src format.Source) (string, error) {
	raw, err := src.ReadAll()
	if err != nil {
		return "", err
	}
	if len(raw) > MaxPage {
		return "", format.Refuse(src.At(0), "Is it the right --format?", "the page is larger than %d MB", MaxPage>>20)
	}
	named := src.Encoding != "" && !strings.EqualFold(src.Encoding, "auto") && !src.Fallback
	if name := declared(raw); name != "" && !named && !text.Marked(raw) {
		src.Encoding, src.Fallback = name, false
	}
	page, err := src.Decode()
	return strings.TrimPrefix(page, "\uFEFF"), err
}

// declared is the encoding that a page names, "" if it names none. One of a byte a
// character is not believed when the bytes are UTF-8: who saved the page changed them.
func declared(raw []byte) string {
	const head = 1024 // where browsers look
	enc, name, _ := charset.DetermineEncoding(raw[:min(head, len(raw))], "")
	if enc == nil || !strings.Contains(strings.ToLower(string(raw[:min(head, len(raw))])), "charset") && !strings.HasPrefix(string(raw), "<?xml") {
		return ""
	}
	if single := strings.HasPrefix(name, "windows-") || strings.HasPrefix(name, "iso-8859") || strings.HasPrefix(name, "koi8"); name == "utf-8" || single && text.Told(raw) {
		return ""
	}
	return name
}

// Result is what was taken of a page.
type Result struct {
	Facts
	Text     string
	Captions int  // left out
	Whole    bool // no article was found: it is the body
}

// Take takes the text and the facts.
func (p *Page) Take(o Options) Result {
	r := Result{Facts: p.facts()}
	without := func(n *html.Node) bool {
		if flow.Tag(n) == atom.Figcaption && !o.Captions && o.Mode != All {
			r.Captions++
			return true
		}
		return o.Mode != All && besideArticle(n)
	}
	if o.Mode == Article {
		found, ok := p.readable()
		if ok {
			r.fill(found)
			r.Text = flow.HTML(found.Node, flow.Page{Without: without})
		}
		if strings.TrimSpace(r.Text) != "" {
			return r
		}
		r.Whole, r.Captions = true, 0
	}
	r.Text = flow.HTML(p.doc, flow.Page{Without: without})
	return r
}

// besideArticle reports whether an element is beside every article.
func besideArticle(n *html.Node) bool {
	switch flow.Tag(n) {
	case atom.Nav, atom.Aside, atom.Footer, atom.Form:
		return true
	}
	switch flow.Attr(n, "role") {
	case "navigation", "complementary", "contentinfo", "search", "banner", "menu", "dialog":
		return true
	}
	return false
}

// readable looks for the article. The library is not ours: what it cannot do with a
// page is no fault of the page.
func (p *Page) readable() (found readability.Article, ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	elements := 0
	for range p.doc.Descendants() {
		if elements++; elements > maxElements {
			return found, false
		}
	}
	parser := readability.NewParser()
	parser.DisableJSONLD = true // facts.go reads more of it
	found, err := parser.ParseDocument(p.doc, &url.URL{Scheme: "http", Host: "localhost", Path: "/"})
	return found, err == nil && found.Node != nil
}
