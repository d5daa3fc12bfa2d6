package storage

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/mattn/go-sqlite3"

	"lede/annotate"
	"lede/annotate/text"
	"lede/storage/pages"
)

// wreck is a table of a damaged file, as far as its rows can be told from those of
// others. Every later version has added columns at the end.
type wreck struct {
	name  string
	least int // values of a row in version 1
	index bool
	looks func(v []any) bool // what the types of the columns do not say

	columns []wreckColumn
	put     map[int]*sql.Stmt // by the number of values
	got     rowSet
	doubted rowSet     // of got, those whose id another row has as well
	ranges  [][2]int64 // rowids of the leaves that the tree leads to
	known   bool       // all rowids and ids that there are, by its first index
	refused int        // rows that are none of this table's, or that contradict it
	missing bool       // a page of the tree could not be read
}

// wreckColumn is a column as the table was made.
type wreckColumn struct {
	name    string
	integer bool
	null    bool
}

// wrecks are the tables whose rows are looked for. Rows that no tree leads to
// belong to the first that they look like.
func wrecks() []*wreck {
	hash := func(v any) bool { s, _ := v.(string); return len(s) == 64 && strings.Trim(s, "0123456789abcdef") == "" }
	one := func(v any, of ...string) bool { s, ok := v.(string); return ok && slices.Contains(of, s) }
	state := func(v any) bool { return one(v, "staged", "live", "deleted") }
	full := func(v any) bool { return v != "" }
	return []*wreck{
		{name: "text", least: 2, looks: func(v []any) bool { return hash(v[0]) && text.SHA256(v[1].(string)) == v[0] }},
		{name: "article", least: 18, looks: func(v []any) bool {
			return full(v[0]) && full(v[1]) && hash(v[10]) && one(v[15], "live", "deleted")
		}},
		{name: "annotation_set", least: 10, looks: func(v []any) bool {
			return full(v[0]) && one(v[3], "new", "in_progress", "done", "skipped")
		}},
		{name: "span", least: 11, looks: func(v []any) bool {
			_, ok := parseFragments(v[5].(string))
			return full(v[0]) && ok
		}},
		{name: "label", least: 13, looks: func(v []any) bool { return full(v[0]) && state(v[11]) }},
		{name: "relation_type", least: 10, looks: func(v []any) bool { return full(v[0]) && state(v[8]) }},
		{name: "attribute", least: 10, looks: func(v []any) bool { return full(v[0]) && (v[7] == int64(0) || v[7] == int64(1)) }},
		{name: "import", least: 8, looks: func(v []any) bool { return full(v[0]) && one(v[1], "staged", "live", "undone") }},
		{name: "relation", least: 8, looks: func(v []any) bool { return full(v[0]) && full(v[1]) && full(v[3]) && full(v[4]) }},
		{name: "entity", least: 6, looks: func(v []any) bool { return full(v[0]) && state(v[4]) }},
		{name: "annotator", least: 5, looks: func(v []any) bool { return full(v[0]) && state(v[3]) }},
		{name: "rule", least: 5, looks: func(v []any) bool { return full(v[0]) }},
		{name: "op", least: 9, index: true, looks: func(v []any) bool {
			return layouts[kind(v[2].(string))] != nil && full(v[3]) && (v[5] != nil || v[6] != nil)
		}},
	}
}

// fits says whether values can be a row of the table.
func (w *wreck) fits(v []any) bool {
	if len(v) < w.least || len(v) > len(w.columns) {
		return false
	}
	for i, c := range w.columns[:len(v)] {
		_, number := v[i].(int64)
		_, words := v[i].(string)
		if v[i] == nil && !c.null || v[i] != nil && (c.integer && !number || !c.integer && !words) {
			return false
		}
	}
	return w.looks(v)
}

// rowSet is a set of rowids, which lie close together.
type rowSet map[int64]uint64

func (s rowSet) add(i int64)      { s[i>>6] |= 1 << (i & 63) }
func (s rowSet) has(i int64) bool { return s[i>>6]&(1<<(i&63)) != 0 }

// gatherer takes rows out of a damaged file into a scratch file, which has the
// tables of a project of today. Rowids stay as they are, so that indexes tell of
// rows that cannot be read.
type gatherer struct {
	ctx      context.Context
	from     *pages.File
	tx       *sql.Tx
	tables   []*wreck
	claimed  map[int]bool // pages that trees lead to
	contests []contest
	doubts   []doubt
	news     func(done int)
	read     int
}

// prepare learns the columns of the tables.
func (g *gatherer) prepare() error {
	g.tables, g.claimed = wrecks(), map[int]bool{}
	for _, w := range g.tables {
		rows, err := g.tx.QueryContext(g.ctx, "SELECT name, type = 'INTEGER', \"notnull\" = 0 FROM pragma_table_info(?)", w.name)
		if err != nil {
			return err
		}
		w.columns, err = collect(rows, func(row scanner) (c wreckColumn, err error) { return c, row.Scan(&c.name, &c.integer, &c.null) })
		if err != nil {
			return err
		}
		w.put, w.got, w.doubted = map[int]*sql.Stmt{}, rowSet{}, rowSet{}
	}
	_, err := g.tx.ExecContext(g.ctx, "CREATE TABLE hint (ix TEXT, row INTEGER, a, b, PRIMARY KEY (ix, row)) WITHOUT ROWID")
	return err
}

func (g *gatherer) table(name string) *wreck {
	at := slices.IndexFunc(g.tables, func(w *wreck) bool { return w.name == name })
	if at < 0 {
		return nil
	}
	return g.tables[at]
}

// gather takes what the trees lead to, then what the indexes know of the rest, and
// then what lies on pages that belong to no tree any more.
func (g *gatherer) gather() error {
	if err := g.prepare(); err != nil {
		return err
	}
	var failed error
	listed := g.from.Tables()
	for _, t := range listed {
		w := g.table(t.Name)
		if t.Kind != "table" || w == nil || failed != nil {
			continue
		}
		w.missing = !g.from.Walk(t.Root, w.index, func(n *pages.Node) bool {
			took, err := g.leaf(w, n, nil)
			failed = errors.Join(failed, err)
			return took && failed == nil
		})
	}
	for _, t := range listed {
		if failed == nil && t.Kind == "index" {
			failed = g.hints(t)
		}
	}
	if failed != nil {
		return failed
	}
	if err := g.settle(); err != nil {
		return err
	}
	return g.orphans()
}

// leaf takes the rows of a page, if it is one of the table's. may asks which rows of
// a page that no tree leads to are to be taken.
func (g *gatherer) leaf(w *wreck, n *pages.Node, may func(pages.Row) (bool, error)) (took bool, err error) {
	if err := g.tick(); err != nil {
		return false, err
	}
	var fitting []pages.Row
	for _, r := range n.Rows {
		if w.fits(r.Values) {
			fitting = append(fitting, r)
		}
	}
	if len(n.Rows) > 0 && len(fitting) == 0 {
		return false, nil
	}
	w.refused += n.Bad + len(n.Rows) - len(fitting)
	g.claimed[n.Page] = true
	if may == nil && len(fitting) > 0 && !w.index {
		w.ranges = append(w.ranges, [2]int64{fitting[0].ID, fitting[len(fitting)-1].ID})
	}
	for _, r := range fitting {
		if may != nil {
			if ok, err := may(r); err != nil || !ok {
				if err != nil {
					return false, err
				}
				continue
			}
		}
		if err := g.keep(w, r); err != nil {
			return false, err
		}
	}
	return true, nil
}

// tick tells how many pages were read, and stops when nobody waits any more.
func (g *gatherer) tick() error {
	g.read++
	if g.news != nil && g.read%256 == 0 {
		g.news(min(g.read, g.from.Count()))
	}
	return g.ctx.Err()
}

// keep writes a row into the scratch file. A row that contradicts what a table asks
// of its rows is refused.
func (g *gatherer) keep(w *wreck, r pages.Row) error {
	values := r.Values
	stmt := w.put[len(values)]
	if stmt == nil {
		names := make([]string, len(values))
		for i := range values {
			names[i] = `"` + w.columns[i].name + `"`
		}
		if !w.index {
			names = append(names, "rowid")
		}
		var err error
		stmt, err = g.tx.PrepareContext(g.ctx, fmt.Sprintf("INSERT INTO %s (%s) VALUES (?%s)",
			w.name, strings.Join(names, ", "), strings.Repeat(", ?", len(names)-1)))
		if err != nil {
			return err
		}
		w.put[len(values)] = stmt
	}
	if !w.index {
		values = append(slices.Clone(values), r.ID)
	}
	_, err := stmt.ExecContext(g.ctx, values...)
	var sq sqlite3.Error
	if errors.As(err, &sq) && sq.Code == sqlite3.ErrConstraint {
		return g.contested(w, r)
	}
	if err == nil && !w.index {
		w.got.add(r.ID)
	}
	return err
}

// hinting are the indexes that tell something of rows that cannot be read: the
// table, and which of their values are kept.
var hinting = map[string]struct {
	table string
	a, b  int
}{
	"article_ref":            {"article", 0, -1},
	"article_text":           {"article", 0, -1},
	"article_ord":            {"article", 0, -1},
	"annotation_set_article": {"annotation_set", 0, 1},
	"span_set":               {"span", 0, 1},
	"span_words":             {"span", 0, -1},
	"relation_set":           {"relation", 0, -1},
}

// idIndex is the name of the index over the ids of a table.
func idIndex(table string) string { return "sqlite_autoindex_" + table + "_1" }

// hints keeps what an index says of rows that were not found.
func (g *gatherer) hints(t pages.Table) error {
	w, of := g.table(t.Of), hinting[t.Name]
	ids := t.Name == idIndex(t.Of)
	if w == nil || w.index || !ids && of.table != t.Of {
		return nil
	}
	if ids {
		of.b = -1
	}
	put, err := g.tx.PrepareContext(g.ctx, "INSERT OR IGNORE INTO hint (ix, row, a, b) VALUES (?, ?, ?, ?)")
	if err != nil {
		return err
	}
	defer put.Close()
	labelOf, err := g.tx.PrepareContext(g.ctx, "SELECT label FROM span WHERE rowid = ?")
	if err != nil {
		return err
	}
	defer labelOf.Close()
	whole := g.from.Walk(t.Root, true, func(n *pages.Node) bool {
		if err == nil {
			err = g.tick()
		}
		g.claimed[n.Page] = true
		for _, r := range n.Rows {
			row, ok := r.Values[len(r.Values)-1].(int64)
			if err != nil || !ok || len(r.Values) < of.a+2 {
				continue
			}
			var b any
			if of.b >= 0 && len(r.Values) >= of.b+2 { // an old file's has fewer
				b = r.Values[of.b]
			}
			if w.got.has(row) && (!ids || !w.doubted.has(row)) {
				if t.Name == "span_set" {
					err = g.doubtLabel(labelOf, row, b)
				}
				continue
			}
			_, err = put.ExecContext(g.ctx, t.Name, row, r.Values[of.a], b)
		}
		return err == nil
	})
	if ids {
		w.known = whole
	}
	return err
}

// orphans takes rows from pages to which no tree leads any more. Pages that are free
// are left alone: what stands on them was deleted.
func (g *gatherer) orphans() error {
	free := g.from.Free()
	for _, w := range g.tables {
		slices.SortFunc(w.ranges, func(a, b [2]int64) int { return cmp.Compare(a[0], b[0]) })
	}
	for page := 1; page <= g.from.Count(); page++ {
		if g.claimed[page] || free[page] {
			continue
		}
		if err := g.tick(); err != nil {
			return err
		}
		n, ok := g.from.Node(page)
		if !ok || len(n.Rows) == 0 {
			continue
		}
		if w := g.ownerOf(n); w != nil {
			if _, err := g.leaf(w, n, func(r pages.Row) (bool, error) { return g.believes(w, n, r) }); err != nil {
				return err
			}
		}
	}
	return nil
}

// ownerOf is the table like which most rows of a page look.
func (g *gatherer) ownerOf(n *pages.Node) (owner *wreck) {
	most := 0
	for _, w := range g.tables {
		if w.index != n.Index || !n.Index && !n.Leaf {
			continue
		}
		found := 0
		for _, r := range n.Rows {
			if w.fits(r.Values) {
				found++
			}
		}
		if found > most {
			owner, most = w, found
		}
	}
	return owner
}

// believes says whether a row on a page that no tree leads to is one of the table's
// and not an old copy: the index of ids knows it, or, where that is damaged, no page
// of the tree has rows of that range.
func (g *gatherer) believes(w *wreck, n *pages.Node, r pages.Row) (bool, error) {
	if w.index {
		return true, nil
	}
	if w.got.has(r.ID) {
		return false, nil
	}
	var named string
	err := g.tx.QueryRowContext(g.ctx, "SELECT a FROM hint WHERE ix = ? AND row = ?", idIndex(w.name), r.ID).Scan(&named)
	switch {
	case err == nil:
		return named == r.Values[0], nil
	case !errors.Is(err, sql.ErrNoRows):
		return false, err
	case w.known:
		return false, nil
	}
	first, last := n.Rows[0].ID, n.Rows[len(n.Rows)-1].ID
	at, _ := slices.BinarySearchFunc(w.ranges, first, func(of [2]int64, id int64) int { return cmp.Compare(of[1], id) })
	return at == len(w.ranges) || w.ranges[at][0] > last, nil
}

// left lists rows that were found and did not fit, and trees with gaps, by table.
func (g *gatherer) left() (found []annotate.Problem) {
	names := map[string]string{"op": "history", "annotation_set": "annotation sets", "relation_type": "relation types", "entity": "entities"}
	for _, w := range g.tables {
		if w.refused == 0 {
			continue
		}
		name := names[w.name]
		if name == "" {
			name = w.name + "s"
		}
		found = append(found, annotate.Problem{
			Where: name, What: fmt.Sprintf("%d rows were found that are damaged themselves. They are left out.", w.refused),
		})
	}
	return found
}
