package rows

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
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
	b := t.buf[:0]
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
	r := reader{in: bufio.NewReaderSize(f, 64<<10)}
	cells, fixed := make([]Cell, len(columns)), 0
	for _, c := range columns {
		if c.Group == Fixed {
			fixed++
		}
	}
	for range p.rows {
		row := r.row(fixed)
		if r.err != nil {
			return fmt.Errorf("the temporary file of the table: %w", r.err)
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

// reader reads back what Add wrote.
type reader struct {
	in  *bufio.Reader
	err error
}

func (r *reader) number() int {
	n, err := binary.ReadUvarint(r.in)
	if err != nil && r.err == nil {
		r.err = whole(err)
	}
	return int(n) // it was an int when it was written
}

// whole makes an end inside a row what it is: a fault.
func whole(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

func (r *reader) word() string {
	n := r.number()
	if r.err != nil {
		return ""
	}
	b := make([]byte, n)
	if _, err := io.ReadFull(r.in, b); err != nil {
		r.err = whole(err)
	}
	return string(b)
}

func (r *reader) cell() Cell {
	kind, err := r.in.ReadByte()
	if err != nil && r.err == nil {
		r.err = whole(err)
	}
	return Cell{Kind(kind), r.word()}
}

func (r *reader) row(fixed int) *Row {
	row := &Row{Fixed: make([]Cell, fixed)}
	for i := range row.Fixed {
		row.Fixed[i] = r.cell()
	}
	for g := range row.Open {
		n := r.number()
		for ; n > 0 && r.err == nil; n-- {
			if row.Open[g] == nil {
				row.Open[g] = map[string]Cell{}
			}
			key := r.word()
			row.Open[g][key] = r.cell()
		}
	}
	return row
}
