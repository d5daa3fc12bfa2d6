package storage

import (
	"context"
	"database/sql"
	"errors"

	"github.com/mattn/go-sqlite3"

	"lede/annotate"
)

// pool is where a store reads: a pool of connections, or one moment of the file.
type pool interface {
	queries
	BeginTx(ctx context.Context, opts *sql.TxOptions) (*sql.Tx, error)
	Close() error
}

// moment is a read transaction that stays open: whatever is asked of it, it answers
// from the project as it was when it began.
type moment struct {
	*sql.Tx
	conn *sql.Conn // on which it is
	db   *sql.DB
}

// raw lends the connection of the moment.
func (m moment) raw(use func(*sqlite3.SQLiteConn) error) error {
	return m.conn.Raw(func(c any) error { return use(c.(*sqlite3.SQLiteConn)) })
}

// BeginTx implements pool. Nobody calls it: view sees the moment first.
func (m moment) BeginTx(context.Context, *sql.TxOptions) (*sql.Tx, error) {
	return nil, errors.New("a snapshot is one transaction")
}

// Close ends the transaction and closes its connection.
func (m moment) Close() error {
	return errors.Join(ignoreDone(m.Rollback()), m.conn.Close(), m.db.Close())
}

// Snapshot is the project as it is now, on a connection of its own.
func (s *store) Snapshot(ctx context.Context) (annotate.Store, error) {
	now, err := s.snapshot(ctx)
	if err != nil {
		return nil, explain("read", s.shown, err)
	}
	return now, nil
}

func (s *store) snapshot(ctx context.Context) (*store, error) {
	db := connect(s.path, s.readAccess(), 1)
	ctx = context.WithoutCancel(ctx)
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return nil, errors.Join(err, conn.Close(), db.Close())
	}
	now := &store{
		projects: s.projects, path: s.path, shown: s.shown, mode: annotate.ModeRead, version: s.version, readOnly: true,
		why: "It is read as it was at one moment.", sealed: true, immutable: s.immutable, asOf: s.asOf, replica: s.replica, reader: moment{tx, conn, db},
	}
	now.newest, now.schema, err = newestChange(ctx, tx) // the first query is the moment
	if err != nil {
		return nil, errors.Join(err, now.reader.Close())
	}
	return now, nil
}

// newestChange is the position of the newest change and the version of the schema.
func newestChange(ctx context.Context, q queries) (position int64, schema int, err error) {
	err = q.QueryRowContext(ctx, "SELECT position, schema_version FROM change ORDER BY position DESC LIMIT 1").Scan(&position, &schema)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return position, schema, err
}
