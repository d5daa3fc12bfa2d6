package newsml

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/flow"
	"lede/annotate/format/xmlread"
)

func init() {
	format.Register(&format.Format{
		Name: "nitf", Title: "NITF news stories",
		Description: "Stories of news agencies in NITF: headline, byline, dateline and text.",
		Extensions:  []string{".nitf", ".xml"},
		Detect:      func(s format.Sample) int { return detect(s, "nitf") },
		Read:        read,
	})
	format.Register(&format.Format{
		Name: "newsml-g2", Title: "NewsML-G2 news stories",
		Description: "Stories of news agencies in NewsML-G2, with XHTML or NITF inside; messages with several, too.",
		Extensions:  []string{".newsml", ".xml"},
		Detect:      func(s format.Sample) int { return detect(s, "newsItem", "newsMessage") },
		Read:        read,
	})
}

// detect looks for the first element.
func detect(s format.Sample, names ...string) int {
	if s.Dir {
		return 0
	}
	name := rootOf(s.Head)
	for _, n := range names {
		if name == n {
			return 95
		}
	}
	return 0
}

// rootOf is the local name of the first element, "" if it is not in sight.
func rootOf(head string) string {
	d := xml.NewDecoder(strings.NewReader(head))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	for {
		token, err := d.RawToken()
		if err != nil {
			return ""
		}
		if e, ok := token.(xml.StartElement); ok {
			return e.Name.Local
		}
	}
}

func read(ctx context.Context, src format.Source, _ format.Settings) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		in, err := xmlread.Open(src)
		if err != nil {
			yield(nil, err)
			return
		}
		defer func() { _ = in.Close() }()
		r := &reader{src: src, in: in, ref: strings.TrimSuffix(src.Rel, path.Ext(src.Rel))}
		for {
			s, err := r.next(ctx)
			if errors.Is(err, io.EOF) {
				if r.count == 0 {
					yield(nil, format.Refuse(src.At(0), "Is it the right --format?", "it holds no story: there is no element nitf or newsItem with a text"))
				}
				return
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(s, nil) {
				return
			}
		}
	}
}

// reader finds the stories of a file, one after the other.
type reader struct {
	src   format.Source
	in    *xmlread.Reader
	ref   string
	count int
}

// next is the next story; io.EOF ends them.
func (r *reader) next(ctx context.Context) (*format.Article, error) {
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		token, err := r.in.Token()
		if err != nil {
			return nil, err
		}
		e, ok := token.(xml.StartElement)
		if !ok || e.Name.Local != "nitf" && e.Name.Local != "newsItem" {
			continue
		}
		s := &story{r: r.in, item: e.Name.Local == "newsItem", facts: map[string]string{}, text: &flow.Builder{}}
		at := r.in.Place()
		if err := s.read(e); err != nil {
			return nil, err
		}
		text := s.text.String()
		if text == "" {
			r.count++
			return format.LeftOut(at, "media", "news items without a text, such as pictures and films", 1, at.String()), nil
		}
		r.count++
		ref := r.ref
		if r.count > 1 {
			ref = fmt.Sprintf("%s:%d", r.ref, r.count)
		}
		a := &format.Article{Place: at, Ref: ref, RefFromName: true, Text: text}
		s.fill(a)
		a.Skip("captions", "captions and other texts of pictures and films in stories", s.captions, at.String())
		return a, nil
	}
}
