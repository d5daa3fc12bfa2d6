package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"sync"

	"lede/annotate"
)

// maxBatch is how many articles one Add may bring.
const maxBatch = 1000

// errDone is what an importer says after its Commit or Abort.
var errDone = errors.New("this import is over")

// BeginImport starts a bulk import. One runs at a time, whoever started it.
func (s *store) BeginImport(ctx context.Context, info annotate.Import) (annotate.Importer, error) {
	const op = "import into"
	if err := s.refuseReadOnly(op); err != nil {
		return nil, err
	}
	im, err := s.beginImport(ctx, info)
	if err != nil {
		return nil, explain(op, s.shown, err)
	}
	return im, nil
}

func (s *store) beginImport(ctx context.Context, info annotate.Import) (im *importer, err error) {
	lock, err := s.takeImportLock()
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			lock.release()
		}
	}()
	if err := s.removeStaged(ctx); err != nil {
		return nil, err
	}
	if info.ID == "" {
		info.ID = s.projects.opt.Env.NewID()
	}
	info.State, info.Articles, info.Sets, info.Spans = annotate.ImportStaged, 0, 0, 0
	im = &importer{
		store: s, lock: lock, info: info,
		staged: map[key]record{}, used: map[key]bool{},
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := tx.QueryRowContext(ctx, "SELECT coalesce(max(ord), 0) FROM article").Scan(&im.order); err != nil {
			return err
		}
		return imports.create(ctx, tx, info)
	})
	if err != nil {
		return nil, err
	}
	s.importing.Store(im)
	return im, nil
}

// takeImportLock takes the lock that says that an import is running.
func (s *store) takeImportLock() (*fileLock, error) {
	lock, holder, err := takeLock(s.path + importLock)
	if err == nil && lock == nil {
		err = &annotate.Error{
			Kind: annotate.ErrBusy, Op: "import into", Subject: s.shown,
			Detail: fmt.Sprintf("another import is running: %s.", holder), Hint: "Wait until it is done.",
		}
	}
	return lock, err
}

// importer stages what an import brings. It implements annotate.Importer.
type importer struct {
	store *store
	lock  *fileLock

	mu      sync.Mutex
	info    annotate.Import
	order   int64 // of the last article
	defined []annotate.Op
	staged  map[key]record // what defined creates
	used    map[key]bool   // labels, entities, … that staged rows refer to
	known   bool           // it adds to articles that were there
	done    bool
}

// Define stages ordinary ops. Rows that staged spans and sets will point at are
// written now, unseen; all ops are carried out by Commit.
func (im *importer) Define(ctx context.Context, ops []annotate.Op) error {
	im.mu.Lock()
	defer im.mu.Unlock()
	if im.done {
		return errDone
	}
	if _, err := encodeOps(ops); err != nil {
		return err
	}
	s := im.store
	s.writing.Lock()
	defer s.writing.Unlock()
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		for _, op := range ops {
			if im.staged[key{op.Kind, op.ID}] == nil {
				now, err := layouts[op.Kind].current(ctx, tx, op.ID)
				if err != nil {
					return err
				}
				if !annotate.SameRecord(now, op.Before) {
					return &annotate.ConflictError{Kind: op.Kind, ID: op.ID}
				}
			}
			l := layouts[op.Kind]
			if op.Before != nil || !l.soft || op.After == nil {
				continue
			}
			if err := l.create(ctx, tx, op.After); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, "UPDATE "+l.table+" SET state = 'staged' WHERE id = ?", string(op.ID)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return explain("import into", s.shown, err)
	}
	for _, op := range ops {
		if op.After != nil {
			im.staged[key{op.Kind, op.ID}] = op.After
		}
	}
	im.defined = append(im.defined, ops...)
	return nil
}

// Commit makes everything live in one small transaction, whose change has the
// defined ops, those of c, and the creation of the import, in this order.
func (im *importer) Commit(ctx context.Context, c annotate.Change) (annotate.Change, error) {
	im.mu.Lock()
	defer im.mu.Unlock()
	if im.done {
		return c, errDone
	}
	info := im.info
	info.State = annotate.ImportLive
	whole := c
	whole.Ops = slices.Concat(im.defined, c.Ops, []annotate.Op{annotate.Create(info)})
	done, err := im.store.commit(ctx, whole, im)
	if err != nil {
		return c, explain("import into", im.store.shown, err)
	}
	im.end()
	return done, nil
}

// Abort removes everything that was staged.
func (im *importer) Abort(ctx context.Context) error {
	im.mu.Lock()
	defer im.mu.Unlock()
	if im.done {
		return nil
	}
	err := im.store.removeStaged(context.WithoutCancel(ctx))
	im.end() // what could not be removed is a leftover for the next
	return explain("import into", im.store.shown, err)
}

func (im *importer) end() {
	im.done = true
	im.lock.release()
	im.store.importing.Store(nil)
}

// checkUsed refuses to make the import live if what its rows refer to has gone,
// or their place was taken, while they were staged.
func (im *importer) checkUsed(ctx context.Context, q queries) error {
	look := newLookup(ctx, q)
	for k := range im.used {
		if !look.Exists(k.kind, k.id) && look.err == nil {
			return refused(im.info, "%s %s, which it refers to, is not there any more", k.kind, k.id)
		}
	}
	if look.err != nil {
		return look.err
	}
	r := revived[0]
	if err := taken(ctx, q, im.info, r.why, r.query, string(im.info.ID)); err != nil {
		return err
	}
	if !im.known {
		return nil
	}
	for _, r := range revived[1:3] {
		if err := taken(ctx, q, im.info, r.why, r.query, string(im.info.ID)); err != nil {
			return err
		}
	}
	return nil
}

// removeLeftovers removes what a crashed import left, unless one is running, and
// the lock files of programs that were killed.
func (s *store) removeLeftovers(ctx context.Context) error {
	if s.lock == nil && exists(s.path+windowLock) {
		if lock, _, err := takeLock(s.path + windowLock); err == nil {
			lock.release()
		}
	}
	var staged int
	err := s.writer.QueryRowContext(ctx, "SELECT count(*) FROM import WHERE state = 'staged'").Scan(&staged)
	if err != nil || (staged == 0 && !exists(s.path+importLock)) {
		return err
	}
	lock, err := s.takeImportLock()
	if err != nil {
		return err
	}
	defer lock.release()
	return s.removeStaged(ctx)
}

// removeStaged removes staged rows, some at a time, so that nobody waits long
// for a turn. The caller holds the import lock.
func (s *store) removeStaged(ctx context.Context) error {
	for {
		more, err := s.removeSome(ctx)
		if err != nil || !more {
			return err
		}
	}
}

const someStaged = 500

func (s *store) removeSome(ctx context.Context) (more bool, err error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	err = s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		sets, err := idsOf(ctx, tx, `SELECT s.id FROM import i JOIN annotation_set s ON s.import = i.id
			WHERE i.state = 'staged' LIMIT ?`, someStaged)
		if err != nil {
			return err
		}
		if len(sets) == 0 {
			articles, err := idsOf(ctx, tx, `SELECT a.id FROM import i JOIN article a ON a.import = i.id
				WHERE i.state = 'staged' LIMIT ?`, someStaged)
			if err != nil {
				return err
			}
			if len(articles) == 0 {
				return removeDefined(ctx, tx)
			}
			more = true
			return removeRows(ctx, tx, nil, articles)
		}
		more = true
		return removeRows(ctx, tx, sets, nil)
	})
	return more, err
}

func idsOf(ctx context.Context, q queries, query string, args ...any) ([]id, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(row scanner) (i id, err error) { return i, row.Scan(as(&i)) })
}

// removeRows removes sets with all that is in them, and articles with those
// texts that no other article has.
func removeRows(ctx context.Context, tx queries, sets, articles []id) error {
	for _, step := range []struct {
		query string
		ids   []id
	}{
		{"DELETE FROM relation WHERE set_id IN (SELECT value FROM json_each(?))", sets},
		{"DELETE FROM span WHERE set_id IN (SELECT value FROM json_each(?))", sets},
		{"DELETE FROM annotation_set WHERE id IN (SELECT value FROM json_each(?))", sets},
		{`DELETE FROM text WHERE hash IN (SELECT text_hash FROM article WHERE id IN (SELECT value FROM json_each(?1)))
			AND NOT EXISTS (SELECT 1 FROM article a WHERE a.text_hash = text.hash AND a.id NOT IN (SELECT value FROM json_each(?1)))`, articles},
		{"DELETE FROM article WHERE id IN (SELECT value FROM json_each(?))", articles},
	} {
		if len(step.ids) == 0 {
			continue
		}
		raw, err := compact(step.ids)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, step.query, string(raw)); err != nil {
			return err
		}
	}
	return nil
}

// removeDefined removes the schema rows that were staged and the imports
// themselves. A row that the history knows was deleted before.
func removeDefined(ctx context.Context, tx queries) error {
	for k, l := range layouts {
		if !l.soft {
			continue
		}
		for _, query := range []string{
			"DELETE FROM %s WHERE state = 'staged' AND NOT EXISTS (SELECT 1 FROM op o WHERE o.record = id AND o.kind = ?)",
			"UPDATE %s SET state = 'deleted' WHERE state = 'staged' AND ? <> ''",
		} {
			if _, err := tx.ExecContext(ctx, fmt.Sprintf(query, l.table), string(k)); err != nil {
				return err
			}
		}
	}
	_, err := tx.ExecContext(ctx, "DELETE FROM import WHERE state = 'staged'")
	return err
}
