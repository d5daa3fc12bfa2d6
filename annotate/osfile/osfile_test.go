package osfile_test

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"lede/annotate/osfile"
)

func files(t *testing.T) (from, to string) {
	t.Helper()
	dir := t.TempDir()
	from, to = filepath.Join(dir, "new"), filepath.Join(dir, "table.csv")
	for path, text := range map[string]string{from: "new", to: "old"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return from, to
}

func wants(t *testing.T, path, want string) {
	t.Helper()
	if got, err := os.ReadFile(path); err != nil || string(got) != want {
		t.Errorf("%s has %q (%v), want %q", path, got, err, want)
	}
}

func TestRenameReplaces(t *testing.T) {
	from, to := files(t)
	if err := osfile.Rename(from, to); err != nil {
		t.Fatal(err)
	}
	wants(t, to, "new")
	if err := osfile.Rename(from, to); err == nil || osfile.InUse(err) {
		t.Errorf("a file that is not there: %v", err)
	}
}

// A file that somebody reads for a moment is replaced; one that stays open is replaced
// where the system allows it, else is as it was, and the error says why.
func TestRenameOfAFileThatIsOpen(t *testing.T) {
	from, to := files(t)
	f, err := os.Open(to)
	if err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(100*time.Millisecond, func() { _ = f.Close() })
	if err := osfile.Rename(from, to); err != nil {
		t.Errorf("open for a moment: %v", err)
	}
	wants(t, to, "new")

	from, to = files(t)
	if f, err = os.Open(to); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	err = osfile.Rename(from, to)
	if runtime.GOOS != "windows" {
		if err != nil {
			t.Error(err)
		}
		return
	}
	if !osfile.InUse(err) {
		t.Errorf("an open file: %v", err)
	}
	wants(t, to, "old")
}
