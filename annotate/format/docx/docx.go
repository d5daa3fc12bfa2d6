package docx

import (
	"context"
	"encoding/xml"
	"iter"
	"path"
	"slices"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/archive"
	"lede/annotate/format/office"
	"lede/annotate/format/xmlread"
)

func init() {
	format.Register(&format.Format{
		Name:        "docx",
		Title:       "Word documents",
		Description: "One article a document: its text with lists, tables and footnotes, its properties as facts.",
		Extensions:  endings,
		Detect:      detect,
		Read:        read,
	})
}

var endings = []string{".docx", ".docm", ".dotx"}

func detect(s format.Sample) int {
	switch {
	case s.Dir || !strings.HasPrefix(s.Head, "PK"):
		return 0
	case strings.Contains(s.Head, "word/document.xml"), strings.Contains(s.Head, "word/") && strings.Contains(s.Head, "[Content_Types].xml"):
		return 95
	case slices.Contains(endings, s.Ext):
		return 90
	}
	return 0
}

func read(ctx context.Context, src format.Source, _ format.Settings) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		err := ctx.Err()
		if err == nil {
			var a *format.Article
			if a, err = Article(src); err == nil {
				yield(a, nil)
				return
			}
		}
		yield(nil, err)
	}
}

// Article reads a document.
func Article(src format.Source) (*format.Article, error) {
	z, err := archive.Open(src, archive.Limits{})
	if err != nil {
		return nil, err
	}
	defer func() { _ = z.Close() }()
	d := &document{src: src, z: z, a: office.Article(src), text: office.NewText(), notes: map[string]int{}}
	main, err := d.find()
	if err != nil {
		return nil, err
	}
	if err := d.part(main, d.body); err != nil {
		return nil, err
	}
	if err := d.allNotes(path.Dir(main.Name)); err != nil {
		return nil, err
	}
	d.a.Text = d.text.Finish()
	d.a.Title = d.text.Title
	if err := d.properties(); err != nil {
		return nil, err
	}
	return d.a, d.tell(path.Dir(main.Name))
}

// document is a document being read.
type document struct {
	src   format.Source
	z     *archive.Reader
	a     *format.Article
	text  *office.Text
	notes map[string]int // "footnotes 3" → its number

	deleted, pictures, symbols, vanished int
	cells                                []int // cells so far in each open row
}

// find finds the part with the text, which a relationship of the package names.
func (d *document) find() (archive.Entry, error) {
	name := "word/document.xml"
	if rels, ok := d.z.Find("_rels/.rels"); ok {
		err := d.part(rels, func(r *xmlread.Reader) error {
			return office.Each(r, func(e xml.StartElement) error {
				if strings.HasSuffix(xmlread.Attr(e, "Type"), "/officeDocument") {
					name = strings.TrimPrefix(path.Clean("/"+xmlread.Attr(e, "Target")), "/")
				}
				return nil
			}, nil, nil)
		})
		if err != nil {
			return archive.Entry{}, err
		}
	}
	e, ok := d.z.Find(name)
	if !ok {
		return e, format.Refuse(d.src.At(0), "Is it the right --format, and is the file whole?", "it is no Word document: it holds no %s", name)
	}
	return e, nil
}

func (d *document) part(e archive.Entry, read func(*xmlread.Reader) error) error {
	r, err := office.Part(e)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	return read(r)
}

func (d *document) properties() error {
	e, ok := d.z.Find("docProps/core.xml")
	if !ok {
		return nil
	}
	return d.part(e, func(r *xmlread.Reader) error {
		p, err := office.ReadProperties(r)
		if err == nil {
			if p["title"] != "" {
				d.a.Title = p["title"]
			}
			p.Fill(d.a)
		}
		return err
	})
}

// tell says what was left out.
func (d *document) tell(dir string) error {
	a, name := d.a, d.src.Name
	a.Skip("deleted", "deletions of tracked changes: the text is as if all changes were accepted", d.deleted, name)
	a.Skip("hidden", "runs of hidden text", d.vanished, name)
	a.Skip("pictures", "pictures", d.pictures, name)
	a.Skip("symbols", "characters of symbol fonts, which are no letters elsewhere", d.symbols, name)
	comments := 0
	if e, ok := d.z.Find(dir + "/comments.xml"); ok {
		err := d.part(e, func(r *xmlread.Reader) error {
			return office.Each(r, func(e xml.StartElement) error {
				if e.Name.Local == "comment" {
					comments++
				}
				return nil
			}, nil, nil)
		})
		if err != nil {
			return err
		}
	}
	a.Skip("comments", "comments in documents", comments, name)
	margins := 0
	for _, e := range d.z.Entries() {
		if base := path.Base(e.Name); path.Dir(e.Name) == dir && (strings.HasPrefix(base, "header") || strings.HasPrefix(base, "footer")) {
			margins++
		}
	}
	a.Skip("margins", "headers and footers of pages", margins, name)
	return nil
}
