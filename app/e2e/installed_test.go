package e2e

import (
	"os"
	"os/exec"
	"testing"
)

// TestDoubleClick opens a project as a file manager does, by xdg-open, which finds the
// program by the type of the file. Only a Lede that is installed can be found so: where
// packages are tested (make test-packages), LEDE_OPENER is xdg-open in that system.
func TestDoubleClick(t *testing.T) {
	opener := os.Getenv("LEDE_OPENER")
	if opener == "" {
		t.Skip("no Lede is installed: make test-packages")
	}
	d := sampleDesk(t)
	cmd := exec.Command(opener, d.project)
	cmd.Env = d.environment()
	p := d.launch(cmd)
	p.wait("opened", 0)
	p.word("VARNO")
	p.quit()
}
