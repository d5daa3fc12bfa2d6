package rows

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"lede/annotate"
)

// maxOpen is how many parts of a table are open at a time.
const maxOpen = 32

// Table is a table that is being made. Its rows wait in temporary files.
type Table struct {
	Spec
	seen  [Fixed]map[string]Kind
	dir   string
	parts map[string]*part
	open  []*part // the one that was opened longest ago comes first
	buf   []byte
}

// part is the rows of one partition.
type part struct {
	path string
	f    *os.File
	w    *bufio.Writer
	rows int64
}

// NewTable begins a table. It must be removed in the end.
func NewTable(spec Spec) (*Table, error) {
	dir, err := os.MkdirTemp("", "lede-table-*")
	if err != nil {
		return nil, fmt.Errorf("a temporary folder for the table: %w", err)
	}
	t := &Table{Spec: spec, dir: dir, parts: map[string]*part{}}
	for g := range t.seen {
		t.seen[g] = map[string]Kind{}
	}
	return t, nil
}

// Remove removes the temporary files.
func (t *Table) Remove() error {
	for _, p := range t.open {
		_ = p.f.Close()
	}
	t.open = nil
	return os.RemoveAll(t.dir)
}

// Add adds a row to a part of the table; part "" is fine for a table of one.
func (t *Table) Add(name string, r *Row) error {
	p, err := t.part(name)
	if err != nil {
		return err
	}
	b := append(t.buf[:0], 0, 0, 0, 0) // room for the length of the row
	word := func(s string) {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	for _, c := range r.Fixed {
		b = append(b, byte(c.Kind))
		word(c.Text)
	}
	for g, cells := range r.Open {
		b = binary.AppendUvarint(b, uint64(len(cells)))
		for key, c := range cells {
			t.seen[g][key] = common(t.seen[g][key], c.Kind)
			word(key)
			b = append(b, byte(c.Kind))
			word(c.Text)
		}
	}
	if uint64(len(b)) > math.MaxUint32 {
		return errors.New("a row of the table is longer than 4 GB")
	}
	binary.LittleEndian.PutUint32(b, uint32(len(b)-4))
	t.buf = b
	p.rows++
	_, err = p.w.Write(b)
	return err
}

// part opens a part, and closes another one when too many are open.
func (t *Table) part(name string) (*part, error) {
	p := t.parts[name]
	if p == nil {
		p = &part{path: filepath.Join(t.dir, strconv.Itoa(len(t.parts)))}
		t.parts[name] = p
	}
	if p.f != nil {
		return p, nil
	}
	if len(t.open) == maxOpen {
		if err := t.open[0].close(); err != nil {
			return nil, err
		}
		t.open = t.open[1:]
	}
	f, err := os.OpenFile(p.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("a temporary file for the table: %w", err)
	}
	p.f, p.w = f, bufio.NewWriterSize(f, 32<<10)
	t.open = append(t.open, p)
	return p, nil
}

func (p *part) close() error {
	err := p.w.Flush()
	if closing := p.f.Close(); err == nil {
		err = closing
	}
	p.f, p.w = nil, nil
	return err
}

// Columns are the columns of the table, once all rows are there.
func (t *Table) Columns(schema *annotate.Schema) []Column { return t.columns(t.seen, schema) }

// Parts are the names of the parts, in order.
func (t *Table) Parts() []string { return slices.Sorted(maps.Keys(t.parts)) }

// Each hands over the rows of a part, in the order in which they came. The cells are
// those of the columns and good until the next row.
func (t *Table) Each(name string, columns []Column, use func(cells []Cell) error) error {
	for _, p := range t.open {
		if err := p.close(); err != nil {
			return err
		}
	}
	t.open = nil
	p := t.parts[name]
	if p == nil {
		return nil
	}
	f, err := os.Open(p.path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	in, row := bufio.NewReaderSize(f, 64<<10), Row{}
	cells, fixed := make([]Cell, len(columns)), 0
	for _, c := range columns {
		if c.Group == Fixed {
			fixed++
		}
	}
	for range p.rows {
		if err := row.read(in, fixed); err != nil {
			return fmt.Errorf("the temporary file of the table: %w", err)
		}
		n := 0
		for i, c := range columns {
			if c.Group == Fixed {
				cells[i] = row.Fixed[n]
				n++
			} else {
				cells[i] = row.Open[c.Group][c.Key]
			}
		}
		if err := use(cells); err != nil {
			return err
		}
	}
	return nil
}

// read reads back what Add wrote. All texts of the row are parts of one.
func (row *Row) read(in *bufio.Reader, fixed int) error {
	var length [4]byte
	if _, err := io.ReadFull(in, length[:]); err != nil {
		return whole(err)
	}
	raw := make([]byte, binary.LittleEndian.Uint32(length[:]))
	if _, err := io.ReadFull(in, raw); err != nil {
		return whole(err)
	}
	r := reader{raw: raw, text: string(raw)}
	row.Fixed = row.Fixed[:0]
	for range fixed {
		row.Fixed = append(row.Fixed, r.cell())
	}
	for g := range row.Open {
		n := r.number()
		clear(row.Open[g])
		for ; n > 0 && !r.short; n-- {
			if row.Open[g] == nil {
				row.Open[g] = map[string]Cell{}
			}
			key := r.word()
			row.Open[g][key] = r.cell()
		}
	}
	if r.short {
		return io.ErrUnexpectedEOF
	}
	return nil
}

// whole makes an end inside a row what it is: a fault.
func whole(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// reader takes a row apart.
type reader struct {
	raw   []byte
	text  string // the same
	short bool   // the row ends too early
}

func (r *reader) number() int {
	n, size := binary.Uvarint(r.raw)
	if size <= 0 {
		r.short = true
		return 0
	}
	r.raw, r.text = r.raw[size:], r.text[size:]
	return int(n) // it was an int when it was written
}

func (r *reader) word() string {
	n := r.number()
	if n < 0 || n > len(r.raw) {
		r.short = true
		return ""
	}
	s := r.text[:n]
	r.raw, r.text = r.raw[n:], r.text[n:]
	return s
}

func (r *reader) cell() Cell {
	if len(r.raw) == 0 {
		r.short = true
		return Cell{}
	}
	kind := Kind(r.raw[0])
	r.raw, r.text = r.raw[1:], r.text[1:]
	return Cell{kind, r.word()}
}
