package e2e

import (
	"fmt"
	"testing"
)

// status is the status of ana's work on an article.
func (d *desk) status(ref string) string {
	d.t.Helper()
	rows := d.sql(fmt.Sprintf("SELECT status FROM v_sets WHERE article = '%s' AND annotator = 'ana'", ref))
	if len(rows) == 0 {
		return "new"
	}
	return rows[0]["status"].(string)
}

// show opens an article by a click on the beginning of its title in the list.
func (p *program) show(ref, title string) {
	p.t.Helper()
	mark := p.mark()
	p.click(p.still(plain.within("left"), title).middle(), 1)
	p.waitFor("opened", mark, func(h happening) bool { return h.Ref == ref })
}

// TestArticles walks the list: the filter box, done and next.
func TestArticles(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.scene(t, "filter by key", func(p *program) {
		mark := p.mark()
		p.key("ctrl+k")
		p.typed("three organisers")
		p.vanished(plain.within("left"), "Dockers")
		p.key("Return")
		p.waitFor("opened", mark, func(h happening) bool { return h.Ref == courier })
		p.key("ctrl+k", "ctrl+a", "BackSpace", "Escape")
		p.see(plain.within("left"), "Dockers", 1)
	})
	p.scene(t, "filter by mouse", func(p *program) {
		p.click(p.see(plain.within("left"), "Search articles…", 1).middle(), 1)
		p.typed("shortages")
		p.vanished(plain.within("left"), "Court")
		p.see(plain.within("left"), "Shippers", 1)
		p.key("ctrl+a", "BackSpace", "Escape")
		p.see(plain.within("left"), "Court", 1)
	})
	p.scene(t, "done and next, by key", func(p *program) {
		p.openArticle("sahil-1")
		mark := p.mark()
		p.key("ctrl+Return")
		p.waitFor("opened", mark, func(h happening) bool { return h.Ref == "haiwan-1" })
		p.saved(mark)
		if s := d.status("sahil-1"); s != "done" {
			p.t.Errorf("the article is %s, not done", s)
		}
	})
	p.scene(t, "done and next, by mouse", func(p *program) {
		mark := p.mark()
		p.click(p.see(small.within("status"), "Done, next:", 1).middle(), 1)
		p.waitFor("opened", mark, func(h happening) bool { return h.Ref == courier })
		p.saved(mark)
		if s := d.status("haiwan-1"); s != "done" {
			p.t.Errorf("the article is %s, not done", s)
		}
	})
	p.scene(t, "a click in the list", func(p *program) {
		p.show("eastline-1", "Shippers")
		p.show(courier, "Court")
	})
	p.scene(t, "next and previous", func(p *program) {
		mark := p.mark()
		p.key("ctrl+Up")
		p.waitFor("opened", mark, func(h happening) bool { return h.Ref == "haiwan-1" })
		mark = p.mark()
		p.key("ctrl+Down")
		p.waitFor("opened", mark, func(h happening) bool { return h.Ref == courier })
	})
}

// TestAnnotators adds an annotator and goes back, by key and by mouse: whose
// spans are made, and that the other's stay.
func TestAnnotators(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	p.openArticle(courier)
	p.run(t, courier, []step{
		{
			"someone else, by mouse",
			func(p *program) {
				p.click(p.see(small.within("status"), "ana", 1).middle(), 1)
				p.click(p.see(plain, "Someone else…", 1).middle(), 1)
				p.typed("bo")
				p.key("Return")
				p.see(small.within("status"), "bo", 1)
				p.click(p.word("Friday").middle(), 2)
				p.key("1")
			},
			[]string{"+" + d.spanBy("bo", courier, "actor", "Friday")},
		},
		{
			"back, by mouse",
			func(p *program) {
				p.click(p.see(small.within("status"), "bo", 1).middle(), 1)
				p.click(p.see(plain, "Annotate as ana", 1).middle(), 1)
				p.see(small.within("status"), "ana", 1)
				p.click(p.word("Friday").middle(), 2)
				p.key("2")
			},
			[]string{"+" + d.span(courier, "event", "Friday")},
		},
		{
			"another's work is shown and not changed",
			func(p *program) {
				p.click(p.see(small.within("status"), "ana", 1).middle(), 1)
				p.click(p.see(plain, "Look at bo’s work", 1).middle(), 1)
				p.click(p.word("Petra").middle(), 2)
				p.key("1")
				p.click(p.word("Friday").middle(), 1)
				p.key("Delete")
			},
			nil,
		},
		{
			"bo again, by key",
			func(p *program) {
				mark := p.mark()
				p.key("ctrl+shift+a", "Down", "Down", "Return")
				p.waitFor("annotator", mark, func(h happening) bool { return h.Name == "bo" })
				p.see(small.within("status"), "Annotator", 1)
				p.click(p.word("Petra").middle(), 2)
				p.key("3")
			},
			[]string{"+" + d.spanBy("bo", courier, "quote", "Petra")},
		},
	})
}

// TestSeveralArticles selects articles in the list, tags them in one step, finds them
// by a filter with the help of completion.
func TestSeveralArticles(t *testing.T) {
	t.Parallel()
	d := sampleDesk(t)
	p := d.open()
	tagged := func() int { return len(d.sql("SELECT ref FROM article WHERE meta LIKE '%round1%'")) }
	p.scene(t, "tag what is selected", func(p *program) {
		p.show("eastline-1", "Shippers")
		p.click(p.still(plain.within("left"), "Court").middle(), 1, "ctrl")
		p.see(plain.within("left"), "2 selected", 1)
		p.click(p.see(plain.within("left"), "Actions", 1).middle(), 1)
		p.click(p.still(plain, "Add tags…").middle(), 1)
		mark := p.mark()
		p.typed("round1")
		p.key("Return")
		p.waitFor("deed", mark, func(happening) bool { return true })
		if n := tagged(); n != 2 {
			p.t.Errorf("%d articles are tagged, not 2", n)
		}
		p.see(plain.within("left"), "2 selected", 1)
	})
	p.scene(t, "find them by a filter", func(p *program) {
		p.key("ctrl+k")
		p.typed("tag:r")
		p.see(plain.within("left"), "round1", 1)
		p.key("Down", "Return")
		p.vanished(plain.within("left"), "Dockers")
		p.see(plain.within("left"), "Shippers", 1)
		p.key("ctrl+a", "BackSpace", "Escape")
		p.see(plain.within("left"), "Dockers", 1)
	})
}
