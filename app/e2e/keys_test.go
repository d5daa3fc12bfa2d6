package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestOwnShortcuts gives commands other keys, by keyboard and by mouse, and takes
// the set for the left hand; all of it holds after a restart.
func TestOwnShortcuts(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(courier)
	petra, friday := d.span(courier, "actor", "Petra"), d.span(courier, "actor", "Friday")
	p.run(t, courier, []step{
		{
			"a free key for a label, by keyboard alone",
			func(p *program) {
				p.key("ctrl+shift+p")
				p.typed("change shortcuts")
				p.key("Return")
				p.see(heading.sized(18).within("window"), "Change shortcuts", 0)
				p.typed("tag as actor")
				p.key("Down", "Return", "ctrl+d")
				p.until("the key is kept", func() bool { return d.setting(t, "keys") != nil })
				mark := p.mark()
				p.key("Escape")
				p.wait("opened", mark)
				p.click(p.word("Petra").middle(), 2)
				p.key("ctrl+d")
			},
			[]string{"+" + petra},
		},
	})
	p.quit()
	p = d.open()
	p.run(t, courier, []step{
		{
			"it holds after a restart",
			func(p *program) {
				p.click(p.word("Friday").middle(), 2)
				p.key("ctrl+d")
			},
			[]string{"+" + friday},
		},
		{
			"a key that another command has, by mouse: asked first",
			func(p *program) {
				p.key("F1")
				p.click(p.see(plain, "Change shortcuts…", 0).middle(), 1)
				p.see(heading.sized(18).within("window"), "Change shortcuts", 0)
				p.typed("delete span")
				p.click(p.see(plain, "Delete span", 1).middle(), 1)
				p.click(p.see(plain, "Add a key…", 0).middle(), 1)
				p.key("g")
				p.click(p.see(plain, "Give it to “Delete span”", 0).middle(), 1)
				p.vanished(plain, "Give it to “Delete span”")
				mark := p.mark()
				p.click(p.see(plain, "Close", 0).middle(), 1)
				p.wait("opened", mark)
				p.click(p.word("Friday").middle(), 1)
				p.key("g")
			},
			[]string{"-" + friday},
		},
		{
			"the set for the left hand, by mouse",
			func(p *program) {
				p.key("F1")
				p.click(p.see(plain, "Change shortcuts…", 0).middle(), 1)
				p.click(p.see(plain, "Standard", 0).middle(), 1)
				p.click(p.see(plain, "Left hand", 0).middle(), 1)
				mark := p.mark()
				p.click(p.see(plain, "Close", 0).middle(), 1)
				p.wait("opened", mark)
				mark = p.mark()
				p.key("shift+v")
				p.wait("opened", mark)
				mark = p.mark()
				p.key("v")
				p.waitFor("opened", mark, func(h happening) bool { return h.Ref == courier })
				p.click(p.word("Petra").middle(), 1)
				p.key("g")
			},
			[]string{"-" + petra},
		},
	})
	settings, err := os.ReadFile(filepath.Join(d.home, "config", "settings.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"key_set": "left"`, `"label.1"`, `"granularity": []`} {
		if !strings.Contains(string(settings), want) {
			t.Errorf("the settings do not hold %s:\n%s", want, settings)
		}
	}
}
