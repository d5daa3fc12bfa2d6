package e2e

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// TestSalvage opens a project whose beginning was lost, salvages it with two keys and
// looks at what came back.
func TestSalvage(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	before := d.spans(courier)
	raw, err := os.ReadFile(d.project)
	if err != nil {
		t.Fatal(err)
	}
	clear(raw[:100])
	if err := os.WriteFile(d.project, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	p := d.start(d.project)
	p.wait("damaged", 0)
	p.key("Return")
	p.wait("salvaged", 0)
	p.key("Return")
	p.wait("opened", 0)
	p.quit()
	if now, err := os.ReadFile(d.project); err != nil || !bytes.Equal(now, raw) {
		t.Error("the damaged file was touched")
	}
	d.project = filepath.Join(filepath.Dir(d.project), "project salvaged.lede")
	if lost := difference(before, d.spans(courier)); len(lost) > 0 {
		t.Errorf("the spans changed by %v", lost)
	}
	d.cli("check", d.project)
}
