package main_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestScriptsParse reads every shell script as the shell does that runs it; some of
// them run on other systems alone.
func TestScriptsParse(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no sh here")
	}
	count := 0
	for _, root := range []string{"assets/packaging", ".ci"} {
		err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			raw, err := os.ReadFile(path) //nolint:gosec // our own tree
			if err != nil || !strings.HasSuffix(path, ".sh") && !strings.HasPrefix(string(raw), "#!/bin/sh\n") {
				return err
			}
			count++
			if out, err := exec.Command(sh, "-n", path).CombinedOutput(); err != nil { //nolint:gosec // as above
				t.Errorf("%s: %v: %s", path, err, out)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if count < 15 {
		t.Errorf("only %d scripts were found", count)
	}
}

// TestWorkflowsArePinned: an action is somebody else's program, and a tag of theirs can
// be moved. Each is named by a commit, with its version beside it, the same everywhere;
// what a job may do starts at reading.
func TestWorkflowsArePinned(t *testing.T) {
	paths, err := filepath.Glob(".github/workflows/*.yml")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no workflows: %v", err)
	}
	pinned := regexp.MustCompile(`^[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$`)
	seen := map[string]string{}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(raw), "\npermissions:\n  contents: read\n") {
			t.Errorf("%s: it may do more than read", path)
		}
		for line := range strings.Lines(string(raw)) {
			_, action, uses := strings.Cut(strings.TrimSpace(line), "uses: ")
			if !uses {
				continue
			}
			if !pinned.MatchString(action) {
				t.Errorf("%s: %q is not pinned", path, action)
			}
			name, version, _ := strings.Cut(action, "@")
			if before, ok := seen[name]; ok && before != version {
				t.Errorf("%s: %s is %s here and %s elsewhere", path, name, version, before)
			}
			seen[name] = version
		}
	}
}
