package storage

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"time"

	"lede/annotate"
)

const opCompact = "compact the history of"

// PlanCompaction says what would be given up of the changes made before a time.
func (s *store) PlanCompaction(ctx context.Context, before time.Time) (c annotate.Compaction, err error) {
	err = s.view(ctx, func(tx *sql.Tx) error {
		var through, all int64
		err := tx.QueryRowContext(ctx, `SELECT coalesce((SELECT min(position) - 1 FROM change WHERE clock >= ?), max(position), 0), coalesce(max(position), 0)
			FROM change`, before.UnixMilli()<<16).Scan(&through, &all)
		if err == nil {
			c.Replaced, c.Fresh, err = replacedBy(ctx, tx, through)
		}
		if err != nil {
			return err
		}
		if c.Fresh == 0 {
			return annotate.NothingToCompact(s.shown)
		}
		c.Kept = int(all - through)
		return tx.QueryRowContext(ctx, `SELECT coalesce(sum(200 + coalesce(length(before), 0) + coalesce(length(after), 0)), 0)
			FROM op WHERE position <= ?`, through).Scan(&c.Bytes)
	})
	return c, explain(opCompact, s.shown, err)
}

// replacedBy is what stands for the changes up to a position, and how many of them are
// there.
func replacedBy(ctx context.Context, q queries, through int64) (r annotate.Replaced, fresh int, err error) {
	rows, err := q.QueryContext(ctx, "SELECT "+changeColumns+", c.schema_version FROM change c WHERE c.position <= ? ORDER BY c.position", through)
	if err != nil {
		return r, 0, err
	}
	_, err = collect(rows, func(row scanner) (none struct{}, err error) {
		var schema int
		c, err := scanChange(tail{row, []any{&schema}})
		if err == nil {
			r.Add(c, schema)
			if c.Replaced == nil {
				fresh++
			}
		}
		return none, err
	})
	return r, fresh, err
}

// changesAtOnce is how many changes are given up between two looks at whether all is
// to be given up.
const changesAtOnce = 500

// Compact gives up the changes up to a position.
func (s *store) Compact(ctx context.Context, actor string, through int64, news func(done, total int)) (done annotate.Change, err error) {
	if err := s.refuseReadOnly(opCompact); err != nil {
		return done, err
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	err = s.write(ctx, func(steady context.Context, tx *sql.Tx) error {
		r, fresh, err := replacedBy(steady, tx, through)
		switch {
		case err != nil:
			return err
		case fresh == 0 || int64(r.Changes) != through:
			return annotate.NothingToCompact(s.shown)
		}
		dead, err := s.deadBehind(steady, tx, through)
		if err != nil {
			return err
		}
		c := annotate.Change{ID: s.projects.opt.Env.NewID(), Actor: actor, Cause: annotate.CauseCompact, Title: annotate.CompactTitle(fresh)}
		if done, err = s.record(steady, tx, c); err != nil {
			return err
		}
		if err := giveUp(ctx, tx, through, news); err != nil {
			return err
		}
		return beginAnew(steady, tx, actor, r, dead)
	})
	if err == nil {
		s.checkpoints.wrote(writesBehind)
	}
	return done, explain(opCompact, s.shown, err)
}

// giveUp removes the changes up to a position, but for the first and the last, and what
// all of them say. The context is looked at between steps.
func giveUp(ctx context.Context, tx queries, through int64, news func(done, total int)) error {
	steady := context.WithoutCancel(ctx)
	var from int64
	if err := tx.QueryRowContext(steady, "SELECT coalesce(min(position), 0) FROM op WHERE position <= ?", through).Scan(&from); err != nil {
		return err
	}
	for first := from; first <= through; first += changesAtOnce {
		if err := ctx.Err(); err != nil {
			return err
		}
		last := min(through, first+changesAtOnce-1)
		if _, err := tx.ExecContext(steady, "DELETE FROM op WHERE position BETWEEN ? AND ?", first, last); err != nil {
			return err
		}
		if news != nil {
			news(int(last-from+1), int(through-from+1))
		}
	}
	// What is left of those that were taken back, or brought back, is what that did.
	for _, refers := range []string{"undoes", "redoes"} {
		_, err := tx.ExecContext(steady, "UPDATE change SET "+refers+" = NULL WHERE position > ?1 AND "+refers+
			" IN (SELECT o.id FROM change o WHERE o.position <= ?1)", through)
		if err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(steady, "DELETE FROM change WHERE position < ?1 AND position > (SELECT min(position) FROM change)", through)
	return err
}

// beginAnew makes one change of the first and the last of those that were given up.
func beginAnew(ctx context.Context, tx queries, actor string, r annotate.Replaced, dead []annotate.Op) error {
	ops, err := encodeOps(dead)
	if err != nil {
		return err
	}
	said, err := compact(r)
	if err != nil {
		return err
	}
	through := int64(r.Changes)
	var origin string
	if err := tx.QueryRowContext(ctx, "SELECT id FROM change ORDER BY position LIMIT 1").Scan(&origin); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM change WHERE position < ?", through); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE change SET id = ?, actor = ?, cause = ?, title = ?, article = '', undoes = NULL, redoes = NULL, purged = 0, replaced = ?
		WHERE position = ?`, origin, actor, string(annotate.CauseBaseline), annotate.BaselineTitle, string(said), through)
	if err != nil {
		return err
	}
	return recordOps(ctx, tx, through, ops, make([]place, len(ops)))
}

// pointsAt are the tables whose rows stay when they are deleted, each with the column of
// another that points at them.
var pointsAt = []struct {
	kind   kind
	column string
}{
	{annotate.KindLabel, "label FROM span"},
	{annotate.KindRelationType, "type FROM relation"},
	{annotate.KindEntity, "entity FROM span WHERE entity IS NOT NULL"},
	{annotate.KindAnnotator, "annotator FROM annotation_set"},
}

// deadBehind removes the deleted rows that only changes up to a position speak of, and
// returns ops that end those which cannot go: something in the bin, or that an undone
// import brought, points at them.
func (s *store) deadBehind(ctx context.Context, tx queries, through int64) (ops []annotate.Op, err error) {
	for _, p := range pointsAt {
		l := layouts[p.kind]
		behind := "state = 'deleted' AND NOT EXISTS (SELECT 1 FROM op o WHERE o.record = t.id AND o.kind = ? AND o.position > ?)"
		if _, err := tx.ExecContext(ctx, "DELETE FROM "+l.table+" AS t WHERE "+behind+" AND id NOT IN (SELECT "+p.column+")", string(p.kind), through); err != nil {
			return nil, err
		}
		rows, err := tx.QueryContext(ctx, "SELECT "+l.fields()+" FROM "+l.table+" t WHERE "+behind, string(p.kind), through)
		if err != nil {
			return nil, err
		}
		dead, err := collect(rows, l.scan)
		if err != nil {
			return nil, err
		}
		slices.SortFunc(dead, func(a, b record) int { return strings.Compare(string(a.RecordID()), string(b.RecordID())) })
		for _, r := range dead {
			ops = append(ops, annotate.Delete(r))
		}
	}
	return ops, nil
}

// baseline is what the first change stands for, nil if it stands for none but itself.
func baseline(ctx context.Context, q queries) (r *annotate.Replaced, err error) {
	err = q.QueryRowContext(ctx, "SELECT coalesce(replaced, '') FROM change ORDER BY position LIMIT 1").Scan(into(&r))
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return r, err
}
