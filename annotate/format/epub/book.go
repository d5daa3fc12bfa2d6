package epub

import (
	"cmp"
	"encoding/xml"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"lede/annotate/format"
	"lede/annotate/format/archive"
	"lede/annotate/format/flow"
	"lede/annotate/format/office"
	"lede/annotate/format/webpage"
	"lede/annotate/format/xmlread"
)

// book is an open book.
type book struct {
	src    format.Source
	z      *archive.Reader
	facts  office.Properties
	spine  []string          // files in their order
	titles map[string]string // of files, by the table of contents
	nav    string            // the file with the table of contents

	read, empty int
	missing     []string
}

func open(src format.Source, z *archive.Reader) (*book, error) {
	b := &book{src: src, z: z, titles: map[string]string{}}
	container, ok := z.Find("META-INF/container.xml")
	if !ok {
		return nil, format.Refuse(src.At(0), "Is it the right --format, and is the file whole?", "it is no EPUB book: it holds no META-INF/container.xml")
	}
	root := ""
	if err := each(container, func(_ *xmlread.Reader, e xml.StartElement) error {
		if e.Name.Local == "rootfile" {
			root = cmp.Or(root, within("x", xmlread.Attr(e, "full-path")))
		}
		return nil
	}); err != nil {
		return nil, err
	}
	if err := b.protected(); err != nil {
		return nil, err
	}
	opf, ok := z.Find(root)
	if !ok {
		return nil, format.Refuse(src.At(0), "Is the file whole?", "it is no EPUB book: the file %q that describes it is missing", root)
	}
	return b, b.describe(opf)
}

func each(e archive.Entry, begin func(*xmlread.Reader, xml.StartElement) error) error {
	r, err := office.Part(e)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	return office.Each(r, func(e xml.StartElement) error { return begin(r, e) }, nil, nil)
}

// protected refuses books whose chapters are encrypted; fonts often are.
func (b *book) protected() error {
	e, ok := b.z.Find("META-INF/encryption.xml")
	if !ok {
		return nil
	}
	return each(e, func(_ *xmlread.Reader, e xml.StartElement) error {
		if name := strings.ToLower(xmlread.Attr(e, "URI")); e.Name.Local == "CipherReference" && strings.HasSuffix(name, "html") {
			return format.Refuse(b.src.At(0), "Only its seller's programs can open it.", "the book is protected against copying (DRM)")
		}
		return nil
	})
}

// describe reads the package: facts, files, reading order.
func (b *book) describe(opf archive.Entry) error {
	hrefs, ncx, listed := map[string]string{}, "", map[string]bool{}
	b.facts = office.Properties{}
	err := each(opf, func(r *xmlread.Reader, e xml.StartElement) error {
		switch e.Name.Local {
		case "title", "creator", "publisher", "date", "language", "subject", "description", "identifier", "source", "rights":
			text, err := r.Text()
			if text = strings.Join(strings.Fields(text), " "); text != "" {
				switch have := b.facts[e.Name.Local]; {
				case have == "":
					b.facts[e.Name.Local] = text
				case e.Name.Local == "creator" || e.Name.Local == "subject":
					b.facts[e.Name.Local] = have + ", " + text
				}
			}
			return err
		case "item":
			href := within(opf.Name, xmlread.Attr(e, "href"))
			hrefs[xmlread.Attr(e, "id")] = href
			if slices.Contains(strings.Fields(xmlread.Attr(e, "properties")), "nav") {
				b.nav = href
			}
			if xmlread.Attr(e, "media-type") == "application/x-dtbncx+xml" {
				ncx = href
			}
		case "itemref":
			if href := hrefs[xmlread.Attr(e, "idref")]; href != "" && !listed[href] {
				listed[href] = true
				b.spine = append(b.spine, href)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if e, ok := b.z.Find(ncx); ok {
		if err := b.ncxTitles(e); err != nil {
			return err
		}
	}
	if e, ok := b.z.Find(b.nav); ok {
		return b.navTitles(e)
	}
	return nil
}

// ncxTitles reads the table of contents of EPUB 2.
func (b *book) ncxTitles(e archive.Entry) error {
	label := ""
	return each(e, func(r *xmlread.Reader, x xml.StartElement) error {
		switch x.Name.Local {
		case "navLabel":
			text, err := r.Text()
			label = strings.Join(strings.Fields(text), " ")
			return err
		case "content":
			b.entitle(within(e.Name, xmlread.Attr(x, "src")), label)
		}
		return nil
	})
}

// navTitles reads that of EPUB 3.
func (b *book) navTitles(e archive.Entry) error {
	src := e.Source()
	src.Encoding = ""
	raw, err := webpage.Decode(src)
	if err != nil {
		return err
	}
	page, err := webpage.Parse(closed(raw))
	if err != nil {
		return format.Refuse(src.At(0), "", "the table of contents cannot be read: %s", err)
	}
	for nav := range page.Document().Descendants() {
		if flow.Tag(nav) != atom.Nav || attrOf(nav, "type") != "toc" {
			continue
		}
		for n := range nav.Descendants() {
			if flow.Tag(n) == atom.A {
				b.entitle(within(e.Name, flow.Attr(n, "href")), strings.Join(strings.Fields(flow.HTML(n, flow.Page{})), " "))
			}
		}
	}
	return nil
}

// entitle keeps the first title of each file.
func (b *book) entitle(file, title string) {
	if file != "" && b.titles[file] == "" {
		b.titles[file] = title
	}
}

// article is an article with the facts of the book.
func (b *book) article() *format.Article {
	a := &format.Article{
		Place: b.src.At(0), Ref: strings.TrimSuffix(b.src.Rel, path.Ext(b.src.Rel)), RefFromName: true,
		Author: b.facts["creator"], Publisher: b.facts["publisher"], Published: b.facts["date"], Language: b.facts["language"],
	}
	for _, key := range []string{"identifier", "source", "subject", "description", "rights"} {
		if b.facts[key] != "" {
			a.PutMeta(key, format.AppendString(nil, b.facts[key]))
		}
	}
	return a
}

func unescape(href string) string {
	if s, err := url.PathUnescape(href); err == nil {
		return s
	}
	return href
}
