package xmlread

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"golang.org/x/text/encoding/htmlindex"

	"lede/annotate"
	"lede/annotate/format"
)

// MaxDepth is how deep elements may lie in each other: far above any export.
const MaxDepth = 1000

// maxToken is the longest tag or text, in bytes: the decoder keeps one whole.
var maxToken = format.MaxLine

// Reader hands out the tokens of an XML file, one after the other.
type Reader struct {
	src   format.Source
	in    io.Closer
	bound *bound
	d     *xml.Decoder
	depth int
	begun bool // the root has been seen
}

// Open begins to read the source. The caller closes it.
func Open(src format.Source) (*Reader, error) {
	open := src.Open
	if enc := strings.ToLower(src.Encoding); enc != "" && enc != "auto" && !src.Fallback || marked(src) {
		open = src.Text // what the person or a byte order mark says stands above what the file says
	}
	in, err := open()
	if err != nil {
		return nil, err
	}
	b := &bound{in: oneDotNought(bufio.NewReaderSize(in, 64<<10)), left: maxToken}
	r := &Reader{src: src, in: in, bound: b, d: xml.NewDecoder(b)}
	r.d.CharsetReader = func(label string, raw io.Reader) (io.Reader, error) {
		if marked(src) || strings.HasPrefix(strings.ToLower(label), "utf-16") {
			return raw, nil // decoded by its mark; without one, UTF-16 would not have come so far
		}
		enc, err := htmlindex.Get(label)
		if err != nil {
			return nil, errors.New("the encoding " + label + " is unknown")
		}
		return enc.NewDecoder().Reader(raw), nil
	}
	return r, nil
}

// oneDotNought passes XML 1.1 off as 1.0, which is all that the decoder knows: the two
// differ in control characters, which it still refuses.
func oneDotNought(in *bufio.Reader) *bufio.Reader {
	const old = `<?xml version="1.1"`
	if head, _ := in.Peek(len(old)); strings.ReplaceAll(string(head), "'", `"`) != old {
		return in
	}
	_, _ = in.Discard(len(old)) // it was peeked at
	return bufio.NewReaderSize(io.MultiReader(strings.NewReader(`<?xml version="1.0"`), in), 64<<10)
}

// marked reports whether the file begins with a byte order mark.
func marked(src format.Source) bool {
	in, err := src.Open()
	if err != nil {
		return false // Open will say it
	}
	defer func() { _ = in.Close() }()
	head := make([]byte, 3)
	n, _ := io.ReadFull(in, head)
	head = head[:n]
	return bytes.HasPrefix(head, []byte("\xFE\xFF")) || bytes.HasPrefix(head, []byte("\xFF\xFE")) || bytes.HasPrefix(head, []byte("\xEF\xBB\xBF"))
}

// Close closes the file.
func (r *Reader) Close() error { return r.in.Close() }

// Place is the line on which the reader is.
func (r *Reader) Place() format.Place {
	line, _ := r.d.InputPos()
	return r.src.At(line)
}

// Token is the next start, end or text. Comments and instructions are left out. At
// the end of the file it is io.EOF. Texts are good until the next call.
func (r *Reader) Token() (xml.Token, error) {
	for {
		r.bound.left = maxToken
		t, err := r.d.Token()
		if err != nil {
			return nil, r.fault(err)
		}
		switch x := t.(type) {
		case xml.StartElement:
			if r.depth == 0 && r.begun { // the decoder lets it pass; the readers count on one root
				return nil, format.Refuse(r.Place(), "Put each document into a file of its own.", "a second document begins with <%s> after the first has ended", x.Name.Local)
			}
			r.begun = true
			if r.depth++; r.depth > MaxDepth {
				return nil, format.Refuse(r.Place(), "", "elements lie in each other more than %d deep", MaxDepth)
			}
			return x, nil
		case xml.EndElement:
			r.depth--
			return x, nil
		case xml.CharData:
			return x, nil
		case xml.Directive:
			if declares(x) {
				return nil, format.Refuse(r.Place(), "Remove its document type (<!DOCTYPE …>) by hand.", "the file declares entities of its own, which are not expanded")
			}
		}
	}
}

// declares reports whether a document type has declarations of its own.
func declares(d xml.Directive) bool {
	return bytes.Contains(bytes.ToUpper(d), []byte("ENTITY")) || bytes.IndexByte(d, '[') >= 0
}

// Skip reads up to the end of the element that began last.
func (r *Reader) Skip() error {
	for depth := r.depth - 1; r.depth > depth; {
		if _, err := r.Token(); err != nil {
			return err
		}
	}
	return nil
}

// Text is the text inside the element that began last, with that of the elements in
// it, up to its end.
func (r *Reader) Text() (string, error) {
	var text strings.Builder
	for depth := r.depth - 1; r.depth > depth; {
		t, err := r.Token()
		if err != nil {
			return "", err
		}
		if c, ok := t.(xml.CharData); ok {
			if text.Len()+len(c) > maxToken {
				return "", format.Refuse(r.Place(), "", "a text is longer than %d MB", maxToken>>20)
			}
			text.Write(c)
		}
	}
	return text.String(), nil
}

// Decode takes the element that began last, as start, into v, a struct as encoding/xml
// knows it. The element may be no longer than format.MaxLine.
func (r *Reader) Decode(v any, start xml.StartElement) error {
	r.depth--
	r.bound.left = maxToken
	if err := r.d.DecodeElement(v, &start); err != nil {
		return r.fault(err)
	}
	return nil
}

// Attr is an attribute by its local name, "" if it is not there.
func Attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

func (r *Reader) fault(err error) error {
	var told *annotate.Error
	var syntax *xml.SyntaxError
	switch {
	case errors.Is(err, errTooLong):
		return format.Refuse(r.Place(), "Is it the right --format?", "a tag or text is longer than %d MB", maxToken>>20)
	case errors.As(err, &told):
		return told
	case errors.Is(err, io.EOF):
		return io.EOF
	case errors.As(err, &syntax):
		return format.Refuse(r.src.At(syntax.Line), "Is the file whole, and is it the right --format?", "it is no sound XML: %s", syntax.Msg)
	}
	return format.Refuse(r.Place(), "Is the file whole, and is it the right --format?", "it is no sound XML: %s", strings.TrimPrefix(err.Error(), "xml: "))
}

var errTooLong = errors.New("token too long")

// bound ends the reading of a token that is too long: the decoder keeps all of it.
type bound struct {
	in   *bufio.Reader
	left int
}

// ReadByte makes the decoder read no further than it needs.
func (b *bound) ReadByte() (byte, error) {
	if b.left--; b.left < 0 {
		return 0, errTooLong
	}
	return b.in.ReadByte()
}

func (b *bound) Read(p []byte) (int, error) {
	if b.left < 0 {
		return 0, errTooLong
	}
	n, err := b.in.Read(p)
	b.left -= n
	return n, err
}
