package storage

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lede/annotate"
)

// TestBackupOfAMoment copies a snapshot while others write: the copy is the project as
// it was when the snapshot was taken, and one file at rest.
func TestBackupOfAMoment(t *testing.T) {
	dir := t.TempDir()
	p := newProject(t, filepath.Join(dir, "p.lede"))
	p.annotated("a", strings.Repeat("some text ", 200_000)) // several steps
	now, err := p.Snapshot(ctx)
	p.must(err)
	p.annotated("b", "more text")
	copied := filepath.Join(t.TempDir(), "copy.lede")
	p.must(now.Backup(ctx, copied))
	p.must(now.Close())
	onlyFile(t, copied)
	s, err := New(Options{}).Open(ctx, copied, annotate.ModeRead)
	p.must(err)
	defer s.Close()
	stats, err := s.Stats(ctx)
	p.must(err)
	if stats.Articles != 1 || stats.Spans != 1 {
		t.Errorf("the copy has %d articles and %d spans, want those of the moment", stats.Articles, stats.Spans)
	}
}

// TestBackupThatIsGivenUp leaves nothing.
func TestBackupThatIsGivenUp(t *testing.T) {
	p := newProject(t, filepath.Join(t.TempDir(), "p.lede"))
	p.annotated("a", "some text")
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	dir := t.TempDir()
	if err := p.Backup(ctx, filepath.Join(dir, "copy.lede")); !errors.Is(err, context.Canceled) {
		t.Errorf("it was given up, and says %v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("it left %v, %v", left, err)
	}
}

// TestBackupOfADamagedProject gives no copy a name that cannot be read through.
func TestBackupOfADamagedProject(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.lede")
	p := newProject(t, path)
	p.annotated("a", strings.Repeat("some text ", 50_000))
	p.must(p.Close())
	raw, err := os.ReadFile(path)
	p.must(err)
	for i := len(raw) / 2; i < len(raw)/2+8*4096; i++ {
		raw[i] = 0xA5
	}
	p.must(os.WriteFile(path, raw, 0o600))
	s, err := New(Options{}).Open(ctx, path, annotate.ModeRead)
	p.must(err)
	defer s.Close()
	dir := t.TempDir()
	if err := s.Backup(ctx, filepath.Join(dir, "copy.lede")); !errors.Is(err, annotate.ErrDamaged) {
		t.Errorf("a copy of a damaged project: %v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("it left %v, %v", left, err)
	}
}

// TestRestoreOverWhatIsNoProject leaves files alone that never were one, unless asked;
// then they are kept byte by byte.
func TestRestoreOverWhatIsNoProject(t *testing.T) {
	dir := t.TempDir()
	p := newProject(t, filepath.Join(dir, "p.lede"))
	p.annotated("a", "some text")
	backup := filepath.Join(dir, "b.lede")
	p.must(p.Backup(ctx, backup))
	for name, text := range map[string]string{"letter.lede": "Dear Sir or Madam,\n", "empty.lede": ""} {
		path, keep := filepath.Join(dir, name), filepath.Join(dir, "kept "+name)
		p.must(os.WriteFile(path, []byte(text), 0o600))
		r := annotate.Restoring{Project: path, Backup: backup, Keep: keep}
		if err := p.projects.Restore(ctx, r); !errors.Is(err, annotate.ErrForeign) {
			t.Errorf("%s: %v", name, err)
		}
		if raw, err := os.ReadFile(path); err != nil || string(raw) != text || exists(keep) {
			t.Errorf("%s was touched", name)
		}
		r.Anyway = true
		p.must(p.projects.Restore(ctx, r))
		if raw, err := os.ReadFile(keep); err != nil || string(raw) != text {
			t.Errorf("%s was not kept: %q, %v", name, raw, err)
		}
		s, err := p.projects.Open(ctx, path, annotate.ModeRead)
		p.must(err)
		p.must(s.Close())
	}
	// The log of a project that was taken away is no part of what comes in its place.
	gone, keep := filepath.Join(dir, "gone.lede"), filepath.Join(dir, "kept gone.lede")
	p.must(os.WriteFile(gone+"-wal", []byte("leftover"), 0o600))
	p.must(p.projects.Restore(ctx, annotate.Restoring{Project: gone, Backup: backup, Keep: keep}))
	if raw, err := os.ReadFile(keep + "-wal"); err != nil || string(raw) != "leftover" || exists(gone+"-wal") {
		t.Errorf("the log: %q, %v", raw, err)
	}
}
