package storage

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"

	"lede/annotate"
)

// traced is what the history says about one record: how it first appeared and how it
// was left.
type traced struct {
	key
	created bool   // the first op creates it; otherwise an import brought it
	last    []byte // the last After, as JSON; nil for none
	imp     id     // the import that brought its annotation set
}

// counts are what an import brought.
type counts struct{ articles, sets, spans int }

func (c *counts) add(k kind, n int) {
	switch {
	case c == nil: // an import of which the history knows nothing, which is told elsewhere
	case k == annotate.KindArticle:
		c.articles += n
	case k == annotate.KindSet:
		c.sets += n
	case k == annotate.KindSpan:
		c.spans += n
	}
}

// fold adds the ops of the history up, record by record, so that memory does not grow
// with it.
type fold struct {
	*checker
	at    *traced
	began map[id]annotate.Import // imports as their change says
	found map[id]*counts
	since *annotate.Replaced // what was given up of the history, nil for nothing
}

// history checks that changes are complete and in order, that each op begins
// where the one before it ended, and that the tables hold what the ops add up
// to: with the rows that imports brought, neither more nor less.
func (c *checker) history() error {
	f := &fold{checker: c, began: map[id]annotate.Import{}, found: map[id]*counts{}}
	for _, step := range []func() error{f.changes, f.complete, f.rows, f.all, f.untraced, f.brought} {
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
		if c.Replaced != nil && position == 0 {
			f.since = c.Replaced
			end := f.since.End(c.Replica)
			if c.Position != int64(f.since.Changes) || end.Seq != c.Seq || end.Clock() != c.Clock {
				f.add(where, "The history was compacted, and this is not the change for which it stands.")
			}
			position = c.Position
			for _, e := range f.since.Replicas {
				seqs[e.Replica], clocks[e.Replica] = e.Seq, e.Clock()
			}
			return nil
		}
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

// complete finds changes of which an op is missing.
func (f *fold) complete() error {
	return f.each("SELECT position FROM op GROUP BY position HAVING count(*) <> max(n) + 1", func(row scanner) error {
		var position int64
		err := row.Scan(&position)
		f.add(fmt.Sprintf("change %d", position), "An op of it is missing.")
		return err
	})
}

// rows counts what is there of each import.
func (f *fold) rows() error {
	for _, of := range []struct {
		kind  kind
		query string
	}{
		{annotate.KindImport, "SELECT id, 0 FROM import"},
		{annotate.KindArticle, "SELECT import, count(*) FROM article WHERE import IS NOT NULL GROUP BY import"},
		{annotate.KindSet, "SELECT import, count(*) FROM annotation_set WHERE import IS NOT NULL GROUP BY import"},
		{annotate.KindSpan, `SELECT s.import, count(*) FROM span p JOIN annotation_set s ON s.id = p.set_id
			WHERE s.import IS NOT NULL GROUP BY s.import`},
	} {
		if err := f.counted(of.kind, of.query); err != nil {
			return err
		}
	}
	return nil
}

// counted counts rows of a kind, which a query finds, for the imports that brought them.
func (f *fold) counted(k kind, query string, args ...any) error {
	return f.each(query, func(row scanner) error {
		var imp id
		var n int
		err := row.Scan(as(&imp), &n)
		if f.found[imp] == nil {
			f.found[imp] = &counts{}
		}
		f.found[imp].add(k, n)
		return err
	}, args...)
}

// all follows every record through the history: the index has its ops together, in
// their order.
func (f *fold) all() error { return f.ops("FROM op o INDEXED BY op_record") }

// ops follows the records of some ops o through the history.
func (f *fold) ops(from string, args ...any) error {
	err := f.each("SELECT o.position, o.kind, o.record, o.codec, o.before, o.after, coalesce(o.import, '') "+from+" ORDER BY o.record, o.kind, o.position, o.n",
		func(row scanner) error {
			var imp id
			position, op, err := scanOp(tail{row, []any{as(&imp)}})
			where := fmt.Sprintf("change %d", position)
			if err != nil {
				f.add(where, "An op cannot be read: %s.", err)
				return nil
			}
			return f.op(where, op, imp)
		}, args...)
	return errors.Join(err, f.left())
}

func (f *fold) op(where string, op annotate.Op, imp id) error {
	before, err1 := encodedOrNone(op.Before)
	after, err2 := encodedOrNone(op.After)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	k := key{op.Kind, op.ID}
	switch {
	case f.at == nil || f.at.key != k:
		if err := f.left(); err != nil {
			return err
		}
		f.at = &traced{key: k, created: op.Before == nil, imp: imp}
		if op.Before != nil && f.since == nil && (!bulk(op.Kind) || imp == "" && ofSet(op.Kind)) {
			f.add(where, "It alters %s %s, which nothing created.", op.Kind, op.ID)
		}
	case !bytes.Equal(f.at.last, before):
		f.add(where, "It takes %s %s for other than the change before it left it.", op.Kind, op.ID)
	}
	f.at.last = after
	if after, ok := op.After.(annotate.Import); ok && op.Before == nil {
		f.began[op.ID] = after
	}
	return nil
}

func encodedOrNone(r record) ([]byte, error) {
	if r == nil {
		return nil, nil
	}
	return annotate.EncodeRecord(r)
}

// left compares how the history left the record at which the fold is with the tables,
// and takes it out of what its import brought, or puts it there, if ops made it or took
// it away.
func (f *fold) left() error {
	t := f.at
	if t == nil {
		return nil
	}
	now, err := f.stored(t.key)
	if err != nil {
		return err
	}
	there, err := encodedOrNone(now)
	if err != nil {
		return err
	}
	if !bytes.Equal(there, t.last) {
		f.add(fmt.Sprintf("%s %s", t.kind, t.id), "It is not as the history left it.")
	}
	switch {
	case t.created && now != nil:
		f.found[t.imp].add(t.kind, -1)
	case !t.created && t.last == nil:
		f.found[t.imp].add(t.kind, 1)
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

func (f *fold) stored(k key) (record, error) { return storedRecord(f.ctx, f.q, k) }

// storedRecord reads a record whether it is shown or not; nil for none.
func storedRecord(ctx context.Context, q queries, k key) (record, error) {
	l := layouts[k.kind]
	where := "true"
	if l.soft {
		where = l.shown
	}
	r, err := l.scan(q.QueryRowContext(ctx, "SELECT "+l.fields()+" FROM "+l.table+" t WHERE t.id = ? AND "+where, string(k.id)))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return r, err
}

// untraced finds rows that neither an op nor an import brought. Of a compacted history
// nobody can say.
func (f *fold) untraced() error {
	if f.since != nil {
		return nil
	}
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

// brought compares what each import brought with what its change says: the rows that are
// there and were not made by an op, and those that ops have deleted since.
func (f *fold) brought() error {
	for imp, said := range f.began {
		c := f.found[imp]
		if c == nil {
			c = &counts{}
		}
		if c.articles != said.Articles || c.sets != said.Sets || c.spans != said.Spans {
			f.add("import "+string(imp), "It brought %d articles, %d annotation sets and %d spans; %d, %d and %d are there.",
				said.Articles, said.Sets, said.Spans, c.articles, c.sets, c.spans)
		}
	}
	return nil
}
