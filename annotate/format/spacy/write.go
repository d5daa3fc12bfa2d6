package spacy

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"slices"

	"github.com/vmihailenco/msgpack/v5"

	"lede/annotate/format"
)

// writer makes one DocBin, or one for each part of the data.
type writer struct {
	state *state
	parts map[string]*part
	order []string
}

func newWriter(t format.Target, job *format.Job) (format.Writer, error) {
	s := job.State.(*state)
	if s.err != nil {
		return nil, s.err
	}
	w := &writer{state: s, parts: map[string]*part{}, order: job.Splits}
	if w.order == nil {
		w.order = []string{""}
	}
	for _, split := range w.order {
		p, err := newPart(t, fileName(split))
		if err != nil {
			for _, p := range w.parts {
				_ = p.discard()
			}
			return nil, err
		}
		w.parts[split] = p
	}
	return w, nil
}

func fileName(split string) string {
	if split == "" {
		return ""
	}
	return split + ".spacy"
}

func (w *writer) Write(a *format.Article) error {
	p := w.parts[""]
	if p == nil {
		p = w.parts[a.Split]
	}
	for i := range a.Prepared.(*prepared).docs {
		if err := p.add(a, a.Prepared.(*prepared), i, w.state.spans); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) Close() error {
	var err error
	for _, split := range w.order {
		err = errors.Join(err, w.parts[split].finish())
	}
	return err
}

// part is one DocBin on its way: its sections, each in a file.
type part struct {
	out      io.WriteCloser
	sections [6]*spool
	strings  map[string]bool
	docs     int
}

// The sections that are kept.
const (
	tokens = iota
	spaces
	lengths
	cats
	groups
	userData
)

func newPart(t format.Target, name string) (*part, error) {
	p := &part{strings: map[string]bool{"": true}}
	for i := range p.sections {
		var err error
		if p.sections[i], err = newSpool(); err != nil {
			return nil, errors.Join(err, p.discard())
		}
	}
	out, err := t.Create(name)
	if err != nil {
		return nil, errors.Join(err, p.discard())
	}
	p.out = out
	return p, nil
}

func (p *part) discard() error {
	var err error
	for _, s := range p.sections {
		err = errors.Join(err, s.close())
	}
	if p.out != nil {
		err = errors.Join(err, p.out.Close())
	}
	return err
}

// id is the number of a string, which the file will hold.
func (p *part) id(s string) uint64 {
	p.strings[s] = true
	return idOf(s)
}

// add adds document i of an article.
func (p *part) add(a *format.Article, all *prepared, i int, spans string) error {
	d := &all.docs[i]
	p.docs++
	rows := p.rows(d, spans)
	flags := make([]byte, len(d.words))
	for k, w := range d.words {
		if w.space {
			flags[k] = 1
		}
	}
	user, err := userOf(a, d)
	if err != nil {
		return err
	}
	g, err := p.groupsOf(d, spans)
	if err != nil {
		return err
	}
	for k, b := range [][]byte{rows, flags, binary.LittleEndian.AppendUint32(nil, uint32(len(d.words))), catsOf(all.cats), g, user} { // texts are shorter than 4 GB
		if _, err := p.sections[k].Write(b); err != nil {
			return err
		}
	}
	return nil
}

// rows are the tokens: ORTH, ENT_IOB and ENT_TYPE of each, little-endian.
func (p *part) rows(d *doc, spans string) []byte {
	iob := slices.Repeat([]uint64{outside}, len(d.words))
	kind := make([]uint64, len(d.words))
	if spans != "sc" {
		for _, e := range entsOf(d) {
			for k := e.First; k < e.End; k++ {
				iob[k], kind[k] = inside, p.id(e.Span.Label)
			}
			iob[e.First] = begins
		}
	}
	rows := make([]byte, 0, 24*len(d.words))
	for k, w := range d.words {
		for _, v := range []uint64{p.id(w.text), iob[k], kind[k]} {
			rows = binary.LittleEndian.AppendUint64(rows, v)
		}
	}
	return rows
}

// encoded is what write makes, in msgpack.
func encoded(write func(e *msgpack.Encoder) error) ([]byte, error) {
	var b bytes.Buffer
	err := write(msgpack.NewEncoder(&b))
	return b.Bytes(), err
}

func catsOf(list []string) []byte {
	b, err := encoded(func(e *msgpack.Encoder) error {
		err := e.EncodeMapLen(len(list))
		for _, c := range list {
			err = errors.Join(err, e.EncodeString(c), e.EncodeFloat64(1))
		}
		return err
	})
	if err != nil {
		panic("spacy: " + err.Error()) // a buffer takes everything
	}
	return b
}

// userOf is the user data of a document: where it is from. Readers that do not know
// it let it be.
func userOf(a *format.Article, d *doc) ([]byte, error) {
	inner, err := encoded(func(e *msgpack.Encoder) error {
		err := errors.Join(e.EncodeMapLen(1), e.EncodeString("lede"), e.EncodeMapLen(4), e.EncodeString("id"), e.EncodeString(a.Ref))
		for key, n := range []int{d.start, d.end, a.Index().Len()} {
			err = errors.Join(err, e.EncodeString([]string{"start", "end", "length"}[key]), e.EncodeInt(int64(n)))
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return encoded(func(e *msgpack.Encoder) error { return e.EncodeBytes(inner) })
}

// groupsOf are the span groups of a document: "sc" with all spans, big-endian.
func (p *part) groupsOf(d *doc, spans string) ([]byte, error) {
	if spans == "ents" || len(d.entities) == 0 {
		return encoded(func(e *msgpack.Encoder) error { return e.EncodeBytes([]byte{0x90}) })
	}
	starts := make([]int, len(d.words)+1) // of words, in the document's text
	ends := make([]int, len(d.words))
	for k, w := range d.words {
		ends[k] = starts[k] + len([]rune(w.text))
		starts[k+1] = ends[k]
		if w.space {
			starts[k+1]++
		}
	}
	inner, err := encoded(func(e *msgpack.Encoder) error {
		err := errors.Join(e.EncodeMapLen(3), e.EncodeString("name"), e.EncodeString(group), e.EncodeString("attrs"), e.EncodeMapLen(0),
			e.EncodeString("spans"), e.EncodeArrayLen(len(d.entities)))
		for _, x := range d.entities {
			var b []byte
			for _, v := range []uint64{0, 0, p.id(x.Span.Label)} {
				b = binary.BigEndian.AppendUint64(b, v)
			}
			for _, v := range []int{x.First, x.End, starts[x.First], ends[x.End-1]} {
				b = binary.BigEndian.AppendUint32(b, uint32(v)) // texts are shorter than 4 GB
			}
			err = errors.Join(err, e.EncodeBytes(b))
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	outer, err := encoded(func(e *msgpack.Encoder) error {
		return errors.Join(e.EncodeMapLen(1), e.EncodeBytes(inner), e.EncodeArrayLen(1), e.EncodeString(group))
	})
	if err != nil {
		return nil, err
	}
	return encoded(func(e *msgpack.Encoder) error { return e.EncodeBytes(outer) })
}

// finish puts the sections together.
func (p *part) finish() error {
	z := zlib.NewWriter(p.out)
	err := p.write(z)
	return errors.Join(err, z.Close(), p.discard())
}

func (p *part) write(z io.Writer) error {
	e := msgpack.NewEncoder(z)
	err := errors.Join(e.EncodeMapLen(10), e.EncodeString("version"), e.EncodeString(version), e.EncodeString("attrs"), e.EncodeArrayLen(3),
		e.EncodeInt(orth), e.EncodeInt(entIOB), e.EncodeInt(entType))
	for i, name := range []string{"tokens", "spaces", "lengths"} {
		if p.sections[i].size > math.MaxUint32 {
			return format.Refuse(format.Place{File: name}, "Export fewer articles at a time, with a filter or --split.", "there are more tokens than one DocBin holds")
		}
		err = errors.Join(err, e.EncodeString(name), e.EncodeBytesLen(int(p.sections[i].size)), p.copy(z, i))
	}
	err = errors.Join(err, e.EncodeString("strings"), e.EncodeArrayLen(len(p.strings)))
	for _, s := range sortedKeys(p.strings) {
		err = errors.Join(err, e.EncodeString(s))
	}
	err = errors.Join(err, e.EncodeString("cats"), e.EncodeArrayLen(p.docs), p.copy(z, cats), e.EncodeString("flags"), e.EncodeArrayLen(p.docs))
	for range p.docs {
		err = errors.Join(err, e.EncodeMapLen(1), e.EncodeString("has_unknown_spaces"), e.EncodeBool(false))
	}
	return errors.Join(err, e.EncodeString("span_groups"), e.EncodeArrayLen(p.docs), p.copy(z, groups),
		e.EncodeString("user_data"), e.EncodeArrayLen(p.docs), p.copy(z, userData))
}

func (p *part) copy(w io.Writer, section int) error {
	s := p.sections[section]
	if err := s.rewind(); err != nil {
		return err
	}
	_, err := io.Copy(w, s.in)
	return err
}

func sortedKeys(m map[string]bool) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
