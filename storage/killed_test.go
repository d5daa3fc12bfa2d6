package storage

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/annotest"
)

// TestMigrationThatWasKilled opens what a program leaves behind that was killed
// while it brought a file up to date: the copy of the old version beside it, and a
// change that never ended. The file is brought up to date as if nothing had been.
func TestMigrationThatWasKilled(t *testing.T) {
	raw, err := os.ReadFile("testdata/v1.lede")
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("testdata/v1.txt")
	if err != nil {
		t.Fatal(err)
	}
	alive, dead := t.TempDir(), t.TempDir()
	path := filepath.Join(alive, "p.lede")
	if err := os.WriteFile(path, raw, 0o644); err != nil {
		t.Fatal(err)
	}
	s := &store{projects: New(Options{}), path: path}
	s.writer = connect(path, s.writeAccess(), 1)
	defer s.writer.Close()
	if err := s.backupVersion(ctx, 1); err != nil {
		t.Fatal(err)
	}
	// A cache of nothing: what is changed reaches the disk before the end.
	for _, q := range []string{"PRAGMA cache_spill = 1", "PRAGMA cache_size = 1", "BEGIN IMMEDIATE"} {
		if _, err := s.writer.ExecContext(ctx, q); err != nil {
			t.Fatal(err)
		}
	}
	for _, q := range []string{
		"CREATE TABLE half (x TEXT) STRICT",
		"INSERT INTO half WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) SELECT hex(randomblob(400)) FROM n",
	} {
		if _, err := s.writer.ExecContext(ctx, q); err != nil {
			t.Fatal(err)
		}
	}
	files, err := os.ReadDir(alive)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		left, err := os.ReadFile(filepath.Join(alive, f.Name()))
		if err == nil && !strings.HasSuffix(f.Name(), "-shm") { // that is memory
			err = os.WriteFile(filepath.Join(dead, f.Name()), left, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(files) < 3 {
		t.Fatalf("there are only %v: nothing reached the disk", files)
	}
	got := dumpFile(t, filepath.Join(dead, "p.lede"), annotate.ModeWrite)
	if diff := annotest.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Error(diff)
	}
	for _, backup := range []string{"p.v1.lede", "p.v1-2.lede"} {
		if got := dumpFile(t, filepath.Join(dead, backup), annotate.ModeRead); got != string(want) {
			t.Errorf("%s is not the old file", backup)
		}
	}
}
