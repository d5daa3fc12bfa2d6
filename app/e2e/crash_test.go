package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestCrash ends the program by a fault and starts it again, twice: it says once what
// happened and where the report is, everything is there, and nothing that the program
// wrote for itself has a word of the article.
func TestCrash(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	before := d.spans(courier)
	p := d.open()
	if err := p.cmd.Process.Signal(syscall.SIGSEGV); err != nil {
		t.Fatal(err)
	}
	t.Logf("the program ended by the fault: %v", <-p.ended)
	p.done = true
	p = d.open()
	path := p.wait("crashed", 0).Path
	p.see(plain, "Lede. Nothing that was saved is lost.", 1)
	keep(t, "told", p.picture())
	p.click(p.see(plain, "Copy details", 1).middle(), 1)
	p.quit()
	if now := d.spans(courier); len(difference(before, now)) > 0 {
		t.Errorf("the spans changed by %v", difference(before, now))
	}
	said, _ := os.ReadFile(p.log)
	reports, _ := filepath.Glob(filepath.Join(p.home, "state", "crash*"))
	if len(reports) != 2 { // and the empty one of a crash to come
		t.Errorf("reports: %v", reports)
	}
	for _, file := range append(reports, filepath.Join(p.home, "state", "lede.log")) {
		raw, _ := os.ReadFile(file)
		said = append(said, raw...)
		if file == path && !strings.Contains(string(raw), "SIGSEGV") {
			t.Errorf("the report is %s", raw)
		}
	}
	if strings.Contains(string(said), "judge") {
		t.Errorf("there are words of the article in %s", said)
	}
	p = d.open()
	p.quit()
	for _, h := range p.probe.all(t) {
		if h.Event == "crashed" {
			t.Error("it is said again")
		}
	}
}
