package storage

import (
	"database/sql"
	"errors"
	"fmt"
	"hash/maphash"

	"lede/annotate"
)

// traced is what the history says about one record: how it first appeared and
// how it was left.
type traced struct {
	created bool   // the first op creates it; otherwise an import brought it
	last    uint64 // hash of the last After; 0 for none
	imp     id     // the import that brought its annotation set
}

// fold adds the ops of the history up.
type fold struct {
	*checker
	seed   maphash.Seed
	traces map[key]*traced
	began  map[id]annotate.Import // imports as their change says
}

// history checks that changes are complete and in order, that each op begins
// where the one before it ended, and that the tables hold what the ops add up
// to: with the rows that imports brought, neither more nor less.
func (c *checker) history() error {
	f := &fold{checker: c, seed: maphash.MakeSeed(), traces: map[key]*traced{}, began: map[id]annotate.Import{}}
	for _, step := range []func() error{f.changes, f.ops, f.current, f.untraced, f.brought} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// changes checks positions, sequence numbers and clocks.
func (f *fold) changes() error {
	var position int64
	seqs, clocks := map[id]int64{}, map[id]annotate.Clock{}
	return f.each("SELECT "+changeColumns+" FROM change c ORDER BY c.position", func(row scanner) error {
		c, err := scanChange(row)
		if err != nil {
			return err
		}
		where := fmt.Sprintf("change %d", c.Position)
		if c.Position != position+1 {
			f.add(where, "A change before it is missing.")
		}
		if c.Seq != seqs[c.Replica]+1 {
			f.add(where, "It is number %d of its replica, after number %d.", c.Seq, seqs[c.Replica])
		}
		if c.Clock <= clocks[c.Replica] {
			f.add(where, "Its clock goes back.")
		}
		position, seqs[c.Replica], clocks[c.Replica] = c.Position, c.Seq, c.Clock
		return nil
	})
}

func (f *fold) hash(r record) (uint64, error) {
	if r == nil {
		return 0, nil
	}
	raw, err := annotate.EncodeRecord(r)
	return maphash.Bytes(f.seed, raw) | 1, err // never 0
}

// ops follows every record through the history.
func (f *fold) ops() error {
	var last int64
	return f.each("SELECT o.position, o.kind, o.record, o.codec, o.before, o.after, coalesce(o.import, ''), o.n FROM op o ORDER BY o.position, o.n",
		func(row scanner) error {
			var imp id
			var n int64
			position, op, err := scanOp(tail{row, []any{as(&imp), &n}})
			where := fmt.Sprintf("change %d", position)
			if err != nil {
				f.add(where, "An op cannot be read: %s.", err)
				return nil
			}
			if position == last && n == 0 || position != last && n != 0 {
				f.add(where, "An op of it is missing.")
			}
			last = position
			return f.op(where, op, imp)
		})
}

func (f *fold) op(where string, op annotate.Op, imp id) error {
	before, err1 := f.hash(op.Before)
	after, err2 := f.hash(op.After)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	k := key{op.Kind, op.ID}
	t := f.traces[k]
	switch {
	case t == nil:
		t = &traced{created: op.Before == nil, imp: imp}
		f.traces[k] = t
		if op.Before != nil && (!bulk(op.Kind) || imp == "" && ofSet(op.Kind)) {
			f.add(where, "It alters %s %s, which nothing created.", op.Kind, op.ID)
		}
	case t.last != before:
		f.add(where, "It takes %s %s for other than the change before it left it.", op.Kind, op.ID)
	}
	t.last = after
	if after, ok := op.After.(annotate.Import); ok && op.Before == nil {
		f.began[op.ID] = after
	}
	return nil
}

// bulk says whether an import brings records of the kind without ops.
func bulk(k kind) bool {
	switch k {
	case annotate.KindArticle, annotate.KindArticleState, annotate.KindSet, annotate.KindSpan, annotate.KindRelation:
		return true
	default:
		return false
	}
}

// ofSet says whether records of the kind lie in an annotation set, or are one.
func ofSet(k kind) bool {
	return k == annotate.KindSet || k == annotate.KindSpan || k == annotate.KindRelation
}

// tail reads further columns after those that a scan asks for.
type tail struct {
	scanner
	more []any
}

// Scan implements scanner.
func (t tail) Scan(dest ...any) error { return t.scanner.Scan(append(dest, t.more...)...) }

// current compares what the history adds up to with the tables.
func (f *fold) current() error {
	for k, t := range f.traces {
		now, err := f.stored(k)
		if err != nil {
			return err
		}
		hash, err := f.hash(now)
		if err != nil {
			return err
		}
		if hash != t.last {
			f.add(fmt.Sprintf("%s %s", k.kind, k.id), "It is not as the history left it.")
		}
	}
	return nil
}

// stored reads a record whether it is shown or not.
func (f *fold) stored(k key) (record, error) {
	l := layouts[k.kind]
	where := "true"
	if l.soft {
		where = l.shown
	}
	r, err := l.scan(f.q.QueryRowContext(f.ctx, "SELECT "+l.fields()+" FROM "+l.table+" t WHERE t.id = ? AND "+where, string(k.id)))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return r, err
}

// untraced finds rows that neither an op nor an import brought.
func (f *fold) untraced() error {
	for k, l := range layouts {
		if k == annotate.KindArticleState {
			continue
		}
		query := "SELECT t.id FROM " + l.table + " t WHERE NOT EXISTS (SELECT 1 FROM op o WHERE o.record = t.id AND o.kind = ?)"
		switch k {
		case annotate.KindImport:
			query += " AND t.state <> 'staged'"
		case annotate.KindArticle, annotate.KindSet:
			query += " AND t.import IS NULL"
		case annotate.KindSpan, annotate.KindRelation:
			query += " AND NOT EXISTS (SELECT 1 FROM annotation_set s WHERE s.id = t.set_id AND s.import IS NOT NULL)"
		default:
			if l.soft {
				query += " AND t.state = 'live'"
			}
		}
		err := f.each(query, func(row scanner) error {
			var i string
			err := row.Scan(&i)
			f.add(fmt.Sprintf("%s %s", k, i), "No change of the history made it.")
			return err
		}, string(k))
		if err != nil {
			return err
		}
	}
	return nil
}

// brought counts what each import brought: the rows that are there and were not
// made by an op, and those that ops have deleted since.
func (f *fold) brought() error {
	type counts struct{ articles, sets, spans int }
	found := map[id]*counts{}
	for imp := range f.began {
		found[imp] = &counts{}
	}
	count := func(k kind, query string, add func(*counts)) error {
		return f.each(query, func(row scanner) error {
			var i, imp id
			if err := row.Scan(as(&i), as(&imp)); err != nil {
				return err
			}
			if t := f.traces[key{k, i}]; found[imp] != nil && (t == nil || !t.created) {
				add(found[imp])
			}
			return nil
		})
	}
	for _, err := range []error{
		count(annotate.KindArticle, "SELECT id, import FROM article WHERE import IS NOT NULL", func(c *counts) { c.articles++ }),
		count(annotate.KindSet, "SELECT id, import FROM annotation_set WHERE import IS NOT NULL", func(c *counts) { c.sets++ }),
		count(annotate.KindSpan, "SELECT p.id, s.import FROM span p JOIN annotation_set s ON s.id = p.set_id WHERE s.import IS NOT NULL",
			func(c *counts) { c.spans++ }),
	} {
		if err != nil {
			return err
		}
	}
	for k, t := range f.traces { // imported, and deleted since
		if c := found[t.imp]; c != nil && !t.created && t.last == 0 {
			switch k.kind {
			case annotate.KindSet:
				c.sets++
			case annotate.KindSpan:
				c.spans++
			default: // the rest is not counted, or never deleted
			}
		}
	}
	for imp, said := range f.began {
		if c := found[imp]; c.articles != said.Articles || c.sets != said.Sets || c.spans != said.Spans {
			f.add("import "+string(imp), "It brought %d articles, %d annotation sets and %d spans; %d, %d and %d are there.",
				said.Articles, said.Sets, said.Spans, c.articles, c.sets, c.spans)
		}
	}
	return nil
}
