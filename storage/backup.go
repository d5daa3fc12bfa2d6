package storage

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/mattn/go-sqlite3"

	"lede/annotate"
)

// A copy is made in steps of so many pages, 4 MB, with a breath between them, so that
// whoever works in the project meanwhile gets at the disk.
const (
	pagesAtOnce = 1000
	breath      = 2 * time.Millisecond
)

// Backup writes a consistent copy of the project, as one file that needs no
// other, to path, which must not exist. It gets its name when SQLite has read
// through all of it. What a snapshot copies is its moment.
func (s *store) Backup(ctx context.Context, path string) error {
	const op = "back up to"
	if exists(path) {
		return explain(op, path, fs.ErrExist)
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return &annotate.Error{
			Kind: annotate.ErrNotFound, Op: op, Subject: path, Detail: "there is no such folder.", Hint: "Make the folder first.", Err: err,
		}
	}
	draft, err := draftName(path)
	if err != nil {
		return explain(op, path, err)
	}
	defer removeAll(draft)
	if err := s.copyTo(ctx, draft, nil); err != nil {
		return explain(op, path, err)
	}
	if s.asOf != nil {
		if err := forget(ctx, draft); err != nil {
			return explain(op, path, err)
		}
	}
	if err := s.readThrough(ctx, draft); err != nil {
		return explain(op, path, err)
	}
	return explain(op, path, publish(draft, path))
}

// copyTo writes the whole database, as it is at one moment, to an empty file. news, if
// there is any, is told how many of how many pages are there.
func (s *store) copyTo(ctx context.Context, draft string, news func(done, total int)) error {
	if now, ok := s.reader.(moment); ok {
		return copyFrom(ctx, now.raw, draft, news)
	}
	if _, moved := s.moved(); moved && s.writer != nil {
		return s.copyMoved(ctx, draft, news)
	}
	now, err := s.snapshot(ctx)
	if err != nil {
		return err
	}
	return errors.Join(now.copyTo(ctx, draft, news), now.Close())
}

// copyFrom copies what a connection sees.
func copyFrom(ctx context.Context, raw func(func(*sqlite3.SQLiteConn) error) error, draft string, news func(done, total int)) error {
	into := connect(draft, access{create: true, synchronous: "OFF", wait: patience}, 1)
	err := raw(func(from *sqlite3.SQLiteConn) error {
		return rawConn(ctx, into, func(to *sqlite3.SQLiteConn) error { return copySteps(ctx, from, to, news) })
	})
	if err = errors.Join(err, into.Close()); err != nil {
		return err
	}
	// The copy of a project that is open says that it has a log beside it. A connection
	// of its own has to see that to set it right.
	into = connect(draft, access{synchronous: "OFF", wait: patience}, 1)
	_, err = into.ExecContext(ctx, "PRAGMA journal_mode=DELETE")
	return errors.Join(err, into.Close())
}

// copySteps copies a whole database into an empty one, bit by bit. The read
// transaction of from keeps it the same meanwhile.
func copySteps(ctx context.Context, from, to *sqlite3.SQLiteConn, news func(done, total int)) error {
	b, err := to.Backup("main", from, "main")
	if err != nil {
		return err
	}
	left, moved := -1, time.Now()
	for {
		done, err := b.Step(pagesAtOnce)
		if err = errors.Join(err, ctx.Err()); err != nil || done {
			return errors.Join(err, b.Finish())
		}
		if now := b.Remaining(); now != left {
			left, moved = now, time.Now()
			if total := b.PageCount(); news != nil {
				news(total-left, total)
			}
		} else if time.Since(moved) > patience { // somebody is in the way, of which the driver says nothing
			return errors.Join(sqlite3.Error{Code: sqlite3.ErrBusy}, b.Finish())
		}
		time.Sleep(breath)
	}
}

// readThrough has SQLite read all of a copy.
func (s *store) readThrough(ctx context.Context, draft string) error {
	db := connect(draft, access{queriesOnly: true, synchronous: "FULL", wait: patience}, 1)
	err := quickCheck(ctx, db)
	return errors.Join(err, db.Close())
}

// quickCheck has SQLite read all of a file and looks whether it adds up.
func quickCheck(ctx context.Context, db queries) error {
	var says string
	if err := db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&says); err != nil {
		return err
	}
	if says != "ok" {
		return sqlite3.Error{Code: sqlite3.ErrCorrupt}
	}
	return nil
}

// copyInto copies the whole database into a new file, which appears whole or not
// at all.
func copyInto(ctx context.Context, db *sql.DB, path string) error {
	draft, err := draftName(path)
	if err != nil {
		return err
	}
	defer removeAll(draft)
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", draft); err != nil {
		return err
	}
	return publish(draft, path)
}
