package e2e

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDomainExports exports events by the mouse, quotes and the codebook by their
// first letters, through the dialog.
func TestDomainExports(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	exported := heading.sized(18).within("window")
	out := func(name string) string { return filepath.Join(d.home, name) }
	read := func(p *program, name string) string {
		p.t.Helper()
		raw, err := os.ReadFile(out(name))
		if err != nil {
			p.t.Fatal(err)
		}
		return string(raw)
	}
	p.scene(t, "events", func(p *program) {
		p.key("ctrl+e")
		p.see(plain, "Cancel", 1)
		p.key("e")
		p.click(p.see(plain, "events", 1).middle(), 1)
		p.see(exported, "Export as Events (CSV)", 1)
		p.click(p.see(plain, "done", 1).middle(), 1) // Articles
		p.click(p.see(plain, "all but skipped", 1).middle(), 1)
		p.click(p.see(plain, "Export 18 spans", 1).middle(), 1)
		p.see(exported, "Exported", 1)
		p.click(p.see(plain, "Close", 1).middle(), 1)
		p.vanished(exported, "Exported")
		rows, err := csv.NewReader(strings.NewReader(read(p, "project-events.csv"))).ReadAll()
		if err != nil || len(rows) < 3 || rows[0][0] != "article" || rows[1][0] != varno {
			p.t.Errorf("%v, %v", rows, err)
		}
	})
	p.scene(t, "quotes and codebook", func(p *program) {
		p.key("ctrl+e")
		p.see(plain, "Cancel", 1)
		p.key("q")
		p.see(exported, "Export as Quotes and speakers (CSV)", 1)
		p.see(plain, "Export 22 spans", 1)
		p.key("Return")
		p.see(exported, "Exported", 1)
		p.key("Return")
		p.vanished(exported, "Exported")
		if table := read(p, "project-quotes.csv"); !strings.Contains(table, "“We have stock for a week, and then we have excuses,”") {
			p.t.Errorf("the table holds %.300q", table)
		}
		p.key("ctrl+e")
		p.see(plain, "Cancel", 1)
		p.key("c", "c", "c", "c") // cas-json, cas-xmi, chat
		p.see(exported, "Export as Codebook (Markdown or HTML)", 1)
		p.key("Return")
		p.see(exported, "Exported", 1)
		p.key("Return")
		if book := read(p, "project-codebook.md"); !strings.Contains(book, "\n### Event `event`\n") {
			p.t.Errorf("the codebook holds %.300q", book)
		}
	})
}
