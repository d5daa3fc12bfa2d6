package storage

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lede/annotate"
)

// testPath is the project that a test hands to a process of its own.
func testPath() string { return os.Getenv("LEDE_TEST_PATH") }

// The child copies its project again and again, until it is killed.
func init() {
	children["back up"] = func() error {
		s, err := New(Options{}).Open(ctx, testPath(), annotate.ModeRead)
		if err != nil {
			return err
		}
		for {
			path := filepath.Join(filepath.Dir(testPath()), "copies", string(annotate.NewID())+".lede")
			if err := s.Backup(ctx, path); err != nil {
				return err
			}
		}
	}
}

// TestBackupThatWasKilled kills a program while it makes copies: whatever has the name
// of a copy is a whole one, and what is left of the last goes with the next.
func TestBackupThatWasKilled(t *testing.T) {
	dir := t.TempDir()
	copies := filepath.Join(dir, "copies")
	p := newProject(t, filepath.Join(dir, "p.lede"))
	for _, ref := range []string{"a", "b", "c"} {
		p.annotated(ref, strings.Repeat("some text of "+ref+" ", 300_000)) // 4 MB each
	}
	p.must(p.Close())
	p.must(os.Mkdir(copies, 0o700))
	t.Setenv("LEDE_TEST_PATH", p.path)
	halves := 0
	for round := range 6 {
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), childTask+"=back up")
		p.must(child.Start())
		for end := time.Now().Add(10 * time.Second); len(drafts(t, copies)) == 0 && time.Now().Before(end); {
			time.Sleep(time.Millisecond)
		}
		time.Sleep(time.Duration(round*3) * time.Millisecond)
		p.must(child.Process.Kill())
		_ = child.Wait() // it was killed
		halves += len(drafts(t, copies))
		for _, draft := range drafts(t, copies) { // as if it had been long ago
			p.must(os.Chtimes(draft, time.Time{}, time.Now().Add(-2*abandoned)))
		}
	}
	if halves == 0 {
		t.Error("it was never killed in the middle")
	}
	s, err := New(Options{}).Open(ctx, p.path, annotate.ModeRead)
	p.must(err)
	p.must(s.Backup(ctx, filepath.Join(copies, "last.lede")))
	p.must(s.Close())
	if left := drafts(t, copies); len(left) > 0 {
		t.Errorf("%v are still there", left)
	}
	whole, err := filepath.Glob(filepath.Join(copies, "*.lede"))
	p.must(err)
	for _, path := range whole {
		s, err := New(Options{}).Open(ctx, path, annotate.ModeRead)
		p.must(err)
		stats, err := s.Stats(ctx)
		p.must(err)
		problems, err := s.Check(ctx)
		p.must(err)
		if stats.Articles != 3 || len(problems) > 0 {
			t.Errorf("%s has %d articles: %v", path, stats.Articles, problems)
		}
		p.must(s.Close())
	}
}

func drafts(t *testing.T, folder string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(folder, ".*"+draftMark+"*"))
	if err != nil {
		t.Fatal(err)
	}
	return found
}
