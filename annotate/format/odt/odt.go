package odt

import (
	"context"
	"encoding/xml"
	"iter"
	"slices"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/archive"
	"lede/annotate/format/office"
	"lede/annotate/format/xmlread"
)

func init() {
	format.Register(&format.Format{
		Name:        "odt",
		Title:       "OpenDocument texts",
		Description: "One article a document of LibreOffice or OpenOffice: its text with lists, tables and notes, its properties as facts.",
		Extensions:  endings,
		Detect:      detect,
		Read:        read,
	})
}

var endings = []string{".odt", ".ott"}

func detect(s format.Sample) int {
	switch {
	case s.Dir || !strings.HasPrefix(s.Head, "PK"):
		return 0
	case strings.Contains(s.Head[:min(200, len(s.Head))], "application/vnd.oasis.opendocument.text"):
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
			if a, err = article(src); err == nil {
				yield(a, nil)
				return
			}
		}
		yield(nil, err)
	}
}

func article(src format.Source) (*format.Article, error) {
	z, err := archive.Open(src, archive.Limits{})
	if err != nil {
		return nil, err
	}
	defer func() { _ = z.Close() }()
	d := &document{a: office.Article(src), text: office.NewText()}
	content, ok := z.Find("content.xml")
	if !ok {
		return nil, format.Refuse(src.At(0), "Is it the right --format, and is the file whole?", "it is no OpenDocument text: it holds no content.xml")
	}
	if err := part(content, d.body); err != nil {
		return nil, err
	}
	d.a.Text = d.text.Finish()
	d.a.Title = d.text.Title
	if meta, ok := z.Find("meta.xml"); ok {
		if err := part(meta, d.properties); err != nil {
			return nil, err
		}
	}
	d.a.Skip("deleted", "deletions of tracked changes: the text is as if all changes were accepted", d.deleted, src.Name)
	d.a.Skip("pictures", "pictures", d.pictures, src.Name)
	d.a.Skip("comments", "comments in documents", d.comments, src.Name)
	d.a.Skip("contents", "tables of contents and indexes", d.indexes, src.Name)
	return d.a, nil
}

func part(e archive.Entry, read func(*xmlread.Reader) error) error {
	r, err := office.Part(e)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	return read(r)
}

// document is a document being read.
type document struct {
	a    *format.Article
	text *office.Text

	paragraphs, lists int   // that are open
	cells             []int // cells so far in each open row
	notes             []int // numbers of the notes that are open

	deleted, pictures, comments, indexes int
}

func (d *document) properties(r *xmlread.Reader) error {
	p, err := office.ReadProperties(r)
	if err == nil {
		if p["title"] != "" {
			d.a.Title = p["title"]
		}
		p.Fill(d.a)
	}
	return err
}

func (d *document) body(r *xmlread.Reader) error {
	return office.Each(r, func(e xml.StartElement) error { return d.begin(r, e) }, d.end, func(s string) {
		if d.paragraphs > 0 && strings.Trim(s, "\n") != "" {
			d.text.Begin()
			d.text.Words(s)
		}
	})
}

func (d *document) begin(r *xmlread.Reader, e xml.StartElement) error {
	t := d.text
	switch e.Name.Local {
	case "p", "h":
		d.paragraphs++
		t.Paragraph(d.lists > 0)
		if style := xmlread.Attr(e, "style-name"); style == "Title" {
			t.Titled()
		}
	case "list":
		d.lists++
	case "s":
		t.Begin()
		t.Words(" ")
	case "tab":
		t.Tab()
	case "line-break":
		t.Begin()
		t.Break()
	case "table":
		t.Table()
	case "table-row":
		t.Row()
		d.cells = append(d.cells, 0)
	case "table-cell", "covered-table-cell":
		if n := len(d.cells); n > 0 {
			t.Cell(d.cells[n-1] == 0)
			d.cells[n-1]++
		}
	case "note":
		d.notes = append(d.notes, t.Note(0))
	case "note-body", "text-box":
		t.Push()
	case "image":
		d.pictures++
	default:
		return d.leave(r, e)
	}
	return nil
}

// leave skips what is no text of the document.
func (d *document) leave(r *xmlread.Reader, e xml.StartElement) error {
	switch e.Name.Local {
	case "changed-region":
		// What was deleted is kept here; what was inserted stands in the text.
		return d.region(r)
	case "annotation":
		d.comments++
	case "table-of-content", "alphabetical-index", "illustration-index", "table-index", "object-index", "user-index":
		d.indexes++
	case "note-citation", "ruby-text", "forms", "scripts", "automatic-styles", "font-face-decls", "desc", "hidden-text", "sequence-decls",
		"variable-decls", "user-field-decls", "dde-connection-decls", "object", "object-ole", "plugin":
	default:
		return nil
	}
	return r.Skip()
}

func (d *document) region(r *xmlread.Reader) error {
	for depth := 1; depth > 0; {
		token, err := r.Token()
		if err != nil {
			return err
		}
		switch x := token.(type) {
		case xml.StartElement:
			depth++
			if x.Name.Local == "deletion" {
				d.deleted++
			}
		case xml.EndElement:
			depth--
		}
	}
	return nil
}

func (d *document) end(name string) {
	t := d.text
	switch name {
	case "p", "h":
		d.paragraphs--
		t.End()
	case "list":
		d.lists--
	case "table":
		t.EndTable()
	case "table-row":
		t.Row()
		d.cells = d.cells[:max(0, len(d.cells)-1)]
	case "note-body":
		note := t.Pop()
		if n := len(d.notes); n > 0 {
			t.SetNote(d.notes[n-1], note)
		}
	case "note":
		d.notes = d.notes[:max(0, len(d.notes)-1)]
	case "text-box":
		t.Box(t.Pop())
	}
}
