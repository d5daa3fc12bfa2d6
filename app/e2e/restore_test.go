package e2e

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestRestore goes back, by the keyboard alone, to the snapshot that was made before an
// import: the project is the old one, and the present is kept.
func TestRestore(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	more := filepath.Join(d.home, "more.txt")
	write(t, more, "The strike ended on Friday. 🗞")
	d.cli("import", d.project, more, "--actor", "lede")
	const articles = "SELECT count(*) FROM v_articles"
	if n := d.value(articles); n != "6" {
		t.Fatalf("there are %s articles", n)
	}
	p := d.open()
	mark := p.mark()
	p.key("ctrl+shift+p")
	time.Sleep(300 * time.Millisecond)
	p.typed("restore from")
	p.key("Return")
	listed := p.wait("backups", mark)
	if listed.Places > 1 { // the one that was made when the window opened stands first
		mark = p.mark()
		p.key("Down")
		p.wait("backups", mark)
	}
	p.see(heading.sized(18).within("window"), "Restore from backup", 1)
	keep(t, "restore", p.picture())
	p.key("Return")
	time.Sleep(500 * time.Millisecond) // while it asks
	keep(t, "asks", p.picture())
	mark = p.mark()
	p.key("Return")
	p.wait("restored", mark)
	if n := d.value(articles); n != "5" {
		t.Errorf("there are %s articles", n)
	}
	kept, err := filepath.Glob(filepath.Join(d.home, "state", "backups", "project-*", "* before restore.lede"))
	if err != nil || len(kept) != 1 {
		t.Fatalf("the present is in %v, %v", kept, err)
	}
	out, err := exec.Command("sqlite3", "-readonly", kept[0], articles).Output()
	if n := strings.TrimSpace(string(out)); err != nil || n != "6" {
		t.Errorf("what was kept has %s articles, %v", n, err)
	}
	p.quit()
	d.cli("check", d.project)
}
