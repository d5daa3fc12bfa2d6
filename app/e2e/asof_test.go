package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestAsOf shows the project as it was before a tag, exports it there, and comes back, by
// the keyboard alone.
func TestAsOf(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.tags("regretted", "2")
	const spans = "SELECT count(*) FROM v_spans"
	now := d.value(spans)
	p.key("ctrl+shift+y")
	time.Sleep(700 * time.Millisecond) // while the rows are read
	mark := p.mark()
	p.key("Home", "Down", "v")
	p.wait("past", mark)
	p.see(plain, "Back to now", 1)
	keep(t, "past", p.picture())
	p.key("1") // nothing can be tagged there
	p.key("ctrl+e")
	p.see(plain, "Cancel", 1)
	time.Sleep(400 * time.Millisecond) // while it works out what goes out
	p.key("Return")
	p.see(heading.sized(18).within("window"), "Exported", 1)
	p.key("Return")
	p.vanished(heading.sized(18).within("window"), "Exported")
	mark = p.mark()
	p.key("Escape", "Escape")
	p.wait("present", mark)
	if n := d.value(spans); n != now {
		t.Errorf("the project has %s spans, not %s", n, now)
	}
	written, err := filepath.Glob(filepath.Join(d.home, "project-20*.jsonl"))
	if err != nil || len(written) != 1 {
		t.Fatalf("the export is in %v, %v", written, err)
	}
	raw, err := os.ReadFile(written[0])
	if err != nil || strings.Contains(string(raw), `"text":"regretted"`) {
		t.Errorf("the export has what came later: %v", err)
	}
	raw, err = os.ReadFile(written[0] + ".manifest.json")
	if err != nil || !strings.Contains(string(raw), `"as_of"`) {
		t.Errorf("the manifest does not say when: %v", err)
	}
	p.quit()
	d.cli("check", d.project)
}
