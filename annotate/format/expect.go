package format

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	"lede/annotate"
	"lede/annotate/text"
)

// Expected is what an export should hold of one article and annotator. It is
// made from the fitted article by the engine, never by a writer.
type Expected struct {
	Name      string // of the file, as the format's Fit chose it
	Ref       string
	Annotator string // "" if nobody touched the article
	Split     string // the part of the data, "" if it is not split
	Hash      string // sha256 of the text
	Length    int    // of the text, in code points
	Spans     []ExpectedSpan
}

// ExpectedSpan is a span with the text of each fragment.
type ExpectedSpan struct {
	Label     string
	Fragments []text.Range
	Quotes    []string
}

// Expectations are spooled to a temporary file while an export writes, so that
// reading back needs no memory of it all.
type Expectations struct {
	file *os.File
	out  *bufio.Writer
	in   *bufio.Reader
	buf  []byte
}

func newExpectations() (*Expectations, error) {
	f, err := os.CreateTemp("", "lede-readback-*")
	if err != nil {
		return nil, fileFault("export", os.TempDir(), err)
	}
	return &Expectations{file: f, out: bufio.NewWriterSize(f, 64<<10)}, nil
}

// add notes what should be read back of a fitted article.
func (e *Expectations) add(a *Article) error {
	if len(a.Sets) == 0 {
		return e.spool(a, &Set{})
	}
	for i := range a.Sets {
		if err := e.spool(a, &a.Sets[i]); err != nil {
			return err
		}
	}
	return nil
}

// spool writes strings and numbers one after the other, each string behind its
// length.
func (e *Expectations) spool(a *Article, s *Set) error {
	b := e.buf[:0]
	number := func(n int) { b = binary.AppendUvarint(b, uint64(n)) } // lengths and offsets are not negative
	word := func(s string) {
		number(len(s))
		b = append(b, s...)
	}
	word(a.Name)
	word(a.Ref)
	word(s.Annotator)
	word(a.Split)
	word(a.Hash)
	number(a.Length)
	number(len(s.Spans))
	for _, span := range s.Spans {
		word(span.Label)
		number(len(span.Fragments))
		for _, f := range span.Fragments {
			number(f.Start)
			number(f.End)
			word(a.Index().Slice(f))
		}
	}
	e.buf = b
	if _, err := e.out.Write(b); err != nil {
		return fileFault("export", e.file.Name(), err)
	}
	return nil
}

func (e *Expectations) rewind() error {
	if err := e.out.Flush(); err != nil {
		return fileFault("export", e.file.Name(), err)
	}
	if _, err := e.file.Seek(0, io.SeekStart); err != nil {
		return fileFault("export", e.file.Name(), err)
	}
	e.in = bufio.NewReaderSize(e.file, 64<<10)
	return nil
}

func (e *Expectations) close() {
	_ = e.file.Close()
	_ = os.Remove(e.file.Name())
}

// Next is the next article and annotator, in the order in which they were
// written; io.EOF at the end.
func (e *Expectations) Next() (*Expected, error) {
	if _, err := e.in.Peek(1); errors.Is(err, io.EOF) {
		return nil, io.EOF
	}
	var fault error
	number := func() int {
		n, err := binary.ReadUvarint(e.in)
		if err != nil && fault == nil {
			fault = err
		}
		return int(n) // it was an int when it was written
	}
	word := func() string {
		n := number()
		if fault != nil {
			return ""
		}
		b := make([]byte, n)
		if _, err := io.ReadFull(e.in, b); err != nil {
			fault = err
		}
		return string(b)
	}
	x := &Expected{Name: word(), Ref: word(), Annotator: word(), Split: word(), Hash: word(), Length: number()}
	for n := number(); n > 0 && fault == nil; n-- {
		span := ExpectedSpan{Label: word()}
		for k := number(); k > 0 && fault == nil; k-- {
			span.Fragments = append(span.Fragments, text.Range{Start: number(), End: number()})
			span.Quotes = append(span.Quotes, word())
		}
		x.Spans = append(x.Spans, span)
	}
	if fault != nil {
		return nil, fileFault("export", e.file.Name(), fault)
	}
	return x, nil
}

// Mismatch is the error of a read-back.
func Mismatch(at Place, format string, args ...any) error {
	return &annotate.Error{
		Kind: annotate.ErrDamaged, Op: "export", Subject: at.String(),
		Detail: "read back, the file is not what it should be: " + fmt.Sprintf(format, args...) + ".",
		Hint:   "Nothing was kept. This is a mistake of the program: please report it.",
	}
}

// ReadSpan is a span as it was read back, with the text of each fragment.
type ReadSpan struct {
	Label  string
	Quotes []string
}

// Compare compares what was read back, in the order of the file.
func (x *Expected) Compare(at Place, got []ReadSpan) error {
	if len(got) != len(x.Spans) {
		return Mismatch(at, "article %s has %d spans there and %d in the project", x.Ref, len(got), len(x.Spans))
	}
	for i, want := range x.Spans {
		if got[i].Label != want.Label {
			return Mismatch(at, "span %d of article %s is %q there and %q in the project", i+1, x.Ref, got[i].Label, want.Label)
		}
		if len(got[i].Quotes) != len(want.Quotes) {
			return Mismatch(at, "span %d of article %s (%s) has %d fragments there and %d in the project",
				i+1, x.Ref, want.Label, len(got[i].Quotes), len(want.Quotes))
		}
		for k, quote := range want.Quotes {
			if got[i].Quotes[k] != quote {
				return Mismatch(at, "span %d of article %s (%s) reads %q there and %q in the project",
					i+1, x.Ref, want.Label, got[i].Quotes[k], quote)
			}
		}
	}
	return nil
}

// QuoteAt is for formats without the text: the text of the fragment of span i
// that lies at [start, end), or a note that there is none.
func (x *Expected) QuoteAt(i, start, end int) string {
	if i < len(x.Spans) {
		for k, f := range x.Spans[i].Fragments {
			if f.Start == start && f.End == end {
				return x.Spans[i].Quotes[k]
			}
		}
	}
	return fmt.Sprintf("[%d, %d)", start, end)
}
