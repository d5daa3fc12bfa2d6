package pdf

import (
	"context"
	"iter"
	"path"
	"strconv"
	"strings"

	library "github.com/ledongthuc/pdf"

	"lede/annotate/format"
)

func init() {
	format.Register(&format.Format{
		Name:        "pdf",
		Title:       "PDF documents",
		Description: "One article a document: its text, lines joined to paragraphs. Scanned pages need text recognition first.",
		Extensions:  []string{".pdf"},
		Options: []format.Option{
			{Key: "hyphens", Values: []string{"join", "keep"}, Default: "join", For: format.ForImport, Help: "join: words that are divided at the end of a line are one again; keep: they stay divided"},
			{Key: "lines", Values: []string{"join", "keep"}, Default: "join", For: format.ForImport, Help: "join: lines are joined to paragraphs; keep: lines stay as they are"},
			{Key: "margins", Values: []string{"drop", "keep"}, Default: "drop", For: format.ForImport, Help: "drop: lines that stand at the top or bottom of most pages, such as page numbers, are left out"},
		},
		Detect: detect,
		Read:   read,
	})
}

func detect(s format.Sample) int {
	switch {
	case s.Dir:
		return 0
	case strings.HasPrefix(s.Head, "%PDF-"):
		return 95
	case s.Ext == ".pdf":
		return 60
	}
	return 0
}

func read(ctx context.Context, src format.Source, s format.Settings) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		raw, err := src.ReadAll()
		if err == nil {
			err = check(src, raw)
		}
		var d *document
		if err == nil {
			d, err = open(ctx, src, raw)
		}
		if err != nil {
			yield(nil, err)
			return
		}
		yield(d.article(s))
	}
}

// document is what was read of a file.
type document struct {
	src   format.Source
	facts map[string]string
	pages [][]line
	nodes int  // of the tree of pages
	lost  bool // the tree has no end

	empty, broken  int // pages without text, and such that could not be read
	turned, unread int // characters on their side; such that no table says what they are
	letters        int
}

// takePage reads a page; d.pages grows by one, whatever happens.
func (d *document) takePage(v library.Value) {
	g, err := glyphs(v)
	if err != nil {
		d.broken++
		g = nil
	}
	p := &liner{}
	for _, c := range g {
		p.add(c)
	}
	p.close()
	if len(p.lines) == 0 && err == nil {
		d.empty++
	}
	d.turned += p.turned
	d.unread += p.unread
	d.letters += p.letters
	d.pages = append(d.pages, p.lines)
}

func (d *document) article(s format.Settings) (*format.Article, error) {
	if d.letters == 0 || d.unread*3 > d.letters {
		if d.unread > 0 {
			return nil, format.Refuse(d.src.At(0), "Have its text recognised (OCR) first.", "its fonts do not say which letters they show")
		}
		return nil, format.Refuse(d.src.At(0), "Have its text recognised (OCR) first.", "it has no text: its %d pages seem to be scanned", len(d.pages))
	}
	a := &format.Article{
		Place: d.src.At(0), Ref: strings.TrimSuffix(d.src.Rel, path.Ext(d.src.Rel)), RefFromName: true,
		Title: d.facts["Title"], Author: d.facts["Author"], Language: d.facts["Lang"],
	}
	for key, name := range map[string]string{"subject": "Subject", "keywords": "Keywords", "created": "CreationDate"} {
		if v := d.facts[name]; v != "" {
			a.PutMeta(key, format.AppendString(nil, v))
		}
	}
	a.PutMeta("pages", strconv.AppendInt(nil, int64(len(d.pages)), 10))
	if s["margins"] != "keep" {
		n, example := d.dropMargins()
		a.Skip("margins", "lines at the top or bottom of most pages (--opt margins=keep takes them)", n, example)
	}
	a.Text = textOf(d.pages, s["lines"] != "keep", s["hyphens"] != "keep")
	name := d.src.Name
	a.Skip("empty_pages", "pages without text, which may be scanned", d.empty, name)
	a.Skip("broken_pages", "pages that are damaged, or made in a way that cannot be read", d.broken, name)
	a.Skip("turned", "characters that stand on their side", d.turned, name)
	a.Skip("unread", "characters of which the fonts do not say what they are; U+FFFD stands for each", d.unread, name)
	return a, nil
}
