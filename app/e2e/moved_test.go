package e2e

import (
	"os"
	"testing"
)

// TestMovedProject renames the project while it is open: nothing is said to be saved that is
// not, and one click saves it when the file is back.
func TestMovedProject(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(courier)
	before := d.spans(courier)
	spot := p.word("Friday")
	if err := os.Rename(d.project, d.project+".away"); err != nil {
		t.Fatal(err)
	}
	mark := p.mark()
	p.click(spot.middle(), 2)
	p.key("1")
	if said := p.wait("error", mark).Title; said != "Could not save" {
		t.Errorf("it said %q", said)
	}
	again := p.see(plain, "Try again", 1)
	keep(t, "refused", p.picture())
	if err := os.Rename(d.project+".away", d.project); err != nil {
		t.Fatal(err)
	}
	if now := difference(before, d.spans(courier)); len(now) > 0 {
		t.Errorf("the spans changed by %v", now)
	}
	mark = p.mark()
	p.click(again.middle(), 1)
	p.waitFor("saved", mark, func(h happening) bool { return h.Change != "" })
	p.vanished(plain, "Try again")
	if now := difference(before, d.spans(courier)); len(now) != 1 || now[0] != "+"+d.span(courier, "actor", "Friday") {
		t.Errorf("the spans changed by %v", now)
	}
	p.quit()
	d.cli("check", d.project)
}
