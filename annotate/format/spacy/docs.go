package spacy

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"iter"
	"math"
	"slices"
	"strings"

	"github.com/vmihailenco/msgpack/v5"

	"lede/annotate/text"
)

// span is a span of a document, on its tokens: [first, end).
type span struct {
	label, kb  string
	first, end int
}

// class is a class of a document, with its score.
type class struct {
	name  string
	score float64
}

// document is a document of a DocBin.
type document struct {
	text    string
	places  []text.Range // of tokens, in the text
	ents    []span
	groups  []span
	names   []string // of the groups
	cats    []class
	missing int  // tokens of which nobody knows whether they are in an entity
	unknown bool // nobody knows where blanks are
	bare    int  // spans without a label
	own     *origin
}

// origin is where a document is from, if Lede wrote it.
type origin struct {
	id                 string
	start, end, length int
}

// documents yields the documents of a DocBin.
func (b *docBin) documents() iter.Seq2[*document, error] {
	return func(yield func(*document, error) bool) {
		left := b.sections[spaces].size
		for i := range b.docs {
			d, err := b.document(i, &left)
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				err = wrong("not every section has a share for each document")
			}
			if err != nil {
				yield(nil, b.tell(err))
				return
			}
			if !yield(d, nil) {
				return
			}
		}
		if left != 0 {
			yield(nil, b.tell(wrong("there are more tokens than the documents have")))
		}
	}
}

func (b *docBin) document(i int, left *int64) (*document, error) {
	raw, err := b.sections[lengths].take(4)
	if err != nil {
		return nil, err
	}
	n := int64(int32(binary.LittleEndian.Uint32(raw))) // as numpy reads it
	if n < 0 || n > *left {
		return nil, wrong("document %d has %d tokens, and %d are left", i+1, n, *left)
	}
	*left -= n
	d := &document{unknown: i < len(b.unknown) && b.unknown[i]}
	if err := b.tokens(d, int(n)); err != nil {
		return nil, err
	}
	if b.sections[cats].size > 0 {
		if err := b.cats(d); err != nil {
			return nil, err
		}
	}
	if b.sections[groups].size > 0 {
		blob, err := b.blob(groups)
		if err != nil {
			return nil, err
		}
		if err := b.groups(d, blob); err != nil {
			return nil, err
		}
	}
	if b.sections[userData].size > 0 {
		blob, err := b.blob(userData)
		if err != nil {
			return nil, err
		}
		d.own = originOf(blob)
	}
	return d, nil
}

// str is the string with a number.
func (b *docBin) str(id uint64) (string, error) {
	if id == 0 {
		return "", nil
	}
	if s, ok := b.strings[id]; ok {
		return s, nil
	}
	return "", wrong("a token or label has the number %d, which none of its strings has", id)
}

// tokens reads the tokens of a document: its text, and doc.ents.
func (b *docBin) tokens(d *document, n int) error {
	iob, kind, kb := slices.Index(b.attrs, entIOB), slices.Index(b.attrs, entType), slices.Index(b.attrs, entKBID)
	var body strings.Builder
	o := 0
	for i := range n {
		row, err := b.sections[tokens].take(8 * len(b.attrs))
		if err != nil {
			return err
		}
		at := func(k int) uint64 { return binary.LittleEndian.Uint64(row[8*k:]) }
		word, err := b.str(at(0))
		if err != nil {
			return err
		}
		space, err := b.sections[spaces].ReadByte()
		if err != nil {
			return err
		}
		from := o
		o += len([]rune(word))
		d.places = append(d.places, text.Range{Start: from, End: o})
		body.WriteString(word)
		if space != 0 && (!d.unknown || i < n-1) || d.unknown && i < n-1 {
			body.WriteByte(' ')
			o++
		}
		if body.Len() > most {
			return wrong("a document is larger than %d MB", most>>20)
		}
		if iob < 0 || kind < 0 {
			continue
		}
		id := uint64(0)
		if kb >= 0 {
			id = at(kb)
		}
		if err := b.entity(d, i, at(iob), at(kind), id); err != nil {
			return err
		}
	}
	d.text = body.String()
	return nil
}

// entity takes what token i says of entities.
func (b *docBin) entity(d *document, i int, iob, kind, id uint64) error {
	switch iob {
	case begins, inside:
	case outside:
		return nil
	default:
		d.missing++
		return nil
	}
	label, err := b.str(kind)
	if err != nil {
		return err
	}
	if last := len(d.ents) - 1; iob == inside && last >= 0 && d.ents[last].end == i && d.ents[last].label == label {
		d.ents[last].end++
		return nil
	}
	if label == "" {
		d.bare++
		return nil
	}
	kb, err := b.str(id)
	d.ents = append(d.ents, span{label, kb, i, i + 1})
	return err
}

func (b *docBin) cats(d *document) error {
	s := b.sections[cats]
	n, err := binary.ReadUvarint(s)
	for ; n > 0 && err == nil; n-- {
		var size uint64
		if size, err = binary.ReadUvarint(s); err != nil {
			break
		}
		var raw []byte
		if raw, err = s.take(int(size) + 8); err == nil { // written by readCats
			d.cats = append(d.cats, class{string(raw[:size]), math.Float64frombits(binary.LittleEndian.Uint64(raw[size:]))})
		}
	}
	return err
}

func (b *docBin) blob(section int) ([]byte, error) {
	n, err := binary.ReadUvarint(b.sections[section])
	if err != nil {
		return nil, err
	}
	return b.sections[section].take(int(n)) // written by readBlob
}

// groups reads the span groups: a list of them, or a map of groups to their names.
func (b *docBin) groups(d *document, blob []byte) error {
	if len(blob) == 0 {
		return nil
	}
	in := msgpack.NewDecoder(bytes.NewReader(blob))
	c, err := in.PeekCode()
	if err != nil {
		return err
	}
	if c>>4 == 9 || c == 0xdc || c == 0xdd { // an array
		return each(in, func() error {
			raw, err := in.DecodeBytes()
			if err != nil {
				return err
			}
			return b.group(d, raw)
		})
	}
	n, err := in.DecodeMapLen()
	for range n {
		var raw []byte
		if raw, err = in.DecodeBytes(); err != nil {
			return err
		}
		if err = errors.Join(b.group(d, raw), skip(in, 0)); err != nil {
			return err
		}
	}
	return err
}

// group reads a span group.
func (b *docBin) group(d *document, raw []byte) error {
	in := msgpack.NewDecoder(bytes.NewReader(raw))
	n, err := in.DecodeMapLen()
	if err != nil {
		return err
	}
	for range n {
		key, err := in.DecodeString()
		if err != nil {
			return err
		}
		switch key {
		case "name":
			name, err := in.DecodeString()
			if err != nil {
				return err
			}
			d.names = append(d.names, name)
		case "spans":
			err = each(in, func() error {
				raw, err := in.DecodeBytes()
				if err != nil {
					return err
				}
				return b.span(d, raw)
			})
		default:
			err = skip(in, 0)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *docBin) span(d *document, raw []byte) error {
	if len(raw) != 40 {
		return wrong("a span has %d bytes instead of 40", len(raw))
	}
	first, end := int(int32(binary.BigEndian.Uint32(raw[24:]))), int(int32(binary.BigEndian.Uint32(raw[28:])))
	if first < 0 || end > len(d.places) || first > end {
		return wrong("a span from token %d to %d lies outside its document of %d tokens", first, end, len(d.places))
	}
	label, err := b.str(binary.BigEndian.Uint64(raw[16:]))
	if err != nil {
		return err
	}
	kb, err := b.str(binary.BigEndian.Uint64(raw[8:]))
	if err != nil {
		return err
	}
	if label == "" || first == end {
		d.bare++
		return nil
	}
	d.groups = append(d.groups, span{label, kb, first, end})
	return nil
}

// originOf reads what Lede wrote of where a document is from; nil if it did not.
func originOf(blob []byte) *origin {
	in := msgpack.NewDecoder(bytes.NewReader(blob))
	if n, err := in.DecodeMapLen(); err != nil || n != 1 {
		return nil
	}
	if key, err := in.DecodeString(); err != nil || key != "lede" {
		return nil
	}
	n, err := in.DecodeMapLen()
	if err != nil {
		return nil
	}
	o := &origin{}
	for range n {
		key, err := in.DecodeString()
		if err != nil {
			return nil
		}
		to := map[string]*int{"start": &o.start, "end": &o.end, "length": &o.length}[key]
		switch {
		case key == "id":
			o.id, err = in.DecodeString()
		case to != nil:
			*to, err = in.DecodeInt()
		default:
			err = skip(in, 0)
		}
		if err != nil {
			return nil
		}
	}
	return o
}

// whole says whether a document is all of an article.
func (o *origin) whole() bool { return o.start == 0 && o.end == o.length }
