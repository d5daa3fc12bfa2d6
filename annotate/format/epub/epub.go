package epub

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"path"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"lede/annotate/format"
	"lede/annotate/format/archive"
	"lede/annotate/format/flow"
	"lede/annotate/format/webpage"
)

func init() {
	format.Register(&format.Format{
		Name:        "epub",
		Title:       "EPUB books",
		Description: "Books and magazines: one article a chapter, or one for all; title, author, publisher and date as facts.",
		Extensions:  []string{".epub"},
		Options: []format.Option{
			{Key: "articles", Values: []string{"chapter", "book"}, Default: "chapter", For: format.ForImport, Help: "one article a chapter (each document of the book's reading order), or one for the whole book"},
		},
		Detect: detect,
		Read:   read,
	})
}

func detect(s format.Sample) int {
	switch {
	case s.Dir || !strings.HasPrefix(s.Head, "PK"):
		return 0
	case strings.Contains(s.Head[:min(200, len(s.Head))], "application/epub+zip"):
		return 95
	case s.Ext == ".epub":
		return 90
	}
	return 0
}

func read(ctx context.Context, src format.Source, s format.Settings) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		z, err := archive.Open(src, archive.Limits{})
		if err != nil {
			yield(nil, err)
			return
		}
		defer func() { _ = z.Close() }()
		b, err := open(src, z)
		if err != nil {
			yield(nil, err)
			return
		}
		if s["articles"] == "book" {
			a, err := b.whole(ctx)
			yield(a, err)
			return
		}
		b.each(ctx, yield)
	}
}

// chapter is a document of the reading order with text in it.
type chapter struct {
	number      int
	title, text string
}

// chapters reads one chapter after the other.
func (b *book) chapters(ctx context.Context, take func(chapter) bool) error {
	for _, href := range b.spine {
		if err := ctx.Err(); err != nil {
			return err
		}
		e, ok := b.z.Find(href)
		if !ok {
			b.missing = append(b.missing, href)
			continue
		}
		if href == b.nav {
			continue
		}
		c, err := b.chapter(e)
		if err != nil {
			return err
		}
		if c.text == "" {
			b.empty++
			continue
		}
		b.read++
		c.number = b.read
		if !take(c) {
			return nil
		}
	}
	return nil
}

func (b *book) chapter(e archive.Entry) (chapter, error) {
	src := e.Source()
	src.Encoding = ""
	raw, err := webpage.Decode(src)
	if err != nil {
		return chapter{}, err
	}
	page, err := webpage.Parse(closed(raw))
	if err != nil {
		return chapter{}, format.Refuse(src.At(0), "", "the chapter cannot be read: %s", err)
	}
	c := chapter{title: b.titles[e.Name]}
	c.text = flow.HTML(page.Document(), flow.Page{})
	if c.title == "" {
		for n := range page.Document().Descendants() {
			if a := flow.Tag(n); a == atom.H1 || a == atom.H2 || a == atom.H3 {
				c.title = cmp.Or(c.title, strings.Join(strings.Fields(flow.HTML(n, flow.Page{})), " "))
			}
		}
	}
	return c, nil
}

// closedTag is an element that XHTML may end at once and HTML may not: what follows
// would be swallowed.
var closedTag = regexp.MustCompile(`<(title|script|style|iframe|textarea|noscript|xmp|noembed|noframes|a|p|div|span|i|b|em|strong|td|th|li|h[1-6])(\s[^<>]*)?/>`)

// closed is XHTML as HTML understands it.
func closed(raw string) string { return closedTag.ReplaceAllString(raw, "<$1$2></$1>") }

func (b *book) each(ctx context.Context, yield func(*format.Article, error) bool) {
	stopped := false
	var last *format.Article
	send := func(a *format.Article) bool {
		stopped = stopped || !yield(a, nil)
		return !stopped
	}
	err := b.chapters(ctx, func(c chapter) bool {
		if last != nil && !send(last) {
			return false
		}
		a := b.article()
		a.Ref += fmt.Sprintf("/%03d", c.number)
		a.Title = c.title
		if b.facts["title"] != "" {
			a.PutMeta("book", format.AppendString(nil, b.facts["title"]))
		}
		a.PutMeta("chapter", strconv.AppendInt(nil, int64(c.number), 10))
		a.Text = c.text
		last = a
		return true
	})
	switch {
	case stopped:
	case err != nil:
		yield(nil, err)
	case last == nil:
		yield(nil, b.noText())
	default:
		b.tell(last)
		send(last)
	}
}

// maxBook is the longest text of one article, in bytes.
const maxBook = format.MaxLine

func (b *book) whole(ctx context.Context) (*format.Article, error) {
	var text flow.Builder
	long := false
	err := b.chapters(ctx, func(c chapter) bool {
		text.Whole(c.text)
		long = text.Len() > maxBook
		return !long
	})
	switch {
	case err != nil:
		return nil, err
	case long:
		return nil, format.Refuse(b.src.At(0), "Use --opt articles=chapter.", "the text of the book is longer than %d MB", maxBook>>20)
	case b.read == 0:
		return nil, b.noText()
	}
	a := b.article()
	a.Title, a.Text = b.facts["title"], text.String()
	b.tell(a)
	return a, nil
}

func (b *book) noText() error {
	return format.Refuse(b.src.At(0), "A book of scanned pages needs text recognition first.", "the book has no text in it")
}

// tell says what was left out.
func (b *book) tell(a *format.Article) {
	for _, href := range b.missing {
		a.Skip("missing", "chapters whose files are not in the book", 1, href)
	}
	a.Skip("empty_chapters", "chapters without text, such as covers", b.empty, b.src.Name)
}

// attrOf is an attribute of an element of HTML, whatever its prefix.
func attrOf(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key || strings.HasSuffix(a.Key, ":"+key) {
			return a.Val
		}
	}
	return ""
}

// within is the path of a file that a file of the book names, "" for one outside.
func within(from, href string) string {
	href, _, _ = strings.Cut(href, "#")
	if href == "" || strings.Contains(href, "://") {
		return ""
	}
	return strings.TrimPrefix(path.Join("/", path.Dir(from), unescape(href)), "/")
}
