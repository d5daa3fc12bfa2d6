package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/mattn/go-sqlite3"

	"lede/annotate"
)

const opShrink = "shrink"

// errWritten says that somebody wrote while the small copy was made.
var errWritten = errors.New("the project was changed meanwhile")

// Room says how much of the file is in use.
func (s *store) Room(ctx context.Context) (annotate.Room, error) {
	r, err := s.room(ctx, s.reader)
	return r, explain("read", s.shown, err)
}

func (s *store) room(ctx context.Context, q queries) (r annotate.Room, err error) {
	var pages, unused, size int64
	for _, of := range []struct {
		pragma string
		into   *int64
	}{{"PRAGMA page_count", &pages}, {"PRAGMA freelist_count", &unused}, {"PRAGMA page_size", &size}} {
		if err := q.QueryRowContext(ctx, of.pragma).Scan(of.into); err != nil {
			return r, err
		}
	}
	r = annotate.Room{Size: pages * size, After: (pages - unused) * size, Free: freeSpace(filepath.Dir(s.path))}
	r.Needed = 2*r.After + r.After/64 // the copy, and the log through which it goes in
	return r, nil
}

// Shrink makes a copy of what is in use, which SQLite's VACUUM leaves without gaps, and
// writes it over the file page by page in one transaction, as a restore does: whoever
// else has the file open sees the old one or the new one, a crash leaves one of them,
// and it stays the same file to locks and replicas. The copy is made beside the work of
// others; if one of them wrote meanwhile, it is made once more.
func (s *store) Shrink(ctx context.Context, news func(done, total int64)) error {
	if err := s.refuseReadOnly(opShrink); err != nil {
		return err
	}
	if news == nil {
		news = func(int64, int64) {}
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	const tries = 3
	err := errWritten
	for n := 0; n < tries && errors.Is(err, errWritten); n++ {
		err = s.shrink(ctx, news)
	}
	if errors.Is(err, errWritten) {
		err = sqlite3.Error{Code: sqlite3.ErrBusy}
	}
	return explain(opShrink, s.shown, err)
}

func (s *store) shrink(ctx context.Context, news func(done, total int64)) (err error) {
	if err := errors.Join(ctx.Err(), s.useLog(context.WithoutCancel(ctx), patience)); err != nil {
		return err
	}
	db := connect(s.path, s.writeAccess(), 1)
	defer func() { err = errors.Join(err, db.Close()) }()
	room, err := s.room(ctx, db)
	if err != nil {
		return err
	}
	if room.Free >= 0 && room.Free < room.Needed {
		return noRoom(s.shown, room)
	}
	draft, err := draftName(s.path)
	if err != nil {
		return err
	}
	defer removeAll(draft)
	before, err := dataVersion(ctx, db)
	if err != nil {
		return err
	}
	stop := watchSize(draft, func(size int64) { news(min(size, room.After), 2*room.After) })
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", draft)
	stop()
	if err != nil {
		return errors.Join(ctx.Err(), err)
	}
	same := func() error {
		now, err := dataVersion(context.WithoutCancel(ctx), db)
		if err == nil && now != before {
			err = errWritten
		}
		return err
	}
	if err := s.takeIn(ctx, draft, same, news); err != nil {
		return err
	}
	s.emptyLog(db)
	return nil
}

// noRoom is the error of a disk that is too full.
func noRoom(path string, r annotate.Room) error {
	const mega = 1 << 20
	return &annotate.Error{
		Kind: annotate.ErrFull, Op: opShrink, Subject: path,
		Detail: fmt.Sprintf("the disk has %d MB free, and %d MB are needed while the file is written anew. Nothing was changed.", r.Free/mega, r.Needed/mega+1),
		Hint:   "Make room on the disk and try again.",
	}
}

// dataVersion tells whether anybody else has written since it was last asked for on the
// same connection.
func dataVersion(ctx context.Context, q queries) (v int64, err error) {
	err = q.QueryRowContext(ctx, "PRAGMA data_version").Scan(&v)
	return v, err
}

// watchSize tells the size of a file that grows until it is stopped.
func watchSize(path string, news func(int64)) (stop func()) {
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer annotate.Guard()
		defer close(ended)
		tick := time.NewTicker(100 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
			}
			if info, err := os.Stat(path); err == nil {
				news(info.Size())
			}
		}
	}()
	return func() {
		close(done)
		<-ended
	}
}

// takeIn writes draft over the file, unless same says, once nobody else can write, that
// somebody did.
func (s *store) takeIn(ctx context.Context, draft string, same func() error, news func(done, total int64)) error {
	steady := context.WithoutCancel(ctx)
	from, into := connect(draft, s.projects.plainAccess(), 1), connect(s.path, s.writeAccess(), 1)
	err := rawConn(steady, into, func(to *sqlite3.SQLiteConn) error {
		return rawConn(steady, from, func(from *sqlite3.SQLiteConn) error { return replacePages(ctx, from, to, same, news) })
	})
	return errors.Join(err, from.Close(), into.Close())
}

func replacePages(ctx context.Context, from, to *sqlite3.SQLiteConn, same func() error, news func(done, total int64)) error {
	b, err := to.Backup("main", from, "main")
	if err != nil {
		return err
	}
	// A step of no pages takes hold of the file; only then it says how many are to come.
	_, err = b.Step(0)
	if err == nil && b.Remaining() == 0 {
		err = sqlite3.Error{Code: sqlite3.ErrBusy}
	}
	if err == nil {
		err = same()
	}
	for done := false; err == nil && !done; {
		if err = ctx.Err(); err != nil {
			break
		}
		if done, err = b.Step(pagesAtOnce); err == nil {
			all := int64(b.PageCount())
			news(2*all-int64(b.Remaining()), 2*all)
		}
	}
	return errors.Join(err, b.Finish()) // what is not done is taken back
}

// emptyLog takes the log into the file and cuts both to their lengths. Whoever reads a
// moment of before is in the way; then the last who closes the project does so.
func (s *store) emptyLog(db *sql.DB) {
	ctx := context.Background()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		var held, pages, taken int
		if err := db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&held, &pages, &taken); err != nil || held == 0 {
			return
		}
	}
}
