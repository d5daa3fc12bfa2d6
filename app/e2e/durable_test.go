package e2e

import (
	"fmt"
	"os"
	"os/user"
	"syscall"
	"testing"
	"time"
)

// TestKill ends the program as a power cut would, right after the saved mark.
func TestKill(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	for round, word := range []string{"Friday", "Petra", "Halima"} {
		p := d.open()
		if round == 0 {
			p.openArticle(courier)
		}
		spot := p.word(word)
		before := d.spans(courier)
		mark := p.mark()
		p.click(spot.middle(), 2)
		p.key("1")
		p.saved(mark)
		p.kill()
		want := []string{"+" + d.span(courier, "actor", word)}
		if got := difference(before, d.spans(courier)); len(got) != 1 || got[0] != want[0] {
			t.Fatalf("after the kill the spans had changed by %v, not by %v", got, want)
		}
	}
	if said := d.value("PRAGMA integrity_check"); said != "ok" {
		t.Errorf("integrity_check: %s", said)
	}
	d.cli("check", d.project)
}

// TestClose closes the window at once after a burst of changes: it waits until
// they are written, leaves one file, and comes back where it was.
func TestClose(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(courier)
	before := d.spans(courier)
	p.click(p.word("Friday").middle(), 2)
	p.key("1", "2", "3", "1", "2", "3", "4", "ctrl+q")
	p.gone()
	got := difference(before, d.spans(courier))
	if want := "+" + d.span(courier, "cue", "Friday"); len(got) != 1 || got[0] != want {
		t.Fatalf("the spans had changed by %v, not by %s", got, want)
	}
	if n := d.value("SELECT count(*) FROM change WHERE title <> '' AND position > (SELECT max(position) - 7 FROM change)"); n != "7" {
		t.Errorf("%s of 7 changes are in the history", n)
	}
	if mode := d.value("PRAGMA journal_mode"); mode != "delete" {
		t.Errorf("the closed project is in journal mode %s, not delete: one file does not carry it", mode)
	}
	p = d.open()
	if ref := p.wait("opened", 0).Ref; ref != courier {
		t.Errorf("the window came back with %s, not with %s", ref, courier)
	}
	p.word("Friday")
}

// TestTerminated ends the program as the shutdown of a computer does, with a note half
// typed: the note is kept, and one file carries it all.
func TestTerminated(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(courier)
	p.click(p.word("Friday").middle(), 2)
	p.key("1", "n")
	p.typed("half typed")
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	p.gone()
	if n := d.value("SELECT count(*) FROM span WHERE note = 'half typed'"); n != "1" {
		t.Errorf("%s spans have the note that was half typed", n)
	}
	if mode := d.value("PRAGMA journal_mode"); mode != "delete" {
		t.Errorf("the project is in journal mode %s, not delete: one file does not carry it", mode)
	}
}

// TestOutside changes the project by the command line while the window is open.
func TestOutside(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(courier)
	spot := p.word("Friday")
	p.away()
	time.Sleep(200 * time.Millisecond)
	bare := p.picture()
	p.becomes(courier, func() {
		p.click(spot.middle(), 2)
		p.key("1", "Escape")
		p.away()
	}, "+"+d.span(courier, "actor", "Friday"))
	tagged := p.picture()
	if changes(bare, tagged, spot.Rectangle) < 0.5 {
		t.Fatalf("the tag is not on the screen. See %s", keep(t, "no-tag", tagged))
	}
	p.becomes(courier, func() { d.cli("undo", d.project) }, "-"+d.span(courier, "actor", "Friday"))
	for end := time.Now().Add(4 * time.Second); changes(bare, p.picture(), spot.Rectangle) > 0.1; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("the window still shows what the command line took back. See %s", keep(t, "stale", p.picture()))
		}
	}
	path := d.home + "/ferry.txt"
	write(t, path, "Ferry service resumes at dawn\n\nThe first boat left at five.\n")
	d.cli("import", d.project, path)
	ref := d.value("SELECT ref FROM v_articles ORDER BY ord DESC LIMIT 1")
	title := d.value("SELECT title FROM v_articles ORDER BY ord DESC LIMIT 1")
	if title == "" {
		title = ref
	}
	p.see(plain.within("left"), title, 1)
}

// TestSecondWindow opens a project that another Lede has open: it says who has it,
// changes nothing, and can be worked in as soon as the other one is closed.
func TestSecondWindow(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	first := d.open()
	first.openArticle(courier)
	other := *d
	other.screen = newScreen(t)
	second := other.open()
	if second.wait("opened", 0).Ref != courier {
		second.openArticle(courier)
	}
	second.becomes(courier, func() {
		second.click(second.word("Friday").middle(), 2)
		second.key("1")
	})
	second.see(small.within("status"), "Read-only", 0)
	me, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	host, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	second.see(plain.within("middle"), fmt.Sprintf(
		"You can read, but not change anything. It is open in another window: %s on %s (process %d).", me.Username, host, first.cmd.Process.Pid), 0)
	first.becomes(courier, func() {
		first.click(first.word("Friday").middle(), 2)
		first.key("1")
	}, "+"+d.span(courier, "actor", "Friday"))

	mark := second.mark()
	first.quit()
	second.wait("tookOver", mark) // and goes on as if it had been the first
	spot := second.word("Petra")
	second.until("the text has moved up to where the banner was", func() bool {
		was := spot
		time.Sleep(300 * time.Millisecond)
		spot = second.word("Petra")
		return spot == was
	})
	second.becomes(courier, func() {
		second.click(spot.middle(), 2)
		second.key("1")
	}, "+"+d.span(courier, "actor", "Petra"))
}
