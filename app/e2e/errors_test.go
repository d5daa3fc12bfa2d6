package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestNoScreen starts the window where there is no screen, and where the one that is named
// does not answer: a sentence says so, and it is no crash.
func TestNoScreen(t *testing.T) {
	t.Parallel()
	d := &desk{screen: &screen{t: t, dir: t.TempDir()}, home: t.TempDir()}
	for name, display := range map[string]string{"none": "", "silent": ":9999"} {
		d.display = display
		cmd := d.command(filepath.Join(d.home, "p.lede"))
		said, err := cmd.CombinedOutput()
		if err == nil || cmd.ProcessState.ExitCode() != 1 || !strings.Contains(string(said), "lede --help") || strings.Contains(string(said), "fault") {
			t.Errorf("%s: it ended with %v and said %s", name, err, said)
		}
	}
	if left, err := os.ReadFile(filepath.Join(d.home, "state", "crash.txt")); err != nil || len(left) > 0 {
		t.Errorf("a crash is reported: %s, %v", left, err)
	}
}
