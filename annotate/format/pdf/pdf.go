package pdf

import (
	"context"
	"errors"
	"fmt"
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
		if err == nil && len(raw) > maxFile {
			err = format.Refuse(src.At(0), "Split it into smaller files.", "the file is larger than %d MB", maxFile>>20)
		}
		var r *result
		if err == nil {
			r, err = apart(ctx, &job{Raw: raw, Settings: s})
		}
		switch {
		case err != nil:
			yield(nil, err)
		case r.Refused != nil:
			yield(nil, format.Refuse(src.At(0), r.Refused.Hint, "%s", r.Refused.Detail))
		default:
			yield(r.article(src), nil)
		}
	}
}

// job is a file to be read, and how.
type job struct {
	Raw      []byte
	Settings format.Settings
	Memory   int64 // bytes that it may take
}

// result is what was read of a file, or why it cannot be.
type result struct {
	Refused *refusal
	Facts   map[string]string // of the document, by the names of PDF
	Pages   int
	Text    string
	LeftOut []leftOut
}

// refusal says what is wrong with a file, and what to do about it (may be "").
type refusal struct{ Hint, Detail string }

func (r *refusal) Error() string { return r.Detail }

func refuse(hint, detail string, args ...any) *refusal {
	return &refusal{hint, fmt.Sprintf(detail, args...)}
}

// leftOut counts something that the file has and the article has not.
type leftOut struct {
	Kind, What, Example string
	Count               int
}

// do reads a file.
func (j *job) do(ctx context.Context) *result {
	d, err := open(ctx, j.Raw)
	var r *result
	if err == nil {
		r, err = d.result(j.Settings)
	}
	if err == nil {
		return r
	}
	var told *refusal
	if !errors.As(err, &told) {
		told = &refusal{Detail: err.Error()}
	}
	return &result{Refused: told}
}

// article is the result as the import takes it.
func (r *result) article(src format.Source) *format.Article {
	a := &format.Article{
		Place: src.At(0), Ref: strings.TrimSuffix(src.Rel, path.Ext(src.Rel)), RefFromName: true,
		Title: r.Facts["Title"], Author: r.Facts["Author"], Language: r.Facts["Lang"], Text: r.Text,
	}
	for key, name := range map[string]string{"subject": "Subject", "keywords": "Keywords", "created": "CreationDate"} {
		if v := r.Facts[name]; v != "" {
			a.PutMeta(key, format.AppendString(nil, v))
		}
	}
	a.PutMeta("pages", strconv.AppendInt(nil, int64(r.Pages), 10))
	for _, l := range r.LeftOut {
		if l.Example == "" {
			l.Example = src.Name
		}
		a.Skip(l.Kind, l.What, l.Count, l.Example)
	}
	return a
}

// document is what was read of a file.
type document struct {
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

func (d *document) result(s format.Settings) (*result, error) {
	if d.letters == 0 || d.unread*3 > d.letters {
		if d.unread > 0 {
			return nil, refuse("Have its text recognised (OCR) first.", "its fonts do not say which letters they show")
		}
		return nil, refuse("Have its text recognised (OCR) first.", "it has no text: its %d pages seem to be scanned", len(d.pages))
	}
	r := &result{Facts: d.facts, Pages: len(d.pages)}
	skip := func(kind, what string, count int, example string) {
		if count > 0 {
			r.LeftOut = append(r.LeftOut, leftOut{kind, what, example, count})
		}
	}
	if s["margins"] != "keep" {
		n, example := d.dropMargins()
		skip("margins", "lines at the top or bottom of most pages (--opt margins=keep takes them)", n, example)
	}
	r.Text = textOf(d.pages, s["lines"] != "keep", s["hyphens"] != "keep")
	skip("empty_pages", "pages without text, which may be scanned", d.empty, "")
	skip("broken_pages", "pages that are damaged, or made in a way that cannot be read", d.broken, "")
	skip("turned", "characters that stand on their side", d.turned, "")
	skip("unread", "characters of which the fonts do not say what they are; U+FFFD stands for each", d.unread, "")
	return r, nil
}
