package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/mattn/go-sqlite3"

	"lede/annotate"
)

// probe finds out, without writing, whether the file is a project, and returns
// its version.
func (s *store) probe(ctx context.Context) (version int, err error) {
	a := s.readAccess()
	// Whoever is the last to let go of a file takes its log in, unless he can only
	// read. A damaged file and the log beside it stay as they are.
	a.readOnly = a.readOnly || exists(s.path+"-wal")
	version, err = s.header(ctx, a)
	var sq sqlite3.Error
	if err != nil && a.readOnly && !s.sealed && errors.As(err, &sq) && (sq.Code == sqlite3.ErrCantOpen || sq.Code == sqlite3.ErrReadonly) {
		version, err = s.header(ctx, s.readAccess()) // the log went away meanwhile, or cannot be read so
	}
	if err != nil && s.sealed && errors.As(err, &sq) && (sq.Code == sqlite3.ErrCantOpen || sq.Code == sqlite3.ErrReadonly) && !exists(s.path+"-wal") {
		// A file that was left in write-ahead mode needs files beside it that
		// cannot be made here. Without a log there is nothing but the file.
		s.immutable = true
		version, err = s.header(ctx, s.readAccess())
	}
	if errors.As(err, &sq) && sq.Code == sqlite3.ErrNotADB && s.looksLikeDatabase() {
		return 0, &annotate.Error{
			Kind: annotate.ErrDamaged, Op: "open project", Subject: s.shown, Detail: sayDamaged, Hint: hintDamaged, Err: err,
		}
	}
	return version, err
}

// header reads what marks a file as a project.
func (s *store) header(ctx context.Context, a access) (version int, err error) {
	db := connect(s.path, a, 1)
	defer db.Close()
	var app, tables int
	if err := db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&app); err != nil {
		return 0, err
	}
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
		return 0, err
	}
	if short, err := s.truncated(ctx, db); err != nil || short {
		return 0, errors.Join(err, &annotate.Error{
			Kind: annotate.ErrDamaged, Op: "open project", Subject: s.shown, Detail: "the end of the file is missing.", Hint: hintDamaged,
		})
	}
	if app != applicationID {
		return 0, &annotate.Error{Kind: annotate.ErrForeign, Op: "open project", Subject: s.shown, Detail: sayForeign, Hint: hintForeign}
	}
	var stored int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&stored); err != nil {
		return 0, err
	}
	version, since := versionOf(stored)
	switch current := len(migrations()); {
	case version > current && since > current:
		return 0, newer("open project", s.shown, version)
	case version < 1:
		return 0, &annotate.Error{Kind: annotate.ErrDamaged, Op: "open project", Subject: s.shown, Detail: sayDamaged, Hint: hintDamaged}
	}
	return version, nil // an older one can be read as it is
}

// lookThrough reads what a window reads before anything can be done in it, and says if that is
// damaged: to prepare for writing changes the file, and a damaged one is to stay what it is.
// What else is in the way tells by itself.
func (s *store) lookThrough(ctx context.Context, version int) error {
	if s.mode != annotate.ModeWindow || s.readOnly {
		return nil
	}
	a := s.readAccess()
	a.version = version
	db := connect(s.path, a, 1)
	defer db.Close()
	err := (&store{projects: s.projects, path: s.path, shown: s.shown, reader: db, version: version}).readBeginning(ctx)
	const op = "open project"
	if !errors.Is(explain(op, s.shown, err), annotate.ErrDamaged) {
		return nil
	}
	return &annotate.Error{Kind: annotate.ErrDamaged, Op: op, Subject: s.shown, Detail: sayDamaged, Hint: hintDamaged, Err: err}
}

// readBeginning reads what opening and a window begin with.
func (s *store) readBeginning(ctx context.Context) error {
	if _, err := s.Schema(ctx); err != nil {
		return err
	}
	if _, err := s.Annotators(ctx); err != nil {
		return err
	}
	for _, query := range []string{ // however long the project is, it is opened at once
		"SELECT total(length(actor)) FROM (SELECT actor FROM change ORDER BY position DESC LIMIT 1)",
		"SELECT total(length(format)) FROM import",
		"SELECT count(*) FROM replica WHERE installation = '' AND file = ''",
	} {
		if err := s.reader.QueryRowContext(ctx, query).Scan(new(float64)); err != nil {
			return err
		}
	}
	_, err := s.Articles(ctx, annotate.ArticleQuery{Limit: 1})
	return err
}

// versionOf takes the number apart that a file has for a version: in the lower half
// the version itself, in the upper one the earliest version whose program can read the
// file. A file with nothing there is read by programs of its own version and later.
func versionOf(stored int) (version, since int) {
	version, since = stored&0xffff, stored>>16&0xffff
	if stored < 0 || since == 0 {
		since = version
	}
	return version, since
}

// onlyRead makes a store of a file of a newer Lede that can be read read-only.
func (s *store) onlyRead(version int) {
	if version <= len(migrations()) {
		return
	}
	s.readOnly = true
	s.why = fmt.Sprintf("It was made by a newer Lede (file version %d, this program knows %d). Update Lede to change it.", version, len(migrations()))
	s.lock.release()
	s.lock = nil
}

// newer is the error of a file that only a later version can read.
func newer(op, subject string, version int) error {
	return &annotate.Error{
		Kind: annotate.ErrNewer, Op: op, Subject: subject,
		Detail: fmt.Sprintf("the file was made by a newer Lede (file version %d, this program knows %d).", version, len(migrations())),
		Hint:   "Update Lede and open it again.",
	}
}

// truncated says whether a file at rest is shorter than it says; SQLite itself
// overlooks what is missing of the last page.
func (s *store) truncated(ctx context.Context, db queries) (bool, error) {
	info, err := os.Stat(s.path)
	if err != nil || exists(s.path+"-wal") {
		return false, err
	}
	var pages, size int64
	if err := db.QueryRowContext(ctx, "PRAGMA page_count").Scan(&pages); err != nil {
		return false, err
	}
	if err := db.QueryRowContext(ctx, "PRAGMA page_size").Scan(&size); err != nil {
		return false, err
	}
	return info.Size() < pages*size, nil
}

// looksLikeDatabase says whether a file that SQLite does not take for a database
// begins like one, or has pages of one. SQLite has no lock on such a file, so that
// it may be opened here.
func (s *store) looksLikeDatabase() bool {
	f, err := os.Open(s.path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 16)
	n, _ := f.Read(head)
	if strings.HasPrefix("SQLite format 3\x00", string(head[:n])) && n >= 8 {
		return true
	}
	_, closeAll, err := openPages(s.path)
	if err == nil {
		closeAll()
	}
	return err == nil
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func (s *store) readAccess() access {
	return access{
		readOnly: s.sealed, immutable: s.immutable, queriesOnly: true, version: s.version,
		synchronous: s.projects.opt.synchronous, wait: patience,
	}
}

func (s *store) writeAccess() access {
	return access{synchronous: s.projects.opt.synchronous, wait: patience}
}

// connect opens the pools, and for a writer brings the file up to date and
// removes what a crashed import left behind.
func (s *store) connect(ctx context.Context, version int) error {
	s.version = version
	if !s.readOnly {
		if err := s.connectWriter(ctx, version); err != nil {
			return err
		}
	}
	s.reader = connect(s.path, s.readAccess(), readers)
	s.watch = connect(s.path, s.readAccess(), 1)
	if !s.readOnly {
		s.startIndexer()
	}
	_, err := s.position(ctx)
	return err
}

// connectWriter opens the pool that writes, brings the file up to date and removes what
// a crashed import left behind.
func (s *store) connectWriter(ctx context.Context, version int) error {
	sweepDrafts(filepath.Dir(s.path))
	s.writer = connect(s.path, s.writeAccess(), 1)
	if err := s.useLog(ctx, patience/100); err != nil && !s.wal && !busy(err) {
		return err
	} // with a log there is something to read at least, on a full disk, too; each write tries again
	if steps := migrations(); version < len(steps) {
		if err := s.renewLog(ctx, patience); err != nil {
			return err
		}
		if err := s.backupVersion(ctx, version); err != nil {
			return err
		}
		if err := migrate(ctx, s.writer, steps); err != nil {
			return err
		}
		s.version = len(steps)
	}
	s.remember()
	if err := s.loadReplica(ctx); err != nil {
		return err
	}
	switch err := explain("open project", s.shown, s.removeLeftovers(ctx)); {
	case errors.Is(err, annotate.ErrBusy), errors.Is(err, annotate.ErrFull): // they go another time
	case err != nil:
		return err
	}
	s.checkpoints = startCheckpointer(s.path, s.writeAccess(), func() bool {
		_, moved := s.moved() // another file may have the name: its log is not this one
		return s.held.Load() == nil && !moved
	})
	return nil
}

// loadReplica finds which replica this file is in this installation. A file that
// was copied is none yet: it becomes a new one with its first change.
func (s *store) loadReplica(ctx context.Context) error {
	s.place = identity(s.path)
	err := s.writer.QueryRowContext(ctx, `SELECT id FROM replica WHERE installation = ? AND file = ?
		ORDER BY id DESC LIMIT 1`, s.projects.opt.InstallID, s.place).Scan(&s.replica)
	if errors.Is(err, sql.ErrNoRows) {
		s.replica, err = s.projects.opt.Env.NewID(), nil
	}
	return err
}
