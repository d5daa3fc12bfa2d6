package storage

import (
	"fmt"
	"path/filepath"
	"testing"

	"lede/annotate/annotest"
)

// inFiles makes harnesses for project files.
func inFiles(t testing.TB) annotest.Harness {
	dir, n := t.TempDir(), 0
	return annotest.Harness{
		Projects: New(Options{Env: annotest.NewEnv(), InstallID: "test"}),
		Path:     filepath.Join(dir, "project.lede"),
		Other: func() string {
			n++
			return filepath.Join(dir, fmt.Sprintf("other %d%%?#.lede", n))
		},
	}
}

func TestStore(t *testing.T) { annotest.TestStore(t, inFiles) }
