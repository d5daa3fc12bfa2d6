package w3c

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"unicode/utf16"

	"lede/annotate/format"
)

// written is an annotation as encoding/json understands it: other code than the
// writer's and the reader's.
type written struct {
	Context    string `json:"@context"`
	ID         string
	Type       string
	Motivation string
	Creator    struct{ Name string }
	Body       []struct{ Purpose, Value string }
	Target     json.RawMessage
}

type writtenTarget struct {
	Source   string
	Selector []struct {
		Type       string
		Start, End int
		Exact      string
	}
}

// cursor hands out annotations; one of an article as a whole begins the next.
type cursor struct {
	dec  *json.Decoder
	next *written
}

func newCursor(in io.Reader) (*cursor, error) {
	c := &cursor{dec: json.NewDecoder(in)}
	if _, err := c.dec.Token(); err != nil {
		return nil, err
	}
	return c, c.advance()
}

func (c *cursor) advance() error {
	c.next = nil
	if !c.dec.More() {
		_, err := c.dec.Token()
		return err
	}
	c.next = &written{}
	return c.dec.Decode(c.next)
}

// article is the annotations of the next article, the one of the whole first.
func (c *cursor) article() ([]*written, error) {
	var list []*written
	for c.next != nil && (len(list) == 0 || c.next.Motivation != "describing") {
		list = append(list, c.next)
		if err := c.advance(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func readBack(open format.OpenFunc, want *format.Expectations, job *format.Job) error {
	r := &backReader{open: open, job: job}
	if !job.Folder {
		f, err := open("")
		if err != nil {
			return err
		}
		defer func() { _ = f.Close() }()
		if r.one, err = newCursor(f); err != nil {
			return format.Mismatch(format.Place{File: "list"}, "it is no list: %s", err)
		}
	}
	var list []*written
	var body string
	last := ""
	for first := true; ; first = false {
		x, err := want.Next()
		if errors.Is(err, io.EOF) {
			if r.one != nil && r.one.next != nil {
				return format.Mismatch(format.Place{File: "list"}, "there are more annotations than those of the articles")
			}
			return nil
		}
		if err != nil {
			return err
		}
		if first || x.Name != last {
			if list, body, err = r.next(x); err != nil {
				return err
			}
		}
		last = x.Name
		got, err := r.spans(list, body, x)
		if err == nil {
			err = x.Compare(format.Place{File: x.Name}, got)
		}
		if err != nil {
			return err
		}
	}
}

type backReader struct {
	open format.OpenFunc
	job  *format.Job
	one  *cursor
}

// next is the annotations and the text of the next article.
func (r *backReader) next(x *format.Expected) ([]*written, string, error) {
	at := format.Place{File: x.Name}
	c := r.one
	if c == nil {
		f, err := r.open(x.Name + ".jsonld")
		if err != nil {
			return nil, "", err
		}
		defer func() { _ = f.Close() }()
		if c, err = newCursor(f); err != nil {
			return nil, "", format.Mismatch(at, "it is no list: %s", err)
		}
	}
	list, err := c.article()
	if err != nil || len(list) == 0 || list[0].Motivation != "describing" {
		return nil, "", format.Mismatch(at, "there is no annotation of the article: %v", err)
	}
	if r.job.NoText {
		return list, "", nil
	}
	body := ""
	if r.one != nil {
		for _, b := range list[0].Body {
			if b.Purpose == "describing" {
				body = b.Value
			}
		}
	} else {
		f, err := r.open(x.Name + ".txt")
		if err != nil {
			return nil, "", err
		}
		defer func() { _ = f.Close() }()
		raw, err := io.ReadAll(f)
		if err != nil {
			return nil, "", err
		}
		body = string(raw)
	}
	if sum := sha256.Sum256([]byte(body)); hex.EncodeToString(sum[:]) != x.Hash {
		return nil, "", format.Mismatch(at, "the text of article %s is another one", x.Ref)
	}
	return list, body, nil
}

// spans are those of one creator.
func (r *backReader) spans(list []*written, body string, x *format.Expected) ([]format.ReadSpan, error) {
	at := format.Place{File: x.Name}
	runes, units := []rune(body), utf16.Encode([]rune(body))
	var got []format.ReadSpan
	for _, w := range list {
		if w.Motivation != "tagging" || w.Creator.Name != x.Annotator {
			continue
		}
		if w.Context != context || w.Type != "Annotation" || len(w.Body) == 0 {
			return nil, format.Mismatch(at, "%s is no annotation with a label", w.ID)
		}
		var targets []writtenTarget
		if json.Unmarshal(w.Target, &targets) != nil {
			var one writtenTarget
			if err := json.Unmarshal(w.Target, &one); err != nil {
				return nil, format.Mismatch(at, "the target of %s cannot be read: %s", w.ID, err)
			}
			targets = []writtenTarget{one}
		}
		span := format.ReadSpan{Label: w.Body[0].Value}
		for _, t := range targets {
			quote, ok := r.quote(t, runes, units, x, len(got))
			if !ok {
				return nil, format.Mismatch(at, "a place of %s is not where it quotes", w.ID)
			}
			span.Quotes = append(span.Quotes, quote)
		}
		got = append(got, span)
	}
	return got, nil
}

func (r *backReader) quote(t writtenTarget, runes []rune, units []uint16, x *format.Expected, n int) (string, bool) {
	if len(t.Selector) == 0 {
		return "", false
	}
	p := t.Selector[0]
	js := r.job.Settings.InUTF16()
	switch {
	case r.job.NoText:
		return x.QuoteAt(n, p.Start, p.End), len(t.Selector) == 1
	case p.Start < 0 || p.Start >= p.End || len(t.Selector) != 2:
		return "", false
	case js && p.End <= len(units):
		s := string(utf16.Decode(units[p.Start:p.End]))
		return s, s == t.Selector[1].Exact
	case !js && p.End <= len(runes):
		s := string(runes[p.Start:p.End])
		return s, s == t.Selector[1].Exact
	}
	return "", false
}
