package storage

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"github.com/mattn/go-sqlite3"

	"lede/annotate"
)

// SQLite adds what is written to a log beside the file (-wal), and takes it into the file
// now and then. What was acknowledged is in the log for sure. But a commit whose sync failed,
// after which the program ended, may be there as well: the system holds it as written,
// shows it to whoever opens the project next, and may lose it when the power goes. Added to,
// it takes with it what was acknowledged after it; taken in, the half of it that is
// in the file by then stays there alone.
//
// So a log that is there when a project is opened is held: nobody here takes it in, until
// it was written anew in its place, byte by byte, and synced.

// The parts of a log: https://www.sqlite.org/fileformat2.html#walformat, in bytes.
const (
	logHead   = 32
	frameHead = 24
)

// holdLog takes hold of a log that is there, if there is one. Whoever is the last to let go
// of a project takes its log in, unless he can only read, as the one who holds it: he
// is the last here.
func (s *store) holdLog(ctx context.Context) error {
	if s.sealed || !hasLog(s.path) {
		return nil
	}
	err := s.hold(ctx)
	if cannotRead(err) && hasLog(s.path) { // an old journal is in the way, which only a writer can undo
		db := connect(s.path, s.writeAccess(), 1)
		err = errors.Join(db.QueryRowContext(ctx, "PRAGMA schema_version").Scan(new(int)), s.hold(ctx), db.Close())
	}
	if cannotRead(err) && !hasLog(s.path) {
		return nil // it went away meanwhile
	}
	return err
}

func (s *store) hold(ctx context.Context) error {
	a := s.readAccess()
	a.readOnly = true
	db := connect(s.path, a, 1)
	if err := db.QueryRowContext(ctx, "PRAGMA schema_version").Scan(new(int)); err != nil {
		return errors.Join(err, db.Close())
	}
	s.held.Store(db)
	return nil
}

// hasLog says whether there is a log with something in it.
func hasLog(path string) bool {
	info, err := os.Stat(path + "-wal")
	return err == nil && info.Size() > 0 || err != nil && !errors.Is(err, fs.ErrNotExist)
}

// cannotRead says whether who only reads cannot read the file in its state.
func cannotRead(err error) bool {
	var sq sqlite3.Error
	return errors.As(err, &sq) && (sq.Code == sqlite3.ErrCantOpen || sq.Code == sqlite3.ErrReadonly)
}

// renewLog makes a log that is held durable, and lets go of it. It waits so long for others
// who write.
func (s *store) renewLog(ctx context.Context, wait time.Duration) error {
	if s.held.Load() == nil {
		return nil
	}
	err := s.withLog(ctx, wait, func(log string, end int64, inFile bool) error {
		if inFile {
			return nil
		}
		return rewrite(log, end)
	})
	if err != nil {
		return err
	}
	return s.letGo()
}

// disown takes what a commit that failed has left in the log from its end: it was told as not
// saved, and whoever opens the project next would find it. What fails here leaves it as it is.
func (s *store) disown(ctx context.Context) {
	_ = s.withLog(ctx, 0, func(log string, end int64, _ bool) error {
		if info, err := os.Stat(log); err != nil || info.Size() <= end {
			return err
		}
		f, err := os.OpenFile(log, os.O_RDWR, 0)
		if err != nil {
			return err
		}
		_, err = f.WriteAt(make([]byte, frameHead), end) // of no frame: the next write goes there
		return errors.Join(err, f.Close())
	})
}

// withLog calls f with the log and where in it, in bytes, what was committed ends, while nobody
// else can write to it. inFile tells that all of it is in the file as well, durably.
func (s *store) withLog(ctx context.Context, wait time.Duration, f func(log string, end int64, inFile bool) error) (err error) {
	ctx = context.WithoutCancel(ctx) // else the lock would go in the middle
	a := s.writeAccess()
	a.wait = wait
	db := connect(s.path, a, 2) // who has the lock cannot ask
	defer func() { err = errors.Join(err, db.Close()) }()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, tx.Rollback()) }()
	var busy, frames, taken, page int64
	if err := db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(NOOP)").Scan(&busy, &frames, &taken); err != nil {
		return err
	}
	if err := db.QueryRowContext(ctx, "PRAGMA page_size").Scan(&page); err != nil {
		return err
	}
	switch {
	case busy != 0:
		return sqlite3.Error{Code: sqlite3.ErrBusy}
	case frames < 0: // there is no log
		return nil
	}
	return f(s.path+"-wal", logHead+frames*(frameHead+page), frames == taken)
}

// rewrite writes the first n bytes of a file again, as they are, and makes them durable. A
// sync alone does not do that after one that failed: the system believes that there is
// nothing to write.
func rewrite(path string, n int64) (err error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	piece := make([]byte, 1<<20)
	for at := int64(0); at < n; {
		read, err := f.ReadAt(piece[:min(n-at, int64(len(piece)))], at)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if read == 0 {
			break // somebody has made it shorter
		}
		if _, err := f.WriteAt(piece[:read], at); err != nil {
			return err
		}
		at += int64(read)
	}
	return f.Sync()
}

// useLog switches the file to write-ahead logging, in which readers and the
// writer do not wait for each other, and sees to it that what is in the log is durable
// before anything is added to it. Somebody who reads the file as it is at
// rest is in the way, and somebody who writes for longer than wait; then every write tries again.
func (s *store) useLog(ctx context.Context, wait time.Duration) error {
	if !s.wal {
		if err := s.startLog(ctx); err != nil {
			return err
		}
		s.wal = true
	}
	return s.renewLog(ctx, wait)
}

// startLog has SQLite make the log, and makes its name durable.
func (s *store) startLog(ctx context.Context) error {
	var mode string
	if err := s.writer.QueryRowContext(ctx, "PRAGMA journal_mode=WAL").Scan(&mode); err != nil {
		return err
	}
	if mode != "wal" {
		return &annotate.Error{
			Kind: annotate.ErrReadOnly, Op: "open project", Subject: s.shown,
			Detail: "this disk or network folder cannot hold a project that is being worked on.",
			Hint:   "Copy the project to a disk of this computer and open the copy.",
		}
	}
	// The first read makes the log. If there is none, the switch has failed at its end, which
	// the driver does not tell. SQLite syncs the name of the log later, too, but overlooks
	// when that fails.
	if err := s.writer.QueryRowContext(ctx, "PRAGMA schema_version").Scan(new(int)); err != nil {
		return err
	}
	if !exists(s.path + "-wal") {
		return &annotate.Error{Op: "open project", Subject: s.shown, Detail: sayInOut, Hint: hintInOut}
	}
	return syncDir(filepath.Dir(s.path))
}

// letGo closes what holds a log. One that could not be made durable stays as it is.
func (s *store) letGo() error {
	if held := s.held.Swap(nil); held != nil {
		return held.Close()
	}
	return nil
}

// settle leaves exactly one file if nobody else has it open: it takes the log
// into the file and returns to rollback journals. Two that close at the same
// time are in each other's way, so it tries more than once.
func (s *store) settle() {
	if s.held.Load() != nil {
		return
	}
	for try := range 4 {
		if try > 0 {
			time.Sleep(time.Duration(3+rand.IntN(10)) * time.Millisecond)
		}
		done, err := s.settleOnce()
		if done || (err != nil && !busy(err)) {
			return
		}
	}
}

func (s *store) settleOnce() (done bool, err error) {
	ctx := context.Background() // Close has none, and must not leave things half done
	a := s.writeAccess()
	a.wait = 0
	db := connect(s.path, a, 1)
	defer db.Close()
	var mode string
	if err := db.QueryRowContext(ctx, "PRAGMA journal_mode").Scan(&mode); err != nil || mode != "wal" {
		return err == nil, err
	}
	if err := db.QueryRowContext(ctx, "PRAGMA journal_mode=DELETE").Scan(&mode); err != nil {
		return false, err
	}
	return mode == "delete", nil
}
