package spacy

import (
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/vmihailenco/msgpack/v5"
	"github.com/vmihailenco/msgpack/v5/msgpcode"

	"lede/annotate/format"
)

// docBin is a DocBin taken apart.
type docBin struct {
	at       format.Place
	attrs    []uint64
	docs     int
	sections [6]*spool         // lengths of values before them where these vary
	unknown  []bool            // by document: nobody knows where blanks are
	strings  map[uint64]string // by their numbers
}

// The limits of what is unpacked: ratio times the size of the file, but at least
// floor; and most for all strings together. All in bytes.
const (
	ratio = 400
	floor = 64 << 20
	most  = format.MaxLine
)

// maxAttrs is how many attributes of tokens a file may have, maxDepth how deep
// sections that are not read may lie in each other.
const (
	maxAttrs = 100
	maxDepth = 100
)

// fault is what is wrong with a file, for a sentence.
type fault struct{ what string }

func (f *fault) Error() string { return f.what }

func wrong(what string, args ...any) error { return &fault{fmt.Sprintf(what, args...)} }

// open takes a DocBin apart. size is that of the compressed data.
func open(r io.Reader, at format.Place, size int64) (*docBin, error) {
	b := &docBin{at: at, strings: map[uint64]string{}}
	err := b.unpack(r, size)
	if err == nil {
		err = b.check()
	}
	if err == nil {
		return b, nil
	}
	_ = b.close()
	return nil, b.tell(err)
}

// tell makes a sentence of what went wrong.
func (b *docBin) tell(err error) error {
	var f *fault
	if errors.As(err, &f) {
		return format.Refuse(b.at, "Is it a DocBin (.spacy) of spaCy 3?", "%s", f.what)
	}
	if errors.Is(err, zlib.ErrHeader) {
		return format.Refuse(b.at, "Is it a DocBin (.spacy) of spaCy 3?", "the file is not compressed as a DocBin is")
	}
	return format.Refuse(b.at, "The file seems to be damaged or cut off.", "the DocBin cannot be read: %s", err)
}

func (b *docBin) close() error {
	var err error
	for _, s := range b.sections {
		err = errors.Join(err, s.close())
	}
	return err
}

// bounded refuses to read more than a limit.
type bounded struct {
	r    io.Reader
	left int64
}

func (l *bounded) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, wrong("the file unpacks to far more than a DocBin of its size would")
	}
	n, err := l.r.Read(p[:min(int64(len(p)), l.left)])
	l.left -= int64(n)
	return n, err
}

func (b *docBin) unpack(r io.Reader, size int64) error {
	for i := range b.sections {
		var err error
		if b.sections[i], err = newSpool(); err != nil {
			return err
		}
	}
	z, err := zlib.NewReader(r)
	if err != nil {
		return err
	}
	d := msgpack.NewDecoder(&bounded{z, max(floor, size*ratio)})
	n, err := d.DecodeMapLen()
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for range n {
		key, err := d.DecodeString()
		if err != nil {
			return err
		}
		if seen[key] {
			return wrong("the section %q occurs twice", key)
		}
		seen[key] = true
		if err := b.section(d, key); err != nil {
			return err
		}
	}
	for _, key := range []string{"attrs", "tokens", "spaces", "lengths", "strings"} {
		if !seen[key] {
			return wrong("the section %q is missing", key)
		}
	}
	// Reading to the end checks the sum of the compressed data.
	if k, err := io.Copy(io.Discard, d.Buffered()); err != nil || k > 0 {
		return errors.Join(wrong("something follows the last section"), err)
	}
	for _, s := range b.sections {
		if err := s.rewind(); err != nil {
			return err
		}
	}
	return nil
}

func (b *docBin) section(d *msgpack.Decoder, key string) error {
	switch key {
	case "attrs":
		return b.readAttrs(d)
	case "tokens", "spaces", "lengths":
		return b.readBytes(d, b.sections[slices.Index([]string{"tokens", "spaces", "lengths"}, key)])
	case "strings":
		return b.readStrings(d)
	case "cats":
		return each(d, func() error { return b.readCats(d) })
	case "flags":
		return each(d, func() error { return b.readFlags(d) })
	case "span_groups":
		return each(d, func() error { return readBlob(d, b.sections[groups]) })
	case "user_data":
		return each(d, func() error { return readBlob(d, b.sections[userData]) })
	}
	return skip(d, 0)
}

func each(d *msgpack.Decoder, read func() error) error {
	n, err := d.DecodeArrayLen()
	if err != nil {
		return err
	}
	for range n {
		if err := read(); err != nil {
			return err
		}
	}
	return nil
}

func (b *docBin) readAttrs(d *msgpack.Decoder) error {
	return each(d, func() error {
		v, err := d.DecodeUint64()
		if err == nil && len(b.attrs) == maxAttrs {
			err = wrong("tokens have more than %d attributes", maxAttrs)
		}
		b.attrs = append(b.attrs, v)
		return err
	})
}

// readBytes keeps a binary value without its length.
func (b *docBin) readBytes(d *msgpack.Decoder, to *spool) error {
	n, err := d.DecodeBytesLen()
	if err != nil {
		return err
	}
	if n > 0 {
		_, err = io.CopyN(to, struct{ io.Reader }{reader{d}}, int64(n))
	}
	return err
}

// reader reads what a decoder has before it.
type reader struct{ d *msgpack.Decoder }

func (r reader) Read(p []byte) (int, error) {
	if err := r.d.ReadFull(p); err != nil {
		return 0, err
	}
	return len(p), nil
}

// readBlob keeps a binary value, or none, behind its length.
func readBlob(d *msgpack.Decoder, to *spool) error {
	n, err := d.DecodeBytesLen()
	if err != nil {
		return err
	}
	if n > most {
		return wrong("the spans or data of a document are larger than %d MB", most>>20)
	}
	if _, err := to.Write(binary.AppendUvarint(nil, uint64(max(n, 0)))); err != nil || n <= 0 {
		return err
	}
	_, err = io.CopyN(to, struct{ io.Reader }{reader{d}}, int64(n))
	return err
}

func (b *docBin) readStrings(d *msgpack.Decoder) error {
	total := 0
	return each(d, func() error {
		s, err := d.DecodeString()
		if err != nil {
			return err
		}
		if total += len(s) + 64; total > 4*most {
			return wrong("its strings are larger than %d MB", 4*most>>20)
		}
		b.strings[idOf(s)] = s
		return nil
	})
}

// readCats keeps the classes of a document: how many, then name and value of each.
func (b *docBin) readCats(d *msgpack.Decoder) error {
	n, err := d.DecodeMapLen()
	if err != nil {
		return err
	}
	var p []byte
	count := 0
	for range n {
		name, err := d.DecodeString()
		if err != nil {
			return err
		}
		v, err := number(d)
		if err != nil {
			return err
		}
		if len(p) > most {
			return wrong("the classes of a document are larger than %d MB", most>>20)
		}
		count++
		p = binary.AppendUvarint(p, uint64(len(name)))
		p = append(p, name...)
		p = binary.LittleEndian.AppendUint64(p, math.Float64bits(v))
	}
	_, err = b.sections[cats].Write(append(binary.AppendUvarint(nil, uint64(count)), p...))
	return err
}

// number reads a number, or true and false as 1 and 0.
func number(d *msgpack.Decoder) (float64, error) {
	c, err := d.PeekCode()
	if err != nil {
		return 0, err
	}
	if c == msgpcode.True || c == msgpcode.False {
		yes, err := d.DecodeBool()
		if yes {
			return 1, err
		}
		return 0, err
	}
	return d.DecodeFloat64()
}

func (b *docBin) readFlags(d *msgpack.Decoder) error {
	n, err := d.DecodeMapLen()
	if err != nil {
		return err
	}
	unknown := false
	for range n {
		key, err := d.DecodeString()
		if err != nil {
			return err
		}
		if key != "has_unknown_spaces" {
			if err := skip(d, 0); err != nil {
				return err
			}
			continue
		}
		if unknown, err = d.DecodeBool(); err != nil {
			return err
		}
	}
	b.unknown = append(b.unknown, unknown)
	return nil
}

// skip reads over a value, whatever it is.
func skip(d *msgpack.Decoder, depth int) error {
	if depth > maxDepth {
		return wrong("its values are nested more than %d deep", maxDepth)
	}
	c, err := d.PeekCode()
	if err != nil {
		return err
	}
	switch {
	case msgpcode.IsFixedMap(c), c == msgpcode.Map16, c == msgpcode.Map32:
		n, err := d.DecodeMapLen()
		for range 2 * n {
			if err = errors.Join(err, skip(d, depth+1)); err != nil {
				return err
			}
		}
		return err
	case msgpcode.IsFixedArray(c), c == msgpcode.Array16, c == msgpcode.Array32:
		return each(d, func() error { return skip(d, depth+1) })
	}
	return d.Skip()
}

// check holds the sections against each other.
func (b *docBin) check() error {
	if len(b.attrs) == 0 || b.attrs[0] != orth {
		return wrong("the first attribute of tokens is not their text (ORTH)")
	}
	if b.sections[lengths].size%4 != 0 {
		return wrong("the lengths of documents are no whole numbers")
	}
	b.docs = int(b.sections[lengths].size / 4)
	if b.sections[tokens].size != b.sections[spaces].size*8*int64(len(b.attrs)) {
		return wrong("there are not as many tokens as there are flags for blanks")
	}
	return nil
}
