package storage

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestQuietFileIsWhole writes, waits a little, and takes the file alone, as somebody does
// who moves or copies it after the program was killed: nothing that was saved is missing.
func TestQuietFileIsWhole(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path, copied := filepath.Join(dir, "p.lede"), filepath.Join(dir, "copy.lede")
	p := newProject(t, path)
	saved, err := p.Apply(ctx, p.rule())
	p.must(err)
	was, err := os.Stat(path)
	p.must(err)
	for until := time.Now().Add(20 * time.Second); time.Now().Before(until); time.Sleep(quiet / 10) {
		if is, err := os.Stat(path); err == nil && is.ModTime().After(was.ModTime()) {
			break
		}
	}
	time.Sleep(quiet / 10) // it may be half written
	data, err := os.ReadFile(path)
	p.must(err)
	p.must(os.WriteFile(copied, data, 0o600))
	holds(t, copied, saved)
}
