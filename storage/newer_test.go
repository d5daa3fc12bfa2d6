package storage

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"lede/annotate"
	"lede/annotate/annotest"
)

// newerFile gives a project what a later version could have: columns, a table, and a
// version that says since when it can be read.
func newerFile(t *testing.T, since int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "p.lede")
	makeSample(t, path)
	db := connect(path, access{synchronous: "OFF", wait: patience}, 1)
	defer db.Close()
	for _, s := range []string{
		"ALTER TABLE span ADD COLUMN certainty REAL", "ALTER TABLE article ADD COLUMN archive TEXT NOT NULL DEFAULT 'x'",
		"CREATE TABLE vote (span TEXT PRIMARY KEY, n INTEGER) STRICT",
	} {
		if _, err := db.ExecContext(ctx, s); err != nil {
			t.Fatal(err)
		}
	}
	setVersion(t, path, since<<16|(len(migrations())+3))
	return path
}

// setVersion writes the number of a file's version.
func setVersion(t *testing.T, path string, stored int) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteAt([]byte{byte(stored >> 24), byte(stored >> 16), byte(stored >> 8), byte(stored)}, 60); err != nil {
		t.Fatal(err)
	}
}

// TestNewer opens files of a later version: read-only where they say that this program
// can read them, else not at all.
func TestNewer(t *testing.T) {
	current := len(migrations())
	path := newerFile(t, current)
	want := filepath.Join(t.TempDir(), "same.lede")
	makeSample(t, want)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := annotest.Diff([]string{dumpFile(t, want, annotate.ModeRead)}, []string{dumpFile(t, path, annotate.ModeRead)}); diff != "" {
		t.Error(diff)
	}
	projects := New(Options{Env: annotest.NewEnv(), InstallID: "newer"})
	for _, mode := range []annotate.Mode{annotate.ModeWrite, annotate.ModeWindow} {
		s, err := projects.Open(ctx, path, mode)
		if err != nil {
			t.Fatal(err)
		}
		if info := s.Info(); !info.ReadOnly || info.Why == "" || info.FileVersion != current+3 {
			t.Errorf("%+v", info)
		}
		_, err = s.Apply(ctx, annotate.Change{Ops: []annotate.Op{annotate.Create(annotate.Rule{ID: "r", Name: "r"})}})
		told(t, err, annotate.ErrReadOnly)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := projects.Restore(ctx, annotate.Restoring{Project: want, Backup: path, Keep: filepath.Join(t.TempDir(), "keep.lede")}); err == nil {
		t.Error("a backup that nothing can be written to takes the place of a project")
	}
	_, err = projects.Salvage(ctx, path, filepath.Join(t.TempDir(), "new.lede"), "ana", nil)
	told(t, err, annotate.ErrNewer)
	if after, err := os.ReadFile(path); err != nil || !slices.Equal(before, after) {
		t.Errorf("looking at a newer file changed it: %v", err)
	}
	onlyFile(t, path)
	for _, stored := range []int{current + 1, (current+1)<<16 | (current + 1), current<<16 | 1<<31 | (current + 1)} {
		setVersion(t, path, stored)
		_, err := projects.Open(ctx, path, annotate.ModeWindow)
		told(t, err, annotate.ErrNewer)
	}
}
