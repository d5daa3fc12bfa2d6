package storage

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/mattn/go-sqlite3"
)

// applicationID marks a file as a Lede project ("LEDE"), for this program, for
// file(1) and for desktops.
const applicationID = 0x4C454445

// readers is how many connections may read at once; a stream of documents holds
// one of them.
const readers = 4

// patience is how long a connection waits for another program's write.
const patience = 5 * time.Second

// queries is what a transaction, a connection and a pool have in common.
type queries interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// access says how a connection uses the file.
type access struct {
	create      bool          // make the file if it is not there
	readOnly    bool          // SQLite opens the file for reading
	immutable   bool          // nobody can change it: no locks, no -shm
	queriesOnly bool          // the file is open for writing, this connection does not write
	synchronous string        // EXTRA, which makes the end of a rollback journal durable, too; OFF for drafts
	wait        time.Duration // for other programs
	version     int           // of a file that is read as it is; 0 = the newest
}

// connector opens connections for a pool of database/sql.
type connector struct {
	dsn string
	drv *sqlite3.SQLiteDriver
}

func (c *connector) Connect(context.Context) (driver.Conn, error) { return c.drv.Open(c.dsn) }
func (c *connector) Driver() driver.Driver                        { return c.drv }

// connect returns a pool of at most n connections that never lets go of one.
func connect(path string, a access, n int) *sql.DB {
	db := sql.OpenDB(&connector{dsn: dsn(path, a), drv: &sqlite3.SQLiteDriver{
		ConnectHook: func(c *sqlite3.SQLiteConn) error { return prepareConn(c, a) },
	}})
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	return db
}

// dsn names the file and what must be known before the first statement. The
// driver ignores keys it does not know without a word; a test reads every
// setting back.
func dsn(path string, a access) string {
	q := url.Values{}
	q.Set("mode", "rw")
	if a.create {
		q.Set("mode", "rwc")
	}
	if a.readOnly {
		q.Set("mode", "ro")
	}
	if a.immutable {
		q.Set("immutable", "1")
	}
	if !a.readOnly && !a.queriesOnly {
		q.Set("_txlock", "immediate")
	}
	q.Set("_busy_timeout", fmt.Sprint(a.wait.Milliseconds()))
	q.Set("_stmt_cache_size", "64")
	return "file:" + uriPath(path) + "?" + q.Encode()
}

// uriPath escapes a path for SQLite's file: URIs.
func uriPath(path string) string {
	p := filepath.ToSlash(path)
	if runtime.GOOS == "windows" && filepath.VolumeName(path) != "" && !strings.HasPrefix(p, "/") {
		p = "/" + p // file:///C:/…
	}
	return (&url.URL{Path: p}).EscapedPath()
}

// settings are the pragmas of every connection, and what each reads back as.
func settings(a access) [][3]string {
	s := [][3]string{
		{"foreign_keys", "ON", "1"},
		{"synchronous", a.synchronous, map[string]string{"EXTRA": "3", "OFF": "0"}[a.synchronous]},
		{"fullfsync", "ON", "1"},
		{"checkpoint_fullfsync", "ON", "1"},
		{"trusted_schema", "OFF", "0"},
		{"cell_size_check", "ON", "1"},
		{"temp_store", "MEMORY", "2"},
		{"cache_size", "-16384", "-16384"},
		{"busy_timeout", fmt.Sprint(a.wait.Milliseconds()), fmt.Sprint(a.wait.Milliseconds())},
	}
	if a.queriesOnly {
		return append(s, [3]string{"query_only", "ON", "1"})
	}
	s = append(s, [3]string{"wal_autocheckpoint", fmt.Sprint(pagesBehind), fmt.Sprint(pagesBehind)})
	return s
}

// prepareConn sets a fresh connection up.
func prepareConn(c *sqlite3.SQLiteConn, a access) error {
	for _, s := range settings(a) {
		if s[0] == "query_only" { // it keeps views from being made, and temp_store, before it, removes them
			if err := addColumns(c, a.version); err != nil {
				return err
			}
		}
		if _, err := c.Exec("PRAGMA "+s[0]+"="+s[1], nil); err != nil {
			return err
		}
	}
	return errors.Join(c.RegisterFunc("lede_value", hasValue, true), registerWords(c))
}
