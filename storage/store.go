package storage

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"sync"
	"sync/atomic"

	"lede/annotate"
)

// store is an open project file. It implements annotate.Store.
type store struct {
	projects *Projects
	path     string // without symbolic links
	shown    string // as it was asked for
	mode     annotate.Mode

	version   int // of the file
	readOnly  bool
	why       string
	waits     bool // it is read-only because another window has it
	sealed    bool // the file or its folder cannot be written to
	immutable bool
	asOf      *annotate.Change // of a project as it was
	discard   string           // the folder of such a copy, which goes when it is closed

	writer *sql.DB // nil when read-only
	reader pool
	watch  *sql.DB // one connection that tells whether anybody has written
	lock   *fileLock
	held   atomic.Pointer[sql.DB] // the connection that holds a log which may not be durable

	checkpoints *checkpointer // nil when read-only
	indexing    *indexer      // the same

	// writing keeps writes of this process in order; SQLite orders those of
	// several processes.
	writing   sync.Mutex
	wal       bool        // there is a log
	place     string      // the identity of the file
	file      os.FileInfo // the file that is written; nil when read-only
	replica   annotate.ID
	importing atomic.Pointer[importer]

	watching sync.Mutex
	seen     int64 // data_version when the following were read
	newest   int64 // position
	schema   int   // version of the schema

	turning sync.Mutex // from reading to writing, or to its end
	closed  bool
	closing sync.Once
}

// Info is what is known about the file.
func (s *store) Info() annotate.Info {
	_, _ = s.Position(context.Background()) // reads the version of the schema anew
	s.watching.Lock()
	defer s.watching.Unlock()
	return annotate.Info{
		Path: s.shown, Replica: s.replica, FileVersion: s.version, SchemaVersion: s.schema,
		ReadOnly: s.readOnly, Why: s.why, AsOf: s.asOf,
	}
}

// Close closes the file. The last to close it leaves exactly one file.
func (s *store) Close() error {
	var err error
	s.closing.Do(func() {
		s.turning.Lock()
		defer s.turning.Unlock()
		s.closed = true
		s.indexing.end()
		s.writing.Lock() // no write is under way
		defer s.writing.Unlock()
		err = s.checkpoints.stop()
		if s.reader != nil {
			err = errors.Join(err, s.reader.Close())
		}
		if s.watch != nil {
			err = errors.Join(err, s.watch.Close())
		}
		missing, moved := s.leaveMoved()
		if !moved && !s.inOtherWindow() {
			_ = s.renewLog(context.Background(), 0) // else the log stays
		}
		if s.writer != nil {
			err = errors.Join(err, s.writer.Close())
		}
		if im := s.importing.Load(); im != nil {
			im.lock.release()
		}
		if missing {
			s.sweepMoved()
		} else if !moved && !s.sealed && s.reader != nil {
			s.settle()
		}
		err = errors.Join(err, s.letGo())
		s.lock.release()
		if s.discard != "" {
			err = errors.Join(err, os.RemoveAll(s.discard))
		}
	})
	return explain("close project", s.shown, err)
}

// Position is the commit position of the newest change. Unless somebody has
// written since, it costs one look at the first page.
func (s *store) Position(ctx context.Context) (int64, error) {
	p, err := s.position(ctx)
	return p, explain("read", s.shown, err)
}

func (s *store) position(ctx context.Context) (int64, error) {
	s.watching.Lock()
	defer s.watching.Unlock()
	if s.watch == nil { // a snapshot
		return s.newest, nil
	}
	var version int64
	if err := s.watch.QueryRowContext(ctx, "PRAGMA data_version").Scan(&version); err != nil {
		return 0, err
	}
	if version == s.seen {
		return s.newest, nil
	}
	newest, schema, err := newestChange(ctx, s.watch)
	if err != nil {
		return 0, err
	}
	s.seen, s.newest, s.schema = version, newest, schema
	s.indexing.wake() // somebody else may have brought articles
	return s.newest, nil
}

// write runs f in one durable transaction. Nothing stops it halfway but an
// error: a context that ends is looked at before and after.
func (s *store) write(ctx context.Context, f func(ctx context.Context, tx *sql.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx)
	if err := s.inPlace(ctx); err != nil {
		return err
	}
	if err := s.useLog(ctx, patience); err != nil {
		return err
	}
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := f(ctx, tx); err != nil {
		return errors.Join(err, ignoreDone(tx.Rollback()))
	}
	if err := tx.Commit(); err != nil {
		err = errors.Join(err, ignoreDone(tx.Rollback()))
		s.disown(ctx)
		return err
	}
	s.checkpoints.wrote(1)
	return nil
}

// ignoreDone passes the error of a rollback, unless the transaction was over.
func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

// refuseReadOnly says why a write is not possible.
func (s *store) refuseReadOnly(op string) error {
	s.watching.Lock()
	readOnly, why := s.readOnly, s.why
	s.watching.Unlock()
	if !readOnly {
		return nil
	}
	return &annotate.Error{
		Kind: annotate.ErrReadOnly, Op: op, Subject: s.shown, Detail: "the project is open for reading only. " + why,
	}
}

// view runs f in one read transaction: everything in it sees the same project.
func (s *store) view(ctx context.Context, f func(tx *sql.Tx) error) error {
	if now, ok := s.reader.(moment); ok {
		return f(now.Tx)
	}
	tx, err := s.reader.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // it only reads
	return f(tx)
}
