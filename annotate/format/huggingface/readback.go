package huggingface

import (
	"context"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"

	"lede/annotate/format"
)

// head is a file that is read back, and its next article; nil behind the last.
type head struct {
	next func() (*format.Article, error, bool)
	stop func()
	done func()
	a    *format.Article
}

func (h *head) advance(name string) error {
	a, err, ok := h.next()
	if err != nil {
		return format.Mismatch(format.Place{File: name}, "it cannot be read (%v)", err)
	}
	if h.a = a; !ok {
		h.a = nil
	}
	return nil
}

// readBack reads the files with the reader of datasets and compares. Each article is the
// next one of the file of its split.
func readBack(openFile format.OpenFunc, want *format.Expectations, job *format.Job) error {
	made := job.State.(*state).made
	var heads []*head
	defer func() {
		for _, h := range heads {
			h.stop()
			h.done()
		}
	}()
	for _, name := range made[spansConfig] {
		src, done, err := local(openFile, name)
		if err != nil {
			return err
		}
		h := &head{done: done}
		h.next, h.stop = iter.Pull2(read(context.Background(), src, nil))
		heads = append(heads, h)
		if err := h.advance(name); err != nil {
			return err
		}
	}
	for {
		x, err := want.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		i := slices.IndexFunc(heads, func(h *head) bool { return h.is(x.Ref) })
		if i < 0 {
			return format.Mismatch(format.Place{File: spansConfig}, "article %s is not there", x.Ref)
		}
		if err := heads[i].article(made[spansConfig][i], x); err != nil {
			return err
		}
	}
	for i, h := range heads {
		if h.a != nil {
			return format.Mismatch(format.Place{File: made[spansConfig][i]}, "article %s is there once too often", h.a.Ref)
		}
	}
	return nil
}

// local is a written file as a source of its own.
func local(open format.OpenFunc, name string) (format.Source, func(), error) {
	in, err := open(name)
	if err != nil {
		return format.Source{}, nil, err
	}
	defer func() { _ = in.Close() }()
	out, err := os.CreateTemp("", "lede-dataset-*.parquet")
	if err != nil {
		return format.Source{}, nil, err
	}
	_, err = io.Copy(out, in)
	if closing := out.Close(); err == nil {
		err = closing
	}
	return format.Source{Path: out.Name(), Name: name, Rel: filepath.Base(name)}, func() { _ = os.Remove(out.Name()) }, err
}

// is reports whether the next row is of an article.
func (h *head) is(ref string) bool {
	return h.a != nil && (h.a.Piece == nil && h.a.Ref == ref || h.a.Piece != nil && h.a.Piece.Of == ref)
}

// article compares the rows of an article.
func (h *head) article(name string, x *format.Expected) error {
	var whole format.PieceText
	var got []format.ReadSpan
	at := h.a.Place
	for more := true; more; {
		if !h.is(x.Ref) {
			return format.Mismatch(at, "the last piece of article %s is not there", x.Ref)
		}
		a, start := h.a, 0
		if more = a.Piece != nil && a.Piece.End < a.Piece.Length; a.Piece != nil {
			start = a.Piece.Start
		}
		runes := []rune(a.Text)
		if !whole.Add(start, runes) || a.Piece != nil && a.Piece.End != start+len(runes) {
			return format.Mismatch(a.Place, "the piece of article %s does not begin where the one before it ends", x.Ref)
		}
		spans, err := spansOf(a, runes)
		if err != nil {
			return err
		}
		got = append(got, spans...)
		if err := h.advance(name); err != nil {
			return err
		}
	}
	if whole.Hash() != x.Hash {
		return format.Mismatch(at, "the text of article %s is another one", x.Ref)
	}
	return x.Compare(at, got)
}

// spansOf are the spans of a row in its text.
func spansOf(a *format.Article, runes []rune) ([]format.ReadSpan, error) {
	var got []format.ReadSpan
	for _, s := range a.Sets {
		for i, span := range s.Spans {
			r := format.ReadSpan{Label: span.Label}
			for _, f := range span.Fragments {
				if f.Start < 0 || f.Start >= f.End || f.End > len(runes) {
					return nil, format.Mismatch(span.Place, "span %d of article %s is outside the text", i+1, a.Ref)
				}
				r.Quotes = append(r.Quotes, string(runes[f.Start:f.End]))
			}
			got = append(got, r)
		}
	}
	return got, nil
}
