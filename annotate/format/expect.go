package format

import (
	"bufio"
	"encoding/json"
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
	buf  *bufio.Writer
	enc  *json.Encoder
	dec  *json.Decoder
}

func newExpectations() (*Expectations, error) {
	f, err := os.CreateTemp("", "lede-readback-*")
	if err != nil {
		return nil, fileFault("export", os.TempDir(), err)
	}
	e := &Expectations{file: f, buf: bufio.NewWriterSize(f, 64<<10)}
	e.enc = json.NewEncoder(e.buf)
	return e, nil
}

// add notes what should be read back of a fitted article.
func (e *Expectations) add(a *Article) error {
	base := Expected{Name: a.Name, Ref: a.Ref, Hash: a.Hash, Length: a.Length}
	if len(a.Sets) == 0 {
		return e.spool(base)
	}
	for _, set := range a.Sets {
		x := base
		x.Annotator = set.Annotator
		for _, s := range set.Spans {
			span := ExpectedSpan{Label: s.Label, Fragments: s.Fragments}
			for _, f := range s.Fragments {
				span.Quotes = append(span.Quotes, a.Index().Slice(f))
			}
			x.Spans = append(x.Spans, span)
		}
		if err := e.spool(x); err != nil {
			return err
		}
	}
	return nil
}

func (e *Expectations) spool(x Expected) error {
	if err := e.enc.Encode(x); err != nil {
		return fileFault("export", e.file.Name(), err)
	}
	return nil
}

func (e *Expectations) rewind() error {
	if err := e.buf.Flush(); err != nil {
		return fileFault("export", e.file.Name(), err)
	}
	if _, err := e.file.Seek(0, io.SeekStart); err != nil {
		return fileFault("export", e.file.Name(), err)
	}
	e.dec = json.NewDecoder(bufio.NewReaderSize(e.file, 64<<10))
	return nil
}

func (e *Expectations) close() {
	_ = e.file.Close()
	_ = os.Remove(e.file.Name())
}

// Next is the next article and annotator, in the order in which they were
// written; io.EOF at the end.
func (e *Expectations) Next() (*Expected, error) {
	var x Expected
	if err := e.dec.Decode(&x); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, io.EOF
		}
		return nil, fileFault("export", e.file.Name(), err)
	}
	return &x, nil
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
