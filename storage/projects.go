package storage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"lede/annotate"
	"lede/annotate/osfile"
)

// Options are what projects need from outside.
type Options struct {
	Env annotate.Env // time.Now and annotate.NewID where nil
	// InstallID names this installation of the program. A file is another replica
	// in another installation.
	InstallID string

	synchronous string // EXTRA, unless a test wants to lose data
}

// Projects makes and opens project files. It implements annotate.Projects.
type Projects struct{ opt Options }

// New returns the projects of this computer.
func New(opt Options) *Projects {
	if opt.Env.Now == nil {
		opt.Env.Now = time.Now
	}
	if opt.Env.NewID == nil {
		opt.Env.NewID = annotate.NewID
	}
	if opt.synchronous == "" {
		opt.synchronous = "EXTRA"
	}
	return &Projects{opt: opt}
}

// Create makes a new project and opens it for a window. The file appears whole
// or not at all.
func (p *Projects) Create(ctx context.Context, path, actor string, records []annotate.Record) (annotate.Store, error) {
	const op = "create project"
	if _, err := os.Lstat(path); err == nil {
		return nil, explain(op, path, fs.ErrExist)
	}
	dir := filepath.Dir(path)
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, &annotate.Error{
			Kind: annotate.ErrNotFound, Op: op, Subject: path, Detail: "there is no such folder.", Hint: "Make the folder first.", Err: err,
		}
	}
	draft, err := draftName(path)
	if err != nil {
		return nil, explain(op, path, err)
	}
	defer removeAll(draft)
	if err := p.draft(ctx, draft, actor, records); err != nil {
		return nil, explain(op, path, err)
	}
	if err := publish(draft, path); err != nil {
		return nil, explain(op, path, err)
	}
	return p.Open(ctx, path, annotate.ModeWindow)
}

// removeAll removes a file and what SQLite keeps beside it.
func removeAll(path string) {
	for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
		_ = os.Remove(path + suffix)
	}
}

// draft makes a project in a file that nobody knows yet: whatever happens to it
// before it is published does not matter, so that it needs no journal.
func (p *Projects) draft(ctx context.Context, path, actor string, records []annotate.Record) error {
	s := &store{projects: p, path: path}
	s.writer = connect(path, access{create: true, synchronous: "OFF", wait: patience}, 1)
	defer s.writer.Close()
	if err := migrate(ctx, s.writer, migrations()); err != nil {
		return err
	}
	c := annotate.Change{ID: p.opt.Env.NewID(), Actor: actor, Cause: annotate.CauseCreate, Title: "Create project"}
	for _, r := range records {
		c.Ops = append(c.Ops, annotate.Create(r))
	}
	s.wal = true // there is no log, and need not be
	if err := s.loadReplica(ctx); err != nil {
		return err
	}
	if _, err := s.commit(ctx, c, nil); err != nil {
		return err
	}
	return s.writer.Close()
}

// newPerm is who may read and write a new project or backup: its owner alone.
const newPerm fs.FileMode = 0o600

// syncFile makes what stands in a file durable and says who may read it.
func syncFile(path string, perm fs.FileMode) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Chmod(perm), f.Sync(), f.Close())
}

// publish gives a finished file its name, durably, unless the name is taken.
func publish(draft, path string) error {
	if err := syncFile(draft, newPerm); err != nil {
		return err
	}
	err := os.Link(draft, path)
	switch {
	case errors.Is(err, fs.ErrExist):
		return fs.ErrExist
	case err != nil: // a file system without links
		if _, err := os.Lstat(path); err == nil {
			return fs.ErrExist
		}
		if err := osfile.Rename(draft, path); err != nil {
			return err
		}
	}
	if err := syncDir(filepath.Dir(path)); err != nil {
		_ = os.Remove(path) // it failed; there is no second name
		return err
	}
	return nil
}

// syncDir makes new names in a folder durable where the system can. A folder that cannot
// be opened, and a system that syncs no folders, are no errors; whatever else it reports
// is: a file system that gave up says that it is read-only.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return nil
	}
	err = d.Sync()
	_ = d.Close() // it was only looked at
	for _, cannot := range noFolderSync {
		if errors.Is(err, cannot) {
			return nil
		}
	}
	return err
}

// Open opens a project.
func (p *Projects) Open(ctx context.Context, path string, mode annotate.Mode) (annotate.Store, error) {
	s, err := p.open(ctx, path, mode)
	if err != nil {
		return nil, explain("open project", path, err)
	}
	return s, nil
}

func (p *Projects) open(ctx context.Context, path string, mode annotate.Mode) (s *store, err error) {
	target, err := locate(path)
	if err != nil {
		return nil, err
	}
	s = &store{projects: p, path: target, shown: path, mode: mode, readOnly: mode == annotate.ModeRead}
	opened := s // a return with an error sets s to nil before the deferred call
	defer func() {
		if err != nil {
			_ = opened.Close()
		}
	}()
	s.sealed = errors.Join(writable(target), writable(filepath.Dir(target))) != nil
	switch {
	case mode == annotate.ModeRead:
		s.why = "It was opened for reading."
	case s.sealed:
		s.readOnly, s.why = true, "You may not write to the file or its folder. "+hintReadOnly
	case mode == annotate.ModeWindow:
		if err := s.takeWindow(); err != nil {
			return nil, err
		}
	}
	version, err := s.probe(ctx)
	if err != nil {
		return nil, err
	}
	s.onlyRead(version)
	if err := s.holdLog(ctx); err != nil {
		return nil, err
	}
	if err := s.lookThrough(ctx, version); err != nil {
		return nil, err
	}
	if err := s.connect(ctx, version); err != nil {
		return nil, err
	}
	return s, nil
}

// locate checks that there is a file at path that can be read, and returns its
// name without symbolic links.
func locate(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	target, err := filepath.EvalSymlinks(abs)
	if err != nil {
		return "", err
	}
	info, err := os.Stat(target)
	switch {
	case err != nil:
		return "", err
	case info.IsDir():
		return "", &annotate.Error{
			Kind: annotate.ErrForeign, Op: "open project", Subject: path, Detail: "this is a folder, not a project.", Hint: hintForeign,
		}
	case info.Size() == 0:
		return "", &annotate.Error{
			Kind: annotate.ErrForeign, Op: "open project", Subject: path, Detail: "the file is empty.", Hint: hintForeign,
		}
	}
	return target, readable(target)
}

// inOtherWindow says whether another window has the project open, which has seen to the log.
func (s *store) inOtherWindow() bool {
	if s.lock != nil || !exists(s.path+windowLock) {
		return false
	}
	lock, _, err := takeLock(s.path + windowLock)
	lock.release()
	return err == nil && lock == nil
}

// takeWindow takes the window lock, or makes the store read-only and says why.
func (s *store) takeWindow() error {
	lock, holder, err := takeLock(s.path + windowLock)
	switch {
	case err != nil:
		return err
	case lock == nil:
		s.readOnly, s.waits, s.why = true, true, fmt.Sprintf("It is open in another window: %s.", holder)
	}
	s.lock = lock
	return nil
}
