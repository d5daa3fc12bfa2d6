package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"lede/annotate"
)

// A project as it was lies in a folder of its own among the temporary files, which only
// its owner may enter: a copy of the project in which all later changes are taken back.
const (
	pastFolder = "lede-as-of-"
	pastLock   = "lock" // held while somebody looks at it
	opAsOf     = "look into the past of"
)

// AsOf is the project as it was after a change.
func (s *store) AsOf(ctx context.Context, position int64, news func(done, total int)) (annotate.Store, error) {
	then, err := s.openPast(ctx, position, news)
	if err != nil {
		return nil, explain(opAsOf, s.shown, ofTemp(s.shown, err))
	}
	return then, nil
}

// ofTemp is an error that says so if there is no room, or no place, for the copy.
func ofTemp(shown string, err error) error {
	var place *os.PathError
	e := &annotate.Error{
		Kind: reason(err).Kind, Op: opAsOf, Subject: shown, Err: err, Hint: "Make room there, or have TMPDIR (on Windows TMP) name another folder.",
		Detail: "the disk of the folder for temporary files (" + os.TempDir() + ") is full, and the copy in which later changes are taken back needs as much room as the project.",
	}
	switch {
	case errors.Is(e.Kind, annotate.ErrFull):
		return e
	case errors.As(err, &place) && (place.Path == os.TempDir() || strings.HasPrefix(filepath.Base(place.Path), pastFolder)):
		e.Kind, e.Detail = annotate.ErrForbidden, "the folder for temporary files ("+os.TempDir()+") cannot be written to."
		e.Hint = "Mend it, or have TMPDIR (on Windows TMP) name another folder."
		return e
	}
	return err
}

func (s *store) openPast(ctx context.Context, position int64, news func(done, total int)) (then *store, err error) {
	if now := len(migrations()); s.version > now {
		return nil, newer(opAsOf, s.shown, s.version)
	}
	if news == nil {
		news = func(int, int) {}
	}
	sweepPasts()
	folder, err := os.MkdirTemp("", pastFolder+"*")
	if err != nil {
		return nil, err
	}
	lock, _, err := takeLock(filepath.Join(folder, pastLock))
	defer func() {
		if err != nil {
			lock.release()
			err = errors.Join(err, os.RemoveAll(folder))
		}
	}()
	if err != nil {
		return nil, err
	}
	path := filepath.Join(folder, "past.lede")
	if err := os.WriteFile(path, nil, newPerm); err != nil {
		return nil, err
	}
	back := &unwinding{position: position, shown: s.shown, news: news}
	if err := s.copyTo(ctx, path, back.copied); err != nil {
		return nil, err
	}
	back.copied(1, 1)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := back.run(ctx, s.projects, path); err != nil {
		return nil, err
	}
	if then, err = s.projects.open(ctx, path, annotate.ModeRead); err != nil {
		return nil, err
	}
	then.shown, then.discard, then.lock, then.asOf = s.shown, folder, lock, &back.change
	then.why = "The project is shown as it was on " + back.change.At().Local().Format("2 January 2006 at 15:04:05") + "."
	return then, nil
}

// sweepPasts removes what programs left that were killed while they showed a project as
// it was: it takes room and holds texts.
func sweepPasts() {
	found, err := filepath.Glob(filepath.Join(escapeGlob(os.TempDir()), pastFolder+"*"))
	if err != nil {
		return
	}
	for _, folder := range found {
		const young = time.Minute // somebody may be about to lock it
		if info, err := os.Lstat(folder); err != nil || !info.IsDir() || time.Since(info.ModTime()) < young {
			continue
		}
		lock, _, err := takeLock(filepath.Join(folder, pastLock))
		if err != nil || lock == nil {
			continue // it is somebody else's, or in use
		}
		lock.release()
		_ = os.RemoveAll(folder) // another program may have been quicker
	}
}

// forget takes what a past project left out of its copy for good: words in the search
// index, and what still stands in pages that are of no use.
func forget(ctx context.Context, path string) error {
	db := connect(path, access{synchronous: "OFF", wait: patience}, 1)
	tx, err := db.BeginTx(ctx, nil)
	if err == nil {
		if err = clearIndex(ctx, tx); err == nil {
			err = tx.Commit()
		} else {
			err = errors.Join(err, tx.Rollback())
		}
	}
	if err == nil {
		_, err = db.ExecContext(ctx, "VACUUM")
	}
	return errors.Join(err, db.Close())
}

// unwinding takes changes back in a copy that nobody knows, so that it needs no journal
// and breaks no promise if it fails.
type unwinding struct {
	position int64 // of the last change that stays
	shown    string
	news     func(done, total int)

	change   annotate.Change // the last that stays
	recount  map[id]bool     // sets whose spans are to be counted; true: their words are new
	articles map[id]bool     // that later changes were about
}

// parts is how many steps there are: one half is the copying.
const parts = 1000

func (u *unwinding) copied(done, total int) { u.news(done*(parts/2)/max(total, 1), parts) }

func (u *unwinding) run(ctx context.Context, p *Projects, path string) error {
	draft := &store{projects: p, path: path, shown: u.shown, wal: true} // there is no log, and need not be
	draft.writer = connect(path, access{synchronous: "OFF", wait: patience}, 1)
	_, err := draft.writer.ExecContext(ctx, "PRAGMA journal_mode=OFF")
	if err == nil {
		err = migrate(ctx, draft.writer, migrations())
	}
	if err == nil {
		err = draft.write(ctx, func(_ context.Context, tx *sql.Tx) error { return u.unwind(ctx, tx) })
	}
	if err == nil {
		err = draft.removeStaged(ctx)
	}
	return errors.Join(err, draft.writer.Close())
}

// unwind takes all later changes back and out of the history.
func (u *unwinding) unwind(ctx context.Context, tx *sql.Tx) error {
	steady := context.WithoutCancel(ctx) // one that ends would close the queries under its feet
	found, err := readChanges(steady, tx, "SELECT "+changeColumns+" FROM change c WHERE c.position = ?", u.position)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return annotate.ErrNotFound
	}
	u.change = found[0]
	u.recount, u.articles = map[id]bool{}, map[id]bool{}
	if err := u.ops(ctx, steady, tx); err != nil {
		return err
	}
	for _, statement := range []string{
		"DELETE FROM op WHERE position > ?", "DELETE FROM change WHERE position > ?",
		"DELETE FROM replica WHERE ? > 0 AND id NOT IN (SELECT replica FROM change)",
	} {
		if _, err := tx.ExecContext(steady, statement, u.position); err != nil {
			return err
		}
	}
	return u.count(steady, tx)
}

// ops takes the ops of later changes back, the last one first.
func (u *unwinding) ops(ctx, steady context.Context, tx *sql.Tx) (err error) {
	var total, done int
	if err := tx.QueryRowContext(steady, "SELECT count(*) FROM op WHERE position > ?", u.position).Scan(&total); err != nil {
		return err
	}
	type located struct {
		positioned
		article id
	}
	ops, err := openCursor(steady, tx, func(row scanner, o *located) (err error) {
		o.position, o.op, err = scanOp(tail{row, []any{as(&o.article)}})
		return err
	}, `SELECT o.position, o.kind, o.record, o.codec, o.before, o.after, coalesce(o.article, '') FROM op o
		WHERE o.position > ? ORDER BY o.position DESC, o.n DESC`, []any{u.position})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, ops.close()) }()
	for ops.next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := u.takeBack(steady, tx, ops.item.op); err != nil {
			var told *annotate.Error
			if errors.Is(err, annotate.ErrConflict) && !errors.As(err, &told) {
				return u.astray(ops.item.position, err)
			}
			return err
		}
		if a := ops.item.article; a != "" {
			u.articles[a] = true
		}
		if done++; done%100 == 0 {
			u.news(parts/2+done*(parts/2-1)/total, parts)
		}
	}
	return ops.err
}

// astray is the error of a history that does not lead back.
func (u *unwinding) astray(position int64, err error) error {
	return &annotate.Error{
		Kind: annotate.ErrDamaged, Op: opAsOf, Subject: u.shown, Err: err,
		Detail: fmt.Sprintf("its history does not lead back there: change %d is not what the project says.", position),
		Hint:   "“lede check” says what is wrong. A backup of that time shows the project as it was, too.",
	}
}

// takeBack takes one op back. What an import brought goes as what a broken-off one
// leaves does: it is staged again, and removed at the end; so are records of the schema,
// which may still be pointed at until then.
func (u *unwinding) takeBack(ctx context.Context, tx *sql.Tx, op annotate.Op) error {
	l := layouts[op.Kind]
	now, err := storedRecord(ctx, tx, key{op.Kind, op.ID})
	if err != nil {
		return err
	}
	if !annotate.SameRecord(now, op.After) {
		return &annotate.ConflictError{Kind: op.Kind, ID: op.ID}
	}
	before, was := op.Before.(annotate.Span)
	after, is := op.After.(annotate.Span)
	if is {
		u.recount[after.Set] = u.recount[after.Set] || was
	}
	if was {
		u.recount[before.Set] = true
	}
	switch {
	case op.Before != nil && op.After != nil:
		if err := l.update(ctx, tx, op.After, op.Before); err != nil || !reworded(op) {
			return err
		}
		_, err = tx.ExecContext(ctx, "UPDATE article SET doc = NULL WHERE id = ?", string(op.ID)) // it is looked through
		return err
	case op.Before != nil:
		return l.create(ctx, tx, op.Before)
	case op.Kind == annotate.KindImport || l.soft:
		_, err := tx.ExecContext(ctx, "UPDATE "+l.table+" SET state = 'staged' WHERE id = ?", string(op.ID))
		return err
	}
	return l.remove(ctx, tx, op.ID)
}

// count brings what is kept by the program alone, and is in no op, up to date.
func (u *unwinding) count(ctx context.Context, tx *sql.Tx) error {
	put, err := tx.PrepareContext(ctx, "UPDATE span SET words = ? WHERE id = ?")
	if err != nil {
		return err
	}
	defer put.Close()
	texts := textOf{ctx: ctx, q: tx}
	for set, words := range u.recount {
		if _, err := tx.ExecContext(ctx, "UPDATE annotation_set SET spans = (SELECT count(*) FROM span p WHERE p.set_id = ?1) WHERE id = ?1", string(set)); err != nil {
			return err
		}
		if !words {
			continue
		}
		if err := fillSet(ctx, tx, put, &texts, set); err != nil {
			return err
		}
	}
	for article := range u.articles {
		_, err := tx.ExecContext(ctx, "UPDATE article SET edited = coalesce((SELECT max(o.position) FROM op o WHERE o.article = ?1), 0) WHERE id = ?1", string(article))
		if err != nil {
			return err
		}
	}
	return nil
}
