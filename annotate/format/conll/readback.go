package conll

import (
	"bufio"
	"errors"
	"io"
	"iter"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/token"
)

// readBack reads the tags as a scorer does, not knowing the text, and compares label
// and text of each entity, white space aside, which CoNLL does not hold.
func readBack(open format.OpenFunc, want *format.Expectations, job *format.Job) error {
	c := &checker{open: open, job: job, state: job.State.(*state), parts: map[string]*checked{}}
	defer c.close()
	for {
		x, err := want.Next()
		if errors.Is(err, io.EOF) {
			return c.rest()
		}
		if err != nil {
			return err
		}
		p, err := c.part(x.Split)
		if err != nil {
			return err
		}
		for i, span := range x.Spans {
			quote := without(strings.Join(span.Quotes, ""))
			got, at, err := p.next()
			if err != nil {
				return err
			}
			if got == nil || got[0] != span.Label || got[1] != quote {
				return format.Mismatch(at, "entity %d of article %s should be %s %q, and it is %v", i+1, x.Ref, span.Label, quote, got)
			}
		}
	}
}

// without is s without white space.
func without(s string) string {
	return strings.Map(func(r rune) rune {
		if token.Blank(r) {
			return -1
		}
		return r
	}, s)
}

type checker struct {
	open  format.OpenFunc
	job   *format.Job
	state *state
	parts map[string]*checked
}

// checked is a part of the data that is read back: its sentences, from one file or
// from one file a label.
type checked struct {
	files []io.Closer
	next  func() (entity *[2]string, at format.Place, err error) // label and text
	stop  func()
}

func (c *checker) close() {
	for _, p := range c.parts {
		p.stop()
		for _, f := range p.files {
			_ = f.Close()
		}
	}
}

// rest refuses entities behind the last that should be there.
func (c *checker) rest() error {
	for _, split := range c.job.Splits {
		if _, err := c.part(split); err != nil {
			return err
		}
	}
	for _, p := range c.parts {
		got, at, err := p.next()
		if err != nil {
			return err
		}
		if got != nil {
			return format.Mismatch(at, "there is an entity %q too many", got[1])
		}
	}
	return nil
}

func (c *checker) part(split string) (*checked, error) {
	if p := c.parts[split]; p != nil {
		return p, nil
	}
	p := &checked{stop: func() {}}
	c.parts[split] = p
	var parts []part
	var in []iter.Seq2[*block, error]
	files := 1
	if c.job.Settings["overlaps"] == "files" {
		files = c.state.width()
	}
	for i := range files {
		name := c.state.fileName(c.job.Settings, split, i)
		f, err := c.open(name)
		if err != nil {
			return nil, err
		}
		p.files = append(p.files, f)
		src := format.Source{Name: "line"}
		h := c.shape(c.state.width() / files)
		parts = append(parts, part{src, h})
		in = append(in, h.blocks(src, linesOf(f)))
	}
	next, stop := iter.Pull2(found(parts, in))
	p.stop = stop
	p.next = func() (*[2]string, format.Place, error) {
		e, err, ok := next()
		if !ok {
			return nil, format.Place{File: "the end"}, nil
		}
		return &e.entity, e.at, err
	}
	return p, nil
}

// shape is how a file looks by the options.
func (c *checker) shape(tags int) *shape {
	h := &shape{id: -1, misc: -1}
	first := 1
	switch c.job.Settings["columns"] {
	case "2003":
		first = 3
	case "plus":
		h.id, h.word, h.misc, first = 0, 1, 2, 3
	}
	for i := range tags {
		h.tags = append(h.tags, first+i)
		h.schemes = append(h.schemes, c.state.scheme)
	}
	h.columns = first + tags
	return h
}

func linesOf(r io.Reader) lines {
	return func(yield func(int, format.LineOrError) bool) {
		in := bufio.NewReaderSize(r, 64<<10)
		for n := 1; ; n++ {
			s, err := in.ReadString('\n')
			if errors.Is(err, io.EOF) && s == "" {
				return
			}
			if errors.Is(err, io.EOF) {
				err = format.Mismatch(format.Place{File: "line", Line: n}, "it has no end")
			}
			if !yield(n, format.LineOrError{Text: strings.TrimSuffix(s, "\n"), Err: err}) || err != nil {
				return
			}
		}
	}
}

type foundEntity struct {
	entity [2]string
	at     format.Place
}

// found yields the entities of files side by side: by sentence, column and place.
func found(parts []part, in []iter.Seq2[*block, error]) iter.Seq2[*foundEntity, error] {
	return func(yield func(*foundEntity, error) bool) {
		for blocks, err := range abreast(parts, in) {
			if err != nil {
				yield(&foundEntity{}, err)
				return
			}
			for f, b := range blocks {
				if b.mark {
					continue
				}
				for i := range parts[f].shape.tags {
					list, _, _, err := parts[f].shape.entities(b, parts[f].src, i)
					if err != nil {
						yield(&foundEntity{}, format.Mismatch(b.at, "%s", err))
						return
					}
					for _, e := range list {
						got := &foundEntity{[2]string{e.label, strings.Join(b.words[e.first:e.end], "")}, b.at}
						if !yield(got, nil) {
							return
						}
					}
				}
			}
		}
	}
}
