package storage

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"lede/annotate"
	"lede/annotate/annotest"
)

// leftBehind is a copy of a project that a program has open and has just written to, as
// it is when that program is killed. It returns the change.
func leftBehind(t *testing.T) (path string, saved annotate.Change) {
	t.Helper()
	p := newProject(t, filepath.Join(t.TempDir(), "p.lede"))
	saved, err := p.Apply(ctx, p.rule())
	p.must(err)
	path = filepath.Join(t.TempDir(), "p.lede")
	for _, suffix := range []string{"", "-wal"} {
		raw, err := os.ReadFile(p.path + suffix)
		p.must(err)
		p.must(os.WriteFile(path+suffix, raw, 0o600))
	}
	if !hasLog(path) {
		t.Fatal("there is no log: this test shows nothing")
	}
	return path, saved
}

func openAs(t *testing.T, path string, mode annotate.Mode) *project {
	t.Helper()
	s, err := New(Options{InstallID: "test"}).Open(ctx, path, mode)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return &project{TB: t, store: s.(*store), newID: annotest.NewEnvAt(annotest.Start, 7).NewID}
}

// TestLogLeftBehind opens a project that was left with a log, in each way. All is there, and
// who closes it leaves one file.
func TestLogLeftBehind(t *testing.T) {
	t.Parallel()
	for _, mode := range []annotate.Mode{annotate.ModeRead, annotate.ModeWrite, annotate.ModeWindow} {
		path, saved := leftBehind(t)
		p := openAs(t, path, mode)
		if held := p.held.Load() != nil; held != (mode == annotate.ModeRead) {
			t.Errorf("%v: held %v", mode, held) // who writes has made it durable
		}
		p.must(p.Close())
		onlyFile(t, path)
		holds(t, path, saved)
	}
}

// TestLogIsHeld has somebody write while such a project is opened: nobody takes the log in, also
// when it is closed, until it could be written anew.
func TestLogIsHeld(t *testing.T) {
	t.Parallel()
	path, saved := leftBehind(t)
	// Who has it open already has a right to take it in; so he only holds the lock of writers.
	other := connect(path, access{synchronous: "EXTRA"}, 1)
	defer other.Close()
	tx, err := other.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	p := openAs(t, path, annotate.ModeWrite)
	if p.held.Load() == nil {
		t.Error("the log is not held")
	}
	if p.checkpoints.may() {
		t.Error("the log would be taken in")
	}
	p.rescue(ctx)
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Errorf("the log was taken in: %v", err)
	}
	p.must(tx.Rollback())
	more, err := p.Apply(ctx, p.rule())
	p.must(err)
	if p.held.Load() != nil {
		t.Error("the log is held after a write")
	}
	p.must(p.Close())
	p.must(other.Close())
	holds(t, path, saved)
	holds(t, path, more)
}

// TestRenewKeepsTheLock: a context that ends does not give the lock up in the middle.
func TestRenewKeepsTheLock(t *testing.T) {
	t.Parallel()
	path, _ := leftBehind(t)
	p := openAs(t, path, annotate.ModeRead)
	ctx, cancel := context.WithCancel(ctx)
	err := p.withLog(ctx, time.Second, func(string, int64, bool) error {
		cancel()
		time.Sleep(20 * time.Millisecond)
		other := connect(path, access{synchronous: "EXTRA"}, 1)
		defer other.Close()
		tx, err := other.BeginTx(context.Background(), nil)
		if err == nil {
			_ = tx.Rollback()
		}
		return err
	})
	if !busy(err) {
		t.Errorf("somebody else could write: %v", err)
	}
}

// TestFailedCommitIsDisowned leaves a commit in the log of which the program was told that it
// failed. Whoever opens the project after it was killed does not find it.
func TestFailedCommitIsDisowned(t *testing.T) {
	t.Parallel()
	p := newProject(t, filepath.Join(t.TempDir(), "p.lede"))
	saved, err := p.Apply(ctx, p.rule())
	p.must(err)
	var end int64
	p.must(p.withLog(ctx, 0, func(_ string, at int64, _ bool) error { end = at; return nil }))
	failed, err := p.Apply(ctx, p.rule())
	p.must(err)
	log, err := os.ReadFile(p.path + "-wal")
	p.must(err)
	if int64(len(log)) <= end {
		t.Fatal("the second change is not in the log: this test shows nothing")
	}
	// As after a sync that failed: the frames are there, and SQLite knows nothing of them.
	path := filepath.Join(t.TempDir(), "p.lede")
	raw, err := os.ReadFile(p.path)
	p.must(err)
	p.must(os.WriteFile(path, raw, 0o600))
	p.must(os.WriteFile(path+"-wal", log[:end], 0o600))
	q := openAs(t, path, annotate.ModeWrite)
	p.must(os.WriteFile(path+"-wal", log, 0o600))
	q.disown(ctx)
	now, err := os.ReadFile(path + "-wal")
	p.must(err)
	p.must(os.WriteFile(path+".killed", raw, 0o600))
	p.must(os.WriteFile(path+".killed-wal", now, 0o600))
	holds(t, path+".killed", saved)
	r := openAs(t, path+".killed", annotate.ModeRead)
	if there, err := r.History(ctx, annotate.HistoryQuery{IDs: []id{failed.ID}}); err != nil || len(there) > 0 {
		t.Errorf("the change that failed is there: %v", err)
	}
}
