package storage

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/mattn/go-sqlite3"

	"lede/annotate"
)

// SQLite writes to the file that it opened, wherever that is by now: into one that was
// deleted, so that what is said to be saved is gone, or into one that was renamed, whose log
// stays behind under the old name. So each write looks first whether the name still leads
// to the file.

// remember notes which file the name leads to.
func (s *store) remember() {
	if info, err := os.Stat(s.path); err == nil {
		os.SameFile(info, info) // has Windows look for the file's number now, not when it is compared
		s.file = info
	}
}

// moved says whether the file is not the one of its name any more. On network folders,
// where the numbers of files may change by themselves, only one that is missing counts.
func (s *store) moved() (missing, moved bool) {
	if s.file == nil {
		return false, false
	}
	info, err := os.Stat(s.path)
	if err != nil {
		missing = errors.Is(err, fs.ErrNotExist)
		return missing, missing
	}
	return false, !os.SameFile(s.file, info) && networkOf(filepath.Dir(s.path)) == ""
}

// inPlace refuses a write into a file that is not the one of its name any more. What was
// acknowledged goes from the log into the file, wherever that is.
func (s *store) inPlace(ctx context.Context) error {
	missing, moved := s.moved()
	if !moved {
		return nil
	}
	s.rescue(ctx)
	e := &annotate.Error{
		Kind: annotate.ErrNotFound, Op: "save in", Subject: s.shown,
		Detail: "another file was put in the place of the project while it is open, so nothing was saved.",
		Hint: "Put the project back and try again, or write a copy of it elsewhere and go on there. " +
			"If its drive was taken away and plugged in again, close the project and open it anew.",
	}
	if missing {
		e.Detail = "the project is not where it was: it was moved, renamed or deleted, or its drive was taken away. So nothing was saved."
		e.Hint = "Put it back where it was, or plug the drive in again, and try again; or write a copy of it elsewhere and go on there. What was saved before is in that file."
	}
	return e
}

// rescue takes the log into a file that lost its name; SQLite leaves that out when it
// closes such a file. What fails stays in the log, and so does what may not be durable.
func (s *store) rescue(ctx context.Context) {
	if s.writer != nil && s.held.Load() == nil {
		_, _ = s.writer.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	}
}

// copyMoved copies a file that lost its name: only a connection that was open before still
// leads to it.
func (s *store) copyMoved(ctx context.Context, draft string, news func(done, total int)) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.rescue(ctx)
	return copyFrom(ctx, func(use func(*sqlite3.SQLiteConn) error) error { return rawConn(ctx, s.writer, use) }, draft, news)
}

// leaveMoved does at the end what SQLite leaves out for a file that lost its name: the log
// is taken in, and nothing stays behind that a file put there later would be mixed with.
func (s *store) leaveMoved() (missing, moved bool) {
	if missing, moved = s.moved(); moved {
		s.rescue(context.Background())
	}
	return missing, moved
}

// sweepMoved removes an empty log that stayed behind where nothing is any more.
func (s *store) sweepMoved() {
	if info, err := os.Stat(s.path + "-wal"); err == nil && info.Size() == 0 {
		_ = os.Remove(s.path + "-wal")
		_ = os.Remove(s.path + "-shm")
	}
}
