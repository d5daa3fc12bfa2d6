package webannotsv

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"lede/annotate/format"
	"lede/annotate/format/cas"
	textindex "lede/annotate/text"
)

// maxRows, maxLine and maxText bound what a file may hold, the last two in bytes.
const (
	maxRows = 1_000_000
	maxLine = 8 << 20
)

var maxText = 64 << 20

// parser makes a CAS of the lines of a file.
type parser struct {
	src     format.Source
	d       *cas.Document
	columns []column
	related map[string]bool // layers of relations
	text    []rune          // so far
	length  int             // of text, in the unit of the file
	code    bool            // offsets are code points, against the rules
	pending []string
	began   bool  // rows of the sentence have begun
	start   int   // of the sentence
	first   int   // its first character
	places  []int // of its characters, in the unit of the file
	rows    int
	next    int // number of a structure

	units  map[string]*unit
	byID   map[string]*annotation
	chains map[int]map[int]*annotation
	links  map[int]string // chain → its layer
	order  []*annotation
	bound  []func() error // what can be done only when all annotations are there
	size   int
}

// unit is a token or a part of one.
type unit struct {
	place      format.Place
	id         string
	begin, end int
	stacks     map[string][]*annotation // by layer
}

// annotation is an annotation in the making.
type annotation struct {
	fs         *cas.FS
	begin, end int
	relation   bool
}

func newParser(src format.Source, code bool) *parser {
	types := cas.NewTypes()
	types.Add(cas.Token, cas.Annotation)
	types.Add(cas.Sentence, cas.Annotation)
	return &parser{
		src: src, code: code, d: &cas.Document{Types: types}, next: 2, related: map[string]bool{}, units: map[string]*unit{}, byID: map[string]*annotation{},
		chains: map[int]map[int]*annotation{}, links: map[int]string{},
	}
}

// fault is an error that another unit of offsets may mend.
type fault struct{ err error }

func (f *fault) Error() string { return f.err.Error() }

// file reads all lines.
func (p *parser) file() (*cas.Document, error) {
	header, begun := true, false
	for n, line := range p.src.Lines() {
		if line.Err != nil {
			return nil, line.Err
		}
		at := p.src.At(n)
		if p.size += len(line.Text) + 1; p.size > maxText {
			return nil, format.Refuse(at, "A file holds one article.", "the file is larger than %d MB", maxText>>20)
		}
		if len(line.Text) > maxLine {
			return nil, format.Refuse(at, "Is it a WebAnno TSV file?", "the line is longer than %d MB", maxLine>>20)
		}
		begun = true
		var err error
		switch s := line.Text; {
		case n == 1:
			err = version(at, s)
		case header && (strings.HasPrefix(s, spanHead) || strings.HasPrefix(s, chainHead) || strings.HasPrefix(s, relationHead)):
			err = p.declare(s, at)
		case strings.HasPrefix(s, "#"):
			header = false
			p.head(s)
		case s == "":
			err = p.blank(at)
		default:
			header = false
			err = p.row(s, at)
		}
		if err != nil {
			return nil, err
		}
	}
	if !begun {
		return nil, format.Refuse(p.src.At(0), "Is it a WebAnno TSV file?", "the file is empty")
	}
	if err := p.blank(p.src.At(0)); err != nil {
		return nil, err
	}
	return p.finish()
}

// head is a line before the rows of a sentence.
func (p *parser) head(line string) {
	if p.began {
		p.endSentence()
	}
	if s, ok := strings.CutPrefix(line, "#Text="); ok {
		p.pending = append(p.pending, unescapeText(s))
	}
}

// blank is a line between sentences. Text without a token is text all the same.
func (p *parser) blank(at format.Place) error {
	if !p.began && len(p.pending) > 0 {
		if err := p.beginSentence(p.length, at); err != nil {
			return err
		}
	}
	p.endSentence()
	return nil
}

// endSentence ends a sentence that has begun. A line end is taken to follow it,
// until the next sentence says otherwise.
func (p *parser) endSentence() {
	if !p.began {
		return
	}
	p.began = false
	p.order = append(p.order, &annotation{fs: p.structure(cas.Sentence), begin: p.start, end: p.length})
	p.append("\n")
}

// append adds to the text.
func (p *parser) append(s string) {
	for _, r := range s {
		p.text = append(p.text, r)
		p.length += p.width(r)
	}
}

// width is how much a character counts.
func (p *parser) width(r rune) int {
	if p.code {
		return 1
	}
	return max(1, utf16.RuneLen(r))
}

func (p *parser) structure(typ string) *cas.FS {
	f := &cas.FS{Place: p.src.At(0), ID: p.next, Type: typ}
	p.next++
	return f
}

// at gives a structure its place.
func (p *parser) at(f *cas.FS, begin, end int) {
	f.Fields = append([]cas.Field{
		{Name: "sofa", Value: cas.Value{Kind: cas.Ref, Ref: 1}},
		{Name: "begin", Value: cas.Value{Kind: cas.Number, Text: strconv.Itoa(begin)}},
		{Name: "end", Value: cas.Value{Kind: cas.Number, Text: strconv.Itoa(end)}},
	}, f.Fields...)
}

// row reads the row of a token or a part of one.
func (p *parser) row(line string, at format.Place) error {
	cells := strings.Split(line, "\t")
	if len(cells) < 3+len(p.columns) {
		return format.Refuse(at, "Is the line whole?", "the row has %d columns; the header declares %d", len(cells), 3+len(p.columns))
	}
	if p.rows++; p.rows > maxRows {
		return format.Refuse(at, "A file holds one article.", "there are more than %d rows", maxRows)
	}
	u := &unit{place: at, id: cells[0], stacks: map[string][]*annotation{}}
	begin, end, ok := strings.Cut(cells[1], "-")
	var err1, err2 error
	u.begin, err1 = strconv.Atoi(begin)
	u.end, err2 = strconv.Atoi(end)
	if !ok || err1 != nil || err2 != nil || u.begin < 0 || u.end < u.begin {
		return format.Refuse(at, "", "%q is no place in the text", cells[1])
	}
	part := strings.Contains(u.id, ".")
	if !p.began {
		if part || len(p.pending) == 0 {
			return format.Refuse(at, "Each sentence begins with #Text= and a token.", "%s belongs to no sentence", u.id)
		}
		if err := p.beginSentence(u.begin, at); err != nil {
			return err
		}
	}
	if p.units[u.id] != nil {
		return format.Refuse(at, "", "%s is there twice", u.id)
	}
	if err := p.check(u, cells[2]); err != nil {
		return err
	}
	p.units[u.id] = u
	if !part {
		token := &annotation{fs: p.structure(cas.Token), begin: u.begin, end: u.end}
		u.stacks[cas.Token] = []*annotation{token}
		p.order = append(p.order, token)
	}
	for i, c := range p.columns {
		if cell := cells[3+i]; cell != "_" {
			if err := p.cell(u, c, cell); err != nil {
				return err
			}
		}
	}
	return nil
}

// beginSentence adds the text of a sentence that begins at begin: behind the line end
// that was taken to follow the last one, in its place, or behind blanks.
func (p *parser) beginSentence(begin int, at format.Place) error {
	if p.length > begin && len(p.text) > 0 {
		p.text = p.text[:len(p.text)-1]
		p.length--
	}
	switch {
	case p.length > begin:
		return &fault{format.Refuse(at, hintOffsets, "the sentence begins at %d, but the text before it is already %d long", begin, p.length)}
	case begin-p.length > maxText-p.length:
		return format.Refuse(at, "", "the sentence begins at %d, far behind the text before it", begin)
	}
	p.append(strings.Repeat(" ", begin-p.length))
	p.start, p.places, p.first = begin, p.places[:0], len(p.text)
	p.append(strings.Join(p.pending, "\n"))
	at0 := begin
	for _, r := range p.text[p.first:] {
		p.places = append(p.places, at0)
		at0 += p.width(r)
	}
	p.places = append(p.places, at0)
	p.pending, p.began = nil, true
	return nil
}

// check compares a token with the text at its place.
func (p *parser) check(u *unit, token string) error {
	from, ok1 := slices.BinarySearch(p.places, u.begin)
	to, ok2 := slices.BinarySearch(p.places, u.end)
	if !ok1 || !ok2 {
		return &fault{format.Refuse(u.place, hintOffsets, "%d–%d (%s) is outside the text of its sentence", u.begin, u.end, u.id)}
	}
	here := string(p.text[p.first+from : p.first+to])
	if here != token && here != unescapeValue(token) && here != unescapeText(token) {
		return &fault{format.Refuse(u.place, hintOffsets, "token %s reads %q there and %q in the text of its sentence", u.id, token, here)}
	}
	return nil
}

const hintOffsets = "Are the offsets UTF-16 code units, and those of this very text?"

// finish does what had to wait, and hands out the document.
func (p *parser) finish() (*cas.Document, error) {
	for _, do := range p.bound {
		if err := do(); err != nil {
			return nil, err
		}
	}
	if n := len(p.text); n > 0 {
		p.text = p.text[:n-1] // the line end behind the last sentence
	}
	text := string(p.text)
	sofa := &cas.FS{Place: p.src.At(0), ID: 1, Type: cas.SofaType, Fields: []cas.Field{
		{Name: "sofaID", Value: cas.Value{Kind: cas.Word, Text: cas.InitialView}},
		{Name: "sofaString", Value: cas.Value{Kind: cas.Word, Text: text}},
	}}
	if err := p.d.Add(sofa); err != nil {
		return nil, err
	}
	view := cas.View{Name: cas.InitialView, Sofa: 1}
	unit := func(n int) int { return n }
	if p.code {
		unit = textindex.New(text).UTF16Of
	}
	for _, a := range p.order {
		p.at(a.fs, unit(a.begin), unit(a.end))
		if err := p.d.Add(a.fs); err != nil {
			return nil, err
		}
		view.Members = append(view.Members, a.fs.ID)
	}
	p.chained(&view)
	p.d.Views = []cas.View{view}
	return p.d, nil
}
