package e2e

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
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

// TestSalvageFromWithin opens a project of which only a page further in was lost: the one
// with the labels, and the one with which the list begins. It is offered to salvage it, or
// to go back to a backup if there is one.
func TestSalvageFromWithin(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		lost   string
		backup bool
	}{{"label", false}, {"article", false}, {"label", true}} {
		name := c.lost
		if c.backup {
			name += " with a backup"
		}
		t.Run(name, func(t *testing.T) {
			d := sampleDesk(t)
			before := d.spans(courier)
			if c.backup {
				d.cli("backup", d.project)
			}
			page, err := strconv.Atoi(d.value("SELECT rootpage FROM sqlite_schema WHERE name = '" + c.lost + "'"))
			if err != nil {
				t.Fatal(err)
			}
			raw, err := os.ReadFile(d.project)
			if err != nil {
				t.Fatal(err)
			}
			for i := (page - 1) * 4096; i < page*4096; i++ {
				raw[i] ^= 0x5a
			}
			if err := os.WriteFile(d.project, raw, 0o600); err != nil {
				t.Fatal(err)
			}
			p := d.start(d.project)
			if c.backup {
				p.wait("offered", 0)
				p.see(plain, "Restore from backup…", 1)
				keep(t, "offered", p.picture())
				p.quit()
			} else {
				p.wait("damaged", 0)
				keep(t, "damaged", p.picture())
				p.key("Return")
				p.wait("salvaged", 0)
				p.key("Return")
				p.wait("opened", 0)
				p.quit()
			}
			if now, err := os.ReadFile(d.project); err != nil || !bytes.Equal(now, raw) {
				t.Error("the damaged file was touched")
			}
			if c.backup {
				return
			}
			d.project = filepath.Join(filepath.Dir(d.project), "project salvaged.lede")
			if lost := difference(before, d.spans(courier)); len(lost) > 0 {
				t.Errorf("the spans changed by %v", lost)
			}
			d.cli("check", d.project)
		})
	}
}
