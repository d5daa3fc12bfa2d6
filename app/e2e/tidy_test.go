package e2e

import (
	"bytes"
	"os"
	"testing"
	"time"
)

// TestTidy deletes an article for good by the mouse, gives up the history by the keyboard
// and shrinks the file: the file holds no more of either.
func TestTidy(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	title := d.value("SELECT title FROM v_articles WHERE ref = '" + courier + "'")
	p.openArticle(courier)
	p.scene(t, "delete for good, by mouse", func(p *program) {
		p.command("move to the bin")
		p.until("the article is in the bin", func() bool { return d.value("SELECT count(*) FROM article WHERE presence = 'deleted'") == "1" })
		p.command("articles in the bin")
		p.vanished(plain.within("left"), "Dockers")
		p.command("delete for good")
		p.see(heading.sized(18).within("window"), "Delete 1 article for good", 1)
		time.Sleep(300 * time.Millisecond) // while it looks
		p.tidied("purge", func() { p.click(p.still(plain.within("window"), "Delete for good").middle(), 1) })
		if n := d.value("SELECT count(*) FROM article"); n != "4" {
			p.t.Errorf("the file has %s articles", n)
		}
		p.key("Return")
		p.vanished(heading.sized(18).within("window"), "Delete 1 article for good")
	})
	p.scene(t, "compact, by keys", func(p *program) {
		p.command("compact the history")
		p.see(heading.sized(18).within("window"), "Compact the history", 1)
		p.typed("0")
		p.see(plain.within("window"), "Give them up", 1)
		p.tidied("compact", func() { p.key("Return", "Return") }) // to the button, and on it
		if causes := d.value("SELECT group_concat(cause) FROM (SELECT cause FROM change ORDER BY position)"); causes != "baseline,compact" {
			p.t.Errorf("the history is %s", causes)
		}
		p.key("Escape")
		p.vanished(heading.sized(18).within("window"), "Compact the history")
	})
	p.scene(t, "shrink, by keys", func(p *program) {
		p.command("make the file smaller")
		p.see(plain.within("window"), "Write it anew", 1)
		p.tidied("shrink", func() { p.key("Tab", "Return") })
		p.key("Return")
	})
	p.quit()
	raw, err := os.ReadFile(d.project)
	if err != nil || title == "" || bytes.Contains(raw, []byte(title)) {
		t.Errorf("the file still holds %q: %v", title, err)
	}
	d.cli("check", d.project)
}

// tidied keeps a picture of a sheet, does what it offers and waits until it is done.
func (p *program) tidied(name string, do func()) {
	p.t.Helper()
	keep(p.t, name, p.picture())
	mark := p.mark()
	do()
	p.wait("tidied", mark)
}
