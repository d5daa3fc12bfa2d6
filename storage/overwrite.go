package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/mattn/go-sqlite3"

	"lede/annotate"
	"lede/annotate/osfile"
)

// Restore puts a copy of a backup in the place of a project. A project that can be
// opened is overwritten page by page in one transaction, so that whoever else has
// it open sees the old project or the new one, and a crash leaves one of them; one
// that cannot is set aside as keep and replaced by name.
func (p *Projects) Restore(ctx context.Context, r annotate.Restoring) error {
	return explain(opRestore, r.Project, p.restore(ctx, r))
}

func (p *Projects) restore(ctx context.Context, r annotate.Restoring) error {
	source, err := locate(r.Backup)
	if err != nil {
		return explain("restore from", r.Backup, err)
	}
	if _, err := os.Lstat(r.Project); errors.Is(err, fs.ErrNotExist) {
		return p.bringBack(ctx, source, r)
	}
	target, err := locateAny(r.Project)
	if err != nil {
		return err
	}
	if err := refuseSame(target, source, r.Backup); err != nil {
		return err
	}
	if exists(r.Keep) {
		return explain("keep the present as", r.Keep, fs.ErrExist)
	}
	locks, err := takeAllLocks(opRestore, target)
	defer locks.release()
	if err != nil {
		return err
	}
	draft, err := p.renewed(ctx, source, target)
	if err != nil {
		return explain("restore from", r.Backup, err)
	}
	defer removeAll(draft)
	present, err := p.open(ctx, target, annotate.ModeRead)
	switch {
	case foreign(err) && !r.Anyway:
		return &annotate.Error{
			Kind: annotate.ErrForeign, Op: opRestore, Subject: r.Project,
			Detail: "the file that is there is no Lede project, so it was left alone.",
			Hint:   "If it was one and its beginning is destroyed, restore with --force: the file is kept beside it.", Err: err,
		}
	case damaged(err):
		return setAside(draft, target, r.Keep)
	case err != nil:
		return err
	}
	err = present.Backup(ctx, r.Keep)
	if err = errors.Join(err, present.Close()); damaged(err) {
		return setAside(draft, target, r.Keep)
	}
	if err != nil {
		return err
	}
	return p.overwrite(ctx, draft, target)
}

// bringBack puts a copy of a backup where there is no project any more.
func (p *Projects) bringBack(ctx context.Context, source string, r annotate.Restoring) error {
	target, err := filepath.Abs(r.Project)
	if err != nil {
		return err
	}
	draft, err := p.renewed(ctx, source, target)
	if err != nil {
		return err
	}
	defer removeAll(draft)
	if err := keepLog(target, r.Keep); err != nil {
		return err
	}
	return publish(draft, target)
}

// locateAny is locate for a file that is to be replaced: it may be one of nothing.
func locateAny(path string) (string, error) {
	target, err := locate(path)
	if info, e := os.Stat(path); foreign(err) && e == nil && info.Mode().IsRegular() {
		if target, err = filepath.Abs(path); err == nil {
			target, err = filepath.EvalSymlinks(target)
		}
	}
	return target, err
}

// damaged says whether an error means that a file cannot be read as a project,
// though it may have been one.
func damaged(err error) bool {
	return errors.Is(explain("", "", err), annotate.ErrDamaged) || foreign(err)
}

// foreign says whether a file does not look like a project at all.
func foreign(err error) bool { return errors.Is(explain("", "", err), annotate.ErrForeign) }

func refuseSame(target, source, backup string) error {
	a, err1 := os.Stat(target)
	b, err2 := os.Stat(source)
	if err1 == nil && err2 == nil && os.SameFile(a, b) {
		return &annotate.Error{
			Kind: annotate.ErrInvalid, Op: "restore from", Subject: backup, Detail: "this is the project itself.", Hint: "Choose a backup of it.",
		}
	}
	return nil
}

// fileLocks are locks that are held together.
type fileLocks []*fileLock

func (l fileLocks) release() {
	for _, lock := range l {
		lock.release()
	}
}

// takeAllLocks keeps windows and imports out of a project.
func takeAllLocks(op, target string) (fileLocks, error) {
	var held fileLocks
	for _, what := range []struct{ suffix, says, hint string }{
		{windowLock, "it is open in a window: %s.", "Close the project there and try again."},
		{importLock, "an import is running: %s.", "Wait until it is done."},
	} {
		lock, holder, err := takeLock(target + what.suffix)
		if err != nil {
			return held, err
		}
		if lock == nil {
			return held, &annotate.Error{
				Kind: annotate.ErrBusy, Op: op, Subject: target, Detail: fmt.Sprintf(what.says, holder), Hint: what.hint,
			}
		}
		held = append(held, lock)
	}
	return held, nil
}

// renewed copies a backup to a file beside target, brings it up to date, makes
// sure that SQLite can read all of it, and makes it another replica: the changes
// that came after the backup have used up the numbers of the old one.
func (p *Projects) renewed(ctx context.Context, source, target string) (draft string, err error) {
	s, err := p.open(ctx, source, annotate.ModeRead)
	if err != nil {
		return "", err
	}
	defer s.Close()
	if s.version > len(migrations()) {
		return "", newer("restore from", source, s.version)
	}
	if draft, err = draftName(target); err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			removeAll(draft)
		}
	}()
	if err := s.copyTo(ctx, draft, nil); err != nil {
		return "", err
	}
	a := p.plainAccess()
	db := connect(draft, a, 1)
	defer db.Close()
	if err := migrate(ctx, db, migrations()); err != nil {
		return "", err
	}
	if err := quickCheck(ctx, db); err != nil {
		if errors.Is(explain("", "", err), annotate.ErrDamaged) {
			err = &annotate.Error{
				Kind: annotate.ErrDamaged, Op: "restore from", Subject: source, Detail: "the backup is damaged itself.", Hint: "Choose another one.", Err: err,
			}
		}
		return "", err
	}
	_, err = db.ExecContext(ctx, "INSERT INTO replica (id, installation, file) VALUES (?, ?, ?)",
		string(p.opt.Env.NewID()), p.opt.InstallID, identity(target))
	return draft, errors.Join(err, db.Close())
}

func (p *Projects) plainAccess() access {
	return access{synchronous: p.opt.synchronous, wait: patience}
}

// overwrite makes the project at target what draft is, in one transaction.
func (p *Projects) overwrite(ctx context.Context, draft, target string) error {
	s := &store{projects: p, path: target, shown: target}
	if err := s.holdLog(ctx); err != nil {
		return err
	}
	from, into := connect(draft, p.plainAccess(), 1), connect(target, p.plainAccess(), 1)
	s.writer = into
	// A rollback journal would not do: SQLite overlooks when its name is not durable.
	err := s.useLog(ctx, patience)
	if err == nil {
		err = rawConn(ctx, into, func(to *sqlite3.SQLiteConn) error {
			return rawConn(ctx, from, func(from *sqlite3.SQLiteConn) error { return copyPages(from, to) })
		})
	}
	err = errors.Join(err, from.Close(), into.Close())
	if err == nil {
		s.settle()
	}
	return errors.Join(err, s.letGo())
}

func rawConn(ctx context.Context, db *sql.DB, use func(*sqlite3.SQLiteConn) error) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	err = conn.Raw(func(c any) error { return use(c.(*sqlite3.SQLiteConn)) })
	return errors.Join(err, conn.Close())
}

// copyPages copies a whole database over another by SQLite's own backup. Others
// who write hold it up for a while.
func copyPages(from, to *sqlite3.SQLiteConn) error {
	b, err := to.Backup("main", from, "main")
	if err != nil {
		return err
	}
	deadline := time.Now().Add(patience)
	for {
		done, err := b.Step(-1)
		if err != nil || done {
			return errors.Join(err, b.Finish())
		}
		if time.Now().After(deadline) {
			return errors.Join(sqlite3.Error{Code: sqlite3.ErrBusy}, b.Finish())
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// setAside keeps a damaged project, with the log beside it, under another name and
// gives its own to draft.
func setAside(draft, target, keep string) error {
	info, err := os.Stat(target)
	if err != nil {
		return err
	}
	if err := keepFile(target, keep); err != nil {
		return err
	}
	if err := syncFile(draft, info.Mode().Perm()); err != nil {
		return err
	}
	if err := keepLog(target, keep); err != nil {
		return err
	}
	if err := osfile.Rename(draft, target); err != nil {
		return err
	}
	return syncDir(filepath.Dir(target))
}

// keepLog sets aside what lies beside a project that is to be replaced: SQLite would
// take it for a part of the new one.
func keepLog(target, keep string) error {
	for _, suffix := range []string{"-wal", "-journal"} {
		if !exists(target + suffix) {
			continue
		}
		if err := keepFile(target+suffix, keep+suffix); err != nil {
			return err
		}
	}
	for _, suffix := range []string{"-wal", "-shm", "-journal"} {
		if err := os.Remove(target + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// keepFile copies a file byte by byte, durably; half a copy is removed.
func keepFile(from, to string) (err error) {
	src, err := os.Open(from)
	if err != nil {
		return err
	}
	defer src.Close()
	dst, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, newPerm)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(to)
		}
	}()
	_, err = io.Copy(dst, src)
	return errors.Join(err, dst.Sync(), dst.Close())
}
