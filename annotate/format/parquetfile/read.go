package parquetfile

import (
	"errors"
	"fmt"
	"io"
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	pq "github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	lede "lede/annotate/format"
)

// Reader reads a file.
type Reader struct {
	at     lede.Place
	file   *pq.File
	nodes  []*node
	groups []pq.RowGroup
	rows   pq.Rows
	buf    []pq.Row
	ready  []pq.Row
	cells  [][]pq.Value // of the row, by leaf
	row    int
}

// Open begins to read a file of size bytes, which at names in messages.
func Open(in io.ReaderAt, size int64, at lede.Place) (r *Reader, err error) {
	defer func() {
		if p := recover(); p != nil {
			r, err = nil, broken(at, fmt.Errorf("%v", p))
		}
	}()
	file, err := pq.OpenFile(in, size, pq.SkipPageIndex(true), pq.SkipBloomFilters(true))
	if err != nil {
		return nil, broken(at, err)
	}
	if err := check(file, in, size); err != nil {
		return nil, broken(at, err)
	}
	r = &Reader{at: at, file: file, groups: file.RowGroups(), buf: make([]pq.Row, 16)}
	leaves := 0
	for _, f := range file.Schema().Fields() {
		r.nodes = append(r.nodes, newNode(f, &leaves, 0, 0, 0))
	}
	r.cells = make([][]pq.Value, leaves)
	return r, nil
}

// broken tells of a file that cannot be read.
func broken(at lede.Place, err error) error {
	return lede.Refuse(at, "Is it a Parquet file, and is it whole?", "it cannot be read as Parquet: %s", strings.TrimPrefix(err.Error(), "parquet: "))
}

// Columns are the names of the columns.
func (r *Reader) Columns() []string {
	var names []string
	for _, n := range r.nodes {
		names = append(names, n.name)
	}
	return names
}

// Meta is what the file says of itself under a key, "" for nothing.
func (r *Reader) Meta(key string) string {
	v, _ := r.file.Lookup(key)
	return v
}

// Place is the row that was read last, from 1.
func (r *Reader) Place() lede.Place { return lede.Place{File: r.at.File, Line: r.row} }

// Close ends the reading.
func (r *Reader) Close() {
	if r.rows != nil {
		_ = r.rows.Close()
		r.rows = nil
	}
}

// Next is the next row, a value for each column: nil, string, int64, float64, bool,
// Binary, a []any or a Struct; io.EOF behind the last.
func (r *Reader) Next() (values []any, err error) {
	defer func() {
		if p := recover(); p != nil {
			values, err = nil, broken(r.Place(), fmt.Errorf("%v", p))
		}
	}()
	if err := r.fill(); err != nil {
		return nil, err
	}
	row := r.ready[0]
	r.ready = r.ready[1:]
	r.row++
	for i := range r.cells {
		r.cells[i] = nil
	}
	row.Range(func(column int, values []pq.Value) bool {
		r.cells[column] = values
		return true
	})
	values = make([]any, len(r.nodes))
	for i, n := range r.nodes {
		values[i] = n.read(r.cells)
	}
	return values, nil
}

// fill reads some rows, if none are ready.
func (r *Reader) fill() error {
	for len(r.ready) == 0 {
		if r.rows == nil {
			if len(r.groups) == 0 {
				return io.EOF
			}
			r.rows = r.groups[0].Rows()
			r.groups = r.groups[1:]
		}
		n, err := r.rows.ReadRows(r.buf)
		r.ready = r.buf[:n]
		if err != nil && !errors.Is(err, io.EOF) {
			return broken(r.Place(), err)
		}
		if n == 0 {
			r.Close()
			if err == nil {
				return broken(r.Place(), io.ErrNoProgress)
			}
		}
	}
	return nil
}

// Binary is a value that is no text, such as a picture.
type Binary int // its length in bytes

// Struct is a value of several fields, by their order.
type Struct []Field

// Field is a field of a Struct.
type Field struct {
	Name  string
	Value any
}

// node is a column, or a part of one.
type node struct {
	name               string
	optional, repeated bool
	level, repetition  int // of a value that is there
	first, leaves      int // of the leaves below
	typ                pq.Type
	fields             []*node
	list               bool // its one repeated child holds the items
}

func newNode(f pq.Field, leaves *int, level, repetition, depth int) *node {
	if depth > 64 {
		panic("columns lie in each other too deep")
	}
	n := &node{name: f.Name(), optional: f.Optional(), repeated: f.Repeated(), first: *leaves}
	if n.optional || n.repeated {
		level++
	}
	if n.repeated {
		repetition++
	}
	n.level, n.repetition = level, repetition
	if f.Leaf() {
		n.typ = f.Type()
		*leaves++
		n.leaves = 1
		return n
	}
	for _, child := range f.Fields() {
		n.fields = append(n.fields, newNode(child, leaves, level, repetition, depth+1))
	}
	n.leaves = *leaves - n.first
	n.list = !n.repeated && len(n.fields) == 1 && n.fields[0].repeated
	return n
}

// read takes a value from the front of the leaves.
func (n *node) read(cells [][]pq.Value) any {
	if n.leaves == 0 {
		return nil
	}
	if n.repeated {
		list := []any{}
		if !n.there(cells) {
			n.drop(cells)
			return list
		}
		for more := true; more; more = len(cells[n.first]) > 0 && cells[n.first][0].RepetitionLevel() == n.repetition {
			list = append(list, n.one(cells))
		}
		return list
	}
	if n.optional && !n.there(cells) {
		n.drop(cells)
		return nil
	}
	return n.one(cells)
}

// there says whether the value is, or the list has items.
func (n *node) there(cells [][]pq.Value) bool {
	return len(cells[n.first]) > 0 && cells[n.first][0].DefinitionLevel() >= n.level
}

// drop takes what stands for nothing from each leaf.
func (n *node) drop(cells [][]pq.Value) {
	for i := n.first; i < n.first+n.leaves; i++ {
		if len(cells[i]) > 0 {
			cells[i] = cells[i][1:]
		}
	}
}

// one is the value itself.
func (n *node) one(cells [][]pq.Value) any {
	if n.typ != nil {
		values := cells[n.first]
		if len(values) == 0 {
			return nil
		}
		v := values[0]
		cells[n.first] = values[1:]
		return scalar(v, n.typ)
	}
	var s Struct
	for _, f := range n.fields {
		s = append(s, Field{f.name, f.read(cells)})
	}
	if n.list { // the names between are those of the format
		items, _ := s[0].Value.([]any)
		inner := n.fields[0]
		if len(inner.fields) == 1 {
			for i, item := range items {
				if x, ok := item.(Struct); ok {
					items[i] = x[0].Value
				}
			}
		}
		return items
	}
	return s
}

// scalar is a value of a leaf.
func scalar(v pq.Value, t pq.Type) any {
	if v.IsNull() {
		return nil
	}
	logical := t.LogicalType()
	if logical != nil {
		if x, ok := told(v, logical); ok {
			return x
		}
	}
	switch v.Kind() {
	case pq.Boolean:
		return v.Boolean()
	case pq.Int32:
		return int64(v.Int32())
	case pq.Int64:
		return v.Int64()
	case pq.Int96:
		return int96(v.Int96())
	case pq.Float:
		f, _ := strconv.ParseFloat(strconv.FormatFloat(float64(v.Float()), 'g', -1, 32), 64)
		return number(f)
	case pq.Double:
		return number(v.Double())
	}
	raw := v.ByteArray()
	if !utf8.Valid(raw) {
		return Binary(len(raw))
	}
	return string(raw)
}

func number(f float64) any {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return nil
	}
	return f
}

// told is a value of a type that the file tells: a date, a time, a decimal number.
func told(v pq.Value, t *format.LogicalType) (any, bool) {
	switch x := t.Value.(type) {
	case *format.DateType:
		return time.Unix(int64(v.Int32())*86400, 0).UTC().Format("2006-01-02"), true
	case *format.TimestampType:
		return instant(v.Int64(), x.Unit), true
	case *format.DecimalType:
		return decimal(v, int(x.Scale)), true
	case *format.UUIDType:
		raw := v.ByteArray()
		if len(raw) != 16 {
			return nil, true
		}
		return fmt.Sprintf("%x-%x-%x-%x-%x", raw[:4], raw[4:6], raw[6:8], raw[8:10], raw[10:]), true
	case *format.IntType:
		if !x.IsSigned && v.Kind() == pq.Int32 {
			return int64(v.Uint32()), true
		}
	}
	return nil, false
}

func instant(n int64, unit format.TimeUnit) string {
	var at time.Time
	switch unit.Value.(type) {
	case *format.MilliSeconds:
		at = time.UnixMilli(n)
	case *format.NanoSeconds:
		at = time.Unix(0, n)
	default:
		at = time.UnixMicro(n)
	}
	return day(at.UTC())
}

// day is a moment without a time of the day that says nothing.
func day(at time.Time) string {
	if at.Hour() == 0 && at.Minute() == 0 && at.Second() == 0 && at.Nanosecond() == 0 {
		return at.Format("2006-01-02")
	}
	return at.Format("2006-01-02T15:04:05.999999999")
}

// int96 is a moment as Spark and Impala wrote it.
func int96(v [3]uint32) string {
	const julian = 2440588 // the Julian day of 1 Jan 1970
	ns := int64(v[0]) | int64(v[1])<<32
	return day(time.Unix((int64(v[2])-julian)*86400, ns).UTC())
}

func decimal(v pq.Value, scale int) any {
	n := new(big.Int)
	switch v.Kind() {
	case pq.Int32:
		n.SetInt64(int64(v.Int32()))
	case pq.Int64:
		n.SetInt64(v.Int64())
	default:
		raw := v.ByteArray()
		n.SetBytes(raw)
		if len(raw) > 0 && raw[0] >= 0x80 {
			n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(raw))))
		}
	}
	if scale < 0 || scale > 1000 {
		return nil
	}
	f, _ := new(big.Rat).SetFrac(n, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)).Float64()
	return f
}
