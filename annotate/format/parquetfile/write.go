package parquetfile

import (
	"cmp"
	"fmt"
	"io"
	"reflect"

	pq "github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"
)

// Type is what a column holds.
type Type int

// The types.
const (
	String Type = iota
	Int64
	Double
	Bool
)

// Column is a column of a file.
type Column struct {
	Name string
	Type Type
	List bool
	// Fields make the values structs; only in lists.
	Fields []Column
}

// groupBytes is about how much of the rows a row group holds: what a writer, and a
// reader of one column, keep in memory.
const (
	groupBytes = 32 << 20
	groupRows  = 100_000
	// batchRows are handed on at a time: the library takes rows apart column by column.
	batchRows = 128
)

// Writer writes a file.
type Writer struct {
	out     io.WriteCloser
	w       *pq.GenericWriter[any]
	columns []Column
	batch   []pq.Row
	row     pq.Row
	rows    int // of the row group, those of the batch among them
	bytes   int
}

// Codecs are the ways of packing: zstd is small and read by all but the smallest
// readers, snappy by all.
var Codecs = []string{"zstd", "snappy", "none"}

// NewWriter begins a file packed by one of Codecs. meta are pairs of keys and values
// that go with it.
func NewWriter(out io.WriteCloser, name, codec string, columns []Column, meta ...[2]string) *Writer {
	options := []pq.WriterOption{pq.NewSchema(name, group(columns)), pq.CreatedBy("lede", "", "")}
	switch codec {
	case "zstd":
		options = append(options, pq.Compression(&zstd.Codec{Concurrency: 1}))
	case "snappy":
		options = append(options, pq.Compression(&pq.Snappy))
	}
	for _, m := range meta {
		options = append(options, pq.KeyValueMetadata(m[0], m[1]))
	}
	return &Writer{out: out, w: pq.NewGenericWriter[any](out, options...), columns: columns}
}

// ordered is a group of columns in the order given.
type ordered struct {
	pq.Group
	fields []pq.Field
}

func (o *ordered) Fields() []pq.Field { return o.fields }

// GoType is never used: rows are written as values.
func (o *ordered) GoType() reflect.Type { return reflect.TypeFor[map[string]any]() }

type field struct {
	pq.Node
	name string
}

func (f *field) Name() string { return f.name }

func (f *field) Value(base reflect.Value) reflect.Value { return base }

func group(columns []Column) *ordered {
	o := &ordered{Group: pq.Group{}}
	for _, c := range columns {
		node := leaf(c)
		if c.List {
			node = pq.List(node)
		}
		node = pq.Optional(node)
		o.Group[c.Name] = node
		o.fields = append(o.fields, &field{node, c.Name})
	}
	return o
}

func leaf(c Column) pq.Node {
	if c.Fields != nil {
		return group(c.Fields)
	}
	switch c.Type {
	case Int64:
		return pq.Int(64)
	case Double:
		return pq.Leaf(pq.DoubleType)
	case Bool:
		return pq.Leaf(pq.BooleanType)
	default: // text
	}
	return pq.String()
}

// Write adds a row: a value for each column.
func (w *Writer) Write(values []any) error {
	n := len(w.batch)
	if n < cap(w.batch) {
		w.row = w.batch[:n+1][n][:0] // the memory of a row that was written
	} else {
		w.row = nil
	}
	at := 0
	for i, c := range w.columns {
		if c.List {
			at = w.list(c, values[i], at)
			continue
		}
		w.value(values[i], 0, 1, at)
		at++
	}
	w.batch = append(w.batch, w.row)
	w.rows++
	full := w.rows >= groupRows || w.bytes >= groupBytes
	if len(w.batch) < batchRows && !full {
		return nil
	}
	if err := w.hand(); err != nil || !full {
		return err
	}
	w.rows, w.bytes = 0, 0
	return w.w.Flush()
}

// hand gives the batch to the library, which copies what it keeps.
func (w *Writer) hand() error {
	_, err := w.w.WriteRows(w.batch)
	w.batch = w.batch[:0]
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// value adds a value that is there at a definition level, or nil.
func (w *Writer) value(v any, repetition, definition, column int) {
	if v == nil {
		w.row = append(w.row, pq.NullValue().Level(repetition, definition-1, column))
		return
	}
	if s, ok := v.(string); ok {
		w.bytes += len(s)
	}
	w.bytes += 8
	w.row = append(w.row, pq.ValueOf(v).Level(repetition, definition, column))
}

// list adds a list and returns the number of the next leaf. A list that is there has
// definition level 1, an item 2, a field of it 3.
func (w *Writer) list(c Column, v any, at int) int {
	items, _ := v.([]any)
	leaves := max(1, len(c.Fields))
	for k := range leaves {
		if len(items) == 0 {
			level := 0
			if v != nil {
				level = 1
			}
			w.row = append(w.row, pq.NullValue().Level(0, level, at+k))
			continue
		}
		for i, item := range items {
			repetition := min(i, 1)
			if c.Fields == nil {
				w.value(item, repetition, 2, at)
			} else {
				w.value(item.([]any)[k], repetition, 3, at+k)
			}
		}
	}
	return at + leaves
}

// Close ends the file.
func (w *Writer) Close() error {
	err := cmp.Or(w.hand(), w.w.Close())
	if closing := w.out.Close(); err == nil {
		err = closing
	}
	return err
}
