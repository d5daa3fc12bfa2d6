package e2e

import "testing"

// TestUndo takes back and brings back, by key and by menu, also what an earlier
// run of the program did.
func TestUndo(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(courier)
	friday := d.span(courier, "actor", "Friday")
	petra := d.span(courier, "event", "Petra")
	edit := func(p *program, item string) {
		p.click(p.see(plain.within("window"), "Edit", 1).middle(), 1)
		p.click(p.see(plain, item, 1).middle(), 1)
	}
	p.run(t, courier, []step{
		{
			"tag twice",
			func(p *program) {
				p.click(p.word("Friday").middle(), 2)
				p.key("1")
				p.click(p.word("Petra").middle(), 2)
				p.key("2")
			},
			[]string{"+" + friday, "+" + petra},
		},
		{"ctrl+z", func(p *program) { p.key("ctrl+z") }, []string{"-" + petra}},
		{"again", func(p *program) { p.key("ctrl+z") }, []string{"-" + friday}},
		{"ctrl+shift+z", func(p *program) { p.key("ctrl+shift+z") }, []string{"+" + friday}},
		{"the menu names what it takes back", func(p *program) { edit(p, "Undo "+p.titleOf("Friday")) }, []string{"-" + friday}},
		{"the menu names what it brings back", func(p *program) { edit(p, "Redo "+p.titleOf("Friday")) }, []string{"+" + friday}},
		{"ctrl+y", func(p *program) { p.key("ctrl+y") }, []string{"+" + petra}},
	})
	p.quit()
	p = d.open()
	p.run(t, courier, []step{
		{"undo after a restart", func(p *program) { p.key("ctrl+z") }, []string{"-" + petra}},
		{"undo it goes on", func(p *program) { p.key("ctrl+z") }, []string{"-" + friday}},
	})
	p.quit()
	p = d.open()
	p.run(t, courier, []step{
		{"redo after another restart", func(p *program) { p.key("ctrl+shift+z") }, []string{"+" + friday}},
	})
	p.quit()
	p = d.open()
	t.Run("undo comes back to the article", func(t *testing.T) {
		defer p.on(t)()
		p.openArticle(varno)
		mark := p.mark()
		p.becomes(courier, func() { p.key("ctrl+z") }, "-"+friday)
		p.waitFor("opened", mark, func(h happening) bool { return h.Ref == courier })
	})
}

// titleOf is what the change is called that tagged a word.
func (p *program) titleOf(word string) string {
	return p.value("SELECT title FROM v_history WHERE title LIKE '%“" + word + "”%' AND cause = 'manual' ORDER BY position LIMIT 1")
}
