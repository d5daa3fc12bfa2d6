package storage

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"lede/annotate"
)

// TestMovedWhileOpen renames, deletes and replaces a project that is open: nothing is
// acknowledged that would be gone, what was acknowledged is in the file or in a copy, and
// work goes on when the file is back.
func TestMovedWhileOpen(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows does not let a file go that is open")
	}
	for name, away := range map[string]func(path, aside string) error{
		"renamed":        os.Rename,
		"deleted":        func(path, _ string) error { return os.Remove(path) },
		"folder renamed": func(path, _ string) error { return os.Rename(filepath.Dir(path), filepath.Dir(path)+"2") },
		"replaced": func(path, aside string) error {
			if err := os.Rename(path, aside); err != nil {
				return err
			}
			return os.WriteFile(path, []byte("something else"), 0o600)
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "folder")
			path, aside := filepath.Join(dir, "p.lede"), filepath.Join(dir, "aside.lede")
			if err := os.Mkdir(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			p := newProject(t, path)
			saved, err := p.Apply(ctx, p.rule())
			p.must(err)
			p.must(away(path, aside))
			_, err = p.Apply(ctx, p.rule())
			var said *annotate.Error
			if !errors.As(err, &said) || !errors.Is(err, annotate.ErrNotFound) || !strings.Contains(said.Detail, "nothing was saved") || said.Hint == "" {
				t.Fatalf("it said %v", err)
			}
			copied := filepath.Join(t.TempDir(), "copy.lede")
			p.must(p.Backup(ctx, copied))
			holds(t, copied, saved)
			switch name {
			case "folder renamed":
				p.must(os.Rename(dir+"2", dir))
			case "renamed", "replaced":
				p.must(os.Rename(aside, path))
			}
			if name != "deleted" {
				_, err := p.Apply(ctx, p.rule())
				p.must(err)
				p.must(away(path, aside))
			}
			p.must(p.Close())
			switch name {
			case "renamed", "replaced":
				holds(t, aside, saved)
			case "folder renamed":
				holds(t, filepath.Join(dir+"2", "p.lede"), saved)
			}
			if left, _ := filepath.Glob(path + "-*"); len(left) > 0 && name != "replaced" {
				t.Errorf("%v stayed behind", left)
			}
		})
	}
}

// holds expects a sound project with a change.
func holds(t *testing.T, path string, c annotate.Change) {
	t.Helper()
	s, err := New(Options{}).Open(ctx, path, annotate.ModeRead)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	found, err := s.History(ctx, annotate.HistoryQuery{IDs: []id{c.ID}})
	if err != nil || len(found) != 1 {
		t.Errorf("%s does not hold what was acknowledged: %v, %v", path, found, err)
	}
	if bad, err := s.Check(ctx); err != nil || len(bad) > 0 {
		t.Errorf("%s: %v, %v", path, bad, err)
	}
}
