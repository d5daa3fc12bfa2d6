package e2e

import (
	"path/filepath"
	"testing"
)

// TestNewProjectWithAPack makes projects from the welcome screen: with a pack by the
// mouse, with another by the keyboard, and with a schema file of one's own.
func TestNewProjectWithAPack(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	write(t, filepath.Join(d.home, "config", "settings.json"), `{"annotator": "ana", "theme": "light"}`)
	write(t, filepath.Join(d.home, "codebook.yaml"), "labels: [rumour, denial]\n")
	p := d.start()
	for _, c := range []struct {
		name, project, labels string
		do                    func(p *program)
	}{
		{"mouse", "Articles", "content cue source", func(p *program) {
			p.click(p.see(plain.sized(14), "New project", 1).middle(), 1)
			p.click(p.see(plain, "PolNeAR", 1).middle(), 1)
			p.see(small, "3 labels · 2 relations · 2 attributes · 6 rules", 1)
			p.click(p.see(plain, "Create", 1).middle(), 1)
		}},
		{"keyboard", "keyboard", "event actor place time fatalities source", func(p *program) {
			p.key("ctrl+n")
			p.see(heading.sized(18).within("window"), "New project", 1)
			p.typed("keyboard")
			p.key("Down", "Down", "Down", "Down")
			p.see(strong.sized(14), "ACLED: conflict and protest", 1)
			p.key("Return")
		}},
		{"file", "file", "rumour denial", func(p *program) {
			p.key("ctrl+n")
			p.see(heading.sized(18).within("window"), "New project", 1)
			p.typed("file")
			p.key("Down", "End", "Return")
			p.typed(filepath.Join(d.home, "codebook.yaml"))
			p.key("Return")
			p.see(small, "2 labels", 1)
			keep(p.t, "file", p.picture())
			p.key("Return")
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			defer p.on(t)()
			mark := p.mark()
			c.do(p)
			d.project = filepath.Join(d.home, c.project+".lede")
			p.waitFor("screen", mark, func(h happening) bool { return h.Name == "project" })
			p.see(plain, "This project has no articles yet.", 1)
			if got := d.value("SELECT group_concat(name, ' ') FROM (SELECT name FROM label ORDER BY ord)"); got != c.labels {
				t.Errorf("the labels are %q, not %q", got, c.labels)
			}
		})
	}
}
