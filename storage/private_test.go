//go:build !windows

package storage

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/mattn/go-sqlite3"

	"lede/annotate"
)

// TestNobodyElseReads expects that texts are for their owner alone: in a project, in
// what SQLite keeps beside it, in a backup and in the files that hold a lock.
func TestNobodyElseReads(t *testing.T) {
	dir := t.TempDir()
	p := newProject(t, filepath.Join(dir, "p.lede"))
	p.annotated("a", "some text")
	p.must(p.Backup(ctx, filepath.Join(dir, "copy.lede")))
	im, err := p.BeginImport(ctx, annotate.Import{ID: p.newID(), Format: "text"})
	p.must(err)
	files, err := os.ReadDir(dir)
	p.must(err)
	if len(files) < 5 { // project, log, its index, lock of the window and of the import, copy
		t.Errorf("there are only %v", files)
	}
	for _, f := range files {
		info, err := f.Info()
		p.must(err)
		if mode := info.Mode().Perm(); mode != 0o600 {
			t.Errorf("%s can be read or written by others: %v", f.Name(), mode)
		}
	}
	p.must(im.Abort(ctx))
	// Whoever has opened a project to others, for a team, has not closed it by working in it.
	p.must(p.Close())
	p.must(os.Chmod(p.path, 0o660))
	p.must(os.Chmod(filepath.Join(dir, "copy.lede"), 0o660))
	s, err := New(Options{}).Open(ctx, p.path, annotate.ModeWrite)
	p.must(err)
	_, err = s.Apply(ctx, p.rule())
	p.must(err)
	p.must(s.Close())
	if info, err := os.Stat(p.path); err != nil || info.Mode().Perm() != 0o660 {
		t.Errorf("the project has become %v: %v", info.Mode(), err)
	}
}

// TestDraftsAreSwept removes what a killed program left, in a folder with a name full of
// signs, and nothing that somebody is writing or that is no draft.
func TestDraftsAreSwept(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a [b] *c?")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	p := newProject(t, filepath.Join(dir, "p.lede"))
	p.must(p.Close())
	long := time.Now().Add(-2 * abandoned)
	for name, old := range map[string]bool{
		".p.lede.new-1": true, ".p.lede.new-1-journal": true, ".q.lede.new-2": false, "mine.new-3": true, ".p.lede": true,
	} {
		path := filepath.Join(dir, name)
		p.must(os.WriteFile(path, []byte("half"), 0o600))
		if old {
			p.must(os.Chtimes(path, long, long))
		}
	}
	p.must(os.Link(p.path, filepath.Join(dir, ".p.lede.new-4"))) // fresh, and published
	s, err := New(Options{}).Open(ctx, p.path, annotate.ModeWrite)
	p.must(err)
	p.must(s.Close())
	for name, there := range map[string]bool{
		".p.lede.new-1": false, ".p.lede.new-1-journal": false, ".p.lede.new-4": false, ".q.lede.new-2": true, "mine.new-3": true, ".p.lede": true, "p.lede": true,
	} {
		if exists(filepath.Join(dir, name)) != there {
			t.Errorf("%s is there: %v", name, !there)
		}
	}
}

// TestCopyingPagesFails expects a sentence of an error that the driver's copying of pages
// gives: an extended code where there should be a plain one.
func TestCopyingPagesFails(t *testing.T) {
	err := explain("back up to", "p.lede", sqlite3.Error{Code: sqlite3.ErrNo(sqlite3.ErrIoErrWrite)})
	var told *annotate.Error
	if !errors.As(err, &told) || told.Detail != sayInOut {
		t.Errorf("it says %v", err)
	}
}
