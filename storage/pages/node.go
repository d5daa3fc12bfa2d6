package pages

import (
	"encoding/binary"
	"math"
	"strings"
	"unicode/utf8"
)

// The kinds of pages of trees, as their first byte says.
const (
	indexInner = 2
	tableInner = 5
	indexLeaf  = 10
	tableLeaf  = 13
)

// Node is a page of a tree.
type Node struct {
	Page     int
	Index    bool // of an index, or of a table without rowids
	Leaf     bool
	Children []int // pages, from the left
	Rows     []Row
	Bad      int // cells that could not be read
}

// Row is a row of a table or an entry of an index.
type Row struct {
	ID     int64 // the rowid; 0 in an index
	Values []any // nil, int64, float64, string or []byte
	Pages  []int // on which it lies
}

// Node reads a page as one of a tree. It is not ok if the page is none.
func (f *File) Node(number int) (n *Node, ok bool) {
	page := f.Page(number)
	if page == nil {
		return nil, false
	}
	head := page
	if number == 1 {
		head = page[headerSize:]
	}
	n = &Node{Page: number}
	first := 8
	switch head[0] {
	case indexInner, indexLeaf:
		n.Index = true
	case tableInner, tableLeaf:
	default:
		return nil, false
	}
	n.Leaf = head[0] == indexLeaf || head[0] == tableLeaf
	if !n.Leaf {
		first = 12
	}
	cells := int(binary.BigEndian.Uint16(head[3:]))
	start := len(page) - len(head) + first
	if start+2*cells > f.usable {
		return nil, false
	}
	for i := range cells {
		at := int(binary.BigEndian.Uint16(page[start+2*i:]))
		if at < start+2*cells || at >= f.usable || !f.cell(n, page, at) {
			n.Bad++
		}
	}
	if !n.Leaf {
		n.Children = append(n.Children, int(binary.BigEndian.Uint32(head[8:])))
	}
	return n, true
}

// cell reads what stands at a place of a page.
func (f *File) cell(n *Node, page []byte, at int) bool {
	c := page[at:f.usable]
	if !n.Leaf {
		if len(c) < 4 {
			return false
		}
		n.Children = append(n.Children, int(binary.BigEndian.Uint32(c)))
		c = c[4:]
		if !n.Index {
			_, used := varint(c)
			return used > 0 // a key alone
		}
	}
	size, used := varint(c)
	if used == 0 || size > uint64(f.db.Size+f.log.Size) {
		return false
	}
	c = c[used:]
	row := Row{Pages: []int{n.Page}}
	if !n.Index {
		id, used := varint(c)
		if used == 0 {
			return false
		}
		row.ID, c = int64(id), c[used:]
	}
	payload, ok := f.payload(&row, c, int(size), n.Index)
	if !ok {
		return false
	}
	if row.Values, ok = record(payload); ok {
		n.Rows = append(n.Rows, row)
	}
	return ok
}

// payload gathers what a row holds, on its own page and on those where it goes on.
func (f *File) payload(row *Row, c []byte, size int, index bool) ([]byte, bool) {
	most := f.usable - 35
	least := (f.usable-12)*32/255 - 23
	if index {
		most = (f.usable-12)*64/255 - 23
	}
	if size <= most {
		if size > len(c) {
			return nil, false
		}
		return c[:size], true
	}
	local := least + (size-least)%(f.usable-4)
	if local > most {
		local = least
	}
	if local+4 > len(c) {
		return nil, false
	}
	all := append(make([]byte, 0, min(size, 1<<20)), c[:local]...)
	next := int(binary.BigEndian.Uint32(c[local:]))
	for len(all) < size {
		if next == 0 || next == 1 || next == row.Pages[len(row.Pages)-1] {
			return nil, false
		}
		page := f.Page(next)
		if page == nil {
			return nil, false
		}
		row.Pages = append(row.Pages, next)
		all = append(all, page[4:min(f.usable, 4+size-len(all))]...)
		next = int(binary.BigEndian.Uint32(page))
	}
	return all, next == 0
}

// varint reads one of SQLite's numbers, and how many bytes it takes; 0 if it is cut
// off.
func varint(b []byte) (v uint64, used int) {
	for i := range min(9, len(b)) {
		if i == 8 {
			return v<<8 | uint64(b[8]), 9
		}
		v = v<<7 | uint64(b[i]&0x7f)
		if b[i] < 0x80 {
			return v, i + 1
		}
	}
	return 0, 0
}

// record reads the values of a row, which take all of it. Text is UTF-8 without
// U+0000: what is not was damaged.
func record(b []byte) (values []any, ok bool) {
	size, used := varint(b)
	if used == 0 || size < uint64(used) || size > uint64(len(b)) {
		return nil, false
	}
	types, body := b[used:size], b[size:]
	for len(types) > 0 {
		t, used := varint(types)
		if used == 0 {
			return nil, false
		}
		types = types[used:]
		v, n, ok := value(t, body)
		if !ok {
			return nil, false
		}
		values, body = append(values, v), body[n:]
	}
	return values, len(body) == 0
}

// value reads a value of a type and says how many bytes it takes.
func value(t uint64, b []byte) (v any, n int, ok bool) {
	switch {
	case t == 0:
		return nil, 0, true
	case t == 8 || t == 9:
		return int64(t - 8), 0, true
	case t == 10 || t == 11:
		return nil, 0, false // never in a file
	case t <= 7:
		n = []int{0, 1, 2, 3, 4, 6, 8, 8}[t]
	case (t-12)/2 > uint64(len(b)):
		return nil, 0, false
	default:
		n = int(t-12) / 2
	}
	if n > len(b) {
		return nil, 0, false
	}
	b = b[:n]
	switch {
	case t == 7:
		return math.Float64frombits(binary.BigEndian.Uint64(b)), n, true
	case t < 7:
		i := int64(int8(b[0]))
		for _, next := range b[1:] {
			i = i<<8 | int64(next)
		}
		return i, n, true
	case t%2 == 0:
		return append([]byte(nil), b...), n, true
	}
	s := string(b)
	return s, n, utf8.ValidString(s) && !strings.ContainsRune(s, 0)
}

// Table is what the file says of a table or an index of its own.
type Table struct {
	Kind, Name, Of string // table or index; its name; the table that it is of
	Root           int
}

// Tables lists the tables and indexes that can be found.
func (f *File) Tables() []Table {
	var all []Table
	f.Walk(1, false, func(n *Node) bool {
		for _, r := range n.Rows {
			if len(r.Values) < 5 {
				continue
			}
			kind, ok1 := r.Values[0].(string)
			name, ok2 := r.Values[1].(string)
			of, ok3 := r.Values[2].(string)
			root, ok4 := r.Values[3].(int64)
			if ok1 && ok2 && ok3 && ok4 && root > 1 && root <= int64(f.count) {
				all = append(all, Table{kind, name, of, int(root)})
			}
		}
		return true
	})
	return all
}

// Walk goes through the tree at a root from the left, each page once, as long as
// visit takes the pages for its own; whole says that none was missing, of another
// kind, refused or with a cell that could not be read.
func (f *File) Walk(root int, index bool, visit func(*Node) bool) (whole bool) {
	been := map[int]bool{}
	whole = true
	var walk func(page, depth int)
	walk = func(page, depth int) {
		const deepest = 40 // a tree of depth 20 is larger than any file
		if been[page] || depth > deepest {
			whole = false
			return
		}
		been[page] = true
		n, ok := f.Node(page)
		if !ok || n.Index != index || !visit(n) {
			whole = false
			return
		}
		whole = whole && n.Bad == 0
		for _, child := range n.Children {
			walk(child, depth+1)
		}
	}
	walk(root, 0)
	return whole
}
