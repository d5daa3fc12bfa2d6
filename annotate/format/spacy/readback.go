package spacy

import (
	"errors"
	"io"
	"iter"

	"lede/annotate/format"
	"lede/annotate/text"
)

// readBack takes the files apart and compares label and text of each span, and the
// texts of whole articles.
func readBack(open format.OpenFunc, want *format.Expectations, job *format.Job) error {
	c := &checker{open: open, spans: job.State.(*state).spans, whole: job.Settings["unit"] == "article", parts: map[string]*checked{}}
	defer c.close()
	splits := job.Splits
	if splits == nil {
		splits = []string{""}
	}
	for _, split := range splits {
		if err := c.part(split); err != nil {
			return err
		}
	}
	for {
		x, err := want.Next()
		if errors.Is(err, io.EOF) {
			return c.rest()
		}
		if err != nil {
			return err
		}
		if err := c.compare(c.parts[x.Split], x); err != nil {
			return err
		}
	}
}

type checker struct {
	open  format.OpenFunc
	spans string
	whole bool
	parts map[string]*checked
}

// checked is a file that is read back.
type checked struct {
	bin   *docBin
	next  func() (*document, error, bool)
	stop  func()
	ahead []format.ReadSpan // of documents that were read
}

func (c *checker) part(split string) error {
	f, err := c.open(fileName(split))
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	b, err := open(f, format.Place{File: fileName(split)}, format.MaxFile)
	if err != nil {
		return format.Mismatch(format.Place{File: fileName(split)}, "%s", err)
	}
	p := &checked{bin: b}
	p.next, p.stop = iter.Pull2(b.documents())
	c.parts[split] = p
	return nil
}

func (c *checker) close() {
	for _, p := range c.parts {
		p.stop()
		_ = p.bin.close()
	}
}

// more reads the next document, nil at the end.
func (c *checker) more(p *checked) (*document, error) {
	d, err, ok := p.next()
	if !ok {
		return nil, nil
	}
	if err != nil {
		return nil, format.Mismatch(p.bin.at, "%s", err)
	}
	list := d.groups
	if c.spans == "ents" {
		list = d.ents
	}
	t := text.New(d.text)
	for _, s := range list {
		p.ahead = append(p.ahead, format.ReadSpan{Label: s.label, Quotes: []string{t.Slice(text.Range{Start: d.places[s.first].Start, End: d.places[s.end-1].End})}})
	}
	return d, c.among(p, d)
}

// among checks that doc.ents are among the spans of the group, where both are written.
func (c *checker) among(p *checked, d *document) error {
	if c.spans != "both" {
		return nil
	}
	all := map[span]bool{}
	for _, s := range d.groups {
		all[s] = true
	}
	for _, e := range d.ents {
		if !all[e] {
			return format.Mismatch(p.bin.at, "doc.ents has %s, tokens %d to %d, which the span group has not", e.label, e.first, e.end)
		}
	}
	return nil
}

func (c *checker) compare(p *checked, x *format.Expected) error {
	if c.whole {
		d, err := c.more(p)
		if err != nil {
			return err
		}
		if d == nil || text.SHA256(d.text) != x.Hash {
			return format.Mismatch(p.bin.at, "article %s has another text there", x.Ref)
		}
	}
	for len(p.ahead) < len(x.Spans) {
		d, err := c.more(p)
		if err != nil {
			return err
		}
		if d == nil {
			break
		}
	}
	n := min(len(p.ahead), len(x.Spans))
	err := x.Compare(p.bin.at, p.ahead[:n])
	p.ahead = p.ahead[n:]
	return err
}

// rest refuses spans and articles behind the last that should be there.
func (c *checker) rest() error {
	for _, p := range c.parts {
		for {
			d, err := c.more(p)
			if err != nil {
				return err
			}
			if len(p.ahead) > 0 || d != nil && c.whole {
				return format.Mismatch(p.bin.at, "there is more than was written")
			}
			if d == nil {
				break
			}
		}
	}
	return nil
}
