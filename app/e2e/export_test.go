package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestExport exports in three formats through the dialog, which says before it
// writes what will be lost.
func TestExport(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	for _, f := range []struct {
		format, target, manifest string
		mouse                    bool
	}{
		{"brat", "project-brat", "project-brat/manifest.json", true},
		{"conll", "project.conll", "project.conll.manifest.json", true},
		{"jsonl", "project.jsonl", "project.jsonl.manifest.json", false},
	} {
		p.scene(t, f.format, func(p *program) {
			target, manifest := filepath.Join(d.home, f.target), filepath.Join(d.home, f.manifest)
			p.key("ctrl+e")
			if f.mouse {
				p.click(p.see(plain, f.format, 1).middle(), 1)
			}
			p.see(plain, "Cancel", 1)
			p.see(strong, "This format cannot hold everything:", 1) // it works that out first
			before := p.picture()
			keep(p.t, "before", before)
			if _, err := os.Stat(target); err == nil {
				p.t.Fatalf("%s is there before anything was exported", target)
			}
			p.key("Return")
			p.see(heading.sized(18).within("window"), "Exported", 1)
			keep(p.t, "after", p.picture())
			if lost := losses(p, manifest); lost > 0 {
				words := fmt.Sprintf("This format cannot hold everything: %d details stay behind", lost)
				if len(pageOf(before, before.Rect).look(drawInk(p.t, strong, words))) != 1 {
					p.t.Errorf("before the export the dialog did not say “%s”", words)
				}
			}
			p.key("Return")
			p.vanished(heading.sized(18).within("window"), "Exported")
			p.holds(f.format, target)
		})
	}
}

// losses is how many things the manifest says were lost.
func losses(p *program, manifest string) int {
	p.t.Helper()
	raw, err := os.ReadFile(manifest)
	if err != nil {
		p.t.Fatal(err)
	}
	var m struct{ Losses []struct{ Count int } }
	if err := json.Unmarshal(raw, &m); err != nil {
		p.t.Fatal(err)
	}
	n := 0
	for _, l := range m.Losses {
		n += l.Count
	}
	return n
}

// holds fails unless an exported file has a quote that the sample has.
func (p *program) holds(format, target string) {
	p.t.Helper()
	var data strings.Builder
	err := filepath.WalkDir(target, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		data.Write(raw)
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
	want := map[string]string{
		"brat":  "“We have stock for a week, and then we have excuses,”\n",
		"conll": "stock\tI-quote\n",
		"jsonl": `"text":"“We have stock for a week, and then we have excuses,”"`,
	}[format]
	if !strings.Contains(data.String(), want) {
		p.t.Errorf("%s does not hold %q", target, want)
	}
}
