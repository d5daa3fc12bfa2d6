package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"

	"lede/annotate"
)

// Has says whether a record of the kind is or was there, seen or not.
func (s *store) Has(ctx context.Context, k kind, i id) (bool, error) {
	l := layouts[k]
	if l == nil {
		return false, nil
	}
	var there bool
	err := s.reader.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM "+l.table+" WHERE id = ?1) OR EXISTS (SELECT 1 FROM op WHERE record = ?1 AND kind = ?2)",
		string(i), string(k)).Scan(&there)
	if err == nil && !there {
		if im := s.importing.Load(); im != nil {
			im.mu.Lock()
			there = im.staged[key{k, i}] != nil
			im.mu.Unlock()
		}
	}
	return there, explain("read", s.shown, err)
}

const changeColumns = "c.position, c.id, c.replica, c.seq, c.clock, c.actor, c.cause, c.title, c.article, coalesce(c.undoes, ''), coalesce(c.redoes, ''), coalesce(c.replaced, ''), c.purged"

func scanChange(row scanner) (c annotate.Change, err error) {
	err = row.Scan(&c.Position, as(&c.ID), as(&c.Replica), &c.Seq, &c.Clock, &c.Actor, as(&c.Cause), &c.Title,
		as(&c.Article), as(&c.Undoes), as(&c.Redoes), into(&c.Replaced), &c.Purged)
	return c, err
}

// History lists changes in commit order.
func (s *store) History(ctx context.Context, q annotate.HistoryQuery) ([]annotate.Change, error) {
	var changes []annotate.Change
	err := s.view(ctx, func(tx *sql.Tx) (err error) {
		l := &listing{from: []string{"change c"}}
		l.and("c.position > ?", q.After)
		if len(q.IDs) > 0 {
			raw, err := compact(q.IDs)
			if err != nil {
				return err
			}
			l.and("c.id IN (SELECT value FROM json_each(?))", string(raw))
		}
		if q.Actor != "" {
			l.and("c.actor = ?", q.Actor)
		}
		if q.Article != "" {
			l.and("(c.article = ? OR c.position IN (SELECT o.position FROM op o WHERE o.article = ?))", string(q.Article), string(q.Article))
		}
		if q.StackedOnly {
			l.and("c.cause NOT IN (?, ?, ?, ?)", string(annotate.CauseCreate), string(annotate.CauseBaseline), string(annotate.CauseCompact), string(annotate.CausePurge))
		}
		order, limit := "", -1
		if q.Newest {
			order = " DESC"
		}
		if q.Limit > 0 {
			limit = q.Limit
		}
		changes, err = readChanges(ctx, tx, "SELECT "+changeColumns+l.String()+" ORDER BY c.position"+order+" LIMIT ?", append(l.args, limit)...)
		if err == nil && !q.WithoutOps {
			err = readOps(ctx, tx, changes)
		}
		return err
	})
	return changes, explain("read history of", s.shown, err)
}

// Touches counts the ops of a change by kind.
func (s *store) Touches(ctx context.Context, change id) (annotate.Touches, error) {
	touches := annotate.Touches{}
	rows, err := s.reader.QueryContext(ctx, `SELECT o.kind, count(*) FROM op o
		WHERE o.position = (SELECT c.position FROM change c WHERE c.id = ?) GROUP BY o.kind`, string(change))
	if err == nil {
		_, err = collect(rows, func(row scanner) (none struct{}, err error) {
			var k kind
			var n int
			err = row.Scan(as(&k), &n)
			touches[k] = n
			return none, err
		})
	}
	if err != nil {
		return nil, explain("read history of", s.shown, err)
	}
	if len(touches) == 0 {
		return nil, annotate.ErrNotFound
	}
	return touches, nil
}

// LastChange is the newest change that touched a record.
func (s *store) LastChange(ctx context.Context, k kind, i id) (annotate.Change, error) {
	var changes []annotate.Change
	err := s.view(ctx, func(tx *sql.Tx) (err error) {
		changes, err = readChanges(ctx, tx, "SELECT "+changeColumns+` FROM change c WHERE c.position =
			(SELECT max(o.position) FROM op o WHERE o.record = ? AND o.kind = ?)`, string(i), string(k))
		if err == nil {
			err = readOps(ctx, tx, changes)
		}
		return err
	})
	if err != nil {
		return annotate.Change{}, explain("read history of", s.shown, err)
	}
	if len(changes) == 0 {
		return annotate.Change{}, annotate.ErrNotFound
	}
	return changes[0], nil
}

func readChanges(ctx context.Context, q queries, query string, args ...any) ([]annotate.Change, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	return collect(rows, scanChange)
}

// opsAtOnce is for how many changes ops are read with one query.
const opsAtOnce = 500

// readOps reads the ops of changes.
func readOps(ctx context.Context, q queries, changes []annotate.Change) error {
	at := map[int64]*annotate.Change{}
	for i := range changes {
		at[changes[i].Position] = &changes[i]
	}
	for some := range slices.Chunk(changes, opsAtOnce) {
		positions := make([]int64, len(some))
		for i, c := range some {
			positions[i] = c.Position
		}
		raw, err := json.Marshal(positions)
		if err != nil {
			return err
		}
		rows, err := q.QueryContext(ctx, `SELECT o.position, o.kind, o.record, o.codec, o.before, o.after FROM op o
			WHERE o.position IN (SELECT value FROM json_each(?)) ORDER BY o.position, o.n`, string(raw))
		if err != nil {
			return err
		}
		_, err = collect(rows, func(row scanner) (none struct{}, err error) {
			position, op, err := scanOp(row)
			if err == nil {
				at[position].Ops = append(at[position].Ops, op)
			}
			return none, err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// scanOp reads an op, upgrading records of an older codec.
func scanOp(row scanner) (position int64, op annotate.Op, err error) {
	var codec int
	var before, after sql.NullString
	if err := row.Scan(&position, as(&op.Kind), as(&op.ID), &codec, &before, &after); err != nil {
		return 0, op, err
	}
	var errs [2]error
	if before.Valid {
		op.Before, errs[0] = annotate.DecodeRecord(op.Kind, codec, json.RawMessage(before.String))
	}
	if after.Valid {
		op.After, errs[1] = annotate.DecodeRecord(op.Kind, codec, json.RawMessage(after.String))
	}
	return position, op, errors.Join(errs[0], errs[1])
}
