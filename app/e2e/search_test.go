package e2e

import "testing"

// searches types into the search of the project and waits for so many results.
func (p *program) searches(words string, rows, total int) {
	p.t.Helper()
	p.key("ctrl+a")
	mark := p.mark()
	p.typed(words)
	p.waitFor("searched", mark, func(h happening) bool { return h.Rows == rows && h.Total == total })
}

// TestSearchTheProject looks for words in texts and in annotations by keys alone, and
// labels what it led to.
func TestSearchTheProject(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	mark := p.mark()
	p.run(t, courier, []step{{
		"a place in a text opens selected",
		func(p *program) {
			p.key("ctrl+shift+f")
			p.searches("strik*", 4, 2)
			p.key("Down", "Down", "Return")
			p.waitFor("opened", mark, func(h happening) bool { return h.Ref == courier })
			p.key("1")
		},
		[]string{"+" + d.nth(courier, "actor", "strike", 1)},
	}, {
		"an annotation opens chosen",
		func(p *program) {
			p.key("ctrl+shift+f", "shift+Tab", "Right", "space")
			p.searches("label:actor strike", 2, 1)
			p.key("Return", "Return", "Delete")
		},
		[]string{"-" + d.nth(courier, "actor", "strike", 1)},
	}})
}
